/* Search as a reader meets it: what stands in the dialog while words are typed, and which key leads where (ARIA combobox with a
   list box). Fetched when a reader first turns to search, with the library, the index and what data/ knows. Nothing leaves the device. */
(() => {
  "use strict";
  const { get, here } = window.guide;
  const by = (id) => document.getElementById(id);
  const box = by("search-box"), list = by("search-list"), alert = by("search-alert"), status = by("search-status"), other = by("search-else");
  const home = new URL("../", here);
  const SHOWN = 8;
  let help = null, rank = null, index = null, options = [], chosen = -1;

  // Danger: the card for the most urgent sign of data/triage.yml that fits what was typed; "" where none does.
  const plain = (text) => " " + text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f'’]/g, "").replace(/[^a-z0-9]+/g, " ").trim()
    .split(" ").map((word) => word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word).join(" ") + " ";
  const cardFor = (typed) => {
    const said = plain(typed);
    const has = (item) => (help.lay[item] || [item]).some((words) => said.includes(plain(words)));
    if (help.signs.some(([, , , harmless]) => harmless.some((words) => plain(words) === said))) return "";
    const found = help.signs.filter(([, , rules]) => rules.some((rule) => rule.every(has)));
    const own = found.find(([level]) => level === "988") || found[0];
    if (!own) return "";
    const [level, scope] = own;
    if (scope === "neck treated") return help.cards.neck;
    return (help.scopes[scope] || {})[level] || help.cards[level === "911" ? "emergency" : level] || "";
  };

  // Markup of our own build (never of a reader) into a part of the dialog, its links made to lead from here.
  const fill = (part, html) => {
    if (part.dataset.holds === html) return; // an alert is said once
    part.dataset.holds = html;
    part.innerHTML = html;
    for (const link of part.querySelectorAll("a")) link.href = new URL(link.getAttribute("href"), home);
  };

  // The anchor that Python-Markdown makes from a heading.
  const slug = (heading) => heading.normalize("NFKD").replace(/[^\x00-\x7f]/g, "").replace(/[^\w\s-]/g, "").trim().toLowerCase().replace(/[-\s]+/g, "-");

  const element = (tag, name, text) => Object.assign(document.createElement(tag), { className: name, textContent: text });

  // About 24 words of a text round the first that was typed, the typed ones marked.
  const excerpt = (text, terms) => {
    const line = element("span", "words", "");
    const all = text.split(" ");
    const hit = (word) => window.guide.rank.words(word).some((one) => terms.some((term) => one === term || term.length > 3 && one.startsWith(term)));
    const first = Math.max(0, all.findIndex(hit) - 6);
    line.append(first ? "… " : "");
    for (const word of all.slice(first, first + 24)) line.append(hit(word) ? element("mark", "", word) : word, " ");
    line.append(first + 24 < all.length ? "…" : "");
    return line;
  };

  const option = ({ page, part }, terms, number) => {
    const [address, title] = index.pages[page];
    const [, anchor, heading, text] = part === null ? [page, "", "", ""] : index.parts[part];
    const link = element("a", "", "");
    Object.assign(link, { id: `search-${number}`, href: new URL(anchor && anchor !== "in-short" ? `${address}#${anchor}` : address, home) });
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    link.append(element("strong", "", title));
    if (heading && anchor !== "in-short") link.append(element("span", "part", heading));
    if (text) link.append(excerpt(text, terms));
    const item = element("li", "", "");
    item.setAttribute("role", "presentation");
    item.append(link);
    return item;
  };

  const choose = (number) => {
    if (options[chosen]) options[chosen].setAttribute("aria-selected", "false");
    chosen = number;
    if (!options[chosen]) return box.removeAttribute("aria-activedescendant");
    options[chosen].setAttribute("aria-selected", "true");
    options[chosen].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", options[chosen].id);
  };

  // The three questions of the guide that share most letters, in threes, with what was typed.
  const threes = (text) => new Set(Array.from({ length: Math.max(1, text.length - 2) }, (_, at) => text.slice(at, at + 3)));
  const nearest = (typed) => {
    const mine = threes(window.guide.rank.fold(typed));
    const near = index.parts.filter(([page, anchor, heading]) => anchor && heading.endsWith("?") && !/^(about|clinics)/.test(index.pages[page][0])).map((part) => {
      const theirs = threes(window.guide.rank.fold(part[2]));
      return [[...theirs].filter((three) => mine.has(three)).length / Math.sqrt(theirs.size), part];
    }).sort((one, two) => two[0] - one[0]);
    const lines = near.slice(0, 3).map(([, [page, anchor, heading]]) => {
      const link = Object.assign(element("a", "", heading), { href: `${index.pages[page][0]}#${anchor}` });
      link.setAttribute("href", `${index.pages[page][0]}#${anchor}`);
      return `<li>${link.outerHTML}</li>`;
    });
    return `<p>The nearest questions:</p><ul>${lines.join("")}</ul>`;
  };

  const show = () => {
    const typed = box.value.trim();
    if (typeof (history.state || {}).search === "string") history.replaceState({ search: box.value }, ""); // for Back
    if (!help) return;
    fill(alert, typed ? cardFor(typed) : "");
    choose(-1);
    if (!rank) { status.textContent = typed ? "Looking …" : ""; return; }
    const found = typed ? rank(typed) : [];
    const terms = window.guide.rank.words(typed).filter((term) => term.length > 2);
    list.replaceChildren(...found.slice(0, SHOWN).map((one, number) => option(one, terms, number)));
    options = [...list.querySelectorAll("[role=option]")];
    box.setAttribute("aria-expanded", String(options.length > 0));
    status.textContent = !typed ? "" : !options.length ? "Nothing found for these words." : options.length === 1 ? "1 page found." : `${options.length} pages found, best first.`;
    fill(other, typed && !options.length ? nearest(typed) + help.doors + help.cards.emergency : "");
    if (window.guide.pressed) go();
  };

  // Enter, or Go on a phone: to what is chosen, else to the first page shown.
  const go = () => {
    window.guide.pressed = !rank && box.value.trim() !== "";
    const target = options[Math.max(chosen, 0)];
    if (!window.guide.pressed && target) location.href = target.href;
  };
  box.form.addEventListener("submit", go);
  box.addEventListener("input", () => {
    window.guide.pressed = false;
    show();
  });
  box.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: chosen + 1, ArrowUp: chosen < 0 ? options.length - 1 : chosen - 1 };
    if (!(event.key in steps) || !options.length) return;
    event.preventDefault();
    choose(steps[event.key] >= options.length ? -1 : steps[event.key]); // past the end: back to the words
  });

  get("search-help.js").then(() => { help = window.guideHelp; show(); });
  Promise.all(["vendor/minisearch.js", "search-rank.js", "search-index.js"].map(get)).then(() => {
    index = window.guideIndex;
    for (const part of index.parts) if (part[1] === 1) part[1] = slug(part[2]);
    const made = window.guide.rank.ranker(index, index.synonyms, window.MiniSearch);
    rank = (typed) => made(typed.slice(0, 200));
    show();
  }).catch(() => { status.textContent = "Search could not be fetched. The menu works without."; });
})();
