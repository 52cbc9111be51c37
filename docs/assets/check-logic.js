/* What the check reckons: the strictest word for each technique, of all that was ticked. No page, no memory: data in, answer out.
   tests/test_tools.py holds it against data/cautions.yml, for every problem and for combinations. */
(function () {
  "use strict";

  const RANK = { usually: 1, ask: 2, avoid: 3 };

  // The strictest of some words; "" of none. A word that nobody knows counts as the strictest.
  function strictest(words) {
    const rank = Math.max(0, ...words.map((word) => RANK[word] || RANK.avoid));
    return Object.keys(RANK).find((word) => RANK[word] === rank) || "";
  }

  /* `data` as in #check-data; `ticked` the ids of health problems; `other` may say none and unsure.
     Gives the state of the answer; for each technique its word and what decided it; the signs to check first; what to say. */
  function answer(data, ticked, other) {
    const { none = false, unsure = false } = other || {};
    const found = data.problems.filter((problem) => ticked.includes(problem.id));
    const techniques = data.techniques.map((name, place) => {
      const cells = found.map((problem) => ({ id: problem.id, say: problem.say, word: problem.cells[place], sourced: Boolean(problem.sourced[place]) }));
      const word = strictest([...cells.map((cell) => cell.word), ...(unsure ? ["ask"] : [])]); // not sure counts as a yes
      return { name, word, reasons: cells.filter((cell) => strictest([cell.word]) === word), unsure: unsure && word === "ask" };
    });
    return {
      state: found.length ? "some" : unsure ? "unsure" : none ? "none" : "nothing",
      unsure,
      problems: found.map((problem) => problem.id),
      techniques: techniques.filter((technique) => technique.word),
      emergency: found.some((problem) => problem.signs.length && problem.cells.every((word) => word === "avoid")),
      signs: [...new Set(found.flatMap((problem) => problem.signs))],
      say: found.map((problem) => problem.say),
    };
  }

  window.checkLogic = { strictest, answer };
})();
