"""The list of ties can be gone through and narrowed on the page itself."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_the_list_is_narrowed_by_what_is_typed(page, site_address):
    """Every word counts, sections without an entry step back, and an empty field brings all back."""
    page.goto(f"{site_address}reference/traceability/")
    field, entries = page.get_by_label("Find a provision, section or number"), page.locator(".hb-tie")
    everything = entries.count()
    field.fill("R46 IPAE2")
    expect(page.locator(".hb-tie:visible")).to_have_count(1)
    expect(page.locator(".hb-filter [role=status]")).to_have_text(f"1 of {everything}")
    assert page.locator(".hb-ties:visible").count() == 1
    field.fill("")
    expect(page.locator(".hb-tie:visible")).to_have_count(everything)


def test_a_link_to_an_entry_unfolds_its_places(page, site_address):
    """Its links lead to the page, the rule and the register."""
    page.goto(f"{site_address}reference/traceability/#s4_1_1.make_appointment")
    entry = page.locator('[id="s4_1_1.make_appointment"]')
    expect(entry.get_by_role("link", name="Make an appointment for the individual to see a CJIT worker.")).to_be_visible()
    entry.get_by_role("link", name="In the register").click()
    expect(page).to_have_url(f"{site_address}reference/sources/dip_handbook_2010/#s4_1_1.make_appointment")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
