"""Values within a sentence."""

from html import escape

from build_scripts.site.errors import SiteError
from build_scripts.site.pieces.site import text
from decision_logic.deadlines import length_in_words, span_in_words


def _value(site, target, words):
    return site.link(target, words, class_="hb-value")


def deadline(site, name):
    """A deadline's length: five working days."""
    one = site.named("deadlines", name)
    return _value(site, f"tools/deadlines.md#{name}", length_in_words(one.limit, one.target))


def limit(site, name):
    """A deadline's outer limit alone."""
    return _value(site, f"tools/deadlines.md#{name}", span_in_words(site.named("deadlines", name).limit))


def target(site, name):
    """A deadline's target alone."""
    one = site.named("deadlines", name)
    if one.target is None:
        raise SiteError(
            f"the deadline {name!r} has no target", expected="a deadline with a target, or the reference limit"
        )
    return _value(site, f"tools/deadlines.md#{name}", span_in_words(one.target))


def quantity(site, name):
    """A number that is no deadline."""
    one = site.named("quantities", name)
    return f'<span class="hb-value" title="{escape(one.sentence)}">{text(one.value)}</span>'


def cite(site, *names):
    """Source marks."""
    return site.marks(names)


def term(site, name):
    """A term, linked to its meaning."""
    one = site.named("glossary", name)
    return site.link(f"reference/glossary.md#{name}", one.term, title=one.means, class_="hb-term")


def form(site, name):
    """A form's name, linked."""
    return site.link(f"reference/forms.md#{name}", site.named("forms", name).title)


def reading(site, name):
    """A mark that something is our reading, linked to it."""
    return site.link(
        f"reference/readings.md#{name}", "our reading", title=site.named("readings", name).title, class_="hb-ours"
    )


def point(site, name):
    """A process point, linked to its place in the guidance."""
    for pathway in site.rules.pathways.values():
        if name in pathway.points:
            return site.link(f"{pathway.page}#{name.lower()}", name, title=pathway.points[name].title)
    raise SiteError(f"there is no process point {name!r}", expected="a point of a pathway, such as IE1")


def said(site, provision, *words):
    """The cited escape: words of a source that have a duration in them, with their mark."""
    if not words:
        raise SiteError("the escape has no words", expected="{{ said PROVISION the words }}")
    return f"{text(' '.join(words))} {site.marks([provision])}"
