"""Turns every page into HTML with the very extensions that mkdocs.yml gives to the build, for the checks to look at."""

from markdown import Markdown

from scripts.extensions.context import TOLD, add_page
from scripts.guide.site import Site

BUILT_IN = ["toc", "tables", "fenced_code"]  # what MkDocs adds by itself


def make_markdown(site: Site) -> Markdown:
    """Python-Markdown as the build sets it up."""
    names, options = list(BUILT_IN), {}
    for item in site.config.get("markdown_extensions") or []:
        name = item if isinstance(item, str) else next(iter(item))
        names += [name] if name not in names else []
        if not isinstance(item, str) and item[name]:
            options[name] = dict(item[name])
    return Markdown(extensions=names, extension_configs=options)


def render(site: Site) -> Site:
    """Fill in the HTML of each page; gives the same site back."""
    md = make_markdown(site)
    TOLD.disabled = True  # the rules say it better
    for page in site.pages:
        add_page(md, site, page)
        page.html = md.reset().convert(page.body)
    TOLD.disabled = False
    return site
