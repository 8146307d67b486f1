/* On a phone each row of a table of three columns or more is a few lines: each cell says the name of its column. */
(() => {
  const slim = matchMedia("(max-width: 720px)");
  const stack = () => document.querySelectorAll(".table-scroll > table:not(.stacked)").forEach((table) => {
    const names = [...table.tHead?.rows[0].cells || []].map((head) => head.textContent);
    if (!slim.matches || names.length < 3) return;
    table.classList.add("stacked");
    for (const row of table.tBodies[0].rows) [...row.cells].forEach((cell, n) => { if (cell.tagName === "TD") cell.dataset.column = names[n]; });
  });
  slim.addEventListener("change", stack);
  stack();
})();
/* Long tables sort and filter in place. Without this script each is a plain table. */
document.querySelectorAll(".table-scroll > table").forEach((table) => {
  const MANY = 40, body = table.tBodies[0];
  if (!body || body.rows.length < MANY) return;
  const rows = [...body.rows], heads = [...table.tHead.rows[0].cells];
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const form = document.createElement("form"), label = document.createElement("label");
  const input = document.createElement("input"), output = document.createElement("output");
  form.className = "filters";
  input.type = "search";
  output.setAttribute("role", "status");
  label.append("keep rows with ", input);
  form.append(label, output);
  table.parentElement.before(form);
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", () => {
    const wanted = fold(input.value);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !fold(row.textContent).includes(wanted);
      shown += !row.hidden;
    }
    output.textContent = wanted ? `${shown} of ${rows.length} rows` : "";
  });

  /* numbers by their value, all else by its letters; what is empty comes last */
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  heads.forEach((head, column) => {
    if (head.matches(".plain")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending", words = new Map();
      for (const row of rows) words.set(row, row.cells[column].textContent.trim());
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const by = (a, b) => {
        const [one, other] = [words.get(a), words.get(b)];
        if (!one || !other) return Number(!one) - Number(!other);
        const [x, y] = [Number(one), Number(other)];
        const way = Number.isNaN(x) || Number.isNaN(y) ? order.compare(one, other) : x - y;
        return down ? -way : way;
      };
      body.append(...rows.sort(by));
    });
  });
});
