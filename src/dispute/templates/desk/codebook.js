/* The codebook, edited by its owner: each change has a reason; the server gives it its day. What comes from the server
   is put in as text. From top to bottom: the state, the rows of a table, the form, suggestions, second looks, changes. */

import { ask, make, one } from "./desk.js";

const LONG = new Set(["proposition", "text", "note", "meaning", "about", "quote"]);
/* So many units of a change are listed at once. */
const SHOWN = 40;
const spoken = (name) => name.replaceAll("_", " ");
const cells = (row) => Object.entries(row).filter(([, cell]) => cell);

/* `all`: what the server told; `edited`: the row in the form as it stands in the file, null where it is new. */
const desk = { all: null, edited: null, suggestion: null };

function tell(words, kind = "") {
  one("#state").textContent = words;
  one("#state").className = kind;
}

async function act(what) {
  try { return await what(); } catch (error) {
    if (error.status === 409) {
      one("#told p").textContent = error.message;
      one("#told").hidden = false;
      one("#told button").focus();
    }
    tell(error.message, "wrong");
    return null;
  }
}

async function send(path, body) {
  tell("saving …");
  desk.all = await ask(path, { ...body, seen: desk.all.version });
  draw();
  tell("all is saved", "saved");
}

async function read() {
  one("#told").hidden = true;
  desk.all = await ask("api/codebook/tables");
  const options = desk.all.tables.map(({ table }) => make("option", { value: table }, spoken(table)));
  const chosen = one("#table").value;
  one("#table").replaceChildren(...options);
  if (chosen) one("#table").value = chosen;
  draw();
  tell("all is saved", "saved");
  document.body.dataset.ready = "";
}

function draw() {
  drawRows();
  drawSuggestions();
  drawLooks();
  drawChanges();
}

/* ---- Rows ---- */

const table = () => desk.all.tables.find((some) => some.table === one("#table").value);
const called = ({ key }, row) => key.map((name) => row[name]).join(" | ");

function drawRows() {
  const here = table();
  const wanted = one("#filter").value.trim().toLowerCase();
  const kept = here.rows.filter((row) => Object.values(row).some((cell) => cell.toLowerCase().includes(wanted)));
  const names = here.columns.map(({ name }) => name);
  const head = make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, spoken(name))));
  const body = kept.map((row) => {
    const button = make("button", { type: "button", title: "change this row" }, row[names[0]]);
    button.addEventListener("click", () => openForm(row));
    return make("tr", {}, make("th", { scope: "row" }, button), ...names.slice(1).map((name) => make("td", {}, row[name])));
  });
  const drawn = make("table", {}, make("caption", {}, `${kept.length} of ${here.rows.length}`), make("thead", {}, head), make("tbody", {}, ...body));
  one("#rows").replaceChildren(make("div", { className: "broad", tabIndex: 0, role: "group", "aria-label": spoken(here.table) }, drawn));
}

/* ---- The form ---- */

function fieldOf(column, value) {
  const known = column.table ? desk.all.tables.find((some) => some.table === column.table) : null;
  const isLong = LONG.has(column.name);
  let input = make(isLong ? "textarea" : "input", { name: `cell-${column.name}`, value, autocomplete: "off" });
  const parts = [];
  if (column.enum.length) {
    const options = ["", ...column.enum.map(String)].map((choice) => make("option", { value: choice }, choice || "(empty)"));
    input = make("select", { name: `cell-${column.name}` }, ...options);
    input.value = value;
  } else if (known) {
    const list = `known-${column.name}`;
    input.setAttribute("list", list);
    parts.push(make("datalist", { id: list }, ...known.rows.map((row) => make("option", { value: row[known.key[0]], label: row.name || row.label || "" }))));
  }
  const needed = column.required ? " *" : "";
  return make("label", {}, make("span", { className: "name" }, `${spoken(column.name)}${needed}`), input, make("span", { className: "about" }, column.meaning), ...parts);
}

function openForm(row, suggested = null) {
  const here = table();
  desk.edited = row;
  desk.suggestion = suggested;
  const first = row ?? suggested?.row ?? {};
  const reason = make("input", { name: "reason", autocomplete: "off" });
  const looks = make("label", { className: "looks" }, make("input", { type: "checkbox", name: "looks", checked: true }), " list for another look what was coded before");
  const button = (words, deed) => {
    const made = make("button", { type: "button" }, words);
    made.addEventListener("click", deed);
    return made;
  };
  const ends = [make("button", { className: "save" }, "Save ", make("kbd", {}, "Enter"))];
  if (row) ends.push(button("Remove the row", () => act(() => save(true))));
  ends.push(button("Leave", closeForm));
  const form = one("#edit");
  form.replaceChildren(
    make("h2", {}, row ? `${spoken(here.table)}: ${called(here, row)}` : `${spoken(here.table)}: a new row`),
    ...here.columns.map((column) => fieldOf(column, first[column.name] ?? "")),
    make("label", {}, make("span", { className: "name" }, "reason *"), reason),
    ...(row ? [looks] : []),
    make("div", { className: "problems", role: "alert" }), make("p", { className: "ends" }, ...ends));
  form.noValidate = true;
  form.hidden = false;
  form.scrollIntoView({ block: "nearest" });
  (suggested ? reason : form.elements[`cell-${here.columns[0].name}`]).focus();
}

