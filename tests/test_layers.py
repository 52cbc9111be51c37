"""The house: what may import what, read from the code; nothing finds its way by a path hack; each exception has a reason."""

import ast
import re
import sys
from pathlib import Path

import pytest

from scripts.set_up import ROOT

FILES = sorted(path for folder in ("scripts", "tests") for path in (ROOT / folder).rglob("*.py"))
NAMES = [path.relative_to(ROOT).as_posix() for path in FILES]
ENGINES = {"mkdocs", "material", "zensical"}
ALLOWED = {
    "scripts/guide": ("scripts.guide",),
    "scripts/extensions": ("scripts.guide", "scripts.extensions"),
    "scripts": ("scripts",),
    "tests": ("scripts", "tests"),
}


def imports(path: Path) -> set[str]:
    """Every module that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write the whole name of a module"
            found |= {f"{node.module}.{name.name}" if node.module in ("scripts", "tests") else node.module for name in node.names}
    return found


def room(name: str) -> str:
    """The room that a file stands in: the longest of ALLOWED."""
    return next(folder for folder in ALLOWED if name.startswith(f"{folder}/"))


def own(module: str) -> bool:
    """Whether a module is the project's own."""
    return module.split(".")[0] in ("scripts", "tests")


@pytest.mark.parametrize("name", NAMES)
def test_arrows_go_one_way(name):
    for module in imports(ROOT / name):
        assert not own(module) or any(f"{module}.".startswith(f"{allowed}.") for allowed in ALLOWED[room(name)]), module
        if room(name) in ("scripts/guide", "scripts/extensions"):
            assert module.split(".")[0] not in ENGINES, module


def test_nothing_goes_in_a_circle():
    """Python would say so only where the circle is closed at the top of a file."""
    arrows = {name.removesuffix(".py").replace("/", "."): imports(ROOT / name) for name in NAMES}
    done: set[str] = set()

    def walk(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " -> ".join([*way, module])
        if module not in done:
            for other in arrows.get(module, ()):
                walk(other, (*way, module))
            done.add(module)

    for module in arrows:
        walk(module, ())


def test_every_package_that_is_imported_is_declared():
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8").lower()
    known = {"yaml": "pyyaml", "zxingcpp": "zxing-cpp", "PIL": "pillow", "axe_playwright_python": "axe-playwright-python"}
    for name in NAMES:
        for module in {module.split(".")[0] for module in imports(ROOT / name)} - {"scripts", "tests"}:
            assert module in sys.stdlib_module_names or f'"{known.get(module, module)}==' in declared, f"{name} imports {module}"


def test_set_up_needs_nothing_but_python():
    assert {module.split(".")[0] for module in imports(ROOT / "scripts/set_up.py")} <= sys.stdlib_module_names


@pytest.mark.parametrize("name", NAMES)
def test_no_path_hack_and_no_exception_without_a_reason(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        assert not (isinstance(node, ast.Attribute) and node.attr == "path" and isinstance(node.value, ast.Name) and node.value.id == "sys"), name
    for line in text.splitlines():
        if re.search(r"#\s*(?:noqa|type: ignore|fmt: off)", line):
            assert re.search(r"#\s*noqa: [A-Z]+\d+ \(.{15,}\)", line), line.strip()


def test_the_guide_prints_nothing():
    for name in NAMES:
        if room(name) in ("scripts/guide", "scripts/extensions"):
            calls = [node for node in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
            assert not [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"], name


def test_check_pillar_links_stays_small():
    """It is what the project was asked for: plain, alone runnable, read in one sitting."""
    lines = (ROOT / "scripts/check_pillar_links.py").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line.strip()]) <= 100


def test_every_rule_is_called():
    """A rule that nobody calls passes everything in silence."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "scripts").rglob("*.py")]
    rules = {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("check")}
    called = {node.id for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)}
    called |= {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert rules and rules - called == set()
