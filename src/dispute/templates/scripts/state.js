/* One state for all views: actor, issue, period, days, camp, certainty and account stand in the address, move every
   figure and table of the page, and go along to the other views. Without this script all is shown. */
(() => {
  const KEYS = ["actor", "issue", "period", "from", "to", "camp", "certainty", "account", "lines"];
  const VIEWS = /(^|\/)(network|chronology|stances)(-\d+)?\.html$/;
  const given = new URLSearchParams(location.search), form = document.querySelector("form.state");

  /* only one figure of a page, to stand in another one */
  if (given.has("embed")) {
    const figure = document.querySelector(`figure[id="figure-${CSS.escape(given.get("embed"))}"]`) || document.querySelector("main figure");
    document.documentElement.classList.toggle("embed", Boolean(figure));
    if (figure) figure.classList.add("embedded");
    document.querySelectorAll(".embedded a").forEach((link) => link.setAttribute("target", "_top"));
  }
  if (!form) return;

  /* what can be filtered: the marks of a drawing, the rows of a table */
  const groups = [...document.querySelectorAll("figure.explore svg.explorable, main tbody")].map((root) => {
    const items = [...root.querySelectorAll(root.matches("tbody") ? "tr" : "a.edge, a.entry, a.cell")];
    const knows = (key) => items.some((item) => key in item.dataset);
    const known = new Set(["actors", "issue", "period", "days", "camp"].filter(knows));
    if (known.has("days")) known.add("certainty");
    if (known.size) known.add("account");
    const cells = items.some((item) => item.matches(".when"));
    return { root, items, known, cells, figure: root.closest("figure") };
  }).filter(({ known }) => known.size);
  form.hidden = !groups.length;

  const values = (item, key) => (item.dataset[key] || { account: "own", certainty: item.dataset.days ? "sure" : "" }[key] || "").split(" ");
  const lies = (item, from, to) => values(item, "days").filter(Boolean).some((span) => {
    const [first, last] = span.includes("/") ? span.split("/") : [span, span];
    return (!to || first <= to) && (!from || !last || last >= from);
  });
  const fits = (item, state, known) => [...known].every((key) => {
    if (key === "days") return !(state.from || state.to) || lies(item, state.from, state.to);
    const wanted = state[key === "actors" ? "actor" : key];
    return !wanted || values(item, key).includes(key === "issue" ? number(wanted) : wanted);
  });
  /* marks name an issue by its number */
  const number = (issue) => [...form.elements.issue?.options || []].find(({ value }) => value === issue)?.dataset.mark || issue;

  /* people by every name */
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
  let people = null;
  const ask = () => people ||= new Promise((resolve) => {
    window.people = resolve;
    document.head.append(Object.assign(document.createElement("script"), { src: form.dataset.people, onerror: () => resolve([]) }));
  }).then((rows) => {
    for (const [, name, ...others] of rows) {
      for (const other of [name, ...others]) document.querySelector("#people").append(Object.assign(document.createElement("option"), { value: other, label: other === name ? "" : name }));
    }
    return rows;
  });
  /* the actor whose name is so, else the first with a name that begins so, else that holds it */
  const find = async (words) => {
    const wanted = fold(words), rows = wanted ? await ask() : [];
    const first = (test) => rows.find(([, ...names]) => names.some((name) => test(fold(name))));
    return (first((name) => name === wanted) || first((name) => name.startsWith(wanted)) || first((name) => name.includes(wanted)) || [""])[0];
  };

  /* what an address may say; whom it names is looked up when the names are there */
  const DAY = /^\d{4}-\d\d-\d\d$/;
  const sound = (key, value) => {
    if (key === "actor") return value;
    if (key === "lines") return /^[1-9]\d{0,3}$/.test(value) ? value : "";
    if (key === "from" || key === "to") return DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : "";
    return [...form.elements[key]?.options || []].some((one) => one.value === value) ? value : "";
  };
  let state = Object.fromEntries(KEYS.map((key) => [key, sound(key, given.get(key) || "")]));
  const address = () => {
    const search = new URLSearchParams(KEYS.filter((key) => state[key]).map((key) => [key, state[key]]));
    return String(search);
  };

  /* what moved is read aloud, for each figure shows its own number; that nobody is called so is seen, too */
  const tell = (words, seen) => {
    const output = form.querySelector("output");
    output.textContent = words;
    output.classList.toggle("aloud", !seen);
  };

  const move = () => {
    const said = [], chosen = KEYS.filter((key) => state[key] && key !== "lines");
    for (const { root, items, known, cells, figure } of groups) {
      for (const item of items) {
        /* a cell of one period stands for the whole cell while that period is chosen */
        const turn = !cells || item.matches(".when") === Boolean(state.period);
        const there = turn && fits(item, state, known);
        item.classList.toggle("off", !there);
        item.classList.toggle("on", there && item.matches(".when"));
        item.classList.remove("more");
      }
      root.dispatchEvent(new CustomEvent("moved", { detail: { lines: Number(state.lines) || Number(form.elements.lines?.defaultValue) || Infinity } }));
      if (root.matches(".broad svg")) {
        const count = items.filter((item) => !item.matches(".off")).length, every = items.filter((item) => !item.matches(".when")).length;
        const unknown = chosen.filter((key) => !known.has({ actor: "actors", from: "days", to: "days" }[key] || key));
        const words = `${count} of ${every} ${figure.dataset.noun}`;
        figure.querySelector(".count").textContent = words + (unknown.length ? `; it knows nothing of: ${unknown.join(", ")}` : "");
        said.push(words);
      }
    }
    twins.forEach(follow);
    tell(chosen.length ? said.join(" · ") : "", false);
    for (const link of document.querySelectorAll("header nav a, .parts a, main > p a")) if (VIEWS.test(link.pathname)) link.search = address();
  };

  /* on a slim window a cell in a row of words does as its twin in the matrix: of the period that is chosen, if any */
  const name = ({ dataset }, period) => `${dataset.actors} ${dataset.issue} ${period}`;
  const matrix = new Map([...document.querySelectorAll(".broad a.cell")].map((cell) => [name(cell, cell.matches(".when") ? cell.dataset.period : ""), cell]));
  const twins = [...document.querySelectorAll("ul.rows a.cell")].map((cell) => [cell, cell.querySelector(".mark g > *"), cell.querySelector(".n")]);
  const follow = (twin) => {
    const [cell, mark, number] = twin, whole = matrix.get(name(cell, "")), now = matrix.get(name(cell, state.period)) || whole;
    cell.classList.toggle("off", now.matches(".off"));
    if (now === (twin[3] || whole)) return;
    /* the mark stands 12 right of and below the corner of its cell, here in the middle of a square of 16 */
    const [corner, drawn, { textContent }] = now.querySelectorAll("rect, path, circle, text"), copy = drawn.cloneNode();
    copy.setAttribute("transform", `translate(${["x", "y"].map((side) => -4 - corner.getAttribute(side)).join(" ")})`);
    mark.replaceWith(copy);
    number.textContent = textContent;
    [twin[1], twin[3]] = [copy, now];
  };

  const write = () => {
    const kept = [...given].filter(([key]) => !KEYS.includes(key)), search = [String(new URLSearchParams(kept)), address()].filter(Boolean).join("&");
    try { history.replaceState(null, "", `${location.pathname}${search ? `?${search}` : ""}${location.hash}`); } catch { /* an address that cannot be changed */ }
  };
  const show = async () => {
    for (const key of KEYS) if (form.elements[key] && key !== "actor") form.elements[key].value = state[key] || form.elements[key].defaultValue || "";
    const wanted = state.actor, found = wanted && (await ask()).find(([id]) => id === wanted);
    form.elements.actor.value = found ? found[1] : "";
    if (wanted && !found && state.actor === wanted) nobody(wanted);
  };
  const set = (changes) => {
    state = { ...state, ...changes };
    write();
    move();
  };

  const nobody = (words) => {
    set({ actor: "" });
    tell(`Nobody is called “${words}”.`, true);
  };

  form.addEventListener("focusin", (event) => { if (event.target.name === "actor") ask(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", async ({ target }) => {
    if (target.name === "lines") { set({ lines: target.value === target.defaultValue ? "" : sound("lines", target.value) }); show(); return; }
    if (target.name !== "actor") { set({ [target.name]: target.value }); return; }
    const actor = await find(target.value);
    if (target.value && !actor) { nobody(target.value); return; }
    set({ actor });
    show();
  });
  form.addEventListener("reset", () => setTimeout(() => { set(Object.fromEntries(KEYS.map((key) => [key, ""]))); show(); }));
  document.addEventListener("choose", (event) => { set(event.detail); show(); });
  show();
  move();
})();
