"""Which pages are looked at: one of each template in every run, all of them in the long one."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

# A page of each kind, as a folder of the site.
TEMPLATES = (
    ".",
    "guidance/enforcement",
    "guidance/support_networks",
    "tools/appointment",
    "tools/workdays",
    "tools/walk_enforcement",
    "roles/case_manager",
    "checklists/housing",
    "reference/forms",
    "reference/readings",
    "reference/sources/essex",
    "training",
    "maintain/browser",
)


def every_page(site):
    """The folder of every page of the site, in order of name."""
    return sorted(page.parent.relative_to(site).as_posix() for page in site.rglob("index.html"))
