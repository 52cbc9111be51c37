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
