"""The Markdown extension that lets tables of three columns and more be read on a phone: each row becomes a card there.

They get the class and the labels that the tables from the rules have, so that one stylesheet serves both. Two columns fit as they are.
"""

from markdown import Extension
from markdown.treeprocessors import Treeprocessor

LEAST = 3


class Cards(Treeprocessor):
    """Labels the cells of wide tables with the heads of their columns."""

    def run(self, root):
        """The tree with its wide tables labelled."""
        for table in root.iter("table"):
            heads = ["".join(head.itertext()).strip() for head in table.findall("./thead/tr/th")]
            if len(heads) < LEAST or table.get("class"):
                continue
            table.set("class", "hb-table hb-table--written")
            for row in table.findall("./tbody/tr"):
                for head, cell in zip(heads, row, strict=False):
                    if head:
                        cell.set("data-label", head.removesuffix("?"))
                    if not len(cell) and not (cell.text or "").strip():
                        cell.set("data-empty", "")


class CardExtension(Extension):
    """Registers the tree processor."""

    def extendMarkdown(self, md):
        """After inline patterns, so that a head's words are final."""
        md.treeprocessors.register(Cards(md), "handbook_tables", 6)


def makeExtension(**settings):
    """Python-Markdown's way in."""
    return CardExtension(**settings)
