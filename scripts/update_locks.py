"""Locks the versions in pyproject.toml, with hashes, so that everyone builds the same site. Needs the network.

make lock
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOL = "pip-tools==7.6.2"
LOCKS = {"requirements.txt": [], "requirements-test.txt": ["--extra", "test"]}
OPTIONS = [
    "--quiet",
    "--generate-hashes",
    "--strip-extras",
    "--no-header",
    "--annotation-style",
    "line",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
    "--allow-unsafe",
]
BANNER = "# Locked by `make lock` from pyproject.toml; do not edit.\n"


def main() -> int:
    """Write both lock files; 0 done, 1 something could not be found."""
    subprocess.run([sys.executable, "-m", "pip", "install", "-qq", TOOL], check=True)
    for name, extra in LOCKS.items():
        path = ROOT / name
        command = [sys.executable, "-m", "piptools", "compile", *OPTIONS, *extra, "-o", name, "pyproject.toml"]
        if subprocess.run(command, cwd=ROOT).returncode:
            print(f"{name} could not be locked (see above)\n    Mend the version in pyproject.toml.", file=sys.stderr)
            return 1
        path.write_text(BANNER + path.read_text(encoding="utf-8").removeprefix(BANNER), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
