/* Mends what GLightbox 3.3.1 leaves out, on pages with a picture: the dialog has no name, cuts captions and ignores a tap
   beside it on a phone, lets focus out to the page behind it, and does not give it back. It starts after this script, at the page's end. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  if (typeof lightbox === "undefined") return;
  lightbox.settings.moreLength = 0; // the whole caption
  for (const link of document.querySelectorAll("a.glightbox")) link.setAttribute("aria-haspopup", "dialog");

  let opener = null;
  document.addEventListener("click", (event) => {
    opener = event.target.closest("a.glightbox") || opener;
  }, true);
  const behind = (inert) => {
    for (const part of document.body.children) if (part.id !== "glightbox-body") part.inert = inert;
  };
  lightbox.on("open", () => {
    const dialog = document.getElementById("glightbox-body");
    dialog.setAttribute("aria-label", "Picture, enlarged");
    dialog.setAttribute("aria-modal", "true");
    behind(true);
    dialog.addEventListener("click", (event) => {
      if (!event.target.closest("img, button, .gslide-description")) lightbox.close();
    });
    dialog.querySelector(".gclose").focus();
  });
  lightbox.on("close", () => {
    behind(false);
    if (opener) opener.focus();
  });
});
