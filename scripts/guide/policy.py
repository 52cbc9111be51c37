"""The content policy: a page runs, styles and loads only what the site itself holds. It stands in each page and in `_headers`."""

import base64
import hashlib
import re

_INLINE = re.compile(r"<script>(.*?)</script>", re.S)
_OUT = re.compile(r'<a (?=[^>]*href="https?://)[^>]*>')
_PLACE = '<meta charset="utf-8">'
OTHERS = """  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
  Permissions-Policy: camera=(), microphone=(), geolocation=(), interest-cohort=(), browsing-topics=()
  Cross-Origin-Opener-Policy: same-origin
"""


def policy(page: str) -> str:
    """The policy for one page: its own inline scripts by their hashes, nothing else inline, no other host."""
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in sorted(set(_INLINE.findall(page)))]
    return (
        f"default-src 'none'; script-src 'self' {' '.join(hashes)}; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    ).replace(" ;", ";")


def with_policy(page: str) -> str:
    """A page with its policy right after its charset; a page that has one keeps it."""
    if "Content-Security-Policy" in page or _PLACE not in page:
        return page
    return page.replace(_PLACE, f'{_PLACE}\n  <meta http-equiv="Content-Security-Policy" content="{policy(page)}">', 1)


def with_rel(page: str) -> str:
    """A page whose links to other hosts tell those nothing of where a reader came from, nor give them a hold of the page."""

    def told(link: re.Match) -> str:
        if "noopener" in link[0]:
            return link[0]
        if 'rel="' in link[0]:
            return link[0].replace('rel="', 'rel="noopener noreferrer ', 1)
        return link[0][:-1] + ' rel="noopener noreferrer">'

    return _OUT.sub(told, page)


def headers(page: str = "") -> str:
    """`_headers` for static hosts that read it: the policy of a page, and what no meta element can say."""
    return f"/*\n  Content-Security-Policy: {policy(page)}; frame-ancestors 'none'\n{OTHERS}"


def sent(text: str) -> list[tuple[str, str]]:
    """Name and value of each header that a `_headers` file sends with every address. ValueError where the file says anything else."""
    place, *lines = text.splitlines()
    if place != "/*" or not all(line.startswith("  ") and ": " in line for line in lines):
        raise ValueError("_headers holds more than one block /* of headers")
    return [(name, value) for name, _, value in (line.strip().partition(": ") for line in lines)]


def nginx(text: str) -> str:
    """The headers of a `_headers` file in nginx's own words, so that nothing is typed twice. ValueError for a sign that nginx would read otherwise."""
    pairs = sent(text)
    if any(sign in value for _, value in pairs for sign in '"\\$'):
        raise ValueError("a header holds a sign that nginx would read as its own")
    return "# Made from _headers by scripts/start_host.py: change scripts/guide/policy.py instead.\n" + "".join(
        f'add_header {name} "{value}" always;\n' for name, value in pairs
    )
