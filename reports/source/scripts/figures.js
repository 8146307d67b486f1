/* Figures to explore: filter, highlight, zoom and pan. Without this script every mark is there, and a link. */
document.querySelectorAll("figure.explore").forEach((figure) => {
  const svg = figure.querySelector("svg"), form = figure.querySelector("form");
  if (!svg || !form) return;
  const marks = [...svg.querySelectorAll("a.edge, a.entry, a.cell")], nodes = [...svg.querySelectorAll("a.node")];
  const values = (mark, key) => (mark.dataset[key] || "").split(" ");
  form.hidden = false;

  const filter = () => {
    const wanted = [...form.querySelectorAll("select")].filter((select) => select.value).map((select) => [select.name, select.value]);
    const period = wanted.some(([key]) => key === "period");
    let shown = 0;
    for (const mark of marks) {
      /* a cell of one period stands for the whole cell while that period is chosen */
      const fits = wanted.every(([key, value]) => values(mark, key).includes(value));
      const there = mark.matches(".cell") ? fits && (period || !mark.matches(".when")) : fits;
      mark.classList.toggle("off", !there);
      mark.classList.toggle("on", there && mark.matches(".when"));
      shown += there;
    }
    const linked = new Set(marks.filter((mark) => !mark.matches(".off")).flatMap((mark) => values(mark, "actors")));
    nodes.forEach((node) => node.classList.toggle("faint", wanted.length > 0 && !linked.has(node.dataset.actors)));
    const output = form.querySelector("output");
    output.textContent = wanted.length ? `${shown} ${output.dataset.noun}` : "";
  };
  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());

  /* what a node or an edge is tied to stays, the rest fades */
  const light = (mark) => {
    svg.classList.toggle("lit", Boolean(mark));
    const actors = mark ? values(mark, "actors") : [], node = mark && mark.matches(".node");
    const near = new Set(actors);
    for (const edge of marks) {
      const ends = values(edge, "actors"), tied = edge === mark || (node && ends.includes(actors[0]));
      edge.classList.toggle("near", Boolean(tied));
      if (tied && !edge.matches(".off")) ends.forEach((end) => near.add(end));
    }
    nodes.forEach((other) => other.classList.toggle("near", near.has(other.dataset.actors)));
  };
  if (nodes.length) {
    for (const name of ["pointerover", "focusin"]) svg.addEventListener(name, (event) => light(event.target.closest("a.node, a.edge")));
    for (const name of ["pointerleave", "focusout"]) svg.addEventListener(name, () => light(null));
  }

  /* zoom by buttons, pan by dragging what has been zoomed */
  const whole = svg.getAttribute("viewBox").split(" ").map(Number);
  let box = [...whole], drag = null;
  const show = () => { svg.setAttribute("viewBox", box.join(" ")); svg.classList.toggle("zoomed", box[2] < whole[2]); };
  const clamp = () => { for (const i of [0, 1]) box[i] = Math.min(Math.max(box[i], whole[i]), whole[i] + whole[i + 2] - box[i + 2]); };
  form.addEventListener("click", (event) => {
    const factor = Number(event.target.dataset.zoom);
    if (Number.isNaN(factor)) return;
    const size = factor ? Math.min(1, Math.max(1 / 8, box[2] / whole[2] / factor)) : 1;
    box = [0, 1].map((i) => box[i] + box[i + 2] / 2 - whole[i + 2] * size / 2).concat(whole[2] * size, whole[3] * size);
    clamp();
    show();
  });
  svg.addEventListener("pointerdown", (event) => { if (svg.matches(".zoomed")) drag = { x: event.clientX, y: event.clientY, from: [...box], moved: false, id: event.pointerId }; });
  svg.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const scale = box[2] / svg.getBoundingClientRect().width, move = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.moved && Math.hypot(...move) > 4) { drag.moved = true; svg.setPointerCapture(drag.id); }
    if (drag.moved) { box = drag.from.map((value, i) => (i < 2 ? value - move[i] * scale : value)); clamp(); show(); }
  });
  for (const name of ["pointerup", "pointercancel"]) svg.addEventListener(name, () => setTimeout(() => { drag = null; }));
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("click", (event) => { if (drag && drag.moved) event.preventDefault(); }, true);
});
