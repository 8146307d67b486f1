/* The page to settle: the passes side by side, decided field by field. What comes from the server is put in as text.

   From top to bottom: the state, the text with its marks, the list of passages, the chosen one, the form of a
   decision, agreement, steps, keys. A row of the table of fields is one thing to decide; the first is the row itself. */

import { Text, ask, make, one } from "./desk.js";

const SUMMARY = {
  statement: ["speaker", "issue", "stance"],
  "event-mention": ["description"],
  relation: ["source", "relation", "target"],
};
const SIGNS = { undecided: "●", decided: "✎", agreed: "✓", "left out": "–" };
const BASES = ["stated", "resolved", "approximate", "external"];
const PASSES = 4;
/* Agreement is measured so many milliseconds after a decision; in a case where it takes longer, when it is asked for. */
const WAIT = 800;
const SLOW = 4000;
const spoken = (name) => (name ? name.replaceAll("_", " ") : "the row itself");

/* `all`: the case; `here`: the article; `at`: the place of the chosen pair; `row`: the field that is dealt with. */
const desk = { all: null, here: null, at: -1, row: 0, text: null, every: false, reasons: [] };

function tell(words, kind = "") {
  const state = one("#state");
  state.textContent = words;
  state.className = kind;
}

function complain(error) {
  if (error.status === 409) {
    one("#told p").textContent = error.message;
    one("#told").hidden = false;
    one("#told button").focus();
  }
  tell(error.message, "wrong");
}

async function act(what) {
  try { return await what(); } catch (error) { complain(error); return null; }
}

async function send(path, body) {
  const told = await ask(path, { ...body, seen: desk.all.version });
  desk.all.version = told.version;
  return told;
}

/* ---- The text and its marks ---- */

const marks = {};

function mark(name, priority) {
  marks[name] = globalThis.Highlight ? Object.assign(new Highlight(), { priority }) : new Set();
  globalThis.CSS?.highlights?.set(name, marks[name]);
}

for (let number = 1; number <= PASSES; number += 1) mark(`pass-${number}`, number);
mark("furniture", 0);
mark("undecided", 0);
mark("chosen", 8);

const passOf = (coder) => `pass-${(desk.all.coders.indexOf(coder) % PASSES) + 1}`;
const span = (pair) => [Math.min(...pair.members.map((m) => m.start)), Math.max(...pair.members.map((m) => m.end))];

function drawMarks() {
  for (const set of Object.values(marks)) set.clear();
  for (const [start, end] of desk.here.furniture) marks.furniture.add(desk.text.range(start, end));
  for (const pair of desk.here.pairs) {
    for (const { coder, start, end } of pair.members) marks[passOf(coder)].add(desk.text.range(start, end));
    if (pair.state === "undecided") marks.undecided.add(desk.text.range(...span(pair)));
  }
}

/* The shortest pair at a point of the window. */
function pairAt(x, y) {
  const point = document.caretPositionFromPoint?.(x, y);
  if (!point) return -1;
  const offset = desk.text.offset(point.offsetNode, point.offset);
  let [found, least] = [-1, Infinity];
  for (const [place, pair] of desk.here.pairs.entries()) {
    const [start, end] = span(pair);
    if (start <= offset && offset < end && end - start < least) [found, least] = [place, end - start];
  }
  return found;
}

/* ---- The list ---- */

const field = (pair, name) => pair.fields.find((one) => one.name === name);
const words = (pair, name) => {
  const { values, result } = field(pair, name);
  return (result ?? values[0]).words;
};

function drawList() {
  const only = one("#only").checked;
  const items = desk.here.pairs.map((pair, place) => {
    if (only && pair.state !== "undecided" && place !== desk.at) return null;
    const summary = SUMMARY[pair.unit].map((name) => words(pair, name)).filter(Boolean).join(" · ");
    const left = pair.undecided.length ? `: ${pair.undecided.map(spoken).join(", ")}` : "";
    const whose = pair.everywhere ? "" : ` only ${[...new Set(pair.members.map((m) => m.coder))].join(", ")}`;
    const button = make("button", { type: "button", className: pair.state.replace(" ", "-") },
      make("span", { className: "kind" }, `${SIGNS[pair.state]} ${pair.noun}, ${pair.state}${left}${whose}`),
      make("span", { className: "said" }, summary),
      make("q", {}, pair.members[0].quote));
    if (place === desk.at) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => choose(place));
    return make("li", {}, button);
  });
  one("#pairs").replaceChildren(...items.filter(Boolean));
}

