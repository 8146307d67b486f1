/* What is folded opens where an address leads into it, and on paper, also in browsers that do not do so themselves. */
(() => {
  const unfold = () => {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    let closed = false;
    for (let fold = place?.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      closed ||= !fold.open;
      fold.open = true;
    }
    if (closed) place.scrollIntoView();
  };
  const opened = [];
  addEventListener("beforeprint", () => document.querySelectorAll("main details:not([open], .code, .citing)").forEach((fold) => {
    fold.open = true;
    opened.push(fold);
  }));
  addEventListener("afterprint", () => opened.splice(0).forEach((fold) => { fold.open = false; }));
  addEventListener("hashchange", unfold);
  unfold();
})();
