"""Each rule of check_pictures.py, broken once."""

import pytest

from scripts.check_pictures import main
from tests.conftest import PAGE, edit, python

ALT = "A person lies face up while two hands press softly on the shoulder and hold it still for a while."
GOOD = '<svg xmlns="http://www.w3.org/2000/svg"><title>A</title><desc>B</desc><rect width="1" height="1"/></svg>'
CREDITS = "docs/about/how-we-check.md"
NAME = "docs/assets/pictures/hold.svg"


@pytest.fixture
def drawn(project):
    """The small project with one sound picture."""
    (project / NAME).parent.mkdir()
    (project / NAME).write_text(GOOD)
    (project / CREDITS).parent.mkdir()
    (project / CREDITS).write_text(PAGE.format(title="How we check", more="") + "[Hold](../back-pain/one.md)\n")
    edit(project, "docs/back-pain/one.md", "## More", f"## More\n\n![{ALT}](../assets/pictures/hold.svg)\n/// caption\nHands.\n///")
    return project


def test_a_sound_picture(drawn, capsys):
    assert main([str(drawn)]) == 0
    assert capsys.readouterr().out == "pictures: 1 files, 1 shown, no problems\n"


@pytest.mark.parametrize("old, new, message", [
    ("<desc>B</desc>", "", f"{NAME}:1: the picture has no <desc>"),
    ("<title>A</title>", "<title> </title>", f"{NAME}:1: the picture has no <title>"),
    ("</svg>", "<script>x</script></svg>", f"{NAME}:1: the picture runs a script"),
    ("<rect", '<rect onclick="x()"', f"{NAME}:1: the picture runs a script"),
    ("</svg>", '<use href="http://a/b.svg#c"/></svg>', f"{NAME}:1: the picture fetches something from outside itself"),
    ("</svg>", "<style>@import 'x'</style></svg>", f"{NAME}:1: the picture fetches something from outside itself"),
    ("</svg>", f"<desc>{'x' * 9000}</desc></svg>", "bytes; 8192 is the most"),
    ("</svg>", "", f"{NAME}:1: the picture is not valid SVG"),
])
def test_a_bad_picture_is_told(drawn, capsys, old, new, message):
    edit(drawn, NAME, old, new)
    assert main([str(drawn)]) == 1
    assert message in capsys.readouterr().out


def test_an_alt_text_that_says_too_little(drawn, capsys):
    edit(drawn, "docs/back-pain/one.md", ALT, "Hands")
    assert main([str(drawn)]) == 1
    assert "docs/back-pain/one.md:18: the alt text has 5 characters; 80 to 160 are right" in capsys.readouterr().out


def test_a_picture_that_nobody_credits(drawn, capsys):
    edit(drawn, CREDITS, "[Hold](../back-pain/one.md)", "[Two](../back-pain/two.md)")
    assert main([str(drawn)]) == 1
    assert capsys.readouterr().out.startswith(
        "docs/back-pain/one.md:18: nobody can see where this picture comes from\n    Add a row under 'Who drew the pictures?'")


def test_a_picture_that_no_page_shows(drawn, capsys):
    (drawn / "docs/assets/pictures/idle.svg").write_text(GOOD)
    (drawn / "docs/assets/pictures/photo.png").write_text("")
    assert main([str(drawn)]) == 1
    out = capsys.readouterr().out
    assert "docs/assets/pictures/idle.svg:1: no page shows this picture" in out
    assert "docs/assets/pictures/photo.png:1: the picture is not an SVG" in out


def test_the_real_pictures():
    done = python("scripts/check_pictures.py")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
