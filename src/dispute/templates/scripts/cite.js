/* Citations are copied by a button; without this script they are text to select. */
document.addEventListener("toggle", ({ target }) => {
  if (!target.matches(".citing") || target.querySelector(":scope > button")) return;
  /* a passage gets the forms of any passage of its article, with its own numbers */
  if (target.dataset.start) for (const form of document.querySelectorAll(".any-passage > pre")) {
    const own = form.cloneNode();
    own.textContent = form.textContent.replace(/‹(\w+)›/g, (mark, name) => target.dataset[name] ?? mark);
    target.append(own);
  }
  for (const text of target.querySelectorAll(":scope > p, :scope > pre")) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: `Copy ${text.ariaLabel || "in words"}` });
    button.addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(text.textContent); } catch {
        /* an older browser, or one that does not let pages write */
        getSelection().selectAllChildren(text);
        document.execCommand("copy");
      }
      button.textContent = "Copied";
    });
    text.before(button);
  }
}, true);
