"""Pages of roles and checklists as somebody uses them: on a phone, at a desk, on paper."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_group_opens_and_holds_what_is_to_be_done(page, site_address):
    """Folded at first, so that the page is short; opened, it says what, by when and with which form."""
    page.goto(f"{site_address}roles/custody/")
    group = page.locator("details.hb-task", has_text="IE1:").first
    notice = group.locator("tr", has_text="in writing before release from custody")
    expect(notice).to_be_hidden()
    group.locator("summary").click()
    expect(notice).to_be_visible()
    notice.get_by_role("link", name="RA1").click()
    page.wait_for_url("**/reference/forms/#ra1")


def test_a_box_can_be_ticked_and_nothing_is_kept(page, site_address):
    """By its words as well as by the box; after a reload it is empty again, and nothing was stored."""
    page.goto(f"{site_address}checklists/housing/")
    stored = "() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie])"
    before = page.evaluate(stored)
    label = page.locator(".hb-checklist label").first
    label.locator("span").last.click()
    expect(label.get_by_role("checkbox")).to_be_checked()
    assert page.evaluate(stored) == before
    page.reload()
    expect(page.locator(".hb-checklist input:checked")).to_have_count(0)


@pytest.mark.parametrize("address, parts", [("roles/custody/", "details.hb-task tbody tr"), ("checklists/housing/", ".hb-checklist > li")])
def test_on_paper_everything_is_there(page, site_address, address, parts):
    """Folded groups are printed open; every point has its box; where a team writes its name stands on paper only."""
    page.goto(site_address + address)
    expect(page.locator(".hb-fill-in")).to_be_hidden()
    page.emulate_media(media="print")
    shown = page.locator(parts)
    assert shown.count() > 15
    assert all(shown.nth(index).bounding_box()["height"] > 10 for index in range(shown.count()))
    if "checklists" in address:
        expect(page.locator(".hb-fill-in")).to_be_visible()
        assert page.locator(".hb-checklist input").count() == shown.count()
