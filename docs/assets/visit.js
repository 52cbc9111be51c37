/* The sheet on first-session/my-visit.html: takes over what was ticked in the check, if this tab still has it; prints; starts again.
   What is typed here is kept nowhere. Without this script the sheet is filled in by finger, key or pen all the same. */
(function () {
  "use strict";

  const sheet = document.querySelector(".sheet");
  if (!sheet) return;
  const KEPT = "guide-visit", MOST = 60; // check.js writes it, in sessionStorage: this tab only
  const said = sheet.querySelector(".sheet-said"), note = sheet.querySelector(".sheet-note");

  // What the check left: a list of plain sentences, or null; anything else is not ours.
  function taken() {
    try {
      const kept = JSON.parse(window.sessionStorage.getItem(KEPT));
      return kept && Array.isArray(kept.lines) ? kept.lines.filter((line) => typeof line === "string").slice(0, MOST) : [];
    } catch (blocked) {
      return null;
    }
  }

  function fill() {
    const lines = taken();
    said.replaceChildren(...(lines || []).map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }));
    note.textContent = lines === null ? "This browser lets pages hand nothing on, so please write your list by hand."
      : lines.length ? `${lines.length} ${lines.length > 1 ? "lines come" : "line comes"} from your check.` : "";
  }

  sheet.reset(); // what a browser put back after a reload
  sheet.addEventListener("submit", (event) => event.preventDefault());
  sheet.addEventListener("reset", () => {
    try { window.sessionStorage.removeItem(KEPT); } catch (blocked) { /* nothing is kept */ }
    fill();
    note.textContent = "The sheet is empty.";
  });
  sheet.querySelector(".sheet-print").addEventListener("click", () => window.print());
  sheet.querySelector(".sheet-buttons").hidden = false;
  fill();
})();
