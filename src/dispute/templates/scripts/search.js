/* Search: the terms and texts that a query asks for are loaded as scripts, which works without a server.
   What the files hold stands in `dispute.site.search`. */
(() => {
  const results = document.querySelector("#results");
  if (!results) return;
  const SHOWN = 20, ACTORS = 20, AROUND = 110;
  const asked = new URLSearchParams(location.search).get("q") || "";
  document.querySelectorAll("input[name=q]").forEach((input) => { input.value = asked; });

  /* a file of the index is a script that hands over what it holds */
  const waiting = {}, loaded = {};
  window.found = (name, content) => waiting[name](content);
  const load = (name) => loaded[name] ||= new Promise((resolve, reject) => {
    waiting[name] = resolve;
    const script = document.createElement("script");
    script.src = `${results.dataset.index}${name}.js`;
    script.onerror = () => reject(new Error(name));
    document.head.append(script);
  });

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const split = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];
  /* the file in which something lies: the last that begins at or before it */
  const place = (starts, wanted) => Math.max(0, starts.findLastIndex((start) => start <= wanted));
  const units = (line) => { let at = 0; return line.split(" ").map((step) => { at += parseInt(step, 36); return at; }); };

  /* the units in which a word stands, or a longer one that begins so: to 2 where it is the whole word, else 1 */
  const having = async (directory, word) => {
    const [from, to] = [place(directory.terms, word), place(directory.terms, `${word}\uffff`)];
    const hits = new Map();
    for (let file = from; file <= to; file += 1) {
      const terms = await load(`terms-${file}`);
      for (const term of Object.keys(terms)) {
        if (!term.startsWith(word)) continue;
        const weight = term === word ? 2 : 1;
        for (const unit of units(terms[term])) hits.set(unit, Math.max(weight, hits.get(unit) || 0));
      }
    }
    /* all that the people say who are called so */
    for (const actor of [...hits.keys()].filter((unit) => unit < directory.people).slice(0, ACTORS)) {
      const term = `@${actor}`, terms = await load(`terms-${place(directory.terms, term)}`);
      for (const unit of term in terms ? units(terms[term]) : []) if (!hits.has(unit)) hits.set(unit, 1);
    }
    return hits;
  };

  /* people first, then evidence, then pages; within each, whole words before beginnings */
  const ordered = (every) => {
    const [first, ...others] = every;
    const common = [...first.keys()].filter((unit) => others.every((hits) => hits.has(unit)));
    const score = (unit) => every.reduce((sum, hits) => sum + hits.get(unit), 0);
    return common.map((unit) => [unit, score(unit)]);
  };

  /* some words of a text around the first that was asked for, each of these marked */
  const excerpt = (text, words) => {
    const parts = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].filter((part) => words.some((word) => fold(part[0]).startsWith(word)));
    const middle = parts.length ? parts[0].index : 0;
    const from = middle > AROUND ? text.indexOf(" ", middle - AROUND) + 1 : 0;
    const to = middle + AROUND * 2 < text.length ? text.lastIndexOf(" ", middle + AROUND * 2) : text.length;
    const paragraph = document.createElement("p");
    let at = from;
    if (from) paragraph.append("… ");
    for (const part of parts.filter(({ index }) => index >= from && index < to)) {
      const mark = document.createElement("mark");
      mark.textContent = part[0];
      paragraph.append(text.slice(at, part.index), mark);
      at = part.index + part[0].length;
    }
    paragraph.append(text.slice(at, to), to < text.length ? " …" : "");
    return paragraph;
  };

  const line = (words, kind = "p") => Object.assign(document.createElement(kind), { textContent: words });

  const show = async (directory, units, words, list, from) => {
    for (const unit of units.slice(from, from + SHOWN)) {
      const file = place(directory.texts, unit);
      const [href, title, text] = (await load(`texts-${file}`))[unit - directory.texts[file]];
      const item = document.createElement("li"), link = line(title, "a");
      link.href = href;
      item.append(link, excerpt(text, words));
      list.append(item);
    }
  };

  const run = async () => {
    const directory = await load("directory");
    const words = [...new Set(split(asked))], common = words.filter((word) => directory.common.includes(word));
    const wanted = words.filter((word) => !common.includes(word));
    results.replaceChildren();
    if (common.length) results.append(line(`Nearly everywhere, and not searched for: ${common.join(", ")}.`));
    if (!wanted.length) return;
    const every = [];
    for (const word of wanted) every.push(await having(directory, word));
    const kind = (unit) => (unit < directory.people ? 0 : unit < directory.pages ? 1 : 2);
    const hits = ordered(every).sort(([a, x], [b, y]) => kind(a) - kind(b) || y - x || a - b).map(([unit]) => unit);
    const list = document.createElement("ol"), more = line("Show more", "button");
    let shown = 0;
    const next = async () => {
      await show(directory, hits, wanted, list, shown);
      shown = Math.min(hits.length, shown + SHOWN);
      more.hidden = shown >= hits.length;
    };
    results.append(line(hits.length === 1 ? "1 place." : `${hits.length} places.`), list, more);
    more.addEventListener("click", next);
    await next();
    results.dataset.done = "yes";
  };
  results.replaceChildren();
  if (split(asked).length) run().catch((error) => results.replaceChildren(line(`The search could not be read (${error.message}).`)));
})();
