// Shows what the watch tells, and asks it to do things. All texts become text nodes: nothing from
// anybody's code is ever read as HTML.
"use strict";

const at = (selector, within = document) => within.querySelector(selector);

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

// A sentence, with what stands in backticks as code.
function prose(text) {
  const parts = text.split("`");
  if (parts.length % 2 === 0) return [text]; // a backtick that nothing closes
  return parts.map((part, i) => (i % 2 ? element("code", "", part) : part));
}

// A screen reader hears of changes only.
function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// Whether a part shows something else now. One that does not is left alone: text may be selected
// in it, and a screen reader may be reading it.
const shown = new Map();
function isNew(part, data) {
  const text = JSON.stringify(data);
  if (shown.get(part) === text) return false;
  shown.set(part, text);
  return true;
}

/* What the watch tells */

let view = null;
let spoken = null; // the view that was read aloud last
let judged = false; // since then

function show(told) {
  view = told;
  document.body.classList.toggle("checking", Boolean(view.checking));
  const status = view.checking ? `checking ${view.checking}…` : view.message || "Waiting for a save.";
  setText(at("#status"), status);
  at("#status").classList.toggle("long", status.length > 70); // a line of its own
  if (isNew("failing", [view.failing, done(view)])) showFailing(view.failing);
  for (const row of view.board) if (isNew(`stub ${row.stub}`, [row, isHere(row)])) showRow(row);
  if (isNew("hint", view.hint)) showHint(view.hint);
  showRoles(view.roles);
  speak();
}

// When a run is over, and not at every test.
function speak() {
  judged ||= Boolean(view.checking);
  if (view.checking) return;
  if (spoken) setText(at("#said"), news(spoken) || (judged ? "Judged: no change." : ""));
  [spoken, judged] = [view, false];
}

const PASSED = "Everything that ran has passed.";
const done = ({ failing, board }) => !failing && board.some((row) => row.tests.length);

function showFailing(failing) {
  at("#failing").classList.toggle("done", done(view));
  at(".which").replaceChildren(...(failing ? which(failing) : []));
  const otherwise = done(view) ? PASSED : "Nothing has run yet.";
  at("#sentence").replaceChildren(...prose(failing ? failing.sentence : otherwise));
  at(".parts").replaceChildren(...(failing ? failing.parts.map(part) : []));
  for (const name of ["previous", "next"]) at(`[data-do=${name}]`).hidden = !failing || failing.of < 2;
  setText(at("#reset"), `Reset ${stubShown()}…`);
}

const which = ({ stub, number, of }) => [element("strong", "", stub), ` failing test ${number} of ${of}`];

function part([name, text]) {
  const content = name === "idea" ? prose(text) : [text];
  return element("div", name, element("dt", "", name), element("dd", "", ...content));
}

const stubShown = () => (view.failing ? view.failing.stub : view.board[0].stub);

/* The board: the rows stay, so that the focus does, too */

const rows = new Map();
const isHere = ({ stub }) => Boolean(view.failing) && view.failing.stub === stub;

function showRow(row) {
  if (!rows.has(row.stub)) rows.set(row.stub, newRow(row));
  const item = rows.get(row.stub);
  item.className = `${row.done ? "done" : "open"} ${isHere(row) ? "here" : ""}`;
  setText(at(".count", item), row.count);
  at(".bar", item).replaceChildren(...row.tests.map(mark));
  at(".tests", item).replaceChildren(...row.tests.map(test));
}

function newRow({ stub, title }) {
  const bar = element("span", "bar");
  bar.ariaHidden = "true"; // the words beside it say the same
  const link = element("a", "", ...prose(title || stub));
  link.href = `#about-${stub}`;
  const head = element("summary", "", element("span", "name", stub), " ", bar, element("span", "count"));
  const item = element("li", "", element("details", "", head, element("p", "", link), element("ul", "tests")));
  at(".stubs").append(item);
  return item;
}

const signs = { passed: "passed", "to do": "to-do", skipped: "not-run", "not run": "not-run" };
const sign = (word) => signs[word] || "wrong";
const mark = ({ word, beyond }) => element("i", `${sign(word)} ${beyond ? "beyond" : "idea"}`);

