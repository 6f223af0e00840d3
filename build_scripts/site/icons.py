"""The icons that phones and desktops want as pictures, drawn from docs/assets/figures/icon.svg. Run as a program: ``make icons``."""

import re
from pathlib import Path

from playwright.sync_api import sync_playwright

from build_scripts.chromium import launch_options

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "assets" / "figures"
# File: pixels, and how much of its side the drawing takes. A phone cuts a maskable icon to a shape of its own, and Apple rounds the
# corners itself: there the ground goes to the edges, and the drawing stays within the part that is never cut.
ICONS = {
    "icon-192.png": (192, None),
    "icon-512.png": (512, None),
    "icon-maskable-512.png": (512, 0.78),
    "apple-touch-icon.png": (180, 0.92),
}


def draw(folder=FOLDER, say=print):
    """Write the pictures into ``folder``."""
    drawing = (FOLDER / "icon.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        for name, (pixels, share) in ICONS.items():
            page = browser.new_page(viewport={"width": pixels, "height": pixels})
            page.set_content(f"<style>*{{margin:0;display:block}}svg{{width:{pixels}px}}</style>{drawing if share is None else full(drawing, share)}")
            page.screenshot(path=Path(folder) / name, omit_background=True)
            page.close()
            say(f"drawn: {name}")
        browser.close()


def full(drawing, share):
    """The drawing with its ground to the edges, the rest within ``share`` of the side."""
    ground, rest = re.fullmatch(r"<svg[^>]*>(<rect [^>]*/>)(.*)</svg>\s*", drawing, re.DOTALL).groups()
    edge = 16 * (1 - share)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">{re.sub(' rx="[^"]*"', "", ground)}'
        f'<g transform="translate({edge:g} {edge:g}) scale({share:g})">{rest}</g></svg>'
    )


if __name__ == "__main__":
    draw()
