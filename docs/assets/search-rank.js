/* Which pages answer what a patient typed. No page is touched here: words in, pages out, best first (tests/test_search.py).
   MiniSearch finds; this adds up what it finds in pages, in their parts and in the questions that each page answers. */
(() => {
  "use strict";

  // Words that carry little, English and Spanish. They count a little all the same: "what is omt" is made of them.
  const LIGHT = new Set(("a about actually after again al all already also am an and any anyone anyway are as at basically be because been before being but by " +
    "can con could de del did do does doing dont el en es esta este every for from get gets getting give go going gonna gotta guess had " +
    "hago happen happens has have having he hear heard hello her hey hi his honestly how i idk if im in into is isnt it its ive just keep " +
    "keeps kind know la las let lets like lo los lot lots make maybe me mean mi might mine my need needs never now of ok okay on one or " +
    "our out para please por possible pretty probably puede puedo put que quite really say says se see seem seems she should si so some " +
    "somebody someone something sort still su such supposed sure sus take tell tengo than thank thanks that the their them then there " +
    "these they thing things think this thought to today told too tried try trying un una until up us use very want wanted wants was way " +
    "we well went were what whats when where which while who why will with without wondering would y yes yet you your youre").split(" "));

  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f'’]/g, "");
  const words = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  // A word without its ending: treats, treated, treating and treatment are one.
  const stem = (word) => {
    if (word.length < 4 || LIGHT.has(word)) return word;
    const short = word.replace(/(?:ies)$/, "y").replace(/([^s])s$/, "$1").replace(/(?:ations?|ing|ments?|ed)$/, "");
    return (short.length >= 3 ? short : word).replace(/(.)\1$/, "$1").replace(/e$/, "");
  };

  // "Can they still do my neck with lupus", "is it safe": what counts is the health problem, so the list of who should avoid counts more.
  const MAY = /\b(safe|(is|it) ok(ay)?|ok(ay)? to|allowed|can (i|they|he|she|someone))\b/i;
  const LIST = "safety/who-should-avoid.html";
  // Who counts 13 to 42 weeks is most often pregnant.
  const WEEKS = /\b(1[3-9]|[23]\d|4[0-2]) ?(weeks?|wks?)\b/i;

  const OPTIONS = { tokenize: words, processTerm: stem };
  const prefix = (term, index, terms) => index === terms.length - 1 && term.length >= 2;

  // {pages, parts} of scripts/guide/search.py and {synonyms} of data/synonyms.txt -> a function: what was typed -> the pages found.
  const ranker = ({ pages, parts }, synonyms, MiniSearch) => {
    const wholes = new MiniSearch({ ...OPTIONS, fields: ["title", "also", "asked", "headings", "text"] });
    const pieces = new MiniSearch({ ...OPTIONS, fields: ["heading", "text"] });
    const asked = new MiniSearch({ ...OPTIONS, fields: ["text"] });
    const texts = pages.map(() => []), headings = pages.map(() => []), first = pages.map(() => null);
    parts.forEach(([page, anchor, heading, text], id) => {
      if (first[page] === null || anchor === "in-short") first[page] = id;
      texts[page].push(text);
      headings[page].push(heading);
      pieces.add({ id, heading, text });
    });
    const known = new Set(); // the words of all pages and questions: any other may be a slip of the finger
    const fuzzy = (term) => known.has(term) ? false : term.length > 6 ? 2 : term.length > 3 ? 1 : false;
    const owners = [], lengths = [], exact = new Map(); // exact: the very words of a question -> its page
    pages.forEach(([, title, also, questions], id) => {
      wholes.add({ id, title, also, asked: questions.join(" "), headings: headings[id].join(" "), text: texts[id].join(" ") });
      for (const word of words([title, also, ...questions, ...headings[id], ...texts[id]].join(" "))) known.add(stem(word));
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
      const also = [...new Set([...terms.flatMap((word) => synonyms[word] || []), ...(WEEKS.test(typed) ? ["pregnant"] : [])])];
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
      const own = exact.get(terms.join(" ")), may = MAY.test(typed);
      // A result leads to the page's answer, unless another part's heading or words hold more of what was typed than the page's title and answer do.
      const meant = terms.filter((term) => !LIGHT.has(term)).map((term) => [term, ...(synonyms[term] || [])].map(stem));
      const holds = (text) => { // how many of the words that carry something; one that only means the same counts half
        const all = new Set(words(text).map(stem));
        return meant.reduce((sum, [own, ...same]) => sum + (all.has(own) ? 1 : same.some((word) => all.has(word)) ? 0.5 : 0), 0);
      };
      const part = (page) => {
        if (best[page] === null) return first[page];
        const title = pages[page][1], [, , heading, text] = parts[best[page]];
        const named = new Set(words(title).map(stem));
        if (meant.every((one) => one.some((word) => named.has(word)))) return first[page];
        const adds = holds(`${title} ${heading} ${text}`) > holds(`${title} ${parts[first[page]][3]}`);
        return adds || holds(heading) > holds(title) ? best[page] : first[page];
      };
      const times = (page) => (page === own ? 3 : 1) * (may && pages[page][0] === LIST ? W.may : 1);
      return score.map((sum, page) => ({ page, score: (sum + W.question * close[page]) * times(page) }))
        .filter((one) => one.score > 0).sort((one, other) => other.score - one.score).slice(0, 20).map((one) => ({ ...one, part: part(one.page) }));
    };
  };
  const W = { light: 0.3, fuzzy: 0.45, prefix: 0.3, synonym: 0.5, title: 2, also: 3, asked: 4, headings: 0.7, part: 0.4, question: 5, length: 0.4, may: 2 };
  const made = { ranker, fold, words, W };
  if (typeof module === "object") module.exports = made;
  else window.guide.rank = made;
})();