function drawArticles() {
  const options = desk.all.articles.map(({ id, title, units, undecided }) => {
    const state = undecided ? `${undecided} undecided` : units ? "settled" : "nothing marked";
    return make("option", { value: id }, `${title} (${state})`);
  });
  one("#articles").replaceChildren(...options);
  if (desk.here) one("#articles").value = desk.here.id;
}

/* ---- The chosen pair ---- */

const chosen = () => desk.here?.pairs[desk.at];
const described = (pair, name) => desk.all.fields[pair.unit].find((one) => one.name === name);

/* What is dealt with, row by row: the row itself, what is needed and has something in it, what differs or is decided. */
function rowsOf(pair) {
  const kept = pair.fields.filter(({ name, values, decision, differs }) =>
    desk.every || differs || decision || (described(pair, name).needed && values.some((value) => value.value)));
  const order = (one) => (described(pair, one.name).needed ? 0 : 1);
  return [{ name: "", decision: pair.whole, differs: !pair.everywhere }, ...kept.sort((a, b) => order(a) - order(b))];
}

function choose(place, row = null) {
  desk.at = place;
  closeForm();
  marks.chosen.clear();
  const pair = chosen();
  if (pair) {
    const range = desk.text.range(...span(pair));
    marks.chosen.add(range);
    const lies = range.getBoundingClientRect();
    if (lies.top < 60 || lies.bottom > innerHeight) range.startContainer.parentElement.scrollIntoView({ block: "center" });
    const names = rowsOf(pair).map(({ name }) => name);
    const first = row ?? pair.undecided[0] ?? names[1];
    desk.row = Math.max(0, names.indexOf(first));
  }
  drawList();
  drawPair();
  one("#pairs [aria-current]")?.scrollIntoView({ block: "nearest" });
}

function heading(pair) {
  const where = pair.everywhere ? "marked by every pass" : "not marked by every pass";
  const left = pair.undecided.length ? `undecided: ${pair.undecided.map(spoken).join(", ")}` : pair.state;
  return [make("h2", {}, pair.noun), make("p", { className: "about" }, `${SIGNS[pair.state]} ${left}; ${where}`)];
}

function drawPair() {
  const pair = chosen();
  const home = one("#pair");
  if (!pair) { home.replaceChildren(make("p", { className: "about" }, "Nothing is marked here.")); return; }
  const head = make("tr", {}, make("th", { scope: "col" }, "Field"),
    ...pair.members.map(({ coder, id }, number) => make("th", { scope: "col" },
      make("span", { className: passOf(coder) }, `${number + 1} ${coder}`), make("span", { className: "about" }, id))),
    make("th", { scope: "col" }, "Settled"));
  const rows = rowsOf(pair).map((row, place) => tableRow(pair, row, place));
  const every = make("button", { type: "button", className: "every" }, desk.every ? "Fewer fields" : "All fields", " ", make("kbd", {}, "f"));
  every.addEventListener("click", () => { desk.every = !desk.every; choose(desk.at, rowsOf(pair)[0].name); });
  const table = make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows));
  home.replaceChildren(...heading(pair), make("div", { className: "broad" }, table), every, make("form", { id: "decision", hidden: true }));
  one("#decision").addEventListener("submit", (event) => { event.preventDefault(); act(save); });
  focusRow(0);
}

