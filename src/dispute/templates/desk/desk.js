/* The desk in the browser, without a library. What comes from the server is put in as text, never as markup.

   From top to bottom: the server, the text and its offsets, marks in the text, passages and their list, fields,
   the form, what is done to passages, keys. Offsets are code points of the text file everywhere but in `Text`. */

const BASE = document.body.dataset.root;
/* What is coded on words of the text, by table. An affiliation is suggested: only the codebook's owner writes there. */
const NOUNS = { statements: "statement", event_mentions: "event", relations: "relation", suggestions: "affiliation" };
/* The fields that are always in sight, in the order in which Enter goes through them; all others are under "More". */
const FIRST = {
  statements: ["speaker", "issue", "stance", "date_edtf", "date_basis", "on_behalf_of", "quoted_by", "note"],
  event_mentions: ["event_id", "description", "date_edtf", "date_basis", "place", "participants", "according_to", "note"],
  relations: ["source", "relation", "target", "sign", "date_edtf", "date_basis", "according_to", "note"],
  suggestions: ["actor_id", "organisation", "role", "valid_from", "valid_to", "note"],
};
const NEEDED_OF_AFFILIATION = new Set(["actor_id", "organisation", "role"]);
const UNSEEN = new Set(["article_id", "quote", "start", "end", "coder", "proposed_by"]);
/* What a machine proposes is no coding: it has a name of its own in the list and in the text. */
const PROPOSAL = "proposal";
const LONG = new Set(["description", "note", "gloss"]);
const SIGNS = { "-1": "hostile", 0: "formal", 1: "friendly" };
/* Overlaps lie in lanes, one underline below the other. */
const LANES = 4;
const MOST = 60;

const one = (selector, within = document) => within.querySelector(selector);
const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
const slug = (words) => fold(words).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
/* A letter before which no name begins. Scripts without blanks have none: there it begins anywhere. */
const WITHIN = /(?!\p{scx=Hani}|\p{scx=Hira}|\p{scx=Kana}|\p{scx=Thai}|\p{scx=Laoo}|\p{scx=Khmr}|\p{scx=Mymr})[\p{L}\p{M}\p{N}]$/u;

/* Where a name stands in a text, and is not the rest of a longer word. */
function placesOf(name, text) {
  const places = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!WITHIN.test(text.slice(Math.max(0, at - 2), at))) places.push(at);
  }
  return places;
}

const spoken = (name) => name.replace(/_edtf$/, "").replace(/_id$/, "").replaceAll("_", " ");
const isCoded = (table, row) => table in NOUNS && (table !== "suggestions" || !row || row.suggests === "affiliation");
const cut = (words, most) => (words.length > most ? `${[...words].slice(0, most).join("")} …` : words);

/* An element with properties (or attributes) and what is in it: elements, or words as text. */
function make(tag, given = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...inside.filter((part) => part !== null && part !== ""));
  return made;
}

/* ---- The server ---- */

let version = "";

async function ask(path, body) {
  const given = { headers: { Accept: "application/json" }, credentials: "same-origin" };
  if (body) {
    const mark = /(?:^|; )_xsrf=([^;]*)/.exec(document.cookie)?.[1] ?? "";
    const headers = { ...given.headers, "Content-Type": "application/json", "X-XSRFToken": decodeURIComponent(mark) };
    Object.assign(given, { method: "POST", body: JSON.stringify(body), headers });
  }
  let answer;
  try { answer = await fetch(BASE + path, given); } catch {
    throw new Error("the server does not answer. Is it still running? What is in the form stays here.");
  }
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return told;
  const words = told.told || told.message || `the server said ${answer.status}`;
  throw Object.assign(new Error(words), { status: answer.status, problems: told.problems });
}

/* A write says what was seen; only one is under way at a time. */
async function write(path, body) {
  const told = await ask(path, { ...body, seen: version });
  version = told.version;
  return told;
}

/* ---- The text and its offsets ---- */

class Text {
  /* `lines`: [start, words] of each line of the file, without its end. */
  constructor(root, lines, length) {
    this.root = root;
    this.length = length;
    this.lines = lines.map(([start, words]) => {
      const size = [...words].length;
      return { start, words, size, wide: size !== words.length, node: document.createTextNode(words) };
    });
    this.byNode = new Map(this.lines.map((line) => [line.node, line]));
    this.letters = [];
    for (const { start, words } of this.lines) {
      while (this.letters.length < start) this.letters.push("\n");
      for (const letter of words) this.letters.push(letter);
    }
    while (this.letters.length < length) this.letters.push("\n");
    this.draw();
  }

  draw() {
    const drawn = this.lines.map((line) => {
      if (line.node.data !== line.words) line.node.data = line.words;
      return make("p", { dir: "auto" }, line.node, line.words ? null : make("br"));
    });
    this.root.replaceChildren(...drawn);
  }

  /* Where a point of the page lies in the text. Of an element (a triple click ends in one): where the first line
     begins that is not before it. */
  offset(node, within) {
    const line = this.byNode.get(node);
    if (line) return line.start + (line.wide ? [...line.words.slice(0, within)].length : within);
    const point = document.createRange();
    point.setStart(node, within);
    let [low, high] = [0, this.lines.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (point.comparePoint(this.lines[middle].node, 0) < 0) low = middle + 1;
      else high = middle;
    }
    return low < this.lines.length ? this.lines[low].start : this.length;
  }

  /* The other way: the text node of an offset and the place within it. */
  place(offset) {
    let [low, high] = [0, this.lines.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lines[middle].start <= offset) low = middle;
      else high = middle - 1;
    }
    const line = this.lines[low];
    const inside = Math.min(offset - line.start, line.size);
    return [line.node, line.wide ? [...line.words].slice(0, inside).join("").length : inside];
  }

  range(start, end) {
    const range = document.createRange();
    range.setStart(...this.place(start));
    range.setEnd(...this.place(end));
    return range;
  }

  words(start, end) { return this.letters.slice(start, end).join(""); }

  /* Without white space at either end; null if nothing else is there. */
  trimmed(start, end) {
    while (start < end && !this.letters[start].trim()) start += 1;
    while (end > start && !this.letters[end - 1].trim()) end -= 1;
    return start < end ? { start, end } : null;
  }

  /* The next boundary of a word or a letter (`grapheme`), back (-1) or on (1); white space is passed over. */
  next(offset, way, granularity) {
    const [from, to] = way > 0 ? [offset, offset + 200] : [Math.max(0, offset - 200), offset];
    const parts = [...new Intl.Segmenter(undefined, { granularity }).segment(this.words(from, to))];
    if (way < 0) parts.reverse();
    let moved = 0;
    for (const { segment } of parts) {
      moved += [...segment].length;
      if (segment.trim()) break;
    }
    return offset + way * moved;
  }

  /* The sentence around an offset, within its line. */
  sentence(offset) {
    const line = this.byNode.get(this.place(offset)[0]);
    let start = line.start;
    for (const { segment } of new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(line.words)) {
      const end = start + [...segment].length;
      if (offset < end || end === line.start + line.size) return this.trimmed(start, end);
      start = end;
    }
    return null;
  }
}

/* ---- Marks in the text ---- */

class Marks {
  constructor(text) {
    this.text = text;
    this.lanes = new Map();
    this.sets = {};
    for (const [number, noun] of [PROPOSAL, ...Object.values(NOUNS)].entries())
      for (let lane = 0; lane < LANES; lane += 1) this.add(`${noun}-${lane}`, number);
    this.add("furniture", 0);
    this.add("chosen", 8);
    this.add("draft", 9);
  }

  add(name, priority) {
    this.sets[name] = globalThis.Highlight ? Object.assign(new Highlight(), { priority }) : new Set();
    globalThis.CSS?.highlights?.set(name, this.sets[name]);
  }

