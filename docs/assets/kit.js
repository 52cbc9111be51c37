/* The kit on clinics/index.html: each button copies the text under it. Without this script the text can be selected by hand. */
(function () {
  "use strict";

  // Where the clipboard is out of reach (a page that is not https, an old browser): select the text, and let keys or the old command copy it.
  function select(code) {
    const range = document.createRange(), chosen = window.getSelection();
    range.selectNodeContents(code);
    chosen.removeAllRanges();
    chosen.addRange(range);
  }
  async function copy(code) {
    try {
      await navigator.clipboard.writeText(code.textContent.trimEnd());
      return "Copied";
    } catch (refused) {
      select(code);
      return document.execCommand("copy") ? "Copied" : "Selected: now press Ctrl or Command and C";
    }
  }

  const told = document.createElement("p"); // one place that tells a screen reader, there before it speaks
  told.className = "kit-told";
  told.setAttribute("role", "status");
  const buttons = document.querySelectorAll(".kit-button");
  if (buttons.length) document.querySelector("article").append(told);
  let last = 0;
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const said = await copy(button.closest(".kit-copy").querySelector("code"));
      told.textContent = `${said}. ${button.getAttribute("aria-label").replace(/^Copy: /, "")}`;
      button.textContent = said;
      setTimeout(() => { button.textContent = "Copy"; }, 4000);
      clearTimeout(last); // what was said of another button must not go early
      last = setTimeout(() => { told.textContent = ""; }, 4000);
    });
  }
})();