function tableRow(pair, row, place) {
  const needed = row.name === "" ? !pair.everywhere : described(pair, row.name).needed;
  const differs = row.differs && make("span", { className: "differs", title: "the passes differ" }, "≠ ");
  const head = make("th", { scope: "row" }, differs || "", make("span", {}, spoken(row.name)));
  if (row.name) head.title = described(pair, row.name).meaning;
  const cells = pair.members.map((member, number) => {
    const value = row.name ? row.values[number].words : `take the row of ${member.coder}`;
    const button = make("button", { type: "button", title: `take what ${member.coder} has (${number + 1})` }, value || "(empty)");
    button.setAttribute("aria-pressed", String(row.decision?.take === member.coder));
    button.addEventListener("click", () => { desk.row = place; openForm(member.coder); });
    return make("td", {}, button);
  });
  const made = make("tr", {}, head, ...cells, settledCell(pair, row, place));
  made.className = [row.differs && needed ? "differ" : "", row.differs && !needed ? "follow" : ""].join(" ").trim();
  return made;
}

/* What comes of it, with the decision and its reason, and what one may do besides. */
function settledCell(pair, row, place) {
  const cell = make("div", { className: "settled" });
  const result = row.name ? row.result?.words : pair.state;
  const isOpen = pair.undecided.includes(row.name);
  cell.append(make("span", { className: "result" }, isOpen ? "● undecided" : (result ?? "left out")));
  if (row.decision) {
    const { take, reason, overrides } = row.decision;
    cell.append(make("span", { className: "about" }, `${take}${overrides ? ", overrides" : ""}: ${reason}`));
  }
  const more = (name, key, take) => {
    const button = make("button", { type: "button", title: `${name} (${key})` }, name);
    button.setAttribute("aria-label", `${name}: ${spoken(row.name)}`);
    button.addEventListener("click", () => { desk.row = place; if (take) openForm(take); else act(back); });
    cell.append(button);
  };
  if (row.name) more("own", "o", "own");
  if (row.name === "") more("leave out", "0", "neither");
  if (row.name === "alt_date") more("none", "0", "neither");
  if (row.decision) more("take back", "Delete", "");
  return make("td", {}, cell);
}

function focusRow(column) {
  const rows = document.querySelectorAll("#pair tbody tr");
  desk.row = Math.min(Math.max(0, desk.row), rows.length - 1);
  for (const [place, row] of rows.entries()) row.classList.toggle("here", place === desk.row);
  const buttons = rows[desk.row]?.querySelectorAll("button") ?? [];
  buttons[Math.min(column, buttons.length - 1)]?.focus();
}

/* ---- The form of a decision ---- */

function ownField(pair, name) {
  const { table, enum: values, meaning } = described(pair, name);
  const choices = table ? desk.all.choices[table] : values.map((value) => [value, value]);
  const now = (field(pair, name).result ?? field(pair, name).values[0]).value;
  const list = choices?.length ? make("datalist", { id: "choices" }, ...choices.map(([id, called]) => make("option", { value: id, label: called }))) : null;
  const input = make("input", { name: "value", value: now, autocomplete: "off" });
  if (list) input.setAttribute("list", "choices");
  const label = make("label", {}, "Own value ", input, make("span", { className: "about" }, meaning));
  const parts = [label, ...(list ? [list] : [])];
  if (name === "date") {
    const options = ["", ...BASES].map((basis) => make("option", { value: basis }, basis || "undated"));
    parts.push(make("label", {}, "Basis ", make("select", { name: "basis" }, ...options)));
  }
  return parts;
}

function openForm(take) {
  const pair = chosen();
  const row = rowsOf(pair)[desk.row];
  const isNone = take === "neither" && !["", "alt_date"].includes(row.name);
  if (isNone || (take === "own" && !row.name)) { tell(`that cannot be decided on ${spoken(row.name)}`, "wrong"); return; }
  const said = row.decision?.take === take ? row.decision.reason : "";
  const member = pair.members.findIndex(({ coder }) => coder === take);
  const what = member < 0 ? { own: "a value of my own", neither: row.name ? "none" : "left out" }[take] : take;
  const value = row.name && member >= 0 ? `: ${row.values[member].words || "(empty)"}` : "";
  const reasons = make("datalist", { id: "reasons" }, ...desk.reasons.map((reason) => make("option", { value: reason })));
  const reason = make("input", { name: "reason", value: said, autocomplete: "off", required: true });
  reason.setAttribute("list", "reasons");
  const leave = make("button", { type: "button" }, "Leave ", make("kbd", {}, "Esc"));
  leave.addEventListener("click", () => { closeForm(); focusRow(0); });
  const form = one("#decision");
  form.replaceChildren(
    make("p", {}, make("strong", {}, `${spoken(row.name)}: ${what}`), value),
    ...(take === "own" ? ownField(pair, row.name) : []),
    make("label", {}, "Reason ", reason), reasons,
    make("label", { className: "overrides", hidden: true }, make("input", { type: "checkbox", name: "overrides" }),
      " All passes agree on what this leaves: mark it as an override"),
    make("div", { className: "problems", role: "alert" }),
    make("p", { className: "ends" }, make("button", { className: "save" }, "Save ", make("kbd", {}, "Enter")), leave));
  form.dataset.take = take;
  form.dataset.field = row.name;
  form.hidden = false;
  form.noValidate = true;
  (take === "own" ? form.elements.value : reason).focus();
}