  /* The passages in their order; only what has changed is marked anew. */
  show(passages) {
    const ends = [], seen = new Map();
    for (const passage of passages) {
      let lane = ends.findIndex((end) => end <= passage.start);
      if (lane < 0) lane = ends.length;
      ends[lane] = passage.end;
      const name = `${passage.noun}-${lane % LANES}`;
      const key = `${name} ${passage.start} ${passage.end} ${passage.key}`;
      seen.set(key, this.lanes.get(key) || { name, range: this.text.range(passage.start, passage.end) });
    }
    for (const [key, { name, range }] of this.lanes) if (!seen.has(key)) this.sets[name].delete(range);
    for (const [key, { name, range }] of seen) if (!this.lanes.has(key)) this.sets[name].add(range);
    this.lanes = seen;
  }

  only(name, spans) {
    this.sets[name].clear();
    for (const { start, end } of spans) this.sets[name].add(this.text.range(start, end));
  }

  forget() {
    for (const set of Object.values(this.sets)) set.clear();
    this.lanes = new Map();
  }
}

/* ---- Passages and their list ---- */

class Passages {
  constructor(list, codebook) {
    this.list = list;
    this.codebook = codebook;
    this.all = new Map();
    this.order = [];
    /* What is to be looked at again: by id, why the codebook was changed. */
    this.looks = {};
  }

  static key(table, id) { return `${table}/${id}`; }

  get(table, id) { return this.all.get(Passages.key(table, id)); }

  put(table, id, row) {
    const key = Passages.key(table, id), known = this.all.get(key);
    if (known) known.item.remove();
    this.all.delete(key);
    if (!row) return null;
    const passage = { key, table, id, row, noun: NOUNS[table], start: Number(row.start), end: Number(row.end) };
    passage.item = this.item(passage);
    this.all.set(key, passage);
    return passage;
  }

  /* What is proposed now, and nothing of what was before. */
  propose(proposals) {
    for (const { table, id, proposal } of [...this.order]) if (proposal) this.put(table, id, null);
    for (const proposal of proposals) {
      const { table, row } = proposal, id = `${proposal.proposer} ${proposal.proposal_id}`, key = Passages.key(PROPOSAL, id);
      const passage = { key, table: PROPOSAL, id, of: table, row: { ...row, quote: proposal.quote }, proposal, noun: PROPOSAL };
      Object.assign(passage, { start: Number(row.start), end: Number(row.end) });
      passage.item = this.item(passage);
      this.all.set(key, passage);
    }
  }

  /* Puts what was put in its place, in the order of the text. */
  sort() {
    const before = (a, b) => a.start - b.start || b.end - a.end || (a.key < b.key ? -1 : 1);
    this.order = [...this.all.values()].sort(before);
    let at = this.list.firstChild;
    for (const { item } of this.order) {
      if (item === at) at = at.nextSibling;
      else this.list.insertBefore(item, at);
    }
    one("#none").hidden = this.order.length > 0;
    const again = this.order.filter(({ id }) => id in this.looks).length;
    const proposed = this.order.filter(({ proposal }) => proposal).length, coded = this.order.length - proposed;
    const more = [[again, "to look at again"], [proposed, "proposed"]].filter(([n]) => n).map(([n, words]) => `, ${n} ${words}`);
    one("#coded").textContent = `Passages${coded ? ` (${coded})` : ""}${more.join("")}`;
  }

  at(offset) { return this.order.filter(({ start, end }) => start <= offset && offset <= end); }

  said({ table, row, of, proposal }) {
    if (proposal) return this.proposed(of, row, proposal);
    const name = (id) => this.codebook.name(id);
    if (table === "statements") {
      const whom = row.on_behalf_of === row.speaker ? "" : row.on_behalf_of;
      const spokesman = whom ? ` for ${name(whom)}` : "";
      const { label, side } = this.codebook.stance(row.stance);
      const stance = make("span", { className: `stance ${side}` }, label);
      return [`${name(row.speaker)}${spokesman}: ${this.codebook.issue(row.issue)}, `, stance];
    }
    if (table === "event_mentions") return [row.description || row.event_id];
    if (table === "relations") return [`${name(row.source)} ${this.codebook.tie(row.relation)} ${name(row.target)}`];
    return [`${name(row.actor_id)}: ${row.role}, ${name(row.organisation)}`];
  }

  /* A proposal says what it leaves open. */
  proposed(table, row, { printed }) {
    if (table === "event_mentions") return [row.description || "something that happened"];
    const speaker = row.speaker ? this.codebook.name(row.speaker) : `“${printed || "not known"}”`;
    const issue = row.issue ? this.codebook.issue(row.issue) : "no issue";
    return [`${speaker}: ${issue}, ${row.stance ? this.codebook.stance(row.stance).label : "no stance"}`];
  }

  item(passage) {
    const words = passage.proposal ? `proposed ${NOUNS[passage.of]}` : passage.noun;
    const kind = make("span", { className: "kind" }, words);
    const said = make("span", { className: "said" }, ...this.said(passage));
    const quote = make("q", {}, cut(passage.row.quote || "", 90));
    const why = this.looks[passage.id];
    const look = why === undefined ? null : make("span", { className: "look" }, `Look again, the codebook was changed: ${why}`);
    return make("li", { className: passage.noun }, make("button", { type: "button" }, kind, said, quote, look));
  }
}

/* What the codebook says, by id. */
class Codebook {
  constructor(told) {
    Object.assign(this, told);
    this.actorsById = new Map(this.actors.map((actor) => [actor.id, actor]));
    this.tables = Object.fromEntries(Object.entries(this.columns).map(([table, columns]) => [
      table, new Map(columns.map((column) => [column.name, column])),
    ]));
  }

  name(id) { return this.actorsById.get(id)?.name || id; }

  issue(id) { return this.issues.find((issue) => issue.id === id)?.label || id; }

  stance(value) { return this.stances.find(({ stance }) => String(stance) === value) || { label: value, side: "neutral" }; }

  tie(id) {
    const type = this.relation_types.find(({ relation }) => relation === id);
    return type?.reads || id.replaceAll("-", " ");
  }

  idColumn(table) { return this.columns[table][0].name; }

  /* Names as they are listed: with all that they are found by. */
  actorOptions(near = []) {
    const first = near.map((id) => this.actorsById.get(id)).filter(Boolean);
    const rest = this.actors.filter(({ id }) => !near.includes(id));
    return [...first, ...rest].map(({ id, name, kind, aliases }) => {
      const about = near.includes(id) ? `${kind}, named nearby` : kind;
      return { value: id, label: name, about, found: [name, id, ...(aliases || [])].map(fold) };
    });
  }

  issueOptions() {
    return this.issues.map((issue) => ({
      value: issue.id, label: issue.label, about: issue.proposition, more: () => this.ofIssue(issue),
      found: [issue.label, issue.id, issue.proposition].map(fold),
    }));
  }

  ofIssue(issue) {
    const texts = new Map(this.rules.map(({ rule, text }) => [rule, text]));
    const rules = issue.rules.map((rule) => make("li", {}, texts.get(rule) || rule));
    const examples = issue.examples.map(({ quote, speaker, stance }) => make(
      "li", {}, `${this.name(speaker)}, ${this.stance(stance).label}: `, make("q", {}, cut(quote, 120)),
    ));
    return [
      issue.words ? make("p", {}, `Such as: ${issue.words}`) : null,
      rules.length ? make("ul", { ariaLabel: "Rules" }, ...rules) : null,
      examples.length ? make("ul", { className: "examples", ariaLabel: "Examples" }, ...examples) : null,
    ].filter(Boolean);
  }

  relationOptions() {
    return this.relation_types.map(({ relation, meaning }) => ({
      value: relation, label: this.tie(relation), about: meaning, found: [relation, this.tie(relation)].map(fold),
    }));
  }

  ruleOptions() {
    return this.rules.map(({ rule, text }) => ({ value: rule, label: rule, about: text, found: [rule, text].map(fold) }));
  }
}

/* ---- Fields: each has `element`, `value`, `focus()`, and calls `changed`; `picked` when a value was taken from those
   there are, `done` on Enter ---- */

let made = 0;

/* Words that are typed. */
function typedField(column, { changed, done }) {
  const input = make(LONG.has(column.name) ? "textarea" : "input", { id: `field-${(made += 1)}`, rows: 2 });
  input.addEventListener("input", changed);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey) return;
    event.preventDefault();
    done();
  });
  return {
    element: input, input, focus: () => input.focus({ preventScroll: true }),
    get value() { return input.value.trim(); }, set value(value) { input.value = value; },
  };
}

