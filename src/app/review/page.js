"use strict";
// The page of --review: goes from edit to edit, accepts and refuses them, and saves those that are refused.
const byId = (id) => document.getElementById(id);
const articles = [...document.querySelectorAll("article")];
const links = [...document.querySelectorAll("nav a")];
const edits = articles.flatMap((article, index) => [...article.querySelectorAll(".edit")].map((node, i) => ({
  node, article: index, key: `${node.dataset.key} ${index}`, number: i + 1, reasons: node.dataset.reasons.split(" "), refused: false, on: true,
})));
// Edits of an article that read alike, with the same words beside them, are one to the list of refused edits.
const alike = new Map(edits.map((edit) => [edit.key, []]));
edits.forEach((edit) => alike.get(edit.key).push(edit));
const reasons = new Map([...document.querySelectorAll("#reasons li")].map((item) => [item.dataset.reason, item]));
const editOf = new Map(edits.map((edit) => [edit.node, edit]));
let current = null;
const announce = (edit) => edit.node.setAttribute("aria-label", label(edit));

const say = (text) => { byId("status").textContent = text; };
const state = (edit) => (edit.refused ? "refused" : "accepted");

function label(edit) {
  const words = edit.reasons.map((reason) => reasons.get(reason)?.querySelector(".help").textContent ?? reason);
  return `Edit ${edit.number}, ${state(edit)}: ${words.join("; ")}`;
}

function count() {
  const refused = edits.filter((edit) => edit.refused).length;
  byId("count").textContent = `${edits.length - refused} accepted, ${refused} refused`;
  byId("save").disabled = refused === 0;
  links.forEach((link, index) => {
    const own = edits.filter((edit) => edit.article === index && edit.on);
    const out = own.filter((edit) => edit.refused).length;
    link.lastElementChild.textContent = out ? `${own.length - out} of ${own.length}` : own.length;
    link.parentElement.hidden = own.length === 0;
  });
}

function refuse(which, refused) {
  const all = [...new Set(which.flatMap((edit) => alike.get(edit.key)))];
  for (const edit of all) {
    edit.refused = refused;
    edit.node.classList.toggle("refused", refused);
    announce(edit);
  }
  count();
  about();
  say(all.length === 1 ? label(all[0]) : `${all.length} edits ${refused ? "refused" : "accepted"}`);
}

function show(index) {
  articles.forEach((article, i) => { article.hidden = i !== index; });
  links.forEach((link, i) => (i === index ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
  links[index].scrollIntoView({ block: "nearest", inline: "nearest" });
}

function select(edit, focus = true) {
  current?.node.classList.remove("current");
  current = edit;
  if (edit) {
    show(edit.article);
    edit.node.classList.add("current");
    if (focus) edit.node.focus({ preventScroll: true });
    edit.node.scrollIntoView({ block: "center" });
  }
  about();
}

function about() {
  byId("choice").hidden = !current;
  byId("none").hidden = Boolean(current);
  if (!current) return;
  byId("place").textContent = `Edit ${current.number}, ${current.node.dataset.place}`;
  byId("why").replaceChildren(...current.reasons.flatMap((reason) => {
    const item = reasons.get(reason);
    return item ? [...item.cloneNode(true).childNodes] : [document.createTextNode(reason)];
  }));
  byId("accept").setAttribute("aria-pressed", String(!current.refused));
  byId("refuse").setAttribute("aria-pressed", String(current.refused));
}

function step(by) {
  const on = edits.filter((edit) => edit.on);
  if (!on.length) return;
  const at = on.indexOf(current);
  const next = at < 0 ? on.find((edit) => !articles[edit.article].hidden) ?? on[0] : on[(at + by + on.length) % on.length];
  select(next);
}

function filter() {
  const [kind, name] = byId("filter").value.split(":");
  for (const edit of edits) {
    edit.on = kind === "all"
      || (kind === "state" ? state(edit) === name : edit.reasons.some((reason) => kind === "reason" ? reason === name : reasons.get(reason)?.dataset[kind] === name));
    edit.node.classList.toggle("off", !edit.on);
  }
  count();
  select(edits.find((edit) => edit.on && current && edit.article === current.article) ?? edits.find((edit) => edit.on) ?? null, false);
  say(`${edits.filter((edit) => edit.on).length} edits`);
}

function save() {
  const lines = edits.filter((edit) => edit.refused).map((edit) => {
    const reason = edit.reasons[0];
    return `${edit.node.dataset.key} ${reasons.get(reason)?.dataset.rule ?? "-"} ${reason || "-"} ${articles[edit.article].dataset.file}\n`;
  });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([...new Set(lines)], { type: "text/plain" }));
  link.download = "copydesk.refused";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  say(`${lines.length} refused edits saved`);
}

const sameReason = () => edits.filter((edit) => edit.on && edit.reasons.some((reason) => current.reasons.includes(reason)));
const own = () => edits.filter((edit) => edit.on && edit.article === current.article);
const actions = {
  next: () => step(1),
  previous: () => step(-1),
  accept: () => current && refuse([current], false),
  refuse: () => current && refuse([current], true),
  "accept-alike": () => current && refuse(sameReason(), false),
  "refuse-alike": () => current && refuse(sameReason(), true),
  "accept-article": () => current && refuse(own(), false),
  "refuse-article": () => current && refuse(own(), true),
  save,
};
const keys = {
  n: "next", j: "next", p: "previous", k: "previous", a: "accept", r: "refuse", A: "accept-alike", R: "refuse-alike", s: "save",
};

for (const [id, action] of Object.entries(actions)) byId(id).addEventListener("click", action);
byId("filter").addEventListener("change", filter);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select")) return;
  const id = keys[event.key];
  if (id && !byId(id).disabled) {
    event.preventDefault();
    actions[id]();
  }
});
document.querySelector("main").addEventListener("click", (event) => {
  const edit = editOf.get(event.target.closest(".edit"));
  if (edit) select(edit);
});
links.forEach((link, index) => link.addEventListener("click", (event) => {
  event.preventDefault();
  select(edits.find((edit) => edit.article === index && edit.on) ?? null);
}));
edits.forEach(announce);
count();
if (articles.length) {
  show(0);
  select(edits[0] ?? null, false);
}