function closeForm() {
  const form = one("#decision");
  if (form) form.hidden = true;
}

async function save() {
  const form = one("#decision");
  const pair = chosen();
  const given = (name) => form.elements[name]?.value.trim() ?? "";
  const asked = { unit: pair.unit, ids: pair.ids, field: form.dataset.field, take: form.dataset.take };
  const isOverride = form.elements.overrides.checked;
  const wasOpen = pair.undecided.length > 0;
  tell("saving …");
  try {
    const told = await send("api/decide", {
      ...asked, value: given("value"), basis: given("basis"), reason: given("reason"), overrides: isOverride ? "yes" : "",
    });
    if (!desk.reasons.includes(given("reason"))) desk.reasons.unshift(given("reason"));
    show(told);
    tell("all is saved", "saved");
    if (wasOpen) goOn();
    else choose(desk.at, asked.field);
  } catch (error) {
    if (!error.problems) throw error;
    refuse(form, error.problems);
  }
}

/* Problems stand in the form; that an agreement is left is asked, once. */
function refuse(form, problems) {
  const asks = problems.some((one) => one.field === "overrides" && one.found === "nothing");
  const box = one(".overrides", form);
  if (asks) box.hidden = false;
  if (problems.some((one) => one.field === "overrides" && !asks)) { form.elements.overrides.checked = false; }
  const items = problems.map((one) => make("p", { className: "problem" }, `${spoken(one.field)}: found ${one.found}; expected ${one.expected}`));
  one(".problems", form).replaceChildren(...items);
  tell("not saved", "wrong");
  const at = problems.find((one) => form.elements[one.field] && !form.elements[one.field].closest("[hidden]"));
  (form.elements[at?.field] ?? form.elements.reason).focus();
}

async function back() {
  const pair = chosen();
  const row = rowsOf(pair)[desk.row];
  if (!row.decision) { tell(`nothing was decided on ${spoken(row.name)}`, "wrong"); return; }
  show(await send("api/decide", { unit: pair.unit, ids: pair.ids, field: row.name, take: "" }));
  choose(desk.at, row.name);
  tell("the decision is taken back; all is saved", "saved");
}

/* ---- Steps ---- */

/* Put in a pair that has changed. */
function show({ pair, article, undo, redo }) {
  Object.assign(desk.all, { undo, redo });
  const of = desk.all.articles.find(({ id }) => id === article);
  const place = desk.here.id === article ? desk.here.pairs.findIndex((one) => one.ids.join() === pair.ids.join() && one.unit === pair.unit) : -1;
  if (place >= 0) {
    desk.here.pairs[place] = pair;
    of.undecided = desk.here.pairs.filter((one) => one.state === "undecided").length;
    drawMarks();
  }
  drawArticles();
  drawSteps();
  grow();
  return place;
}

function drawSteps() {
  for (const way of ["undo", "redo"]) {
    const button = one(`#${way}`);
    button.disabled = !desk.all[way];
    button.title = desk.all[way] ? `${way}: ${desk.all[way]} (${way === "undo" ? "u" : "U"})` : `nothing to ${way}`;
  }
}

async function step(way) {
  if (!desk.all[way]) { tell(`nothing to ${way}`); return; }
  const told = await send(`api/decide/${way}`, {});
  if (told.article !== desk.here.id) { show(told); await open(told.article); } else choose(show(told));
  const words = { undo: "undone", redo: "done again" }[way];
  tell(`${words}; all is saved`, "saved");
}

