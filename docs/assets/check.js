/* The check on safety/check.html: shows the form, and beside it at once what the ticks mean (reckoned in check-logic.js).
   Every sentence is copied from the page itself. Nothing is sent; nothing is stored unless a reader asks for the visit sheet. */
(function () {
  "use strict";

  const tool = document.querySelector(".check");
  if (!tool || !window.checkLogic) return;
  const one = (kind, inside = tool) => inside.querySelector(kind);
  const all = (kind, inside = tool) => [...inside.querySelectorAll(kind)];
  const data = JSON.parse(document.getElementById("check-data").textContent);
  const form = one(".check-form"), result = one(".check-answer"), find = one("#check-find");
  const boxes = all("input[name=problem]");
  const KEPT = "guide-visit"; // in sessionStorage: this tab only
  const words = (tag, text, kind) => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };
  const label = (id) => one("span", boxes.find((box) => box.value === id).closest("label")).textContent;

  // Storage may be blocked: then nothing is kept, and the sheet is filled in by hand.
  const store = (act) => { try { return act(window.sessionStorage); } catch (blocked) { return null; } };

  // One technique: its name, and each tick that decided it with what stands behind it.
  function entry(technique) {
    const item = document.createElement("li");
    item.append(words("strong", technique.name));
    const why = document.createElement("ul");
    for (const reason of technique.reasons) {
      const line = words("li", reason.say + " ");
      line.append(words("em", reason.sourced ? "(a source)" : "(our own caution)"));
      why.append(line);
    }
    if (technique.unsure) why.append(words("li", "You are not sure about a problem. (our own caution)"));
    item.append(why);
    return item;
  }

  // One ticked problem: why, what can be done, what comes next, as it stands in the list without script.
  function about(id) {
    const box = document.createElement("div");
    box.className = "check-one";
    box.append(words("strong", label(id)));
    box.append(one(`.check-problem[data-problem="${id}"] > p`).cloneNode(true));
    return box;
  }

  function show() {
    const ticked = boxes.filter((box) => box.checked).map((box) => box.value);
    const found = checkLogic.answer(data, ticked, { none: form.elements.none.checked, unsure: form.elements.unsure.checked });
    all("[data-sign]").forEach((item) => { item.hidden = !found.signs.includes(item.dataset.sign); });
    all(".check-first .card").forEach((card) => { card.hidden = !one("[data-sign]:not([hidden])", card); });
    one(".check-first").hidden = !found.signs.length;
    all("[data-state]").forEach((text) => {
      text.hidden = text.dataset.state !== found.state && !(text.dataset.state === "unsure" && found.unsure) && !(text.dataset.state === "emergency" && found.emergency);
    });
    const count = {};
    for (const part of all("[data-word]")) {
      const listed = found.techniques.filter((technique) => technique.word === part.dataset.word);
      count[part.dataset.word] = listed.length;
      part.hidden = !listed.length;
      one("ul", part).replaceChildren(...listed.map(entry));
    }
    const some = found.state === "some";
    all(".check-say, .check-each, .check-go, .check-kept").forEach((part) => { part.hidden = !some; });
    one(".check-key").hidden = !found.techniques.length;
    one(".check-say blockquote").replaceChildren(...[...found.say, found.emergency ? "I need to be checked now." : "Which techniques will you leave out?"].map((text) => words("p", text)));
    one(".check-list").replaceChildren(...found.problems.map(about));
    for (const fold of all(".check-group")) {
      const number = all("input:checked", fold).length;
      one(".check-number", fold).textContent = number ? ` ${number} ticked` : "";
    }
    say(found, ticked.length, count);
  }

  // The one line that is read aloud and stays in sight.
  function say(found, number, count) {
    const first = found.signs.length ? " Check the signs first." : "";
    const parts = `${count.avoid} to avoid, ${count.ask} to ask about.`;
    one(".check-said").textContent = found.emergency ? "You ticked an emergency sign. Read the card now." : found.state === "some" ? `${number} ticked: ${parts}${first}`
      : found.state === "unsure" ? "Not sure: ask first about all."
      : found.state === "none" ? "None of these: that is no promise." : "Nothing is ticked yet.";
  }

  // Only what holds the typed words stays in sight: in body words, by medical name or by medicine.
  function filter() {
    const typed = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let number = 0;
    for (const fold of all(".check-group")) {
      let here = 0;
      for (const item of all(".check-tick", fold)) {
        const text = `${item.textContent} ${item.dataset.words}`.toLowerCase();
        item.hidden = !typed.every((word) => text.includes(word) || text.includes(word.replace(/(?:ies|e?s|d)$/, "")));
        here += item.hidden ? 0 : 1;
      }
      fold.hidden = !here;
      fold.open = typed.length ? here > 0 : Boolean(one("input:checked", fold));
      number += here;
    }
    one(".check-found").textContent = !typed.length ? "" : number ? `${number} found`
      : "No line here has that word. That does not mean that it suits you: look through the list, or tick “I am not sure”.";
  }

  function again() {
    store((kept) => kept.removeItem(KEPT));
    setTimeout(() => { filter(); show(); find.focus(); }); // after the form itself is empty
  }

  const kept = store((storage) => JSON.parse(storage.getItem(KEPT)));
  form.reset(); // what a browser put back after a reload

  form.addEventListener("change", show);
  form.addEventListener("reset", again);
  form.addEventListener("submit", (event) => event.preventDefault());
  find.addEventListener("input", filter);
  one(".check-see").addEventListener("click", () => { result.scrollIntoView(); result.focus({ preventScroll: true }); });
  one(".check-print").addEventListener("click", () => window.print());
  one(".check-sheet").addEventListener("click", () => {
    const ids = boxes.filter((box) => box.checked).map((box) => box.value);
    const lines = checkLogic.answer(data, ids).say;
    store((kept) => kept.setItem(KEPT, JSON.stringify({ ids, lines })));
  });
  // A source opens without its name in the address, which would tell what was ticked (guide.js moves the focus there).
  result.addEventListener("click", (event) => { if (event.target.closest("a[href^='#']")) event.preventDefault(); });

  if (kept && Array.isArray(kept.ids)) boxes.forEach((box) => { box.checked = kept.ids.includes(box.value); });
  one(".check-folds").hidden = true;
  form.hidden = result.hidden = false;
  tool.classList.add("check--on");
  all(".check-group").forEach((fold) => { fold.open = Boolean(one("input:checked", fold)); });
  show();
})();