/* A day or a span, with its wording as it is typed. */
function dateField(column, given) {
  const field = typedField(column, given);
  const wording = make("p", { className: "wording", role: "status" });
  let asked = 0;
  const say = async () => {
    const value = field.input.value.trim(), mine = (asked += 1);
    const told = value ? await ask(`api/wording?edtf=${encodeURIComponent(value)}`).catch(() => ({})) : {};
    if (mine === asked) wording.textContent = told.wording || told.problem || "";
  };
  field.input.addEventListener("input", say);
  return {
    input: field.input, element: make("div", {}, field.input, wording), focus: field.focus, say,
    get value() { return field.value; }, set value(value) { field.value = value; say(); },
  };
}

/* A few values as buttons, chosen by number. `options`: [value, words, className]. */
function buttonsField(column, options, { changed, done, picked }) {
  const name = `field-${(made += 1)}`;
  const inputs = options.map(([value], n) => make("input", { type: "radio", name, value, id: `${name}-${n}` }));
  const labels = options.map(([, words, className], n) => make(
    "label", { className: className || "" }, inputs[n], make("kbd", { ariaHidden: "true" }, String(n + 1)), words,
  ));
  const element = make("div", { className: "buttons" }, ...labels);
  const choose = (n) => { inputs[n].checked = true; inputs[n].focus({ preventScroll: true }); changed(); };
  element.addEventListener("change", changed);
  element.addEventListener("click", (event) => { if (event.detail > 0 && event.target.matches("input")) picked(); });
  element.addEventListener("keydown", (event) => {
    const digit = Number(event.key) - 1;
    if (event.key !== "Enter" && !inputs[digit]) return;
    if (event.ctrlKey || event.altKey) return;
    event.preventDefault();
    if (inputs[digit]) choose(digit);
    (inputs[digit] ? picked : done)();
  });
  return {
    element, group: true,
    focus: () => (inputs.find(({ checked }) => checked) || inputs[0]).focus({ preventScroll: true }),
    get value() { return inputs.find(({ checked }) => checked)?.value || ""; },
    set value(value) { for (const input of inputs) input.checked = input.value === value; },
  };
}

/* One of many values. */
function choiceField(column, options, { changed, done }) {
  const all = [["", ""], ...options];
  const input = make("select", { id: `field-${(made += 1)}` }, ...all.map(([value, words]) => make("option", { value }, words)));
  input.addEventListener("change", changed);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey) return;
    event.preventDefault();
    done();
  });
  return {
    element: input, input, focus: () => input.focus({ preventScroll: true }),
    get value() { return input.value; },
    set value(value) {
      if (value && ![...input.options].some((option) => option.value === value)) input.append(make("option", { value }, value));
      input.value = value;
    },
  };
}

/* Typing finds one of a list. `options()` gives what there is; `fresh(typed)` makes what is not there; where
   `proposed`, the first of the list is taken by Enter before anything is typed. */
class Picker {
  constructor(given) {
    Object.assign(this, { changed: () => {}, done: () => {}, picked: () => {}, many: false, proposed: () => false }, given);
    const id = `field-${(made += 1)}`;
    this.chosen = [];
    this.shown = [];
    this.active = -1;
    this.list = make("ul", { id: `${id}-list`, role: "listbox", ariaLabel: this.label || "Found" });
    this.more = make("div", { className: "more" });
    this.drop = make("div", { className: "drop", hidden: true }, this.list, this.more);
    this.input = make("input", { id, role: "combobox", ariaExpanded: "false", ariaAutoComplete: "list", "aria-controls": `${id}-list` });
    this.chips = this.many ? make("span", { className: "chips" }) : null;
    this.element = make("div", { className: "picker" }, this.chips, this.input, this.drop);
    this.input.addEventListener("input", () => this.open());
    this.input.addEventListener("focus", () => { if (!this.isOpen && (!this.chosen.length || this.many)) this.open(); });
    this.input.addEventListener("click", () => this.open());
    this.input.addEventListener("blur", () => this.leave());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.drop.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => {
      const item = target.closest("li");
      if (item) this.take(this.shown[[...this.list.children].indexOf(item)]);
    });
  }

  get value() { return this.chosen.join(";"); }

  set value(value) {
    this.chosen = value ? value.split(";") : [];
    this.write();
  }

  words(value) { return this.options().find((option) => option.value === value)?.label || value; }

  write() {
    if (!this.many) {
      this.input.value = this.chosen.length ? this.words(this.chosen[0]) : "";
      return;
    }
    this.input.value = "";
    this.chips.replaceChildren(...this.chosen.map((value) => {
      const words = this.words(value);
      const chip = make("button", { type: "button", ariaLabel: `Take ${words} out` }, words, " ×");
      chip.addEventListener("click", () => {
        this.chosen = this.chosen.filter((other) => other !== value);
        this.write();
        this.changed();
        this.input.focus();
      });
      return chip;
    }));
  }

  focus() {
    if (!this.chosen.length || this.many) this.open();
    this.input.focus({ preventScroll: true });
  }

  typed() {
    const typed = this.input.value.trim();
    return this.many || !this.chosen.length || typed !== this.words(this.chosen[0]) ? typed : "";
  }

  find(typed) {
    const wanted = fold(typed), options = this.options();
    if (!wanted) return options;
    const rank = ({ found }) => {
      if (found.some((name) => name === wanted)) return 0;
      if (found.some((name) => name.startsWith(wanted))) return 1;
      if (found.some((name) => name.includes(` ${wanted}`))) return 2;
      return found.some((name) => name.includes(wanted)) ? 3 : 4;
    };
    const ranked = options.map((option, n) => ({ option, n, rank: rank(option) })).filter((one) => one.rank < 4);
    return ranked.sort((a, b) => a.rank - b.rank || a.n - b.n).map(({ option }) => option);
  }

  open() {
    const typed = this.typed();
    this.shown = this.find(typed).filter(({ value }) => !(this.many && this.chosen.includes(value))).slice(0, MOST);
    if (this.fresh && typed) this.shown.push({ fresh: typed, label: `New: “${typed}” …`, about: "" });
    this.active = this.shown.length && (typed || this.proposed()) ? 0 : -1;
    this.list.replaceChildren(...this.shown.map((option, n) => make(
      "li", { id: `${this.input.id}-${n}`, role: "option", ariaSelected: "false" },
      make("span", { className: "name" }, option.label), make("span", { className: "about" }, option.about || ""),
    )));
    this.drop.hidden = !this.shown.length;
    this.input.ariaExpanded = String(!this.drop.hidden);
    this.point(false);
  }

  close() {
    this.drop.hidden = true;
    this.input.ariaExpanded = "false";
    this.input.removeAttribute("aria-activedescendant");
  }

  get isOpen() { return !this.drop.hidden; }

  point(scroll = true) {
    for (const [n, item] of [...this.list.children].entries()) item.ariaSelected = String(n === this.active);
    const item = this.list.children[this.active];
    if (item) this.input.setAttribute("aria-activedescendant", item.id);
    else this.input.removeAttribute("aria-activedescendant");
    this.more.replaceChildren(...(this.shown[this.active]?.more?.() || []));
    if (item && scroll) item.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (!this.isOpen) this.open();
      else if (this.shown.length) {
        const step = key === "ArrowDown" ? 1 : -1;
        this.active = this.active < 0 && step < 0 ? this.shown.length - 1 : (this.active + step + this.shown.length) % this.shown.length;
        this.point();
      }
    } else if (key === "Enter") {
      if (this.isOpen && this.shown[this.active]) this.take(this.shown[this.active]);
      else this.done();
    } else if (key === "Escape" && this.isOpen) this.close();
    else if (key === "Backspace" && this.many && !this.input.value && this.chosen.length) {
      this.chosen.pop();
      this.write();
      this.changed();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  async take(option) {
    this.close();
    const value = option.fresh ? await this.fresh(option.fresh) : option.value;
    if (!value) {
      this.input.focus();
      return;
    }
    this.chosen = this.many ? [...this.chosen, value] : [value];
    this.write();
    this.changed();
    if (this.many) this.focus();
    else this.picked();
  }

  /* What was typed and not taken from the list is taken if it is a whole name, else it is none. */
  leave() {
    this.close();
    const typed = this.input.value.trim();
    const stands = this.many || !this.chosen.length ? "" : this.words(this.chosen[0]);
    if (typed === stands) return;
    const exact = typed && this.find(typed).find(({ found }) => found.includes(fold(typed)));
    if (exact) this.chosen = this.many ? [...this.chosen, exact.value] : [exact.value];
    else if (!this.many) this.chosen = [];
    if (exact || this.many) this.write();
    this.changed();
  }
}

