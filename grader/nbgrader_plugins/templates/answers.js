"use strict";
// One question over all students. `ASKED`, `BASE` and `XSRF` come with the page.
const at = (id) => document.getElementById(id);
const address = `${BASE}/formgrader/api/answers/` +
  `${encodeURIComponent(ASKED.assignment)}/${encodeURIComponent(ASKED.task)}`;
const POLL = 5000; // milliseconds after which the page asks what others have graded
let all = []; // the answers, in the order of students
let current = null; // the one that is shown, as the server gave it
let seen = null; // its score and comment when it was last looked at
let criteria = new Set();
let changed = false; // whether something was entered that is not saved

// A hub asks for the token at every request of a script, and may give another one meanwhile.
const token = () => document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1] || XSRF;

async function ask(path, options) {
  const headers = { "Content-Type": "application/json", "X-XSRFToken": token() };
  try {
    const reply = await fetch(address + path, { ...options, headers, credentials: "same-origin" });
    const body = await reply.json().catch(() => ({}));
    return { status: reply.status, body };
  } catch (problem) {
    return { status: 0, body: { error: "the server cannot be reached; what you entered is kept here" } };
  }
}

function tell(text, kind) {
  at("told").textContent = text;
  at("told").className = kind || "";
}

function element(tag, text, parent, className) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  parent.append(made);
  return made;
}

function showStudents() {
  const list = at("students");
  const names = at("names").checked;
  list.replaceChildren();
  all.forEach((one, place) => {
    const button = element("button", "", element("li", "", list));
    element("span", one.asks ? "?" : one.waiting ? "○" : "✓", button);
    element("span", names ? one.name : `Answer ${place + 1}`, button);
    element("span", one.waiting || one.score === null ? "" : String(one.score), button, "points");
    element("span", one.grader, button, "by");
    button.setAttribute("aria-current", String(current !== null && one.student === current.student));
    button.onclick = () => show(place);
  });
  const done = all.filter((one) => !one.waiting).length;
  const asking = all.filter((one) => one.asks).length;
  const asked = asking ? `; ${asking} ask${asking === 1 ? "s" : ""} for a second look` : "";
  at("progress").textContent = `${done} of ${all.length} graded${asked}; you are ${ASKED.grader}`;
  showUsed();
}

function showUsed() {
  const counts = new Map();
  for (const one of all) if (one.comment) counts.set(one.comment, (counts.get(one.comment) || 0) + 1);
  const list = at("used");
  list.replaceChildren();
  for (const [text, count] of [...counts].sort((a, b) => b[1] - a[1]).slice(0, 8)) {
    const button = element("button", count > 1 ? `${text} (${count} times)` : text, element("li", "", list));
    button.onclick = () => {
      const own = at("comment").value.trim();
      at("comment").value = own && own !== text ? `${own} ${text}` : text;
      changed = true;
    };
  }
}

function showRubric() {
  const list = at("rubric");
  list.replaceChildren();
  ASKED.rubric.forEach((criterion, number) => {
    const button = element("button", "", element("li", "", list));
    element("kbd", String(number + 1), button);
    element("span", criterion.text, button);
    element("span", `${criterion.points} ${criterion.points === 1 ? "point" : "points"}`, button, "worth");
    button.setAttribute("aria-pressed", String(criteria.has(number)));
    button.onclick = () => toggle(number);
  });
}

const openRequest = () => current?.requests.find((one) => one.is_open);
const unsaved = () => changed || (openRequest() && at("reply").value.trim() !== "");

function showRequests() {
  const box = at("requests");
  box.replaceChildren();
  for (const one of current.requests) {
    const shown = element("div", "", box, "request");
    element("p", `Asked on ${one.day}: ${one.reason}`, shown);
    if (!one.is_open) element("p", `Answered by ${one.grader}: ${one.answer}`, shown, "dim");
  }
  at("replying").hidden = !openRequest();
  at("reply").value = "";
}

function toggle(number) {
  if (number >= ASKED.rubric.length) return;
  if (!criteria.delete(number)) criteria.add(number);
  const sum = [...criteria].reduce((points, n) => points + ASKED.rubric[n].points, 0);
  at("score").value = Math.round(Math.min(sum, ASKED.points) * 100) / 100;
  changed = true;
  showRubric();
}

function give(points) {
  criteria = new Set(points ? ASKED.rubric.keys() : []);
  at("score").value = points;
  changed = true;
  showRubric();
}

async function show(place) {
  if (place < 0 || place >= all.length) return;
  if (unsaved() && !window.confirm("Leave this answer without saving what you entered?")) return;
  const { status, body } = await ask(`/${encodeURIComponent(all[place].student)}`);
  if (status !== 200) return tell(body.error || "this answer cannot be read", "bad");
  take(body);
  showRequests();
  at("answer").innerHTML = body.html || "<i>There is no answer.</i>"; // made inert by the server
  at("answer").scrollTop = 0;
  document.activeElement?.blur(); // so that keys grade again
  tell(body.earlier ? `Points and comment were given to the earlier hand-in of ${body.earlier}; the answer has changed since.` : "", "note");
  if (window.MathJax && MathJax.Hub) MathJax.Hub.Queue(["Typeset", MathJax.Hub, "answer"]);
  showStudents();
  at("which").textContent = at("names").checked ? body.name : `Answer ${place + 1} of ${all.length}`;
}

