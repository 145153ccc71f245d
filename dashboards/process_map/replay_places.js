// Where a return is at a minute of the window, and what the calendar says then. Nothing here touches the page.

const TRAVEL = 720; // minutes that a return takes along an edge at most, before it stands in the queue
const ENTER = 120; // minutes before its next step at which it leaves the queue at the latest
const LINGER = 360; // minutes for which a return that has ended is still seen fading
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

// Tokens with the minutes of their visits, from the differences that were sent.
export function unpack(tokens) {
  return tokens.map(([begins, ends, visits, overdue]) => {
    const steps = [], times = [];
    for (let at = 0; at < visits.length; at += 2) {
      steps.push(visits[at]);
      times.push((times.at(-1) ?? 0) + visits[at + 1]);
    }
    return { begins, ends, steps, times, overdue };
  });
}

export function edgeKey(source, target) {
  return `${source}>${target}`;
}

// Numbers of the map's edges by their ends.
export function edgeNumbers(edges) {
  return new Map(edges.map(([source, target], number) => [edgeKey(source, target), number]));
}

export function isInProgress(token, minute) {
  return token.begins <= minute && (token.ends === null || minute < token.ends);
}

export function isOverTarget(token, minute) {
  for (let at = 0; at < token.overdue.length; at += 2) {
    if (token.overdue[at] <= minute && minute < token.overdue[at + 1]) return true;
  }
  return false;
}

// The one place of a token: at a step, on its way along an edge (`part` of it, 0 to 1), waiting at the edge's end, or
// jumping between steps that no edge of the map joins. Null before its first step and after it has faded.
export function placeOf(token, minute, numbers) {
  const { steps, times, ends } = token;
  if (!steps.length || minute < times[0] || (ends !== null && minute >= ends + LINGER)) return null;
  let at = 0;
  while (at + 1 < times.length && times[at + 1] <= minute) at += 1;
  const step = steps[at];
  const fading = ends !== null && minute >= ends ? 1 - (minute - ends) / LINGER : 1;
  if (at + 1 === steps.length) return { kind: "step", step, since: times[at], alpha: fading };
  const gap = times[at + 1] - times[at], gone = minute - times[at];
  const edge = numbers.get(edgeKey(step, steps[at + 1]));
  if (edge === undefined) {
    const jump = Math.min(TRAVEL, gap / 2);
    if (gone < gap - jump) return { kind: "step", step, since: times[at], alpha: 1 };
    return { kind: "jump", step, target: steps[at + 1], part: (gone - gap + jump) / jump };
  }
  const travel = Math.min(TRAVEL, gap / 2), enter = Math.min(ENTER, gap / 10);
  if (gone < travel) return { kind: "move", edge, part: gone / travel, isEntering: false };
  if (gone < gap - enter) return { kind: "wait", edge, target: steps[at + 1], since: times[at] };
  return { kind: "move", edge, part: (gone - gap + enter) / enter, isEntering: true };
}

function offsetAt(shifts, minute) {
  let offset = shifts[0][1];
  for (const [from, minutes] of shifts) if (from <= minute) offset = minutes;
  return offset;
}

// The local calendar at a minute, e.g. "Tue 4 Mar 2025, 14:00".
export function calendarText(data, minute) {
  const local = new Date((data.start + (minute + offsetAt(data.shifts, minute)) * 60) * 1000);
  const day = `${WEEKDAYS[local.getUTCDay()]} ${local.getUTCDate()} ${MONTHS[local.getUTCMonth()]} ${local.getUTCFullYear()}`;
  return `${day}, ${String(local.getUTCHours()).padStart(2, "0")}:00`;
}

// The next local midnight (or the one before, with direction -1), inside the window.
export function midnight(data, minute, direction) {
  const clock = data.start / 60 + minute + offsetAt(data.shifts, minute);
  const day = direction > 0 ? Math.floor(clock / 1440) + 1 : Math.ceil(clock / 1440) - 1;
  const guess = day * 1440 - data.start / 60 - offsetAt(data.shifts, minute);
  const exact = day * 1440 - data.start / 60 - offsetAt(data.shifts, guess);
  return Math.min(Math.max(exact, 0), data.minutes);
}