/* ---- The form: one row ---- */

class Form {
  constructor(desk) {
    this.desk = desk;
    this.element = one("#form");
    this.draft = null;
    this.isOpenBelow = false;
    this.element.addEventListener("submit", (event) => event.preventDefault());
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.ctrlKey) {
        event.preventDefault();
        this.desk.act(() => this.save());
      }
    });
  }

  /* `draft`: table, id (null for a new row), before (the row as it was saved), row. */
  show(draft) {
    this.draft = draft;
    this.changedAt = 0;
    this.near = [];
    this.proposal = null;
    this.isDirty = false;
    this.tried = false;
    this.touched = new Set();
    this.fields = new Map();
    const columns = this.desk.codebook.tables[draft.table], first = FIRST[draft.table].filter((name) => columns.has(name));
    if (this.desk.article.languages.length > 1 && columns.has("lang")) first.splice(-1, 0, "lang");
    const hidden = new Set([...UNSEEN, this.desk.codebook.idColumn(draft.table), ...first]);
    const rest = draft.table === "suggestions" ? [] : [...columns.keys()].filter((name) => !hidden.has(name));
    this.first = first;
    this.below = make("details", { open: this.isOpenBelow }, make("summary", {}, "More"), ...rest.map((name) => this.field(columns.get(name))));
    this.below.addEventListener("toggle", () => { this.isOpenBelow = this.below.open; });
    this.quote = make("blockquote");
    this.other = make("p", { className: "problem", role: "alert" });
    this.element.replaceChildren(
      make("h2", {}, `${draft.proposal ? "Proposed " : draft.id ? "" : "New "}${NOUNS[draft.table]}`), this.quote, this.why(), this.edges(),
      ...first.map((name) => this.field(columns.get(name))), this.below, this.other, this.ends(),
    );
    for (const [name, field] of this.fields) field.value = draft.row[name] || "";
    this.isDirty = false;
    this.element.className = NOUNS[draft.table];
    this.element.hidden = false;
    this.showWords();
    this.askAround();
  }

  /* Who proposes it, and why. */
  why() {
    const { proposal } = this.draft;
    if (!proposal) return "";
    const printed = proposal.printed ? ` The speaker is printed “${proposal.printed}”, whom the codebook does not know.` : "";
    return make("p", { className: "why" }, make("strong", {}, `Proposed by ${proposal.proposer}.`), ` ${proposal.why}${printed}`);
  }

  close() {
    this.draft = null;
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  focus() { this.fields.get(this.first[0]).focus(); }

  /* What the words of the passage say: who is named near them, when it was. */
  async askAround() {
    const { draft } = this;
    const where = `article=${encodeURIComponent(draft.row.article_id)}&start=${draft.row.start}&end=${draft.row.end}`;
    const wanted = () => this.draft === draft;
    const people = ask(`api/near?${where}`).then((actors) => {
      if (!wanted()) return;
      this.near = actors.map(({ id }) => id);
      for (const field of this.fields.values()) if (field.isActor && field.isOpen && !field.input.value) field.open();
    });
    const day = this.fields.has("date_edtf") && ask(`api/date?${where}`).then((told) => {
      if (wanted()) this.propose(told);
    });
    const examples = draft.table === "statements" && this.desk.readExamples().then(() => {
      const issue = this.fields.get("issue");
      if (wanted() && issue.isOpen) issue.point(false);
    });
    await Promise.allSettled([people, day, examples]);
  }

  /* The resolver's reading of the date, beside its field. */
  propose(told) {
    const proposal = told.basis ? told : { edtf: "", basis: "undated", words: "", reason: "", wording: "no date in the words" };
    this.proposal = proposal;
    const button = (words, title, act) => {
      const made = make("button", { type: "button", title }, words);
      made.addEventListener("click", () => { act(); this.go("date_basis", false); });
      return made;
    };
    const buttons = [button("Take", "Enter in the empty field", () => this.takeDate())];
    if (proposal.edtf) buttons.push(" ", button("Undated", "the words give no date", () => this.setDate({ basis: "undated" })));
    const others = (told.others || []).filter(() => this.fields.has("alt_date_edtf")).flatMap(({ edtf, reason }) => [
      make("br"), `or ${edtf}: ${reason} `,
      button("Keep as second reading", "", () => this.fill({ alt_date_edtf: edtf, alt_date_note: reason })),
    ]);
    const from = proposal.words ? ` from “${proposal.words}”` : "";
    const read = proposal.edtf ? `${proposal.wording} (${proposal.edtf})` : proposal.wording;
    const words = make("span", {}, make("strong", {}, read), `, ${proposal.basis}${from}`, proposal.reason ? `: ${proposal.reason}` : "");
    this.proposed.replaceChildren(words, " ", ...buttons, ...others);
    this.proposed.hidden = Boolean(this.value("date_basis")) && Boolean(this.draft.id);
  }

  takeDate() {
    const { edtf, basis, words, reason } = this.proposal;
    this.setDate({ edtf, basis, words, note: basis === "stated" ? "" : reason });
  }

  setDate({ edtf = "", basis, words = "", note = "" }) {
    this.fill({ date_edtf: edtf, date_basis: basis, date_words: words, date_note: note });
  }

  fill(given) {
    for (const [name, value] of Object.entries(given)) {
      this.fields.get(name).value = value;
      this.touched.add(name);
    }
    this.changed("date_basis");
  }

  value(name) { return this.fields.get(name)?.value ?? this.draft.row[name] ?? ""; }

  row() {
    const row = { ...this.draft.row };
    for (const [name, field] of this.fields) row[name] = field.value;
    delete row.quote;
    if (this.draft.table === "suggestions" && !this.draft.id) row.affiliation_id = slug(`${row.actor_id} ${row.role}`).slice(0, 80);
    return row;
  }

  needs(name) {
    const { table } = this.draft, { required } = this.desk.codebook.tables[table].get(name);
    return (table === "suggestions" ? NEEDED_OF_AFFILIATION.has(name) : required) && !this.value(name);
  }

  field(column) {
    const { name } = column;
    const given = { changed: () => this.changed(name), done: () => this.done(name), picked: () => this.go(name, false) };
    const field = this.control(column, given);
    const problem = make("p", { className: "problem", id: `problem-${name}`, "aria-live": "polite" });
    const label = make(field.group ? "legend" : "label", { title: column.meaning }, spoken(name));
    if (!field.group) label.htmlFor = field.input.id;
    if (field.input) field.input.setAttribute("aria-describedby", problem.id);
    const parts = [label, field.element, problem];
    if (name === "date_edtf") {
      this.proposed = make("p", { className: "proposed" }, "reading the date …");
      parts.splice(1, 0, this.proposed);
    }
    field.wrapper = make(field.group ? "fieldset" : "div", { className: `field ${name}` }, ...parts);
    field.say = (words) => {
      problem.textContent = words;
      field.wrapper.classList.toggle("wrong", Boolean(words));
      if (field.input) field.input.ariaInvalid = String(Boolean(words));
    };
    field.element.addEventListener("focusout", () => this.touched.add(name));
    this.fields.set(name, field);
    return field.wrapper;
  }

  control(column, given) {
    const { codebook } = this.desk, { name } = column, label = spoken(name);
    const many = Boolean(column.list);
    if (column.in === "actors.actor_id") {
      const options = () => codebook.actorOptions(this.near);
      const fresh = (typed) => this.desk.suggest("actor", typed);
      const proposed = () => this.near.length > 0 && FIRST[this.draft.table].indexOf(name) === 0;
      return Object.assign(new Picker({ ...given, label, options, fresh, many, proposed }), { isActor: true });
    }
    if (column.in === "issues.issue") {
      return new Picker({ ...given, label, options: () => codebook.issueOptions(), fresh: (typed) => this.desk.suggest("issue", typed) });
    }
    if (name === "relation") return new Picker({ ...given, label, options: () => codebook.relationOptions() });
    if (name === "event_id") return new Picker({ ...given, label, options: () => this.desk.eventOptions(), fresh: slug });
    if (name === "rules") return new Picker({ ...given, label, options: () => codebook.ruleOptions(), many: true });
    if (column.in === "stances.stance") {
      const options = codebook.stances.map(({ stance, label: words, side }) => [String(stance), words, `stance ${side}`]);
      return buttonsField(column, options, given);
    }
    if (name === "sign") return buttonsField(column, Object.keys(SIGNS).sort((a, b) => a - b).map((sign) => [sign, SIGNS[sign]]), given);
    if (name === "lang") return choiceField(column, this.desk.languages().map((lang) => [lang, lang]), given);
    if (column.values?.length) return choiceField(column, column.values.map((value) => [value, value]), given);
    if (column.type === "edtf") return dateField(column, given);
    return typedField(column, given);
  }

  edges() {
    const button = (words, label, act) => {
      const made = make("button", { type: "button", ariaLabel: label, title: label }, words);
      made.addEventListener("click", () => this.desk.act(act));
      return made;
    };
    const move = (edge, way) => () => { this.desk.edge = edge; return this.desk.moveEdge(way, "word"); };
    return make(
      "div", { className: "edges", role: "group", ariaLabel: "Edges" },
      button("⇤ start", "start back by a word", move("start", -1)), button("start ⇥", "start on by a word", move("start", 1)),
      button("⇤ end", "end back by a word", move("end", -1)), button("end ⇥", "end on by a word", move("end", 1)),
      button("selected words", "the passage takes the selected words (w)", () => this.desk.takeWords()),
    );
  }

  ends() {
    const button = (words, title, act, given = {}) => {
      const made = make("button", { type: "button", title, ...given }, words);
      made.addEventListener("click", () => this.desk.act(act));
      return made;
    };
    const words = this.draft.proposal ? "Accept" : "Save";
    const saved = button(words, "Enter in the last field, or Ctrl Enter", () => this.save(), { className: "save" });
    const left = button("Leave", "Esc", () => this.desk.leave());
    const reject = () => button("Reject", "Delete", () => this.desk.remove(), { className: "remove" });
    if (this.draft.proposal) return make("div", { className: "ends" }, saved, left, reject());
    if (!this.draft.id) return make("div", { className: "ends" }, saved, left);
    return make(
      "div", { className: "ends" }, saved, left, button("Split at the caret", "x", () => this.desk.split()),
      button("Merge with the next", "m", () => this.desk.merge()), button("Remove", "Delete", () => this.desk.remove(), { className: "remove" }),
    );
  }

  showWords() {
    const { start, end } = this.draft.row;
    this.quote.textContent = cut(this.desk.text.words(start, end), 400);
    this.desk.marks.only("draft", [{ start: Number(start), end: Number(end) }]);
  }

  setSpan(start, end) {
    Object.assign(this.draft.row, { start: String(start), end: String(end) });
    this.isDirty = true;
    this.showWords();
    this.askAround();
    this.check();
  }

  changed(name) {
    this.isDirty = true;
    if (name === "relation" && this.fields.has("sign")) {
      const type = this.desk.codebook.relation_types.find(({ relation }) => relation === this.value("relation"));
      if (type) this.fields.get("sign").value = String(type.sign);
    }
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.check(), 150);
  }

  /* Enter: a date that is proposed is taken, then on to the next field that is needed, or all is saved. */
  done(name) {
    this.touched.add(name);
    if (name === "date_edtf" && !this.value("date_edtf") && !this.value("date_basis") && this.proposal) this.takeDate();
    this.go(name);
  }

  /* On to the next field that is needed; where none is, all is saved, or the button that saves has the focus. */
  go(from, saves = true) {
    const wanted = (name) => (name === "date_edtf" ? this.needs("date_basis") && !this.value("date_edtf") : this.needs(name));
    const at = this.first.indexOf(from);
    const next = [...this.first.slice(at + 1), ...this.first.slice(0, at)].find(wanted);
    if (next) this.fields.get(next).focus();
    else if (saves) this.desk.act(() => this.save());
    else one(".save", this.element).focus({ preventScroll: true });
  }

  /* The problems of the row as it stands, at the fields that were touched. */
  async check() {
    const { draft } = this;
    if (!draft) return;
    const mine = (this.changedAt += 1);
    const told = await ask("api/check", { table: draft.table, row: this.row() }).catch(() => null);
    if (told && this.draft === draft && mine === this.changedAt) this.tell(told.problems);
  }

  tell(problems) {
    const words = new Map();
    for (const { field, found, expected } of problems) {
      const name = this.fields.has(field) ? field : "";
      if (name && !this.tried && !this.touched.has(name)) continue;
      if (!name && !this.tried) continue;
      const said = `${name ? "" : `${field}: `}found ${found}; expected ${expected}`;
      words.set(name, [...(words.get(name) || []), said]);
    }
    for (const [name, field] of this.fields) field.say((words.get(name) || []).join(". "));
    this.other.textContent = (words.get("") || []).join(". ");
    return words;
  }

  async save() {
    if (!this.draft) return;
    const { draft } = this;
    if (draft.id && !this.isDirty) {
      this.desk.leave();
      return;
    }
    clearTimeout(this.waiting);
    this.changedAt += 1;
    const words = `${draft.proposal ? "accept" : draft.id ? "change" : "add"} ${this.desk.named(draft.table)}`;
    const changes = [{ table: draft.table, id: draft.id, before: draft.before, after: this.row() }];
    if (draft.proposal) changes.push(this.desk.taken(draft.proposal, "accepted"));
    try {
      await this.desk.step(changes, words);
    } catch (error) {
      if (!error.problems) throw error;
      this.tried = true;
      const told = this.tell(error.problems);
      const first = this.first.find((name) => told.has(name)) || [...this.fields.keys()].find((name) => told.has(name));
      if (first && !this.first.includes(first)) this.below.open = true;
      if (first) this.fields.get(first).focus();
      throw new Error("not saved: see the fields");
    }
    this.isDirty = false;
    this.desk.leave(Number(draft.row.end));
  }
}