function take(answer) {
  current = answer;
  seen = { score: answer.manual, comment: answer.comment };
  criteria = new Set(answer.criteria);
  at("score").value = answer.waiting && answer.manual === null ? "" : answer.score;
  at("comment").value = answer.comment;
  changed = false;
  showRubric();
}

const placeOf = () => (current === null ? -1 : all.findIndex((one) => one.student === current.student));

function nextWaiting() {
  const from = placeOf();
  for (let step = 1; step <= all.length; step += 1) {
    const place = (from + step) % all.length;
    if ((all[place].waiting || all[place].asks) && place !== from) return show(place);
  }
  return tell("No other answer waits.", "note");
}

// Whether points and comment are written; says why where they are not.
async function put() {
  const text = at("score").value.trim();
  // Points of an exercise are those of its checks until somebody gives others.
  const ofChecks = !ASKED.in_words && current.manual === null && Number(text) === current.score;
  const score = text === "" || ofChecks ? null : Number(text);
  if (score !== null && !(score >= 0 && score <= ASKED.points)) {
    tell(`Points go from 0 to ${ASKED.points}.`, "bad");
    return false;
  }
  const grading = { score, comment: at("comment").value.trim(), criteria: [...criteria].sort(), seen };
  const { status, body } = await ask(`/${encodeURIComponent(current.student)}`, {
    method: "PUT",
    body: JSON.stringify(grading),
  });
  if (status === 200) {
    changed = false;
    Object.assign(all[placeOf()], body);
    take({ ...current, ...body });
    return true;
  }
  if (status === 409) {
    const now = body.now;
    seen = { score: now.manual, comment: now.comment };
    tell(`${body.error} (${now.score === null ? "no points" : `${now.score} points`}${now.comment ? `, “${now.comment}”` : ""}). Save again to put yours in its place, or press j to leave theirs.`, "bad");
  } else {
    tell(`Not saved: ${body.error || body.message || `status ${status}`}`, "bad");
  }
  return false;
}

async function save() {
  if (current === null) return;
  if (openRequest() && at("reply").value.trim()) return reply();
  if ((ASKED.in_words || changed) && !(await put())) return;
  await refresh();
  if (openRequest()) return tell("The request of this student waits for an answer.", "note");
  await nextWaiting();
}

async function reply() {
  const answer = at("reply").value.trim();
  if (!answer) return tell("Write an answer to the request first.", "bad");
  if (changed && !(await put())) return;
  const path = `/${encodeURIComponent(current.student)}/requests/${openRequest().number}`;
  const { status, body } = await ask(path, { method: "PUT", body: JSON.stringify({ answer }) });
  if (status !== 200) return tell(`Not answered: ${body.error || body.message || `status ${status}`}`, "bad");
  current.requests = body.requests;
  showRequests();
  await refresh();
  await nextWaiting();
}

async function refresh() {
  const { status, body } = await ask("");
  if (status !== 200) return;
  all = body.answers;
  showStudents();
}

// Each grader begins at a place of their own, so that two seldom meet.
function start() {
  let sum = 0;
  for (const sign of ASKED.grader) sum = (31 * sum + sign.codePointAt(0)) % 99991;
  const waiting = all.map((one, place) => (one.waiting || one.asks ? place : -1)).filter((place) => place >= 0);
  return waiting.length ? waiting[sum % waiting.length] : 0;
}

document.addEventListener("keydown", (event) => {
  const writing = ["TEXTAREA", "INPUT"].includes(event.target.tagName) && event.target.type !== "checkbox";
  if (event.key === "Escape") return event.target.blur();
  if (event.key === "Enter" && (event.ctrlKey || (event.target.tagName !== "TEXTAREA" && !event.target.closest("a, summary, #students, #rubric, #used, #giving button, label")))) {
    event.preventDefault();
    return save();
  }
  if (writing || event.ctrlKey || event.altKey || event.metaKey) return undefined;
  const keys = {
    j: () => show(placeOf() + 1), k: () => show(placeOf() - 1), u: nextWaiting,
    f: () => give(ASKED.points), 0: () => give(0),
    c: () => { event.preventDefault(); at("comment").focus(); },
    r: () => { event.preventDefault(); at("reply").focus(); },
    n: () => at("names").click(),
  };
  if (/^[1-9]$/.test(event.key)) return toggle(Number(event.key) - 1);
  return keys[event.key]?.();
});
// Who clicks with a mouse goes on with keys; who came to a button with Tab stays at it.
document.addEventListener("click", (event) => {
  if (event.detail > 0 && event.target.closest("button")) document.activeElement.blur();
});
at("save").onclick = save;
at("close").onclick = reply;
at("full").onclick = () => give(ASKED.points);
at("none").onclick = () => give(0);
at("names").onchange = () => { showStudents(); const place = placeOf(); if (place >= 0) at("which").textContent = at("names").checked ? current.name : `Answer ${place + 1} of ${all.length}`; };
for (const id of ["score", "comment"]) at(id).oninput = () => { changed = true; };
window.addEventListener("beforeunload", (event) => { if (unsaved()) event.preventDefault(); });
refresh().then(() => (all.length ? show(start()) : tell("Nobody has handed this in yet.", "note")));
setInterval(refresh, POLL);
