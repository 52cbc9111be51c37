"""A picture opened large, by tap and by keyboard: its words come with it, and it always lets the reader out."""

import pytest
from playwright.sync_api import expect

from tests.test_browser import SIZES, violations

PHONE = {
    "has_touch": True,
    "is_mobile": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36",
}


@pytest.fixture(params=list(SIZES))
def enlarged(request, browser, address):
    """A picture opened large: on a phone by a tap, else by the keyboard."""
    touch = request.param == "phone"
    context = browser.new_context(viewport=SIZES[request.param], **(PHONE if touch else {}))
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.goto(address + "techniques/muscle-energy.html")
    page.picture = page.locator("figure a.glightbox")
    page.picture.tap() if touch else page.picture.press("Enter")
    page.dialog = page.get_by_role("dialog", name="Picture, enlarged")
    expect(page.dialog).to_be_visible()
    yield page
    context.close()


def test_a_picture_opens_large_with_its_alt_text_and_its_whole_caption(enlarged):
    small, large = enlarged.picture.locator("img"), enlarged.dialog.locator("img")
    expect(large).to_be_visible()
    assert large.get_attribute("alt") == small.get_attribute("alt")
    caption = " ".join(enlarged.locator("figcaption").first.text_content().split())
    expect(enlarged.dialog.locator(".picture-words")).to_have_text(caption)
    inside = enlarged.viewport_size
    for part in (large, enlarged.dialog.locator(".picture-words")):
        box = part.bounding_box()
        assert box["x"] >= 0 and box["y"] >= 0
        assert box["x"] + box["width"] <= inside["width"] and box["y"] + box["height"] <= inside["height"]
    assert large.bounding_box()["width"] > small.bounding_box()["width"]
    assert violations(enlarged) == []


@pytest.mark.parametrize("way", ["Escape", "button", "beside", "Back"])
def test_an_enlarged_picture_closes_and_gives_focus_back(enlarged, way):
    button = enlarged.dialog.get_by_role("button", name="Close")
    expect(button).to_be_focused()
    here = enlarged.url
    if way == "Back":
        enlarged.go_back()
    elif way == "beside":
        press = enlarged.touchscreen.tap if enlarged.viewport_size["width"] == 360 else enlarged.mouse.click
        press(12, enlarged.viewport_size["height"] - 12)
    else:
        button.press("Enter" if way == "button" else way)
    expect(enlarged.dialog).to_have_count(0)
    expect(enlarged.picture).to_be_focused()
    assert enlarged.url == here
    assert enlarged.locator("[inert]").count() == 0 and enlarged.faults == []


def test_focus_stays_with_the_enlarged_picture(enlarged):
    for key in ["Shift+Tab"] * 6 + ["Tab"] * 6:
        enlarged.keyboard.press(key)
        assert enlarged.evaluate("document.activeElement === document.body || !!document.activeElement.closest('#glightbox-body')")


def test_without_script_a_picture_opens_by_itself(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "techniques/muscle-energy.html")
    page.locator("figure a.glightbox").click()
    assert page.url == address + "assets/pictures/muscle-energy.svg"
    context.close()


def test_the_lightbox_is_fetched_when_a_picture_is_first_touched(browser, address):
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + "techniques/muscle-energy.html", wait_until="networkidle")
    assert not [url for url in asked if "glightbox" in url or "pictures." in url]
    page.locator("figure a.glightbox").focus()
    page.wait_for_function("() => typeof GLightbox === 'function'")
    page.close()