/* ---- From one to the next ---- */

/* After a decision: the next undecided field here, else the next undecided passage of the article. */
function goOn() {
  const pair = chosen();
  if (pair.undecided.length) { choose(desk.at); return; }
  const next = nextUndecided(1);
  if (next >= 0) choose(next);
  else {
    choose(desk.at, rowsOf(pair)[desk.row]?.name);
    const left = desk.all.articles.filter(({ undecided }) => undecided).length;
    tell(left ? "all is saved; nothing is undecided here: n goes on" : "all is saved; nothing is undecided in any article", "saved");
  }
}

function nextUndecided(way) {
  const pairs = desk.here.pairs;
  for (let turn = 1; turn <= pairs.length; turn += 1) {
    const place = (((desk.at + way * turn) % pairs.length) + pairs.length) % pairs.length;
    if (pairs[place].state === "undecided") return place;
  }
  return -1;
}

async function toUndecided(way) {
  const next = nextUndecided(way);
  if (next >= 0) { choose(next); return; }
  const { articles } = desk.all;
  const here = articles.findIndex(({ id }) => id === desk.here.id);
  for (let turn = 1; turn <= articles.length; turn += 1) {
    const article = articles[(((here + way * turn) % articles.length) + articles.length) % articles.length];
    if (article.undecided) { await open(article.id); return; }
  }
  tell("nothing is undecided in any article");
}

function move(way) {
  const place = desk.at + way;
  if (place >= 0 && place < desk.here.pairs.length) choose(place);
}

/* ---- Reading ---- */

async function open(article) {
  const found = await ask(`api/settle/${encodeURIComponent(article)}`);
  if (found.version !== desk.all.version) Object.assign(desk.all, await ask("api/settle"));
  desk.here = found;
  desk.text = new Text(one("#both"), found.lines, found.length);
  one("#title").textContent = found.title || found.id;
  history.replaceState(null, "", `#${encodeURIComponent(article)}`);
  drawMarks();
  drawArticles();
  drawSteps();
  const first = found.pairs.findIndex((pair) => pair.state === "undecided");
  choose(first >= 0 ? first : Math.min(0, found.pairs.length - 1));
  one("#both").dataset.ready = found.id;
}

async function read() {
  one("#told").hidden = true;
  desk.all = await ask("api/settle");
  one(".passes").replaceChildren(...desk.all.coders.map((coder, number) => make("li", {}, make("span", { className: passOf(coder) }, `${number + 1} ${coder}`))));
  const asked = decodeURIComponent(location.hash.slice(1));
  const known = desk.all.articles.map(({ id }) => id);
  const undecided = desk.all.articles.find((one) => one.undecided) ?? desk.all.articles[0];
  if (!undecided) { tell("the case has no article yet"); return; }
  await open(known.includes(asked) ? asked : (desk.here?.id ?? undecided.id));
  tell("all is saved", "saved");
}

/* ---- Agreement ---- */

let [waiting, took] = [0, 0];

function grow() {
  clearTimeout(waiting);
  if (!one("#agreement").open) return;
  if (took < SLOW) waiting = setTimeout(() => act(drawAgreement), WAIT);
  else one("#again").hidden = false;
}

function table(caption, heads, rows) {
  const head = make("tr", {}, ...heads.map((words) => make("th", { scope: "col" }, words)));
  const body = rows.map(([first, ...rest]) => make("tr", {}, make("th", { scope: "row" }, first), ...rest.map((cell) => make("td", {}, cell))));
  const drawn = make("table", {}, make("caption", {}, caption), make("thead", {}, head), make("tbody", {}, ...body));
  return make("div", { className: "broad", tabIndex: 0, role: "group", "aria-label": caption }, drawn);
}

const number = ({ value }) => (value === null ? "–" : value.toFixed(2));
const numbers = (some) => some.map(number).join(" / ");

