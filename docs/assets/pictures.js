/* A picture opened large (GLightbox 3.3.1), fetched when a reader first comes near one. The library cuts captions, lets focus out and does
   not give it back, and leaves the page on Back; and its captions need style attributes, which our content policy refuses. */
(() => {
  "use strict";
  const { get } = window.guide;
  const ready = Promise.all(["stylesheets/glightbox.min.css", "pictures.css", "javascripts/glightbox.min.js"].map(get));
  const behind = (inert) => {
    for (const part of document.body.children) if (part.id !== "glightbox-body") part.inert = inert;
  };

  window.guide.enlarge = (link) => ready.then(() => {
    const image = link.querySelector("img");
    const box = window.GLightbox({
      elements: [{ href: link.href, type: "image", alt: image.alt, zoomable: false }],
      touchNavigation: false, draggable: false, zoomable: false, openEffect: "none", closeEffect: "none", slideEffect: "none",
    });
    box.on("slide_after_load", ({ slide }) => {
      const caption = Object.assign(document.createElement("p"), { className: "picture-words", textContent: link.dataset.description || image.alt });
      slide.querySelector(".ginner-container").append(caption);
    });
    const back = () => box.close();
    box.on("open", () => {
      const dialog = document.getElementById("glightbox-body");
      dialog.setAttribute("aria-label", "Picture, enlarged");
      dialog.setAttribute("aria-modal", "true");
      behind(true);
      dialog.addEventListener("click", (event) => {
        if (!event.target.closest("img, button, .picture-words")) box.close();
      });
      dialog.querySelector(".gclose").focus();
      history.pushState({ picture: true }, "");
      window.addEventListener("popstate", back, { once: true });
    });
    box.on("close", () => {
      window.removeEventListener("popstate", back);
      if (history.state && history.state.picture) history.back();
      behind(false);
      link.focus();
      box.destroy();
    });
    box.open();
  });
})();
