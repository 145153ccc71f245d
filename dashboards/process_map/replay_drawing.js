// The map under the tokens as SVG, and the tokens on a canvas above it.

const NARROWEST = 1080;
const MARGIN = 40;
const PITCH = 7.5; // pixels between neighbours in a queue
const FRONT = 10; // pixels between the front of a queue and the step
const MOST_ALONG = 8;
const ROWS = 5;
const PER_STEP = 10;
const COUNTED = 6; // queues from here on carry their number
const SVG = "http://www.w3.org/2000/svg";

function shape(parent, name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  parent.append(made);
  return made;
}

// The map in pixels of a stage of this width; only widths stretch, so that letters keep their size.
export function layOut(data, available) {
  const [width, height, above] = data.size;
  const stage = Math.max(available, NARROWEST);
  const stretch = (stage - 4) / (width + MARGIN);
  const x = (value) => (value + MARGIN) * stretch;
  const y = (value) => value + above + 4;
  const lines = data.edges.map((edge) => {
    const points = [], lengths = [0];
    for (let at = 0; at < edge[4].length; at += 2) {
      points.push([x(edge[4][at]), y(edge[4][at + 1])]);
      if (at) lengths.push(lengths.at(-1) + Math.hypot(points.at(-1)[0] - points.at(-2)[0], points.at(-1)[1] - points.at(-2)[1]));
    }
    return { points, lengths, length: lengths.at(-1) };
  });
  const steps = data.steps.map(([name, left, top, words]) => ({ name, words, x: x(left), y: y(top) }));
  const lanes = data.lanes.map(([name, left, right, top, bottom]) => ({ name, x: x(left), y: y(top), width: (right - left) * stretch, height: bottom - top }));
  return { width: stage, height: height + above + 10, box: [data.box[0] * stretch, data.box[1]], lines, steps, lanes };
}

