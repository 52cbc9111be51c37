"""Keeps every address and heading anchor that the guide has published in data/addresses.txt. Never takes one out.

make addresses
"""

import sys

from scripts.extensions.render import render
from scripts.guide.addresses import ADDRESSES, new_addresses
from scripts.guide.files import ROOT
from scripts.guide.site import load_site
from scripts.terminal import amount

BANNER = "# Every address that was ever published, and every anchor on it. Kept by `make addresses`; a line never goes.\n"


def main() -> int:
    """Add what is new, in order; 0 done."""
    path = ROOT / ADDRESSES
    old = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    kept = {line for line in old if line.strip() and not line.startswith("#")}
    fresh = new_addresses(render(load_site()))
    path.write_text(BANNER + "\n".join(sorted(kept | set(fresh))) + "\n", encoding="utf-8", newline="\n")
    print(f"{ADDRESSES}: {amount(len(fresh), 'new address', 'new addresses')}, {len(kept) + len(fresh)} in all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
