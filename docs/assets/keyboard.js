/* Mends what Material 9.8.1 leaves out for readers who use a keyboard or a screen reader.
   Each part may go when the theme has it: squidfunk/mkdocs-material#4101 for the buttons. */
(function () {
  "use strict";

  // The search dialog has no name.
  const search = document.querySelector(".md-search[role=dialog]");
  if (search) search.setAttribute("aria-label", "Search");

  // The breadcrumbs have the name of the menu.
  const path = document.querySelector(".md-path");
  if (path) path.setAttribute("aria-label", "You are here");

  // On a phone, menu and search open by <label>, which no key can press: make them buttons.
  for (const [name, words] of [["__drawer", "Menu"], ["__search", "Search"]]) {
    const box = document.getElementById(name);
    const label = document.querySelector(`.md-header label.md-header__button[for=${name}]`);
    if (!box || !label) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = label.className;
    button.innerHTML = label.innerHTML;
    button.dataset.opens = name;
    button.setAttribute("aria-label", words);
    label.replaceWith(button);

    const panel = name === "__drawer" ? document.querySelector(".md-sidebar--primary") : search;
    const tell = () => button.setAttribute("aria-expanded", String(box.checked));
    const set = (open) => {
      box.checked = open;
      box.dispatchEvent(new Event("change", { bubbles: true }));
      tell();
    };
    tell();
    box.addEventListener("change", tell);
    button.addEventListener("click", () => {
      set(!box.checked);
      if (box.checked) {
        const first = name === "__search" ? search.querySelector("input") : panel.querySelector("a[href]");
        setTimeout(() => first && first.focus(), 260); // after the panel has slid in
      }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !box.checked) return;
      set(false);
      button.focus();
    });
  }

  // Single letters open search and turn pages: a slip of the finger, or of a voice, would take a reader away (WCAG 2.1.4).
  window.addEventListener("keydown", (event) => {
    const alone = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (alone && !event.target.closest("input, textarea, select")) event.stopImmediatePropagation();
  }, true);

  // A tooltip closes with Escape (WCAG 1.4.13).
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll(".md-tooltip2--active").forEach((tip) => tip.classList.remove("md-tooltip2--active"));
  });

  // The colour scheme is stored though nobody chose one: what the device says needs no storing.
  const forget = () => {
    const palette = window.__md_get && __md_get("__palette");
    if (palette && palette.index === 0) localStorage.removeItem(__md_scope.pathname + ".__palette");
  };
  forget();
  document.querySelectorAll("input[name=__palette]").forEach((input) => input.addEventListener("change", () => setTimeout(forget)));

  // A fold opens for an address inside it, as a browser's own find does; all open for paper.
  const openFor = (target) => {
    for (let fold = target && target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  };
  const toAddress = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const hidden = target && target.closest("details:not([open])");
    openFor(target);
    if (hidden) target.scrollIntoView();
  };
  window.addEventListener("hashchange", toAddress);
  toAddress();
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("article details:not([open])")];
    closed.forEach((fold) => { fold.open = true; });
  });
  window.addEventListener("afterprint", () => closed.forEach((fold) => { fold.open = false; }));

  // A focused source or heading would sit on the number itself; send focus where the link leads.
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest(".cite a[href^='#']");
    const source = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (source) {
      openFor(source);
      source.tabIndex = -1;
      source.focus();
    }
  });
})();
