/* On a page with scales to mark: shows under "My summary" what a reader has marked, and prints that part alone.
   Nothing is kept or sent; without this script the circles and boxes work and print just the same. */
(() => {
  "use strict";
  const heading = document.getElementById("my-summary");
  if (!heading) return;
  const article = heading.closest("article");

  const make = (tag, words) => {
    const element = document.createElement(tag);
    if (words) element.textContent = words;
    return element;
  };

  // What belongs to the summary on paper: the heading and all that follows, up to the next heading.
  const part = [heading];
  for (let next = heading.nextElementSibling; next && !next.matches("h2, .review"); next = next.nextElementSibling) part.push(next);

  const box = make("div");
  box.className = "my-marks";
  const lists = make("div");
  const print = make("button", "Print my summary only");
  print.type = "button";
  box.append(lists, print);
  part[part.length - 1].after(box);
  part.push(box);
  for (const element of part) element.classList.add("in-summary");

  // The question over a list of scales or boxes: the heading before it.
  const question = (list) => {
    let before = list;
    while (before && !before.matches("h2, h3")) before = before.previousElementSibling;
    return before ? before.firstChild.textContent.trim() : "";
  };

  // What is marked in one item, in words; nothing where it is not marked.
  const answer = (item) => {
    const marked = item.querySelector("input:checked");
    if (!marked) return "";
    if (marked.type === "checkbox") return marked.parentElement.textContent.trim();
    const all = item.querySelectorAll("input");
    const asked = item.querySelector("legend").textContent.trim();
    const ends = [...item.querySelectorAll(".end")].map((end) => end.textContent.trim());
    return `${asked}: ${marked.value} of ${all.length} (1 = ${ends[0]}, ${all.length} = ${ends[1]})`;
  };

  const show = () => {
    lists.replaceChildren();
    for (const list of article.querySelectorAll("ul:has(> .scale), ul:has(> .box)")) {
      const answers = [...list.children].map(answer).filter(Boolean);
      if (!answers.length) continue;
      const name = make("p");
      name.append(make("strong", question(list)));
      const items = make("ul");
      for (const words of answers) items.append(make("li", words));
      lists.append(name, items);
    }
    if (!lists.children.length) lists.append(make("p", "You have marked nothing yet. What you mark shows up here."));
  };

  article.addEventListener("change", show);
  window.addEventListener("pageshow", show); // a browser may bring marks back
  show();

  print.addEventListener("click", () => {
    document.body.classList.add("only-summary");
    window.print();
  });
  window.addEventListener("afterprint", () => document.body.classList.remove("only-summary"));
})();
