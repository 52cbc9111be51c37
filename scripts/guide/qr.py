"""QR codes, made at build by segno: no service sees what they hold or who scans them."""

from html import escape
from io import BytesIO

import segno

QUIET = 4  # modules of white around a code, as ISO/IEC 18004 asks
DOT = 10  # pixels of a module in a PNG: about 3 cm wide at 300 dots an inch


def _code(text: str) -> segno.QRCode:
    """The code of a text, which a sixth of dirt does not spoil (level M)."""
    return segno.make_qr(text, error="m")


def qr_svg(text: str) -> str:
    """A text as a QR code in SVG for a page: black on white in every colour scheme, named for a screen reader, no style, no script."""
    drawn = _code(text).svg_inline(border=QUIET, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None)
    return drawn.replace("<svg ", f'<svg role="img" aria-label="QR code: {escape(text)}" ', 1)


def qr_file(text: str) -> str:
    """The same as a file of its own."""
    return qr_svg(text).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def qr_png(text: str) -> bytes:
    """A text as a QR code in PNG, black on white, for print."""
    out = BytesIO()
    _code(text).save(out, kind="png", scale=DOT, border=QUIET)
    return out.getvalue()
