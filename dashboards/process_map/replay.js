// The replay's controls and its clock. Streamlit calls the default function when the section appears or its data change.

const SAID_EVERY = 250; // milliseconds between changes of the words while it plays
const LONGEST_FRAME = 100; // milliseconds: after a pause of the browser time does not leap
const FIRST_SHOWN = 5; // queues that are named
const players = new WeakMap();

// Another map of the same window goes on where the one before it was.
export default function replay({ data, parentElement }) {
  const before = players.get(parentElement);
  before?.leave();
  const isSameWindow = before?.data.start === data.start && before?.data.minutes === data.minutes;
  const player = new Player(parentElement, data, isSameWindow ? before.state : {});
  players.set(parentElement, player);
  return () => player.leave();
}

class Player {
  constructor(root, data, state) {
    this.root = root;
    this.data = data;
    this.tokens = unpack(data.tokens);
    this.numbers = edgeNumbers(data.edges);
    this.state = { minute: state.minute ?? 0, isPlaying: state.isPlaying ?? false, speed: state.speed ?? 1440 };
    this.left = new AbortController();
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.part("zone").textContent = data.zone;
    this.listen();
    this.fit();
    this.follow();
  }

  part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }

  on(target, event, act) {
    target.addEventListener(event, act, { signal: this.left.signal });
  }

  listen() {
    const scrub = this.part("scrub"), speed = this.part("speed");
    scrub.max = this.data.minutes;
    speed.value = this.state.speed;
    this.on(this.part("play"), "click", () => this.play(!this.state.isPlaying));
    this.on(this.part("back"), "click", () => this.goTo(midnight(this.data, this.state.minute, -1)));
    this.on(this.part("forward"), "click", () => this.goTo(midnight(this.data, this.state.minute, 1)));
    this.on(speed, "change", () => { this.state.speed = Number(speed.value); });
    this.on(scrub, "input", () => this.goTo(Number(scrub.value)));
    this.on(this.calm, "change", () => this.follow());
    this.sight = new ResizeObserver(() => this.fit());
    this.sight.observe(this.part("frame"));
  }

  leave() {
    cancelAnimationFrame(this.frame);
    this.left.abort();
    this.sight.disconnect();
  }

  // Whoever asks for less motion gets steps from day to day, and nothing that moves by itself.
  follow() {
    this.part("play").hidden = this.part("pace").hidden = this.calm.matches;
    this.part("still").hidden = !this.calm.matches;
    this.play(this.state.isPlaying && !this.calm.matches);
  }

  play(isPlaying) {
    if (isPlaying && this.state.minute >= this.data.minutes) this.state.minute = 0;
    this.state.isPlaying = isPlaying;
    this.part("play").textContent = isPlaying ? "Pause" : "Play";
    cancelAnimationFrame(this.frame);
    this.last = undefined;
    if (isPlaying) this.frame = requestAnimationFrame((now) => this.tick(now));
    else this.show(true);
  }

  tick(now) {
    const passed = Math.min(now - (this.last ?? now), LONGEST_FRAME);
    this.last = now;
    this.state.minute = Math.min(this.state.minute + (passed / 1000) * this.state.speed, this.data.minutes);
    if (this.state.minute >= this.data.minutes) {
      this.play(false);
      return;
    }
    this.show(false, now);
    this.frame = requestAnimationFrame((next) => this.tick(next));
  }

  goTo(minute) {
    this.state.minute = minute;
    this.show(true);
  }

  fit() {
    const width = this.part("frame").clientWidth;
    if (this.plan && width === this.fitted) return;
    this.fitted = width;
    this.plan = layOut(this.data, width);
    drawMap(this.part("map"), this.data, this.plan);
    const canvas = this.part("tokens"), ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(this.plan.width * ratio);
    canvas.height = Math.round(this.plan.height * ratio);
    canvas.style.width = `${this.plan.width}px`;
    canvas.style.height = `${this.plan.height}px`;
    this.show(true);
  }

  // Draw this minute; `isStill` says it in words at once too, which a running replay does four times a second.
  show(isStill, now = 0) {
    const { minute } = this.state;
    const places = [];
    for (const token of this.tokens) {
      const place = placeOf(token, minute, this.numbers);
      if (place) places.push({ token, place, isLate: isOverTarget(token, minute) });
    }
    const counts = pointsOf(places, this.plan);
    if (!isStill) this.ease(places);
    for (const one of places) one.token.drawn = { x: one.x, y: one.y };
    const { color: text, backgroundColor: ground } = getComputedStyle(this.part("frame"));
    const fill = (name) => getComputedStyle(this.part(name)).fill;
    const colours = { met: fill("met"), missed: fill("missed"), text, ground };
    drawTokens(this.part("tokens"), this.plan, places, counts, colours);
    if (isStill || now - (this.said ?? 0) > SAID_EVERY) {
      this.said = now;
      this.say(places, isStill);
    }
  }

  // Let those who wait close up instead of hopping forward when the first one leaves.
  ease(places) {
    for (const one of places) {
      const { drawn } = one.token;
      if (!drawn || (one.place.kind !== "wait" && one.place.kind !== "step")) continue;
      if (Math.hypot(one.x - drawn.x, one.y - drawn.y) > 60) continue;
      one.x = drawn.x + (one.x - drawn.x) * 0.3;
      one.y = drawn.y + (one.y - drawn.y) * 0.3;
    }
  }

  say(places, isStill) {
    const { minute } = this.state;
    const running = this.tokens.filter((token) => isInProgress(token, minute));
    const late = running.filter((token) => isOverTarget(token, minute)).length;
    const unseen = running.length - places.filter((one) => isInProgress(one.token, minute)).length;
    const date = calendarText(this.data, minute);
    const words = {
      date,
      running: running.length,
      within: running.length - late,
      late,
      jumping: places.filter((one) => one.place.kind === "jump").length,
      ended: this.tokens.filter((token) => token.ends !== null && token.ends <= minute).length,
      unseen,
      queues: queuesInWords(places, this.data.steps),
    };
    for (const [name, text] of Object.entries(words)) this.part(name).textContent = text;
    const scrub = this.part("scrub");
    scrub.value = minute;
    scrub.setAttribute("aria-valuetext", date);
    const sentence = `${date}: ${words.running} returns in progress, ${late} over target. ${words.queues}`;
    this.part("tokens").setAttribute("aria-label", `Replay of returns on the process map. ${sentence}`);
    if (isStill) this.part("said").textContent = sentence;
  }
}

function queuesInWords(places, steps) {
  const waiting = new Map();
  for (const { place } of places) {
    if (place.kind === "wait") waiting.set(place.target, (waiting.get(place.target) ?? 0) + 1);
  }
  const longest = [...waiting].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, FIRST_SHOWN);
  if (!longest.length) return "No return waits on an edge of the map.";
  return `Longest queues: ${longest.map(([step, number]) => `${number} before ${steps[step][0]}`).join(", ")}.`;
}
