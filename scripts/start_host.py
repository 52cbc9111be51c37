"""Serves a finished copy as on a server of one's own: in a container where podman or docker runs, else by nginx itself.
Read-only, not as root, with the headers that `_headers` holds.

    make host
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.guide.files import ROOT
from scripts.guide.policy import nginx

HOST, PORT, NAME = "host", 8080, "omt-and-back-pain"
KEPT = ("Containerfile", "nginx.conf", "README.md")  # of the folder host/
SAFE = ("--rm", "--read-only", "--tmpfs", "/tmp", "--cap-drop", "all", "--security-opt", "no-new-privileges")
NONE = """No podman or docker runs here, and nginx is not installed.
  Install one, such as `sudo apt-get install podman`, and run `make host` again; or see host/README.md for hosts that need neither."""


def host_files(headers: str) -> dict[str, str]:
    """The server's files as they stand in a copy, by their path there; `headers` is the text of its `_headers`."""
    kept = {f"{HOST}/{name}": (ROOT / HOST / name).read_text(encoding="utf-8") for name in KEPT}
    return kept | {f"{HOST}/headers.conf": nginx(headers)}


def write_host(site: Path, listen: str = "") -> None:
    """Put the server's files into a finished site; `listen` is another address than that of the container."""
    (site / HOST).mkdir(exist_ok=True)
    for name, text in host_files((site / "_headers").read_text(encoding="utf-8")).items():
        own = text.replace("listen 8080;", f"listen {listen};") if listen and name.endswith("nginx.conf") else text
        (site / name).write_text(own, encoding="utf-8", newline="\n")


def find_engine() -> str:
    """The container engine that answers, or ""."""
    return next((name for name in ("podman", "docker") if shutil.which(name) and subprocess.run([name, "info"], capture_output=True).returncode == 0), "")


def commands(site: Path, engine: str) -> list[list[str]]:
    """What to run, one after the other: build and start a container, or start nginx."""
    if not engine:
        return [["nginx", "-e", "stderr", "-p", str(site), "-c", str(site / HOST / "nginx.conf")]]
    return [
        [engine, "build", "--quiet", "--file", str(site / HOST / "Containerfile"), "--tag", NAME, str(site)],
        [engine, "run", *SAFE, "--publish", f"127.0.0.1:{PORT}:{PORT}", NAME],
    ]


def main() -> int:
    """Serve site/, which `make build` made, until Ctrl-C; 0 then, 1 where a command failed, 2 where nothing can serve it."""
    site, engine = ROOT / "site", find_engine()
    if not (site / "_headers").is_file():
        print("site/ is not built; run `make build` first", file=sys.stderr)
        return 2
    if not engine and not shutil.which("nginx"):
        print(NONE, file=sys.stderr)
        return 2
    write_host(site, "" if engine else f"127.0.0.1:{PORT}")
    print(f"See http://127.0.0.1:{PORT}/ (by {engine or 'nginx'}; Ctrl-C ends it)", flush=True)
    try:
        for command in commands(site, engine):
            nobody = {"user": 65534, "group": 65534, "extra_groups": []} if not engine and os.geteuid() == 0 else {}
            if subprocess.run(command, **nobody).returncode:
                return 1
    except KeyboardInterrupt:
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
