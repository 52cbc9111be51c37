"""Markdown extension: a tap on a picture opens it large, with its alt text and its caption (docs/assets/pictures.js). Without script
the link opens the picture itself.
"""

import xml.etree.ElementTree as etree

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

ZOOM = {"class": "glightbox", "data-type": "image", "data-width": "auto", "data-height": "auto"}


def words(node: etree.Element) -> str:
    """The text of a caption without the numbers of its sources, which lead nowhere inside the lightbox."""
    inside = "" if node.get("class") == "cite" else (node.text or "") + "".join(words(child) for child in node)
    return inside + (node.tail or "")


def zoom(parent: etree.Element, image: etree.Element, caption: str) -> None:
    """Put a link that opens the picture large in its place."""
    link = etree.Element("a", {**ZOOM, "href": image.get("src", ""), "data-alt": image.get("alt", "")})
    if caption:
        link.set("data-description", caption)
    link.tail, image.tail = image.tail, None
    parent[list(parent).index(image)] = link
    link.append(image)


class Pictures(Treeprocessor):
    """Links each picture to itself: after `{ width=... }` is read (8), before addresses are resolved (0)."""

    def run(self, root: etree.Element) -> None:
        captions = {}
        for figure in root.iter("figure"):
            caption = figure.find("figcaption")
            for image in figure.iter("img") if caption is not None else ():
                captions[image] = " ".join(words(caption).split())
        found = [(parent, child) for parent in root.iter() for child in parent if child.tag == "img" and "thumb" not in child.get("class", "")]
        for parent, image in found:
            zoom(parent, image, captions.get(image, ""))


class PicturesExtension(Extension):
    """Registers the links."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(Pictures(md), "pictures", 7)


def makeExtension(**options) -> PicturesExtension:
    """What Python-Markdown calls."""
    return PicturesExtension(**options)
