"""The rules as the pages see them, with the small helpers that all pieces share."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path

from build_scripts.load import Loaded, load_rules, load_scenarios
from build_scripts.site.errors import SiteError
from decision_logic.errors import did_you_mean
from diagrams import decision, draw, journey, locator, stages
from diagrams.links import relative_link

DOCS = Path(__file__).resolve().parents[3] / "docs"
ROOT_PAGE = "index.md"
NUMBERED = re.compile(r"[A-Z][a-z]+ \d")  # “Paragraph 5”, “Page 2”
HREF = re.compile(r'href="(?!#|site:|[a-z]+:)')


@dataclass
class Site:
    """Everything that the pieces are made from; maps are drawn once, when first asked for."""

    loaded: Loaded
    embedded: dict = field(default_factory=dict)
    # Blocks that are made in another process: {(kind, words …): what has a result()}
    beside: dict = field(default_factory=dict)

    @property
    def rules(self):
        """The rules."""
        return self.loaded.rules

    @cached_property
    def scenarios(self):
        """The scenarios, in the order of files."""
        return load_scenarios(self.rules)

    @cached_property
    def journeys(self):
        """{pathway: its whole picture}, of the pathways that begin somewhere."""
        return {name: journey(self.rules, name) for name, one in self.rules.pathways.items() if one.starts_at}

    @cached_property
    def maps(self):
        """Every map of the site, drawn in one batch."""
        pictures = [*self.journeys.values()]
        seen = set()
        for whole in self.journeys.values():
            for picture in stages(whole):
                pictures.append(picture)
            for node in whole.nodes:
                if node.label and node.id not in seen:
                    seen.add(node.id)
                    pictures.append(locator(whole, node.id))
        for name, tool in self.rules.tools.items():
            pictures += [decision(self.rules, name, edition) for edition in tool.editions]
        return draw({picture.id: picture for picture in pictures}.values(), rules_hash=self.rules.rules_hash)

    def locator_of(self, point):
        """The small map of where a point stands, or None."""
        for whole in self.journeys.values():
            found = self.maps.get(f"{whole.id}_at_{point}")
            if found is not None:
                return found
        return None

    def named(self, part, name):
        """An entry of the rules. Raises SiteError with what was probably meant."""
        entries = getattr(self.rules, part)
        if name not in entries:
            raise SiteError(
                f"there is no {part.rstrip('s')} {name!r}",
                found=repr(name),
                expected=f"an identifier of {part}",
                hint=did_you_mean(name, entries),
            )
        return entries[name]

    def href(self, target):
        """The address of a page of docs/ with its anchor, as it is written before links are made page-relative."""
        return "site:" + relative_link(target, ROOT_PAGE)

    def link(self, target, words, **attributes):
        """A link to a page of docs/."""
        more = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items())
        return f'<a href="{escape(self.href(target))}"{more}>{escape(words, quote=False)}</a>'

    def marks(self, cites):
        """Short source marks with links, one for each place: where several provisions stand there, the first is linked."""
        places = {}
        for name in dict.fromkeys(cites):
            one = self.named("provisions", name)
            places.setdefault(self.short_section(one), []).append(one)
        found = [
            self.link(
                f"{self.document_page(ones[0].document)}#{ones[0].id}",
                label,
                title=" ".join(one.summary for one in ones),
            )
            for label, ones in places.items()
        ]
        return f'<span class="hb-cites">{", ".join(found)}</span>'

    def document_page(self, document):
        """The page of a source's register: its own, or for a source that an area brought along that of all sources."""
        area = self.rules.areas.get(document)
        return "reference/sources.md" if area and area.source else f"reference/sources/{document}.md"

    def page_title(self, page):
        """The heading of a page of docs/. Raises SiteError where there is no such page."""
        try:
            written = (DOCS / page).read_text(encoding="utf-8")
        except OSError:
            raise SiteError(f"there is no page docs/{page}", found=page, expected="a page below docs/") from None
        return next(line for line in written.splitlines() if line.startswith("# ")).removeprefix("# ")

    def short_section(self, provision):
        """Where a provision stands in a few letters, with its document where that is not the handbook itself."""
        section = provision.section.replace("Process point ", "").replace(", action ", " ").replace("Section ", "s")
        short = self.rules.sources[provision.document].short
        if NUMBERED.match(section):  # a paragraph or page; a heading is a name and keeps its capitals
            section = section[0].lower() + section[1:]
        return f"{short}, {section}" if short else section

    def rooted(self, html):
        """HTML made for the root page, its links marked to be made page-relative."""
        return HREF.sub('href="site:', html)

    def instance(self, name):
        """A name for a form that no other form on the page has."""
        count = self.embedded[name] = self.embedded.get(name, 0) + 1
        return name if count == 1 else f"{name}_{count}"


def load_site():
    """Read the rules for the pages."""
    return Site(load_rules())


def badge(force):
    """How strongly a source says something, in a word."""
    return f'<span class="hb-badge hb-badge--{force}">{force}</span>'


def text(words):
    """Plain words as HTML."""
    return escape(words, quote=False)