function test({ word, sentence, beyond }) {
  const more = beyond ? [" ", element("small", "", "beyond")] : [];
  return element("li", sign(word), element("b", "", word), " ", element("span", "", ...prose(sentence), ...more));
}

/* Hint, roles, and what is read aloud */

function showHint(hint) {
  const parts = hint ? [element("h3", "", hint.title), element("p", "", ...prose(hint.text))] : [];
  at("#hint").replaceChildren(...parts);
}

function showRoles(roles) {
  const box = at("#roles");
  box.hidden = !roles;
  if (!roles) return;
  const interview = roles.mode === "interview";
  at(".people", box).replaceChildren(
    person(interview ? "candidate" : "driver", roles.driver),
    person(interview ? "interviewer" : "navigator", roles.navigator));
  setText(at(".turn", box), roles.turn);
  tick();
}

const person = (role, name) => element("span", role, element("small", "", role), " ", name);

function tick() {
  if (!view || !view.roles) return;
  const { ends } = view.roles;
  const left = Math.ceil(ends - Date.now() / 1000);
  const timer = at(".timer");
  timer.hidden = !ends;
  timer.classList.toggle("late", left <= 0);
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  setText(timer, left > 0 ? clock : "Time is up.");
  if (left === 0) setText(at("#said"), "Time is up.");
}

function news(before) {
  const counts = new Map(before.board.map((row) => [row.stub, row.count]));
  const changed = view.board.filter((row) => row.count !== counts.get(row.stub));
  const told = changed.map((row) => `${row.stub}: ${row.count}.`);
  if (told.length || following(view) !== following(before)) told.push(following(view));
  return told.join(" ");
}

function following(view) {
  if (view.failing) return `Next: ${view.failing.sentence}`;
  return done(view) ? PASSED : "";
}

/* The connection: a hidden tab gives its own back, since a browser has few */

let source = null;
let over = false;

function connect() {
  if (source || over || document.hidden) return;
  source = new EventSource("events");
  source.onmessage = (event) => {
    connection("");
    show(JSON.parse(event.data));
  };
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) end();
    else connection("The watch does not answer: it has ended, or is not to be reached. Trying again…");
  };
  source.addEventListener("end", end);
}

function disconnect() {
  if (source) source.close();
  source = null;
}

function end() {
  over = true;
  disconnect();
  connection("The watch has ended. Start it again, and open the address that it prints.");
}

function connection(trouble) {
  const box = at("#connection");
  box.hidden = !trouble;
  setText(box, trouble);
  document.body.classList.toggle("lost", Boolean(trouble));
  for (const button of document.querySelectorAll(".buttons button")) button.disabled = Boolean(trouble);
}

/* What can be asked for */

async function ask(what) {
  try {
    const answer = await fetch(`do/${what}`, { method: "POST" });
    if (!answer.ok) connection(await answer.text());
  } catch {
    connection("The watch does not answer.");
  }
}

for (const button of document.querySelectorAll("[data-do]")) {
  button.addEventListener("click", () => ask(button.dataset.do));
}

at("#reset").addEventListener("click", () => {
  const sure = at("#sure");
  sure.returnValue = "";
  sure.dataset.stub = stubShown();
  setText(at("#sure-title"), `Reset ${stubShown()}?`);
  sure.showModal();
});

at("#sure").addEventListener("close", ({ target }) => {
  if (target.returnValue === "reset") ask(`reset?stub=${encodeURIComponent(target.dataset.stub)}`);
});

/* Light or dark: as the system says, until the switch is used */

const system = matchMedia("(prefers-color-scheme: dark)");
const theme = () => sessionStorage.getItem("theme") || (system.matches ? "dark" : "light");

function paint() {
  document.documentElement.dataset.theme = theme();
  at("#theme").ariaPressed = String(theme() === "dark");
}

at("#theme").addEventListener("click", () => {
  sessionStorage.setItem("theme", theme() === "dark" ? "light" : "dark");
  paint();
});
system.addEventListener("change", paint);
document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
addEventListener("pagehide", disconnect);
addEventListener("pageshow", connect);
setInterval(tick, 1000);
paint();
connect();
