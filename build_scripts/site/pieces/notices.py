"""Notices of later law: all of them by place and date, and those of a page where its guidance stands."""

from datetime import date

from build_scripts.site.errors import SiteError
from build_scripts.site.pieces.site import text
from build_scripts.site.pieces.tools import NOTICE_STATUS, _day, notice_html


def listing(site):
    """``{{ list notices }}``: every notice below the places that it is for, the oldest first."""
    by_places = {}
    for one in in_order(site.rules.notices.values()):
        by_places.setdefault(one.places, []).append(one)
    made = []
    for places, found in sorted(by_places.items(), key=lambda entry: (-len(entry[0]), min(map(_start, entry[1])))):
        made.append(f"## {_where(site, places)} {{ #in-{'-'.join(places) or 'everywhere'} }}")
        made.append("".join(notice_html(site, one, anchor=True) for one in found))
    return made


def notices(site, *names):
    """``{{ notices recall_of_56_days … }}``: these notices, folded, each with place, date and status in its title."""
    if not names:
        raise SiteError("no notice is named", expected="{{ notices NAME … }}")
    found = [site.named("notices", name) for name in dict.fromkeys(names)]
    return [f'<div class="hb-later">{"".join(_folded(site, one) for one in in_order(found))}</div>']


def in_order(found):
    """By the day from which they hold; those without one first."""
    return sorted(found, key=_start)


def _start(one):
    return one.start or date.min


def _folded(site, one):
    about = f"{_where(site, one.places)}{_when(one)}: {NOTICE_STATUS[one.status]}"
    more = site.link(f"reference/notices.md#{one.id}", "All notices")
    return (
        f'<details class="hb-later__one"><summary><strong>{text(one.title)}</strong> <span class="hb-note">{text(about)}</span></summary>'
        f"<p>{text(one.text)} {site.marks(one.cites)}</p><p class=\"hb-note\">{more}</p></details>"
    )


def _when(one):
    """The dates of cases for which it is shown. Where the start of the law is not confirmed, a date would be taken for one."""
    if one.status == "start_not_confirmed":
        return ""
    if one.start is None:
        return ", for any date"
    return f", for dates from {_day(one.start)}" + (f" to {_day(one.end)}" if one.end else "")


def _where(site, places):
    titles = [site.rules.places[place].title for place in places]
    return " and ".join([", ".join(titles[:-1]), titles[-1]] if len(titles) > 1 else titles) or "Everywhere"
