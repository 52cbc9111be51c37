/* Search that understands a patient, in front of Material's own: runs before the theme's script and changes what that
   sends to its search worker. Nothing leaves the device. Index and worker are fetched when a reader turns to search. */
(function () {
  "use strict";

  // Words that carry nothing: they would drown the ones that do.
  const EMPTY = new Set(("a about actually after all also am an and any are as at be been before being but by can could did do " +
    "does doing dont for from get gets getting give go going had happen happens has have having he her his how i if im in " +
    "into is isnt it its ive just know like make me mean mine my need needs of on one or our out really say says see should so " +
    "some something take tell than that the their them then there these they thing things this to too up us use was way we were " +
    "what whats when where which while who why will with without would you your").split(" "));

  // From data/, by scripts/finish_site.py: cards, doors, and what patients say for what pages say.
  const HELP = new URL("search-help.js", document.currentScript.src).href;
  let help = { cards: {}, scopes: {}, lay: {}, signs: [], doors: "", synonyms: {} };

  const known = new Map();
  const split = (text) => text.toLowerCase().replace(/<[^>]*>/g, " ").split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const isIndex = (url) => /search\/search_index\.js(on)?$/.test(String(url));
  let wake;
  const wanted = new Promise((resolve) => { wake = resolve; });

  // Nothing of search is fetched before a reader turns to it.
  const { open, send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    this.forSearch = isIndex(url);
    return open.call(this, method, url, ...rest);
  };
  XMLHttpRequest.prototype.send = function (...body) {
    if (this.forSearch) wanted.then(() => send.apply(this, body));
    else send.apply(this, body);
  };
  const RealWorker = window.Worker;
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      this.ready = wanted.then(() => {
        const worker = new RealWorker(url);
        worker.addEventListener("message", (event) => this.dispatchEvent(new MessageEvent("message", { data: event.data })));
        return worker;
      });
    }
    postMessage(message) {
      this.ready.then((worker) => worker.postMessage(better(message)));
    }
  };

  // What the theme tells its worker: the pages (type 0) and what was typed (type 2).
  function better(message) {
    if (message.type === 0) addPatientWords(message.data);
    if (message.type === 2) return { ...message, data: widen(document.querySelector(".md-search__input").value) };
    return message;
  }

  // "Also called" becomes a field of its own, which weighs more than the text.
  function addPatientWords({ config, docs }) {
    config.fields = { title: { boost: 6 }, keywords: { boost: 8 }, text: { boost: 1 } };
    const byPlace = new Map(docs.map((doc) => [doc.location, doc]));
    for (const doc of docs) {
      const found = /(?:Other words for this)?\s*<p>Also called: ([^<]*)\.<\/p>/.exec(doc.text);
      if (found) {
        byPlace.get(doc.location.split("#")[0]).keywords = found[1];
        doc.text = doc.text.replace(found[0], "");
      }
    }
    for (const doc of docs) {
      if (doc.location.includes("#")) continue;
      const short = byPlace.get(doc.location + "#in-short"); // a page shows its summary under its title
      if (short && !doc.text.trim()) [doc.text, short.text] = [short.text, ""];
    }
    for (const doc of docs) {
      for (const word of new Set(split(`${doc.title} ${doc.keywords || ""} ${doc.text}`))) known.set(word, (known.get(word) || 0) + 1 / docs.length);
    }
  }

  // Words that count: a known one as typed and as a beginning, an unknown one with a slip of the finger or two.
  function widen(query) {
    const words = split(query.replace(/['’]/g, ""));
    const full = words.filter((word) => !EMPTY.has(word));
    return (full.length ? full : words).map((word) => {
      const stem = word.replace(/(ations?|ings?|ed|es|s)$/, "");
      const start = stem.length >= 4 ? stem : word;
      const same = (help.synonyms[word] || []).map((other) => ` ${other}^5`).join("");
      if (known.get(word) > 0.15) return `${word}^3`; // on every other page: says little about which
      if (known.has(word) || word.length < 5) return `${word}^8 ${start}*^3${same}`;
      return `${start}*^6 ${word}~1^8` + (word.length >= 8 ? ` ${word}~2^2` : "") + same;
    }).join(" ");
  }

  // Words as the rules of data/triage.yml are compared: no accents, no apostrophes, no plural s.
  const plain = (text) => " " + text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f'’]/g, "").replace(/[^a-z0-9]+/g, " ").trim()
    .split(" ").map((word) => word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word).join(" ") + " ";

  // The card for the most urgent sign that fits what was typed; "" where none does.
  function cardFor(query) {
    const typed = plain(query);
    const has = (item) => (help.lay[item] || [item]).some((words) => typed.includes(plain(words)));
    if (help.signs.some(([, , , harmless]) => harmless.some((words) => plain(words) === typed))) return "";
    const found = help.signs.filter(([, , rules]) => rules.some((rule) => rule.every(has)));
    const own = found.find(([level]) => level === "988") || found[0];
    if (!own) return "";
    const [level, scope] = own;
    if (scope === "neck treated") return help.cards.neck;
    return (help.scopes[scope] || {})[level] || help.cards[level === "911" || level === "er" ? "emergency" : level] || "";
  }

  document.addEventListener("DOMContentLoaded", () => {
    const search = document.querySelector(".md-search");
    const input = document.querySelector(".md-search__input");
    const meta = document.querySelector(".md-search-result__meta");
    if (!search) return;
    for (const happening of ["focusin", "pointerdown"]) search.addEventListener(happening, wake, { once: true });
    document.getElementById("__search").addEventListener("change", wake, { once: true });
    if (new URLSearchParams(location.search).has("q")) wake();
    meta.setAttribute("role", "status");

    // The emergency card above the results, at once; the doors where nothing was found.
    const danger = document.createElement("div");
    const doors = document.createElement("div");
    danger.className = doors.className = "search-help md-typeset";
    danger.setAttribute("role", "alert");
    meta.before(danger);
    meta.after(doors);
    let shown = "";
    const fill = (box, html) => {
      box.innerHTML = html;
      for (const link of box.querySelectorAll("a")) link.href = new URL(link.getAttribute("href"), new URL("../", HELP));
    };
    const show = () => {
      const card = cardFor(input.value);
      if (card !== shown) fill(danger, card);
      shown = card;
      danger.hidden = !card;
      doors.hidden = !input.value.trim() || /\d/.test(meta.textContent) || document.querySelector(".md-search-result__item") !== null;
    };
    wanted.then(() => {
      const script = document.createElement("script");
      script.src = HELP;
      script.onload = () => {
        help = window.guideHelp;
        fill(doors, (help.cards.emergency || "") + help.doors);
        show();
      };
      document.head.append(script);
    });
    input.addEventListener("input", () => {
      show();
      input.dispatchEvent(new Event("keyup")); // the theme hears keys only, not a voice or a paste
    });
    new MutationObserver(show).observe(meta, { childList: true, characterData: true, subtree: true });
    show();
  });
})();