async function drawAgreement() {
  const home = one("#agreement div");
  if (home.ariaBusy === "true") return;
  home.ariaBusy = "true";
  const began = performance.now();
  const { version, between, by_issue: issues, by_coder: coders, rules } = await ask("api/agreement").finally(() => { home.ariaBusy = null; });
  const parts = [
    table("Between the passes", ["Question", "Of", "Answer"], between.map((one) => [one.asked, one.noun, one.said])),
    table("By issue, the fewest shared positions first", ["Issue", "Statements", "Same words", "Common words: speaker / stance", "Cut: an article", "Same positions"],
      issues.map((one) => [one.label, one.n.join(" / "), numbers(one["same-words"]), numbers(one["common-words"]), numbers(one.cut), numbers(one.positions)])),
    ...coders.map((one) => table(`${one.coder} beside what is settled: ${one.units} statements, taken in ${one.taken} decisions`, ["Question", "Answer"],
      one.answers.map((answer) => [answer.asked, answer.said]))),
    table("Rules that the disagreements touch", ["Rule", "Passages", "Undecided", "Words"],
      rules.map((one) => [one.rule || "(none is named)", String(one.units), String(one.undecided), one.text])),
  ];
  const again = make("button", { type: "button", id: "again", hidden: true }, "Measure again, with what was decided since");
  again.addEventListener("click", () => act(drawAgreement));
  home.replaceChildren(again, ...parts);
  took = performance.now() - began;
  if (version !== desk.all.version) grow();
}

/* ---- Keys ---- */

const KEYS = {
  n: () => toUndecided(1),
  p: () => toUndecided(-1),
  j: () => move(1),
  k: () => move(-1),
  o: () => openForm("own"),
  0: () => openForm("neither"),
  Delete: () => back(),
  Backspace: () => back(),
  f: () => one(".every")?.click(),
  u: () => step("undo"),
  U: () => step("redo"),
  g: () => one("#agreement summary").click(),
  "?": () => one("#keys").showModal(),
  ArrowDown: () => { desk.row += 1; focusRow(0); },
  ArrowUp: () => { desk.row -= 1; focusRow(0); },
  ArrowRight: () => along(1),
  ArrowLeft: () => along(-1),
};

function along(way) {
  const buttons = [...document.querySelectorAll("#pair tr.here button")];
  const at = buttons.indexOf(document.activeElement);
  focusRow(Math.max(0, at + way));
}

function press(event) {
  const isTyped = event.target.closest("input:not([type=checkbox]), select, textarea");
  if (one("#keys").open || !desk.here) return;
  if (event.key === "Escape" && !one("#decision")?.hidden) { closeForm(); focusRow(0); return; }
  const isUndo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
  if (isTyped || event.altKey || ((event.ctrlKey || event.metaKey) && !isUndo)) return;
  const take = /^[1-9]$/.test(event.key) ? chosen()?.members[event.key - 1]?.coder : null;
  const isArrow = event.key.startsWith("Arrow");
  if (isArrow && !event.target.closest("#pair, body:focus")) return;
  const key = isUndo ? { false: "u", true: "U" }[event.shiftKey] : event.key;
  const deed = take ? () => openForm(take) : KEYS[key];
  if (!deed || (!chosen() && !"npuUg?".includes(key))) return;
  event.preventDefault();
  act(async () => deed());
}

function listen() {
  document.addEventListener("keydown", press);
  one("#both").addEventListener("click", ({ clientX, clientY }) => {
    const place = getSelection().isCollapsed ? pairAt(clientX, clientY) : -1;
    if (place >= 0) choose(place);
  });
  document.addEventListener("focusin", ({ target }) => {
    const row = target.closest("#pair tbody tr");
    if (!row) return;
    const rows = [...row.parentElement.children];
    desk.row = rows.indexOf(row);
    for (const other of rows) other.classList.toggle("here", other === row);
  });
  one("#articles").addEventListener("change", ({ target }) => act(() => open(target.value)));
  one("#only").addEventListener("change", drawList);
  one("#undo").addEventListener("click", () => act(() => step("undo")));
  one("#redo").addEventListener("click", () => act(() => step("redo")));
  one("#help").addEventListener("click", () => one("#keys").showModal());
  one("#told button").addEventListener("click", () => act(read));
  one("#agreement").addEventListener("toggle", ({ target }) => { if (target.open) act(drawAgreement); });
}

listen();
act(read);
