"""Made-up rules and pages to build with: the handbook's own, several times over, each time under other names."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.benchmarks.machine import ROOT

RULES = ROOT / "decision_logic" / "rules"
SOURCES = ("build_scripts", "decision_logic", "diagrams", "docs")
# What stands once on the site, whatever the number of pages: lists of all rules of a kind, and the pages that explain the site.
ONCE = ("maintain", "reference", "overrides", "assets", "_generated")
# The copies stand in no menu, as pages of a larger handbook would not all stand in one.
NOT_IN_NAV = "not_in_nav: |\n" + "".join(f"  *_{number}.md\n" for number in range(2, 100))


def grown(times: int, into: Path) -> Path:
    """A project in the folder ``into`` with so many times the tools, and the pages that stand for themselves.

    Tools are copied whole, under names of their own, so that each is read, proved, drawn and put into a page of its own.
    """
    into.mkdir(parents=True)
    for name in SOURCES:
        shutil.copytree(ROOT / name, into / name, ignore=shutil.ignore_patterns("__pycache__", "_generated"))
    for file in ROOT.iterdir():
        if file.is_file():  # some of them stand in pages, or are reasons to make something anew
            shutil.copyfile(file, into / file.name)
    config = into / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8") + NOT_IN_NAV, encoding="utf-8")
    for name in ("node_modules", ".cache"):  # the runtime is the same, and is not what is measured
        (into / name).symlink_to(ROOT / name, target_is_directory=True)
    for number in range(2, times + 1):
        _again(into, number)
    return into


def _again(project: Path, number: int) -> None:
    rules, docs = project / "decision_logic" / "rules", project / "docs"
    tools = sorted(file.stem for file in (RULES / "tools").glob("*.yml"))
    for name in tools:
        text = (RULES / "tools" / f"{name}.yml").read_text(encoding="utf-8")
        text = re.sub(rf"^id: {name}$", f"id: {name}_{number}", text, flags=re.MULTILINE)
        text = re.sub(rf"^page: tools/{name}\.md$", f"page: tools/{name}_{number}.md", text, flags=re.MULTILINE)
        (rules / "tools" / f"{name}_{number}.yml").write_text(text, encoding="utf-8", newline="\n")
    for page in sorted((ROOT / "docs").rglob("*.md")):
        place = page.relative_to(ROOT / "docs")
        if place.parts[0] in ONCE or (page.name == "index.md" and len(place.parts) == 1):
            continue
        text = page.read_text(encoding="utf-8")
        for name in tools:
            text = re.sub(rf"\{{\{{ (tool|map|decision_map|table) {name}\b", rf"{{{{ \1 {name}_{number}", text)
        copy = docs / place.with_name(f"{page.stem}_{number}.md" if page.stem != "index" else f"list_{number}.md")
        copy.write_text(text, encoding="utf-8", newline="\n")


def counted(project: Path) -> tuple[int, int]:
    """(bytes of rule files, number of pages)"""
    rules = sum(file.stat().st_size for file in (project / "decision_logic" / "rules").rglob("*.yml"))
    pages = sum(1 for file in (project / "docs").rglob("*.md") if "overrides" not in file.parts)
    return rules, pages
