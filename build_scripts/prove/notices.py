"""Every notice of later law stands on a page of the guidance too, where the rule that it is about is told."""

from build_scripts.prove.citations import DOCS, references


def homeless_notices(rules, docs=DOCS):
    """A sentence for each notice that no page of the guidance shows."""
    shown = {
        name
        for one in references(docs)
        if one.kind == "notices" and one.page.startswith("guidance/")
        for name in one.words
    }
    for name in rules.notices:
        if name not in shown:
            yield f"the notice {name} stands on no page of the guidance: put {{{{ notices {name} }}}} where its rule is told"
