/* A node opens a panel: who this is, where it stands, with whom, and its words. Without this script it is a link
   to the page of the actor. What a panel holds is a small script beside that page. */
(() => {
  const NODES = "svg.explorable a.node, .matrix a.label";
  if (!document.querySelector(NODES)) return;
  const waiting = {}, loaded = {};
  window.panel = (actor, html) => waiting[actor](html);
  const load = (actor, src) => loaded[actor] ||= new Promise((resolve, reject) => {
    waiting[actor] = resolve;
    document.head.append(Object.assign(document.createElement("script"), { src, onerror: reject }));
  });

  const panel = Object.assign(document.createElement("aside"), { className: "panel", hidden: true, tabIndex: -1 });
  const close = Object.assign(document.createElement("button"), { type: "button", className: "close", textContent: "close" });
  const inside = document.createElement("div"), only = Object.assign(document.createElement("button"), { type: "button", textContent: "show only this actor" });
  panel.append(close, inside);
  document.querySelector("main").append(panel);
  let from = null;
  const leave = () => { panel.hidden = true; if (from) from.focus(); from = null; };
  close.addEventListener("click", leave);
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") leave(); });

  document.addEventListener("click", async (event) => {
    const node = event.target.closest(NODES);
    if (!node || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const actor = node.dataset.actors, href = node.getAttribute("href");
    try { inside.innerHTML = await load(actor, href.replace(/\.html.*/, ".js")); } catch { location.href = href; return; }
    panel.setAttribute("aria-label", inside.querySelector("h2").textContent);
    if (document.querySelector("form.state")) {
      inside.append(only);
      only.onclick = () => document.dispatchEvent(new CustomEvent("choose", { detail: { actor } }));
    }
    /* on a phone it stands in the half of the window in which the node is not */
    panel.classList.toggle("above", node.getBoundingClientRect().top > innerHeight / 2);
    panel.hidden = false;
    from = node;
    panel.focus();
  });
})();