/* ---- What is done to passages ---- */

class Desk {
  constructor(article, codebook) {
    this.article = article;
    this.codebook = new Codebook(codebook);
    this.text = new Text(one("#text"), article.lines, article.length);
    this.marks = new Marks(this.text);
    this.passages = new Passages(one("#passages"), this.codebook);
    this.form = new Form(this);
    this.chosen = null;
    this.edge = "end";
    this.caret = 0;
    this.selected = null;
    this.queue = Promise.resolve();
    this.passages.looks = article.looks;
    this.passages.propose(article.proposed);
    this.showDone(article.rows.progress[0]);
    for (const [table, rows] of Object.entries(article.rows)) {
      for (const row of rows) if (isCoded(table, row)) this.passages.put(table, row[this.codebook.idColumn(table)], row);
    }
    this.draw();
    this.steps(article);
    this.find = new Picker({
      label: "Actors", options: () => this.codebook.actorOptions(), picked: () => this.findNext(),
    });
    this.find.input.id = "find";
    one(".find").append(this.find.element);
  }

  draw() {
    this.passages.sort();
    this.marks.show(this.passages.order);
    this.marks.only("furniture", this.article.furniture.map(([start, end]) => ({ start, end })));
  }

  named(table) { return `${/^[aeiou]/.test(NOUNS[table]) ? "an" : "a"} ${NOUNS[table]}`; }

  state(words, className = "") {
    const state = one("#state");
    state.textContent = words;
    state.className = className;
  }

  /* One thing after the other, each from what the one before left. */
  act(action) {
    this.queue = this.queue.then(action).catch((error) => this.fail(error));
    return this.queue;
  }