export function drawMap(svg, data, plan) {
  svg.replaceChildren();
  svg.setAttribute("viewBox", `0 0 ${plan.width} ${plan.height}`);
  svg.setAttribute("width", plan.width);
  svg.setAttribute("height", plan.height);
  const head = shape(shape(svg, "defs", {}), "marker", { id: "head", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" });
  shape(head, "path", { d: "M0 0 8 4 0 8z", class: "head" });
  plan.lanes.forEach((lane, number) => {
    shape(svg, "rect", { x: lane.x, y: lane.y, width: lane.width, height: lane.height, class: number % 2 ? "lane" : "lane shaded" });
    shape(svg, "text", { x: lane.x + 6, y: lane.y + 13, class: "lane-name" }, lane.name);
  });
  [...data.edges.keys()].reverse().forEach((number) => {
    const points = plan.lines[number].points.map((point) => point.join(",")).join(" ");
    const dashes = data.edges[number][3] ? { "stroke-dasharray": "5 3" } : {};
    shape(svg, "polyline", { points, class: "edge", "stroke-width": data.edges[number][2], "marker-end": "url(#head)", ...dashes });
  });
  for (const step of plan.steps) {
    shape(svg, "rect", { x: step.x - plan.box[0] / 2, y: step.y - plan.box[1] / 2, width: plan.box[0], height: plan.box[1], class: "step" });
    step.words.forEach((word, row) => shape(svg, "text", { x: step.x, y: step.y + 4 + (row - (step.words.length - 1) / 2) * 12, class: "name" }, word));
  }
}

// The point at a distance from a line's beginning, and the direction of the line there.
function along(line, distance) {
  const left = Math.min(Math.max(distance, 0), line.length);
  let at = 1;
  while (at + 1 < line.points.length && line.lengths[at] < left) at += 1;
  const [from, to] = [line.points[at - 1], line.points[at]];
  const piece = line.lengths[at] - line.lengths[at - 1] || 1;
  const part = (left - line.lengths[at - 1]) / piece;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  return { x: from[0] + dx * part, y: from[1] + dy * part, dx: dx / piece, dy: dy / piece };
}

// The place in a queue: along the end of the line, the first to come in front; then in rows beside it.
function inQueue(line, position) {
  const columns = Math.max(Math.min(Math.floor((line.length - FRONT) / PITCH), MOST_ALONG), 1);
  const slot = Math.min(position, columns * ROWS - 1);
  const row = Math.floor(slot / columns);
  const aside = Math.ceil(row / 2) * (row % 2 ? 1 : -1) * PITCH;
  const point = along(line, line.length - FRONT - (slot % columns) * PITCH);
  return { x: point.x - point.dy * aside, y: point.y + point.dx * aside };
}

function atStep(step, box, position) {
  const slot = Math.min(position, PER_STEP * 2 - 1);
  const x = step.x - box[0] / 2 + 4 + (slot % PER_STEP) * Math.min(PITCH, (box[0] - 8) / (PER_STEP - 1));
  return { x, y: step.y + box[1] / 2 + 5 + Math.floor(slot / PER_STEP) * PITCH };
}

// Give every place its point on the stage, and return how many stand where there are many; who has ended is not counted.
export function pointsOf(places, plan) {
  const groups = new Map();
  for (const one of places) {
    const { kind, edge, step } = one.place;
    if (kind === "wait" || kind === "step") {
      const key = kind === "wait" ? `w${edge}` : `s${step}`;
      groups.set(key, [...(groups.get(key) ?? []), one]);
    } else if (kind === "jump") {
      const [from, to] = [plan.steps[step], plan.steps[one.place.target]];
      one.from = from;
      one.x = from.x + (to.x - from.x) * one.place.part;
      one.y = from.y + (to.y - from.y) * one.place.part;
    } else {
      const line = plan.lines[edge], queue = Math.max(line.length - FRONT, 0);
      Object.assign(one, along(line, one.place.isEntering ? queue + (line.length - queue) * one.place.part : queue * one.place.part));
    }
  }
  const counts = [];
  for (const group of groups.values()) {
    group.sort((one, other) => one.place.since - other.place.since);
    const { kind, edge, step } = group[0].place;
    group.forEach((one, position) => Object.assign(one, kind === "wait" ? inQueue(plan.lines[edge], position) : atStep(plan.steps[step], plan.box, position)));
    const number = group.filter((one) => (one.place.alpha ?? 1) === 1).length;
    if (number >= COUNTED) counts.push({ number, x: group[0].x, y: Math.max(...group.map((one) => one.y)) + 13 });
  }
  return counts;
}

// Draw the tokens: a disc, a triangle over target, hollow with a dashed line while they jump.
export function drawTokens(canvas, plan, places, counts, colours) {
  const pen = canvas.getContext("2d");
  const ratio = canvas.width / plan.width;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, plan.width, plan.height);
  for (const { place, isLate, x, y, from } of places) {
    pen.globalAlpha = place.kind === "jump" ? 0.55 : place.alpha ?? 1;
    pen.fillStyle = place.kind === "jump" ? colours.ground : isLate ? colours.missed : colours.met;
    pen.strokeStyle = place.kind === "jump" ? (isLate ? colours.missed : colours.met) : colours.ground;
    pen.lineWidth = place.kind === "jump" ? 1.4 : 1;
    pen.beginPath();
    if (isLate) { pen.moveTo(x, y - 5); pen.lineTo(x + 4.8, y + 3.6); pen.lineTo(x - 4.8, y + 3.6); pen.closePath(); }
    else pen.arc(x, y, 3.8, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
    if (from) {
      pen.setLineDash([3, 4]);
      pen.beginPath(); pen.moveTo(from.x, from.y); pen.lineTo(x, y); pen.stroke();
      pen.setLineDash([]);
    }
  }
  pen.globalAlpha = 1;
  pen.font = "600 11px sans-serif";
  pen.textAlign = "center";
  pen.lineWidth = 3;
  pen.strokeStyle = colours.ground;
  pen.fillStyle = colours.text;
  for (const { number, x, y } of counts) {
    pen.strokeText(number, x, y);
    pen.fillText(number, x, y);
  }
}
