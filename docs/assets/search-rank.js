/* Which pages answer what a patient typed. No page is touched here: words in, pages out, best first (tests/test_search.py).
   MiniSearch finds; this adds up what it finds in pages, in their parts and in the questions that each page answers. */
(() => {
  "use strict";

  // Words that carry little. They count a little all the same: "what is omt" is made of them.
  const LIGHT = new Set(("a about actually after all also am an and any are as at be been before being but by can could did do does doing dont " +
    "for from get gets getting give go going had happen happens has have having he her his how i if im in into is isnt it its ive just know like " +
    "make me mean mine my need needs of on one or our out really say says see should so some something take tell than that the their them then " +
    "there these they thing things this to too up us use was way we were what whats when where which while who why will with without would you your").split(" "));

  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f'’]/g, "");
  const words = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  // A word without its ending: treats, treated, treating and treatment are one.
  const stem = (word) => {
    if (word.length < 4 || LIGHT.has(word)) return word;
    const short = word.replace(/(?:ies)$/, "y").replace(/([^s])s$/, "$1").replace(/(?:ations?|ing|ments?|ed)$/, "");
    return (short.length >= 3 ? short : word).replace(/(.)\1$/, "$1").replace(/e$/, "");
  };

  const OPTIONS = { tokenize: words, processTerm: stem };
  const prefix = (term, index, terms) => term.length >= 4 || index === terms.length - 1 && term.length >= 2;
  const fuzzy = (term) => term.length > 6 ? 2 : term.length > 3 ? 1 : false;

  // {pages, parts} of scripts/guide/search.py and {synonyms} of data/synonyms.txt -> a function: what was typed -> the pages found.
  const ranker = ({ pages, parts }, synonyms, MiniSearch) => {
    const wholes = new MiniSearch({ ...OPTIONS, fields: ["title", "also", "asked", "headings", "text"] });
    const pieces = new MiniSearch({ ...OPTIONS, fields: ["heading", "text"] });
    const asked = new MiniSearch({ ...OPTIONS, fields: ["text"] });
    const texts = pages.map(() => []), headings = pages.map(() => []);
    parts.forEach(([page, , heading, text], id) => {
      texts[page].push(text);
      headings[page].push(heading);
      pieces.add({ id, heading, text });
    });
    const owners = [], lengths = [], exact = new Map(); // exact: the very words of a question -> its page
    pages.forEach(([, title, also, questions], id) => {
      wholes.add({ id, title, also, asked: questions.join(" "), headings: headings[id].join(" "), text: texts[id].join(" ") });
      for (const text of [title, ...also.split(". "), ...questions, ...headings[id].filter((heading) => heading.endsWith("?"))]) {
        if (!text) continue;
        asked.add({ id: owners.length, text });
        exact.set(words(text).join(" "), id);
        lengths.push(words(text).map((word) => LIGHT.has(word) ? 0.4 : 1).reduce((sum, one) => sum + one, 0));
        owners.push(id);
      }
    });

    return (typed) => {
      const terms = words(typed);
      const weight = (term) => LIGHT.has(term) ? W.light : 1;
      const looked = { prefix, fuzzy, weights: { fuzzy: W.fuzzy, prefix: W.prefix }, boostTerm: weight };
      const also = [...new Set(terms.flatMap((word) => synonyms[word] || []))];
      const query = { combineWith: "OR", queries: [typed, ...(also.length ? [{ queries: also, boostTerm: () => W.synonym, prefix: false, fuzzy: false }] : [])] };
      const score = new Array(pages.length).fill(0), best = new Array(pages.length).fill(null);
      for (const found of wholes.search(query, { ...looked, boost: { title: W.title, also: W.also, asked: W.asked, headings: W.headings } })) score[found.id] += found.score;
      const seen = new Set();
      for (const found of pieces.search(query, { ...looked, boost: { heading: 2 } })) {
        const page = parts[found.id][0];
        if (seen.has(page)) continue;
        seen.add(page);
        score[page] += W.part * found.score;
        best[page] = found.id;
      }
      const close = new Array(pages.length).fill(0);
      for (const found of asked.search(query, looked)) {
        const page = owners[found.id];
        close[page] = Math.max(close[page], found.score / Math.pow(1 + lengths[found.id], W.length));
      }
      const own = exact.get(terms.join(" "));
      return score.map((sum, page) => ({ page, part: best[page], score: (sum + W.question * close[page]) * (page === own ? 3 : 1) }))
        .filter((one) => one.score > 0).sort((one, other) => other.score - one.score);
    };
  };
  const W = { light: 0.15, fuzzy: 0.3, prefix: 0.3, synonym: 0.5, title: 3, also: 3, asked: 3, headings: 0.7, part: 0.4, question: 5, length: 0.4 };
  const made = { ranker, fold, words, W };
  if (typeof module === "object") module.exports = made;
  else window.guide.rank = made;
})();