  fail(error) {
    if (error.status === 409) {
      one("#told p").textContent = error.message;
      one("#told").hidden = false;
    }
    this.state(error.problems ? this.problemWords(error.problems) : error.message, "wrong");
  }

  problemWords(problems) {
    return `not saved: ${problems.map(({ field, found, expected }) => `${field}: found ${found}; expected ${expected}`).join(". ")}`;
  }

  steps({ undo, redo }) {
    for (const [id, words] of [["undo", undo], ["redo", redo]]) {
      one(`#${id}`).disabled = !words;
      one(`#${id}`).title = words ? `${id}: ${words}` : `nothing to ${id}`;
    }
  }

  take(told, words) {
    const put = [];
    for (const [table, rows] of Object.entries(told.rows)) {
      for (const [id, row] of Object.entries(rows)) {
        if (!isCoded(table, row) || (row && row.article_id !== this.article.id)) continue;
        put.push(this.passages.put(table, id, row));
      }
    }
    this.passages.sort();
    this.marks.show(this.passages.order);
    this.steps(told);
    this.state(`saved: ${words}`, "saved");
    if (this.chosen) this.choose(this.passages.all.get(this.chosen.key) || null);
    if (told.rows.suggestions) this.act(() => this.readCodebook());
    const { progress = {}, taken = {} } = told.rows;
    if (Object.keys(taken).length) this.act(() => this.readProposals());
    if (this.article.id in progress) {
      this.showDone(progress[this.article.id]);
      this.act(() => this.readLooks());
    }
    return put.filter(Boolean);
  }

  async readProposals() {
    const { proposed } = await ask(`api/article/${encodeURIComponent(this.article.id)}`);
    this.passages.propose(proposed);
    this.draw();
    if (this.chosen) this.choose(this.passages.all.get(this.chosen.key) || null);
  }

  /* What is put down of a proposal; the server says whether it was changed, and what came of it. */
  taken({ proposer, proposal_id: name }, done) {
    return { table: "taken", id: null, before: null, after: { article_id: this.article.id, proposer, proposal_id: name, done, row_id: "" } };
  }

  async readCodebook() {
    Object.assign(this.codebook, new Codebook(await ask("api/codebook")));
  }

  /* -- the article is done -- */

  showDone(row) {
    this.progress = row || null;
    const again = Object.keys(this.passages.looks).length > 0;
    one("#done span").textContent = row ? (again ? "Looked at again, done" : "Not done after all") : "Article done";
    one("#done-since").textContent = row ? `Done on ${row.done_on}${again ? "; the codebook was changed since" : ""}` : "";
  }

  /* Done, or done again where something was to be looked at; else it is not done any more. */
  async finish() {
    const before = this.progress, goes = before && !Object.keys(this.passages.looks).length;
    if (this.form.draft && this.form.isDirty) await this.form.save();
    const after = goes ? null : { article_id: this.article.id };
    await this.step([{ table: "progress", id: this.article.id, before, after }], goes ? "the article is not done" : "the article is done");
  }

  async readLooks() {
    const { looks } = await ask(`api/article/${encodeURIComponent(this.article.id)}`);
    this.putLooks(looks);
  }

  putLooks(looks) {
    const changed = new Set([...Object.keys(looks), ...Object.keys(this.passages.looks)]);
    this.passages.looks = looks;
    for (const { table, id, row } of [...this.passages.order]) if (changed.has(id)) this.passages.put(table, id, row);
    this.passages.sort();
    if (this.chosen) this.choose(this.passages.all.get(this.chosen.key) || null);
    this.showDone(this.progress);
  }

  /* What this coder has coded on each issue, as it is now. */
  async readExamples() {
    const told = await ask("api/examples");
    for (const issue of this.codebook.issues) issue.examples = told[issue.id] || [];
  }

  async step(changes, words) {
    const bare = (row) => {
      if (!row) return null;
      const { quote, ...rest } = row;
      return rest;
    };
    this.state("saving …");
    const sent = changes.map((change) => ({ ...change, before: bare(change.before), after: bare(change.after) }));
    return this.take(await write("api/step", { changes: sent, words }), words);
  }

  async again(which) {
    const words = one(`#${which}`).title;
    if (one(`#${which}`).disabled) throw new Error(words);
    this.state("saving …");
    const [put] = this.take(await write(`api/${which}`, {}), words);
    if (this.form.draft?.id) this.leave();
    if (put) this.goTo(put);
  }

  /* -- choosing -- */

  choose(passage) {
    this.chosen?.item.firstChild.removeAttribute("aria-current");
    this.chosen = passage;
    this.marks.only("chosen", passage ? [passage] : []);
    passage?.item.firstChild.setAttribute("aria-current", "true");
  }

  /* Opens a passage in the form; what was changed in the form and not saved is saved first. */
  async open(passage, focus) {
    if (this.form.draft && this.form.isDirty) await this.form.save();
    this.choose(passage);
    this.state("");
    const { table, id, row, of, proposal } = passage;
    if (proposal) this.form.show({ table: of, id: null, before: null, row: { ...row }, proposal });
    else this.form.show({ table, id, before: row, row: { ...row } });
    if (focus) this.form.focus();
  }

  goTo(passage) {
    this.choose(passage);
    const inList = one("#passages").contains(document.activeElement);
    if (inList) passage.item.firstChild.focus();
    else passage.item.scrollIntoView({ block: "nearest" });
    const range = this.text.range(passage.start, passage.end), seen = range.getBoundingClientRect();
    if (seen.top < 60 || seen.bottom > innerHeight) scrollBy(0, seen.top - innerHeight / 3);
    if (!inList) this.setCaret(passage.start);
  }

  async go(way) {
    const { order } = this.passages;
    if (!order.length) throw new Error("nothing is coded here yet");
    const at = this.chosen ? order.indexOf(this.chosen) : order.findLastIndex(({ start }) => start < this.caret);
    const next = order[Math.min(Math.max(at + way, 0), order.length - 1)];
    if (this.form.draft) await this.open(next, false);
    this.goTo(next);
    const words = this.passages.said(next).map((part) => part.textContent ?? part).join("");
    this.state(`${next.noun}: ${words}`);
  }

  setCaret(offset) {
    this.text.root.focus({ preventScroll: true });
    getSelection().collapse(...this.text.place(offset));
    this.caret = offset;
    this.selected = null;
  }

  /* Back to the text; the caret goes behind what was saved. */
  leave(caret) {
    this.form.close();
    this.marks.only("draft", []);
    this.setCaret(caret ?? this.caret);
  }

  /* What is selected in the text, remembered while a field has the focus. */
  look() {
    const { anchorNode, focusNode, focusOffset, rangeCount, isCollapsed } = getSelection();
    if (!rangeCount || !this.text.root.contains(anchorNode)) return;
    const range = getSelection().getRangeAt(0);
    this.caret = this.text.offset(focusNode, focusOffset);
    const span = [this.text.offset(range.startContainer, range.startOffset), this.text.offset(range.endContainer, range.endOffset)];
    this.selected = isCollapsed ? null : this.text.trimmed(...span);
  }

  /* -- coding -- */

  async code(table) {
    this.look();
    const span = this.selected || this.text.sentence(this.caret);
    if (!span) throw new Error("select the words first");
    if (!this.codebook.columns[table]) throw new Error(`this case has no table of ${table}`);
    if (this.form.draft && this.form.isDirty) await this.form.save();
    const row = Object.fromEntries(this.codebook.columns[table].map(({ name }) => [name, ""]));
    const given = { article_id: this.article.id, start: String(span.start), end: String(span.end) };
    if ("lang" in row) row.lang = this.article.languages[0] || "";
    if (table === "suggestions") row.suggests = "affiliation";
    Object.assign(row, given);
    this.state(`new ${NOUNS[table]}, not saved yet`);
    this.choose(null);
    this.form.show({ table, id: null, before: null, row });
    /* the focus comes last: what it needs to be laid out is laid out once */
    this.form.focus();
  }

