"""Makes sure that one command is enough on a fresh machine.

Without this, a writer meets a traceback before the first page opens.
Needs nothing but Python: makes .venv, installs the locked packages and, for the tests, finds a browser.

    python3 scripts/set_up.py site
    python3 scripts/set_up.py test
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LINK = "guide-scripts.pth"  # what an editable install leaves behind: scripts/ is found from any folder
LOCKS = {"site": "requirements.txt", "test": "requirements-test.txt"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def run(*command: str | Path, quiet: bool = False) -> bool:
    """Run a command; say whether it went well. `quiet` swallows what it prints."""
    sink = subprocess.DEVNULL if quiet else None
    return subprocess.run([str(part) for part in command], stdout=sink, stderr=sink).returncode == 0


def can_apt_get() -> bool:
    """Whether packages of Debian may be installed here: Debian's tool is there and we are root."""
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def apt_get(package: str) -> bool:
    """Install one Debian package; False where that is not possible."""
    if not can_apt_get():
        return False
    print(f"Installing {package} with apt-get ...", flush=True)
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    return run("apt-get", "update", quiet=True) and run("apt-get", "install", "-y", package, quiet=True)


def make_venv(anew: bool = False) -> str | None:
    """Make .venv, unless a sound one is there; return what stands in the way, or None."""
    if not anew and PYTHON.exists() and run(PYTHON, "-m", "pip", "--version", quiet=True):
        return None
    make = (sys.executable, "-m", "venv", "--clear", VENV)
    if run(*make, quiet=True) or (apt_get("python3-venv") and run(*make, quiet=True)):
        return None
    shutil.rmtree(VENV, ignore_errors=True)
    return "Python cannot make a virtual environment.\n  On Debian or Ubuntu: sudo apt-get install python3-venv"


def install(lock: str) -> str | None:
    """Install the locked packages; return what stands in the way, or None."""
    print(f"Installing the packages in {lock} ...", flush=True)
    pip = (PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes", "-r", ROOT / lock)
    if run(*pip, quiet=True) or (make_venv(anew=True) is None and run(*pip)):  # a half-made .venv is made again
        return None
    return f"The packages in {lock} could not be installed (see above).\n  Is there a network? Then try again."


def link_scripts() -> str | None:
    """Let the environment find `scripts`, so that plain `mkdocs build` works in it; return what stands in the way, or None."""
    ask = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
    place = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True).stdout.strip()
    if not place:
        return "The environment in .venv does not answer.\n  Try: make clean, then the same again."
    (Path(place) / LINK).write_text(f"{ROOT}\n", encoding="utf-8")
    return None


def find_browser() -> str | None:
    """Path of a Chrome or Chromium: $CHROME, an installed one, or Playwright's own; None without."""
    if os.environ.get("CHROME"):
        return os.environ["CHROME"]
    for name in BROWSERS:
        path = shutil.which(name)
        if path:
            return path
    ask = "from playwright.sync_api import sync_playwright as p\nwith p() as q: print(q.chromium.executable_path)"
    answer = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True).stdout.strip()
    return answer if answer and Path(answer).exists() else None


def provide_browser() -> str | None:
    """Have a browser for the tests; return what stands in the way, or None."""
    if find_browser():
        return None
    print("Looking for a browser ...", flush=True)
    run(PYTHON, "-m", "playwright", "install", "chromium", quiet=True)
    if find_browser() or (apt_get("chromium") and find_browser()):
        return None
    return "The tests need a browser.\n  Install Chrome or Chromium, or set CHROME to the path of one."


def main(argv: list[str]) -> int:
    """Set up `site` or `test`; 0 done, 1 something stands in the way, 2 misuse."""
    if len(argv) != 1 or argv[0] not in LOCKS:
        print("usage: python3 scripts/set_up.py site|test", file=sys.stderr)
        return 2
    if sys.version_info < (3, 11):  # noqa: UP036 (this file alone is run by whatever Python is there)
        have = ".".join(map(str, sys.version_info[:2]))
        print(f"This needs Python 3.11 or newer; this is {have}.\n  Is a newer one installed? Then add its name to your command: PYTHON=python3.12")
        return 1
    if VENV.is_symlink():  # borrowed from another checkout, which keeps it
        return 0
    fault = make_venv() or install(LOCKS[argv[0]]) or link_scripts() or (provide_browser() if argv[0] == "test" else None)
    if fault:
        print(fault, file=sys.stderr)
        return 1
    for done in ("site", "test") if argv[0] == "test" else ("site",):
        (VENV / f"{done}-ready").touch()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
