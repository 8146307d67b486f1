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
  form.hidden = false;

  /* what can be filtered: the marks of a drawing, the cells of a row of words, the rows of a table */
  const groups = [...document.querySelectorAll("figure.explore svg.explorable, figure.explore ul.rows, main tbody")].map((root) => {
    const items = [...root.querySelectorAll(root.matches("tbody") ? "tr" : "a.edge, a.entry, a.cell")];
    const knows = (key) => items.some((item) => key in item.dataset);
    const known = new Set(["actors", "issue", "period", "days", "camp"].filter(knows));
    if (known.has("days")) known.add("certainty");
    if (known.size) known.add("account");
    const cells = items.some((item) => item.matches(".when"));
    return { root, items, known, cells, figure: root.closest("figure") };
  }).filter(({ known }) => known.size);

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

  let state = Object.fromEntries(KEYS.map((key) => [key, given.get(key) || ""]));
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
    copyCells();
    tell(chosen.length ? said.join(" · ") : "", false);
    for (const link of document.querySelectorAll("header nav a, .parts a, main > p a")) if (VIEWS.test(link.pathname)) link.search = address();
  };

  /* in a row of words a cell takes over mark and number of the period that is chosen */
  const copyCells = () => {
    for (const list of document.querySelectorAll("ul.rows")) {
      for (const cell of list.querySelectorAll("a.cell")) {
        const find = (when) => list.closest("figure").querySelector(`.broad a.cell${when ? `.when[data-period="${CSS.escape(state.period)}"]` : ":not(.when)"}[data-actors="${CSS.escape(cell.dataset.actors)}"][data-issue="${CSS.escape(cell.dataset.issue)}"]`);
        const from = (state.period && find(true)) || find(false), mark = cell.querySelector("svg g > *");
        if (!from || !mark) continue;
        const other = from.querySelector("rect.hit + *");
        mark.setAttribute("class", other.getAttribute("class"));
        if (state.period || cell.dataset.moved) {
          const box = other.getBBox(), copy = other.cloneNode();
          copy.setAttribute("transform", `translate(${8 - box.x - box.width / 2} ${8 - box.y - box.height / 2})`);
          mark.replaceWith(copy);
          cell.querySelector(".n").textContent = from.querySelector("text").textContent;
          cell.dataset.moved = "yes";
        }
      }
    }
  };

  const write = () => {
    const search = address();
    try { history.replaceState(null, "", `${location.pathname}${search ? `?${search}` : ""}${location.hash}`); } catch { /* an address that cannot be changed */ }
  };
  const show = async () => {
    for (const key of KEYS) if (form.elements[key] && key !== "actor") form.elements[key].value = state[key] || form.elements[key].defaultValue || "";
    const found = state.actor ? (await ask()).find(([id]) => id === state.actor) : null;
    form.elements.actor.value = found ? found[1] : state.actor;
  };
  const set = (changes) => {
    state = { ...state, ...changes };
    write();
    move();
  };

  form.addEventListener("focusin", (event) => { if (event.target.name === "actor") ask(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", async ({ target }) => {
    if (target.name === "lines") { set({ lines: target.value === target.defaultValue ? "" : target.value }); return; }
    if (target.name !== "actor") { set({ [target.name]: target.value }); return; }
    set({ actor: await find(target.value) });
    if (target.value && !state.actor) tell(`Nobody is called “${target.value}”.`, true);
    else show();
  });
  form.addEventListener("reset", () => setTimeout(() => { set(Object.fromEntries(KEYS.map((key) => [key, ""]))); show(); }));
  document.addEventListener("choose", (event) => { set(event.detail); show(); });
  show();
  move();
})();