  need() {
    if (this.chosen) return this.chosen;
    const [passage] = this.passages.at(this.caret);
    if (!passage) throw new Error("choose a passage first: n, p, or a click on it");
    this.choose(passage);
    return passage;
  }

  async span(start, end, words) {
    const { form } = this, span = this.text.trimmed(start, end);
    if (!span) throw new Error("a passage has at least one letter");
    if (!form.draft && this.need().proposal) await this.open(this.chosen, false);
    if (form.draft && (!form.draft.id || form.isDirty)) {
      form.setSpan(span.start, span.end);
      return;
    }
    const { table, id, row } = this.need();
    const after = { ...row, start: String(span.start), end: String(span.end) };
    await this.step([{ table, id, before: row, after }], words);
    if (form.draft) await this.open(this.passages.get(table, id), false);
  }

  async moveEdge(way, granularity) {
    const { start, end } = this.form.draft?.row || this.need().row;
    const span = { start: Number(start), end: Number(end) };
    span[this.edge] = this.text.next(span[this.edge], way, granularity);
    await this.span(span.start, span.end, "move an edge");
  }

  otherEdge() {
    this.edge = this.edge === "end" ? "start" : "end";
    this.state(`[ ] { } move the ${this.edge} of the passage`);
  }

  async takeWords() {
    this.look();
    if (!this.selected) throw new Error("select the words first");
    await this.span(this.selected.start, this.selected.end, "take other words");
  }

  /* Takes what is proposed as it is; where something is missing, the form says what. */
  async accept() {
    if (!this.need().proposal) throw new Error("this is coded already; y takes what is proposed");
    await this.open(this.chosen, true);
    await this.form.save();
  }

  needCoded() {
    const passage = this.need();
    if (passage.proposal) throw new Error("this is only proposed: accept it first (y)");
    return passage;
  }

  async split() {
    this.look();
    const { table, id, row, start, end } = this.needCoded();
    const first = this.text.trimmed(start, this.caret), second = this.text.trimmed(this.caret, end);
    if (this.caret <= start || this.caret >= end || !first || !second) {
      throw new Error("put the caret inside the passage, where it is to be split");
    }
    if (this.form.isDirty && this.form.draft?.id) await this.form.save();
    const one = { ...row, start: String(first.start), end: String(first.end) };
    const two = { ...row, [this.codebook.idColumn(table)]: "", start: String(second.start), end: String(second.end) };
    const changes = [{ table, id, before: row, after: one }, { table, id: null, before: null, after: two }];
    await this.step(changes, "split a passage");
    this.leave();
  }

  async merge() {
    const { table, id, row, start, end, key } = this.needCoded();
    const { order } = this.passages;
    const after = order.slice(order.findIndex((passage) => passage.key === key) + 1);
    const next = after.find((passage) => passage.table === table);
    if (!next) throw new Error(`there is no ${NOUNS[table]} after this one`);
    const whole = { ...row, start: String(Math.min(start, next.start)), end: String(Math.max(end, next.end)) };
    const changes = [
      { table, id, before: row, after: whole }, { table, id: next.id, before: next.row, after: null },
    ];
    await this.step(changes, "merge two passages");
    this.leave();
    this.state("saved: merged; what the first of the two said is kept", "saved");
  }

  async remove() {
    const { table, id, row, of, proposal } = this.need();
    const { order } = this.passages;
    const after = order[order.indexOf(this.chosen) + 1];
    if (proposal) await this.step([this.taken(proposal, "rejected")], `reject ${this.named(of)}`);
    else await this.step([{ table, id, before: row, after: null }], `remove ${this.named(table)}`);
    if (this.form.draft) this.leave();
    if (one("#passages").contains(document.activeElement) || document.activeElement === document.body) {
      (after?.item.firstChild || this.text.root).focus();
    }
  }

  /* -- what the fields ask -- */

  languages() {
    const { languages } = this.article;
    return languages.length > 1 ? [...languages, languages.join(";")] : languages;
  }

  eventOptions() {
    const known = new Map();
    for (const event of this.codebook.events || []) known.set(event.id || event.event_id, event.description || event.event || "");
    for (const { table, row } of this.passages.order) {
      if (table === "event_mentions" && !known.get(row.event_id)) known.set(row.event_id, row.description);
    }
    return [...known].map(([value, about]) => ({ value, label: value.replaceAll("-", " "), about, found: [value, value.replaceAll("-", " "), about].map(fold) }));
  }

  /* A new actor, another name or a new issue: it goes to this coder's suggestions. Gives its id. */
  suggest(kind, typed) {
    return new Promise((resolve) => {
      const dialog = one("#suggest");
      let id = "";
      const send = async (body) => {
        const told = await write("api/suggest", body);
        await this.readCodebook();
        this.take(told, told.undo);
        id = body.kind === "alias" ? body.actor_id : told.id;
        dialog.close();
      };
      dialog.replaceChildren(...(kind === "actor" ? this.actorForms(typed, send) : this.issueForm(typed, send)));
      dialog.addEventListener("close", () => resolve(id), { once: true });
      dialog.showModal();
    });
  }

  suggestForm(title, fields, button, body, send) {
    const problem = make("p", { className: "problem", role: "alert" });
    const left = make("button", { type: "button" }, "Leave");
    left.addEventListener("click", () => one("#suggest").close());
    const form = make(
      "form", { ariaLabel: title }, ...fields.map(([words, input]) => make("label", {}, words, input)),
      problem, make("div", { className: "ends" }, make("button", { className: "save" }, button), left),
    );
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await this.act(() => send(body()).catch((error) => {
        problem.textContent = error.problems ? this.problemWords(error.problems) : error.message;
      }));
    });
    return form;
  }

  actorForms(typed, send) {
    const name = make("input", { value: typed, required: true }), id = make("input", { value: slug(typed), required: true, pattern: "[a-z0-9][a-z0-9\\-]*" });
    const kinds = ["person", "organisation", "group", "court"];
    const kind = make("select", {}, ...kinds.map((value) => make("option", { value }, value)));
    name.addEventListener("input", () => { id.value = slug(name.value); });
    const actor = make("select", { required: true }, make("option", { value: "" }), ...this.codebook.actors.map((known) => make("option", { value: known.id }, known.name)));
    const alias = make("input", { value: typed, required: true });
    return [
      make("h2", { id: "suggest-title" }, "Somebody new, or another name"),
      make("p", { className: "about" }, "It goes to your suggestions; the owner of the codebook takes it or not."),
      this.suggestForm("Somebody new", [["name", name], ["id", id], ["kind", kind]], "Somebody new",
        () => ({ kind: "actor", id: id.value, name: name.value, actor_kind: kind.value }), send),
      this.suggestForm("Another name", [["another name, as printed", alias], ["of", actor]], "Another name",
        () => ({ kind: "alias", alias: alias.value, actor_id: actor.value, article_id: this.article.id }), send),
    ];
  }

  issueForm(typed, send) {
    const label = make("input", { value: typed, required: true }), id = make("input", { value: slug(typed), required: true, pattern: "[a-z0-9][a-z0-9\\-]*" });
    const proposition = make("textarea", { required: true, rows: 3 });
    const kind = make("select", {}, ...["position", "fact"].map((value) => make("option", { value }, value)));
    label.addEventListener("input", () => { id.value = slug(label.value); });
    return [
      make("h2", { id: "suggest-title" }, "A new issue"),
      make("p", { className: "about" }, "It goes to your suggestions; the owner of the codebook takes it or not."),
      this.suggestForm("A new issue", [["label", label], ["id", id], ["a sentence that one can support or oppose", proposition], ["kind", kind]], "New issue",
        () => ({ kind: "issue", id: id.value, label: label.value, proposition: proposition.value, issue_kind: kind.value }), send),
    ];
  }

  /* The next place where an actor is named, from the caret on. */
  findNext() {
    const actor = this.codebook.actorsById.get(this.find.value);
    if (!actor) return;
    const whole = this.text.words(0, this.text.length), from = this.text.words(0, this.caret).length;
    const places = [actor.name, ...(actor.aliases || [])].flatMap((name) => placesOf(name, whole).map((at) => ({ at, name })));
    const found = places.sort((a, b) => (a.at < from) - (b.at < from) || a.at - b.at)[0];
    this.find.value = "";
    if (!found) {
      this.state(`${actor.name} is not named here by a name of the codebook`, "wrong");
      return;
    }
    const start = [...whole.slice(0, found.at)].length, end = start + [...found.name].length;
    const range = this.text.range(start, end);
    this.setCaret(start);
    getSelection().setBaseAndExtent(...this.text.place(start), ...this.text.place(end));
    const seen = range.getBoundingClientRect();
    if (seen.top < 60 || seen.bottom > innerHeight) scrollBy(0, seen.top - innerHeight / 3);
    this.state(`${actor.name} is named here`);
  }

  /* The codebook at hand. */
  showCodebook(place) {
    const issues = this.codebook.issues.map((issue) => make("div", {}, make("dt", {}, issue.label), make("dd", {}, issue.proposition, ...this.codebook.ofIssue(issue))));
    const rules = this.codebook.rules.map(({ rule, text }) => make("div", {}, make("dt", {}, rule), make("dd", {}, text)));
    const actors = this.codebook.actors.map(({ name, kind, about, aliases }) => make(
      "div", {}, make("dt", {}, name), make("dd", {}, [kind, about, (aliases || []).join(", ")].filter(Boolean).join("; ")),
    ));
    place.replaceChildren(
      make("h3", {}, "Issues"), make("dl", {}, ...issues), make("h3", {}, "Rules"), make("dl", {}, ...rules),
      make("h3", {}, "Actors"), make("dl", {}, ...actors),
    );
  }

  /* What was changed elsewhere is read; what is in the form stays. */
  async reread() {
    const [article, codebook] = await Promise.all([ask(`api/article/${encodeURIComponent(this.article.id)}`), ask("api/codebook")]);
    version = article.version;
    const gone = new Set(this.passages.all.keys());
    Object.assign(this.codebook, new Codebook(codebook));
    for (const [table, rows] of Object.entries(article.rows)) {
      for (const row of rows.filter((known) => isCoded(table, known))) {
        const id = row[this.codebook.idColumn(table)];
        gone.delete(Passages.key(table, id));
        this.passages.put(table, id, row);
      }
    }
    for (const key of gone) this.passages.put(...key.split("/"), null);
    this.progress = article.rows.progress[0] || null;
    this.choose(this.chosen ? this.passages.all.get(this.chosen.key) || null : null);
    const { draft } = this.form;
    if (draft?.id) draft.before = this.passages.get(draft.table, draft.id)?.row || null;
    if (draft?.id && !draft.before) draft.id = null;
    this.passages.sort();
    this.passages.propose(article.proposed);
    this.putLooks(article.looks);
    this.marks.show(this.passages.order);
    this.steps(article);
    one("#told").hidden = true;
    this.state("read again");
  }
}

