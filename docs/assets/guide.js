/* What a page does beyond reading: menu, colours, explanations, folds, where you are. Search and the large picture are fetched
   when a reader first turns to them. Everything reads and prints without this script; it keeps nothing but a chosen colour scheme. */
(() => {
  "use strict";
  const root = document.documentElement;
  const by = (id) => document.getElementById(id);
  const here = document.currentScript.src;

  // Fetch a script or a style of the guide once; the promise fails where it cannot be had.
  const fetched = {};
  const get = (name) => fetched[name] ||= new Promise((done, failed) => {
    const script = name.endsWith(".js");
    const node = Object.assign(document.createElement(script ? "script" : "link"), { onload: done, onerror: failed });
    if (script) node.src = new URL(name, here);
    else Object.assign(node, { rel: "stylesheet", href: new URL(name, here) });
    document.head.append(node);
  });
  window.guide = { get, here };

  // Menu: on a phone and in a narrow window a drawer, which alone can be reached while it is open.
  const drawer = by("menu"), opener = by("menu-open");
  const menu = (open) => {
    root.classList.toggle("menu-open", open);
    opener.setAttribute("aria-expanded", String(open));
    for (const part of document.querySelectorAll("body > :not(.md-container, dialog), .md-content, .md-sidebar--secondary, .md-footer, .md-top")) part.inert = open;
    if (open) by("menu-close").focus();
  };
  opener.addEventListener("click", () => menu(true));
  const shut = () => { menu(false); opener.focus(); };
  by("menu-close").addEventListener("click", shut);
  document.addEventListener("click", (event) => {
    if (root.classList.contains("menu-open") && !drawer.contains(event.target) && !opener.contains(event.target)) shut();
  });
  matchMedia("(min-width: 76.25em)").addEventListener("change", () => menu(false));

  // Search: the dialog opens at once, what it needs is fetched meanwhile.
  const search = by("search");
  const ask = (words) => {
    if (!search.open) search.showModal();
    if (words !== undefined) by("search-box").value = words;
    by("search-box").focus();
    get("search.js").catch(() => { by("search-status").textContent = "Search could not be fetched. The menu works without."; });
  };
  const remembered = () => history.state && history.state.search;
  window.guide.ask = ask;
  by("search-open").addEventListener("click", () => {
    history.pushState({ search: by("search-box").value }, ""); // Back closes search, and comes back to what was found
    ask();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || search.open) return;
    event.preventDefault();
    by("search-open").click();
  });
  search.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    window.guide.pressed = true; // search.js goes as soon as it can
  });
  const leave = () => { if (typeof remembered() === "string") history.back(); else search.close(); };
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault(); // a search field would only clear itself
    leave();
  });
  search.addEventListener("cancel", (event) => { event.preventDefault(); leave(); });
  by("search-close").addEventListener("click", leave);
  search.addEventListener("click", (event) => { if (event.target === search) leave(); }); // beside the panel
  search.addEventListener("close", () => by("search-open").focus());
  const toState = () => {
    if (typeof remembered() === "string") ask(remembered());
    else if (search.open) search.close();
  };
  window.addEventListener("popstate", toState);
  window.addEventListener("pageshow", toState);
  if (new URLSearchParams(location.search).has("q")) ask(new URLSearchParams(location.search).get("q"));

  // Colours: as the device says, unless a reader chooses; then that is kept.
  const schemes = { "": ["As this device", "light"], light: ["Light", "dark"], dark: ["Dark", ""] };
  const paint = () => by("scheme").setAttribute("aria-label", `Colors: ${schemes[root.dataset.scheme || ""][0]}. Change`);
  by("scheme").addEventListener("click", () => {
    root.dataset.scheme = schemes[root.dataset.scheme || ""][1];
    try {
      if (root.dataset.scheme) localStorage.setItem("guide-scheme", root.dataset.scheme);
      else localStorage.removeItem("guide-scheme");
    } catch { /* storage is blocked: the choice lasts as long as the page */ }
    paint();
  });
  paint();

  // Explanations of words and sources: under the pointer, on focus, on a tap; they stay while looked at, and go with Escape.
  const tip = by("tip");
  let told = null, going = 0;
  const wordsFor = (of) => {
    if (of.matches(".term")) return of.dataset.means ||= of.title;
    const source = by(decodeURIComponent(of.hash.slice(1)));
    return source ? source.textContent : "";
  };
  const hide = () => {
    if (!told) return;
    told.removeAttribute("aria-describedby");
    if (told.dataset.means) told.title = told.dataset.means;
    told = null;
    tip.hidden = true;
  };
  const tell = (of) => {
    clearTimeout(going);
    if (of === told) return;
    hide();
    tip.textContent = wordsFor(of);
    if (!tip.textContent) return;
    told = of;
    of.removeAttribute("title"); // else the browser shows it a second time
    of.setAttribute("aria-describedby", "tip");
    tip.hidden = false;
    const box = of.getBoundingClientRect(), main = tip.offsetParent.getBoundingClientRect(), wide = tip.offsetWidth;
    const left = Math.max(8, Math.min(box.left, innerWidth - wide - 16));
    const below = box.bottom + tip.offsetHeight < innerHeight || box.top < tip.offsetHeight + 60;
    tip.style.setProperty("left", `${left - main.left}px`);
    tip.style.setProperty("top", `${(below ? box.bottom : box.top - tip.offsetHeight) - main.top}px`);
  };
  const explained = (event) => event.target.closest && event.target.closest("abbr.term, .cite a[href^='#']");
  for (const happening of ["pointerover", "focusin"]) document.addEventListener(happening, (event) => {
    if (event.type === "pointerover" && event.pointerType === "touch") return;
    if (tip.contains(event.target)) clearTimeout(going);
    else if (explained(event)) tell(explained(event));
  });
  for (const happening of ["pointerout", "focusout"]) document.addEventListener(happening, (event) => {
    if (told && !(event.type === "pointerout" && document.activeElement === told)) going = setTimeout(hide, 300);
  });

  // Folds: one opens for an address inside it; all open for paper.
  const unfold = (target) => {
    for (let fold = target && target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  };
  const toAddress = () => {
    const target = by(decodeURIComponent(location.hash.slice(1)));
    const folded = target && target.closest("details:not([open])");
    unfold(target);
    if (folded) target.scrollIntoView();
  };
  window.addEventListener("hashchange", toAddress);
  toAddress();
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("article details:not([open])")];
    for (const fold of closed) fold.open = true;
  });
  window.addEventListener("afterprint", () => { for (const fold of closed) fold.open = false; });
  document.addEventListener("click", (event) => { // a source number: focus goes where the link leads
    const link = event.target.closest(".cite a[href^='#']");
    const source = link && by(decodeURIComponent(link.hash.slice(1)));
    if (!source) return;
    hide();
    unfold(source);
    source.tabIndex = -1;
    source.focus();
  });

  // Where you are: the heading that is being read, and the way back up.
  const links = new Map([...document.querySelectorAll(".contents a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const top = by("to-top");
  let waiting = false, last = 0;
  const look = () => {
    waiting = false;
    let now = null;
    for (const [id, link] of links) {
      const heading = by(id);
      if (heading && heading.getBoundingClientRect().top < 120) now = link;
    }
    for (const link of links.values()) link.toggleAttribute("aria-current", link === now);
    if (now) now.setAttribute("aria-current", "location");
    top.hidden = !(scrollY < last && scrollY > 600); // on the way up
    last = scrollY;
  };
  window.addEventListener("scroll", () => {
    if (!waiting) requestAnimationFrame(look);
    waiting = true;
  }, { passive: true });
  top.addEventListener("click", () => { scrollTo(0, 0); by("main").focus({ preventScroll: true }); });

  // A picture: what shows it large is fetched when a finger, pointer or key first comes near.
  for (const happening of ["pointerdown", "focusin", "click"]) document.addEventListener(happening, (event) => {
    const picture = event.target.closest && event.target.closest("a.glightbox");
    if (!picture) return;
    const ready = get("pictures.js");
    if (event.type !== "click") return;
    event.preventDefault();
    ready.then(() => window.guide.enlarge(picture)).catch(() => { location.href = picture.href; });
  });

  // Escape: whatever stands open closes.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    hide();
    if (root.classList.contains("menu-open")) shut();
  });
})();