function closeForm() {
  one("#edit").hidden = true;
  one("#new").focus();
}

async function save(isGone = false) {
  const form = one("#edit");
  const here = table();
  const after = Object.fromEntries(here.columns.map(({ name }) => [name, form.elements[`cell-${name}`].value.trim()]));
  const given = { table: here.table, before: desk.edited, after: isGone ? null : after };
  try {
    await send("api/codebook/change", { ...given, reason: form.elements.reason.value.trim(), looks: form.elements.looks?.checked ?? true });
    closeForm();
  } catch (error) {
    if (!error.problems) throw error;
    refuse(form, error.problems);
  }
}

function refuse(form, problems) {
  const items = problems.map((one) => make("p", { className: "problem" }, `${one.place}: found ${one.found}; expected ${one.expected}`));
  one(".problems", form).replaceChildren(...items);
  tell("not saved", "wrong");
  const at = problems.map(({ field }) => form.elements[`cell-${field}`] ?? form.elements[field]).find(Boolean);
  (at ?? form.elements.reason).focus();
}

/* ---- Suggestions, second looks, changes ---- */

const nothing = (words) => make("p", { className: "about" }, words);

function drawSuggestions() {
  const items = desk.all.suggestions.map((one_) => {
    const { coder, suggestion, row } = one_;
    const take = make("button", { type: "button" }, "Take …");
    take.setAttribute("aria-label", `take ${suggestion} of ${coder}`);
    take.addEventListener("click", () => { one("#table").value = one_.table; drawRows(); openForm(null, one_); });
    const said = cells(row).map(([name, cell]) => `${spoken(name)}: ${cell}`).join("; ");
    return make("li", {}, make("strong", {}, `${spoken(one_.table)}, of ${coder}: `), `${said} `, take);
  });
  one("#suggestions").replaceChildren(items.length ? make("ul", {}, ...items) : nothing("None is open."));
}

function inWords(change) {
  const what = `${spoken(change.table)} ${change.key}`;
  if (!change.column) return change.after ? `${what}: new (${change.after})` : `${what}: taken out (${change.before})`;
  return `${what}, ${spoken(change.column)}: “${change.before}” is now “${change.after}”`;
}

function drawLooks() {
  const groups = new Map();
  for (const look of desk.all.looks) groups.set(look.change_id, [...(groups.get(look.change_id) ?? []), look]);
  const parts = [...groups].map(([id, looks]) => {
    const change = desk.all.changes.find(({ change_id: one_ }) => one_ === id);
    const items = looks.slice(0, SHOWN).map((look) => {
      const link = make("a", { href: `settle#${encodeURIComponent(look.article_id)}` }, look.unit_id);
      const words = look.is_there ? [" ", make("q", {}, look.quote)] : [" (is there no more)"];
      return make("li", {}, link, ...words, " ", looked([look], "looked at"));
    });
    const more = looks.length > SHOWN ? [nothing(`and ${looks.length - SHOWN} more`)] : [];
    return make("div", { className: "look" }, make("p", {}, `${change?.date ?? ""} ${change ? inWords(change) : id} `, looked(looks, `all ${looks.length} looked at`)), make("ul", {}, ...items), ...more);
  });
  one("#looks").replaceChildren(...(parts.length ? parts : [nothing("Nothing is left.")]));
}

function looked(looks, words) {
  const button = make("button", { type: "button" }, words);
  const ids = looks.map(({ unit_id: id }) => id);
  if (ids.length === 1) button.setAttribute("aria-label", `${words}: ${ids[0]}`);
  button.addEventListener("click", () => act(() => send("api/look", { change: looks[0].change_id, ids })));
  return button;
}

function drawChanges() {
  const items = desk.all.changes.map((change) => make("li", {}, make("strong", {}, change.date), ` ${inWords(change)}. `, make("em", {}, change.reason)));
  one("#changes").replaceChildren(items.length ? make("ul", {}, ...items) : nothing("None yet."));
}

one("#edit").addEventListener("submit", (event) => { event.preventDefault(); act(save); });
one("#table").addEventListener("change", () => { one("#edit").hidden = true; drawRows(); });
one("#filter").addEventListener("input", drawRows);
one("#new").addEventListener("click", () => openForm(null));
one("#told button").addEventListener("click", () => act(read));
document.addEventListener("keydown", (event) => {
  const isTyped = event.target.closest("input, select, textarea");
  if (event.key === "Escape" && !one("#edit").hidden) closeForm();
  if (event.key === "/" && !isTyped) { event.preventDefault(); one("#filter").focus(); }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !one("#edit").hidden) act(save);
});
act(read);