/* ---- Keys, mouse ---- */

function listen(desk) {
  const text = desk.text.root, act = (action) => desk.act(action);
  const keys = {
    s: () => desk.code("statements"), e: () => desk.code("event_mentions"), r: () => desk.code("relations"), a: () => desk.code("suggestions"),
    n: () => desk.go(1), p: () => desk.go(-1),
    "[": () => desk.moveEdge(-1, "word"), "]": () => desk.moveEdge(1, "word"),
    "{": () => desk.moveEdge(-1, "grapheme"), "}": () => desk.moveEdge(1, "grapheme"),
    o: () => desk.otherEdge(), w: () => desk.takeWords(), x: () => desk.split(), m: () => desk.merge(), Delete: () => desk.remove(),
    y: () => desk.accept(), d: () => desk.finish(), u: () => desk.again("undo"), U: () => desk.again("redo"),
    "/": () => desk.find.focus(), "?": () => one("#keys").showModal(),
  };
  const openHere = () => {
    desk.look();
    const here = desk.passages.at(desk.caret);
    const passage = here.includes(desk.chosen) ? desk.chosen : here[0];
    return passage ? desk.open(passage, true) : undefined;
  };

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.defaultPrevented || one("dialog[open]") || !target.closest("main")) return;
    const typing = target.matches("input:not([type=radio]), textarea, select");
    const held = (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState("AltGraph");
    if (held && key.toLowerCase() === "z" && !event.altKey && !typing) {
      event.preventDefault();
      act(() => desk.again(event.shiftKey ? "redo" : "undo"));
      return;
    }
    if (held) return;
    if (key === "Escape" && (desk.form.draft || one(".find").contains(target))) {
      event.preventDefault();
      const lost = desk.form.draft && desk.form.isDirty;
      act(() => { desk.leave(); desk.state(lost ? "left; what was not saved is gone" : ""); });
    } else if (key === "Enter" && target === text) {
      event.preventDefault();
      act(openHere);
    } else if (!typing && Object.hasOwn(keys, key)) {
      event.preventDefault();
      act(keys[key]);
    }
  });

  /* The text has a caret and can be selected, and never changes. */
  text.addEventListener("beforeinput", (event) => event.preventDefault());
  for (const name of ["dragstart", "drop", "paste", "cut"]) text.addEventListener(name, (event) => event.preventDefault());
  text.addEventListener("input", () => {
    desk.text.draw();
    desk.marks.forget();
    desk.draw();
  });
  document.addEventListener("selectionchange", () => { if (document.activeElement === text) desk.look(); });

  text.addEventListener("click", () => {
    if (!getSelection().isCollapsed) return;
    desk.look();
    const here = desk.passages.at(desk.caret);
    const next = here[(here.indexOf(desk.chosen) + 1) % here.length];
    if (next) act(() => desk.open(next, false));
    else if (desk.form.draft && !desk.form.isDirty) act(() => desk.leave());
    if (!next) act(() => desk.choose(null));
  });
  one("#passages").addEventListener("click", (event) => {
    const item = event.target.closest("li");
    const passage = desk.passages.order.find((known) => known.item === item);
    if (!passage) return;
    act(async () => {
      await desk.open(passage, event.detail === 0);
      const range = desk.text.range(passage.start, passage.end), seen = range.getBoundingClientRect();
      if (seen.top < 60 || seen.bottom > innerHeight) scrollBy(0, seen.top - innerHeight / 3);
    });
  });

  /* buttons leave the selection in the text as it is */
  for (const button of document.querySelectorAll(".code button")) {
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => act(() => desk.code(button.dataset.table)));
  }
  one("#form").addEventListener("mousedown", (event) => { if (event.target.closest(".edges, .ends")) event.preventDefault(); });
  one("#undo").addEventListener("click", () => act(() => desk.again("undo")));
  one("#redo").addEventListener("click", () => act(() => desk.again("redo")));
  one("#done").addEventListener("click", () => act(() => desk.finish()));
  one("#help").addEventListener("click", () => one("#keys").showModal());
  one("#told button").addEventListener("click", () => act(() => desk.reread()));
  one("#codebook").addEventListener("toggle", ({ target }) => {
    if (target.open) act(() => desk.readExamples().then(() => desk.showCodebook(one("div", target))));
  });
  addEventListener("beforeunload", (event) => { if (desk.form.draft && desk.form.isDirty) event.preventDefault(); });
}

/* Dark or light: as the coder's machine has it, until the button says otherwise. */
function theme() {
  const root = document.documentElement, button = one("button.theme"), machine = matchMedia("(prefers-color-scheme: dark)");
  try { root.dataset.theme = localStorage.getItem("theme") || ""; } catch { /* no storage */ }
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : machine.matches);
  const name = () => { button.textContent = dark() ? "light" : "dark"; };
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* no storage */ }
    name();
  });
  machine.addEventListener("change", name);
  name();
}

async function begin(text) {
  try {
    const [article, codebook] = await Promise.all([ask(`api/article/${encodeURIComponent(text.dataset.article)}`), ask("api/codebook")]);
    version = article.version;
    const desk = new Desk(article, codebook);
    listen(desk);
    desk.setCaret(0);
    desk.state("all is saved", "saved");
    text.dataset.ready = "";
  } catch (error) {
    one("#state").textContent = `This article could not be read: ${error.message}`;
  }
}

theme();
if (one("#text")) begin(one("#text"));

export { Text, ask, make, one };
