/* Figures to explore: one stop of the tab key each, arrow keys inside, previews, a closer look, and what one can
   take away. Without this script every mark is there, and a link. What is shown is the business of `state.js`. */
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const values = (mark, key) => (mark.dataset[key] || "").split(" ").filter(Boolean);
  const isThere = (mark) => !mark.matches(".off, .when:not(.on)");

  /* a preview beside the mark that is pointed at or in focus; a machine that reads aloud has the words already */
  const preview = Object.assign(document.createElement("div"), { className: "preview", hidden: true });
  preview.setAttribute("aria-hidden", "true");
  document.body.append(preview);
  const show = (mark) => {
    const words = mark && mark.getAttribute("aria-label");
    preview.hidden = !words;
    if (!words) return;
    preview.textContent = words;
    const at = mark.getBoundingClientRect(), size = preview.getBoundingClientRect();
    const below = at.bottom + 6 + size.height < innerHeight || at.top < size.height;
    preview.style.left = `${Math.max(4, Math.min(at.left + at.width / 2 - size.width / 2, innerWidth - size.width - 4))}px`;
    preview.style.top = `${Math.max(4, below ? Math.min(at.bottom + 6, innerHeight - size.height - 4) : at.top - size.height - 6)}px`;
  };
  addEventListener("keydown", (event) => { if (event.key === "Escape") show(null); });
  addEventListener("scroll", () => show(null), { passive: true });

  /* what a node or an edge is tied to stays, the rest fades */
  const light = (svg, mark) => {
    const of = mark && mark.matches(".node, .edge") ? mark : null;
    svg.classList.toggle("lit", Boolean(of));
    const near = new Set(of ? values(of, "actors") : []);
    for (const edge of svg.querySelectorAll("a.edge")) {
      const ends = values(edge, "actors");
      const tied = of && (edge === of || (of.matches(".node") && ends.includes(of.dataset.actors)));
      edge.classList.toggle("near", Boolean(tied));
      if (tied && isThere(edge)) ends.forEach((end) => near.add(end));
    }
    svg.querySelectorAll("a.node").forEach((node) => node.classList.toggle("near", near.has(node.dataset.actors)));
  };

  /* the strongest lines that fit, as many as are asked for; who has none is faint */
  const thin = (svg, most) => {
    const edges = [...svg.querySelectorAll("a.edge")].reverse().filter((edge) => !edge.matches(".off"));
    edges.slice(most).forEach((edge) => edge.classList.add("off"));
    const linked = new Set(edges.slice(0, most).flatMap((edge) => values(edge, "actors")));
    svg.querySelectorAll("a.node").forEach((node) => node.classList.toggle("faint", !linked.has(node.dataset.actors)));
  };

  /* the rows that fit close up, and the axis reaches from the first day that is left to the last */
  const day = (words) => Date.parse(words) / 86400000;
  const stretch = (svg) => {
    const [left, right] = [Number(svg.dataset.left), Number(svg.dataset.right)];
    const rows = [...svg.querySelectorAll("a.entry")].filter(isThere);
    const days = rows.flatMap((row) => values(row, "days").flatMap((span) => span.split("/").filter(Boolean).map(day)));
    const [first, last] = [Math.min(...days), Math.max(...days)], place = (when) => left + (right - left) * (when - first) / Math.max(1, last - first);
    let bottom = 30;
    for (const row of rows) {
      row.setAttribute("transform", `translate(0 ${bottom})`);
      bottom += Number(row.dataset.high);
      const mark = row.querySelector(".at"), [from, to] = (values(row, "days")[0] || "").split("/");
      if (!mark) continue;
      const x = place(day(from || to)), middle = mark.getAttribute("transform").match(/[\d.]+(?=\))/)[0];
      mark.setAttribute("transform", `translate(${x} ${middle})`);
      const bar = mark.querySelector(".bar");
      if (bar) bar.setAttribute("width", Math.max(5, place(day(to)) - x));
    }
    if (days.length) rule(svg.querySelector(".axis"), place, first, last, bottom);
    const box = svg.getAttribute("viewBox").split(" ");
    svg.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${bottom + 4}`);
    svg.setAttribute("height", bottom + 4);
    if (box[2] !== svg.getAttribute("width")) svg.classList.remove("zoomed");
  };
  const rule = (axis, place, first, last, bottom) => {
    const from = new Date(first * 86400000), to = new Date(last * 86400000);
    const month = (date) => date.getUTCFullYear() * 12 + date.getUTCMonth();
    const near = last - first < 60, months = month(to) - month(from) + 1;
    const step = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000].find((some) => months / some <= 8) || 12000;
    const ticks = [];
    const name = (date, full) => new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...full }).format(date);
    if (near) {
      for (const when of new Set([first, Math.round((first + last) / 2), last])) ticks.push([when, name(new Date(when * 86400000), { day: "numeric", month: "short", year: "numeric" })]);
    } else {
      for (let at = Math.ceil(month(from) / step) * step; at <= month(to); at += step) {
        const when = Date.UTC(Math.floor(at / 12), at % 12, 1) / 86400000;
        if (when >= first) ticks.push([when, step >= 12 || at % 12 === 0 ? String(Math.floor(at / 12)) : name(new Date(when * 86400000), { month: "short" })]);
      }
      if (ticks.length && !ticks.some(([, words]) => /^\d+$/.test(words))) ticks[0][1] += ` ${from.getUTCFullYear()}`;
    }
    axis.replaceChildren(...ticks.flatMap(([when, words], n) => {
      const line = document.createElementNS(SVG, "line"), text = document.createElementNS(SVG, "text"), x = place(when);
      for (const [key, value] of Object.entries({ x1: x, x2: x, y1: 24, y2: bottom, class: "grid" })) line.setAttribute(key, value);
      const anchor = near && ticks.length > 1 ? ["start", "middle", "end"][n === ticks.length - 1 ? 2 : n] : "middle";
      for (const [key, value] of Object.entries({ x, y: 16, class: "tick", "text-anchor": anchor })) text.setAttribute(key, value);
      text.textContent = words;
      return [line, text];
    }));
  };

  /* a row of a matrix without a cell is folded, and what is below it moves up */
  const fold = (svg) => {
    svg.dataset.whole ||= svg.getAttribute("height");
    let gone = 0;
    for (const row of svg.querySelectorAll(".of-actor, .rest")) {
      const empty = row.matches(".of-actor") && ![...row.querySelectorAll("a.cell")].some(isThere);
      row.classList.toggle("off", empty);
      row.setAttribute("transform", `translate(0 ${-gone})`);
      if (empty) gone += Number(row.dataset.high);
    }
    const height = svg.dataset.whole - gone;
    svg.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${height}`);
    svg.setAttribute("height", height);
    svg.classList.remove("zoomed");
  };

  /* the tab key stops once at a figure; the arrow keys lead on, in a matrix up and down within an issue */
  const rove = (svg) => {
    const every = svg.matches(".network")
      ? [...svg.querySelectorAll("a.node"), ...[...svg.querySelectorAll("a.edge")].reverse()]
      : [...svg.querySelectorAll("a")];
    let current = null;
    const choose = (mark) => {
      every.forEach((other) => other.setAttribute("tabindex", other === mark ? 0 : -1));
      current = mark;
    };
    const settle = () => { if (!current || !isThere(current)) choose(every.find(isThere) || null); };
    svg.addEventListener("focusin", (event) => { const mark = event.target.closest("a"); if (mark && mark !== current) choose(mark); });
    svg.addEventListener("keydown", (event) => {
      const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key], here = event.target.closest("a");
      if (!here || (!way && event.key !== "Home" && event.key !== "End")) return;
      const upright = /Up|Down/.test(event.key) && here.matches(".cell");
      const left = every.filter((mark) => isThere(mark) && (!upright || (mark.matches(".cell") && mark.dataset.issue === here.dataset.issue)));
      const next = event.key === "Home" ? left[0] : event.key === "End" ? left.at(-1) : left[left.indexOf(here) + way];
      event.preventDefault();
      if (next) { choose(next); next.focus(); }
    });
    svg.addEventListener("moved", settle);
    settle();
    svg.querySelector("desc")?.append(" The arrow keys lead from mark to mark.");
  };

  /* zoom by buttons, pan by dragging what has been zoomed */
  const zoom = (svg, buttons) => {
    let box = null, drag = null;
    const size = () => [0, 0, Number(svg.getAttribute("width")), Number(svg.getAttribute("height"))];
    const set = () => {
      const whole = size();
      for (const i of [0, 1]) box[i] = Math.min(Math.max(box[i], 0), whole[i + 2] - box[i + 2]);
      svg.setAttribute("viewBox", box.join(" "));
      svg.classList.toggle("zoomed", box[2] < whole[2]);
    };
    svg.addEventListener("moved", () => { box = null; });
    buttons.addEventListener("click", (event) => {
      const factor = Number(event.target.dataset.zoom), whole = size();
      if (Number.isNaN(factor)) return;
      box ||= whole;
      const part = factor ? Math.min(1, Math.max(1 / 8, box[2] / whole[2] / factor)) : 1;
      box = [0, 1].map((i) => box[i] + box[i + 2] / 2 - whole[i + 2] * part / 2).concat(whole[2] * part, whole[3] * part);
      set();
    });
    svg.addEventListener("pointerdown", (event) => { if (svg.matches(".zoomed")) drag = { x: event.clientX, y: event.clientY, from: [...box], moved: false, id: event.pointerId }; });
    svg.addEventListener("pointermove", (event) => {
      if (!drag) return;
      const scale = box[2] / svg.getBoundingClientRect().width, move = [event.clientX - drag.x, event.clientY - drag.y];
      if (!drag.moved && Math.hypot(...move) > 4) { drag.moved = true; svg.setPointerCapture(drag.id); }
      if (drag.moved) { box = drag.from.map((value, i) => (i < 2 ? value - move[i] * scale : value)); set(); }
    });
    for (const name of ["pointerup", "pointercancel"]) svg.addEventListener(name, () => setTimeout(() => { drag = null; }));
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    svg.addEventListener("click", (event) => { if (drag && drag.moved) event.preventDefault(); }, true);
  };

  /* a figure as it is seen, with its colours, as a file of its own */
  const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "opacity", "display", "visibility", "font-family", "font-size", "font-weight", "paint-order"];
  const alone = (svg) => {
    const copy = svg.cloneNode(true), from = [svg, ...svg.querySelectorAll("*")], to = [copy, ...copy.querySelectorAll("*")];
    from.forEach((element, n) => {
      const look = getComputedStyle(element);
      to[n].setAttribute("style", LOOKS.map((key) => `${key}:${look.getPropertyValue(key)}`).join(";"));
      const said = element.getAttribute("aria-label");
      if (said) to[n].prepend(Object.assign(document.createElementNS(SVG, "title"), { textContent: said }));
      if (element.href) to[n].setAttribute("href", element.closest("a").href.baseVal ? new URL(element.href.baseVal, location.href).href : "");
    });
    const ground = document.createElementNS(SVG, "rect");
    for (const [key, value] of Object.entries({ width: "100%", height: "100%", fill: getComputedStyle(document.body).backgroundColor })) ground.setAttribute(key, value);
    copy.querySelector("desc").after(ground);
    copy.setAttribute("xmlns", SVG);
    return new XMLSerializer().serializeToString(copy);
  };
  const save = (blob, name) => {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const take = (svg, kind) => {
    const blob = new Blob([alone(svg)], { type: "image/svg+xml" });
    if (kind === "svg") { save(blob, `${svg.id}.svg`); return; }
    const image = new Image(), canvas = document.createElement("canvas");
    image.onload = () => {
      canvas.width = 2 * image.width;
      canvas.height = 2 * image.height;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((png) => save(png, `${svg.id}.png`));
      URL.revokeObjectURL(image.src);
    };
    image.src = URL.createObjectURL(blob);
  };

  document.querySelectorAll("svg.explorable").forEach((svg) => {
    for (const title of svg.querySelectorAll("a > title")) {
      title.parentElement.setAttribute("aria-label", title.textContent);
      title.remove();
    }
    for (const line of svg.querySelectorAll(".edge > .line")) {
      const hit = line.cloneNode();
      hit.setAttribute("class", "hit");
      hit.removeAttribute("stroke-width");
      line.before(hit);
    }
    for (const name of ["pointerover", "focusin"]) svg.addEventListener(name, (event) => { const mark = event.target.closest("a"); show(mark); light(svg, mark); });
    for (const name of ["pointerleave", "focusout"]) svg.addEventListener(name, () => { show(null); light(svg, null); });
    svg.addEventListener("moved", (event) => {
      if (svg.matches(".network") && svg.closest(".explore")) thin(svg, event.detail.lines);
      if (svg.matches(".timeline")) stretch(svg);
      if (svg.matches(".matrix")) fold(svg);
    });
    rove(svg);
  });
  document.querySelectorAll("figure.explore").forEach((figure) => {
    const broad = figure.querySelector(".broad svg"), buttons = figure.querySelector(".zoom");
    if (!broad) return;
    buttons.hidden = false;
    zoom(broad, buttons);
  });
  document.querySelectorAll("figure .save").forEach((buttons) => {
    const drawings = [...buttons.closest("figure").querySelectorAll("svg.explorable")];
    buttons.hidden = !drawings.length;
    buttons.addEventListener("click", ({ target }) => {
      if (target.dataset.save) take(drawings.find((svg) => svg.getClientRects().length) || drawings[0], target.dataset.save);
    });
  });
})();
