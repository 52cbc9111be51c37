"""Shows the site while it is written: after each save it builds, and prints what `make check` would say. A fault never stops it.

A writer who cannot see a page while it is wrong cannot mend it.

    make serve
"""

import logging
import sys
import tempfile
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.livereload import LiveReloadServer

from scripts.check import check
from scripts.finish_site import finish
from scripts.guide.files import ROOT
from scripts.guide.site import load_site

HOST, PORT = "127.0.0.1", 8000
WATCHED = ("docs", "data", "overrides", "mkdocs.yml")


def make(folder: Path, address: str) -> None:
    """Build once into a folder and say what is wrong; where no page can be shown, say why and keep the last ones."""
    try:
        config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder), site_url=address, strict=False)
        build(config)
        finish(folder, load_site())
    except (MkDocsException, OSError) as error:
        print(f"The pages could not be built: {error}", flush=True)
    check(ROOT)
    print(f"See {address}", flush=True)


def main() -> int:
    """Serve until Ctrl-C; 0 then, 1 where the port is taken."""
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)  # check() says the same, with the line and the remedy
    with tempfile.TemporaryDirectory() as made:
        folder, address = Path(made), f"http://{HOST}:{PORT}/"
        make(folder, address)
        try:
            server = LiveReloadServer(builder=lambda: make(folder, address), host=HOST, port=PORT, root=made, mount_path="/")
        except OSError as error:
            print(f"{address} is taken: {error}\n    Is the site being served in another window? Close that one first.", file=sys.stderr)
            return 1
        for name in WATCHED:
            server.watch(str(ROOT / name))
        try:
            server.serve()
        except KeyboardInterrupt:
            print()
        finally:
            server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main())
