"""Where on the journeys an action stands, with links to its points."""


def in_order(rules):
    """The pathways as a reader travels them: the journeys first, then what is common to them."""
    return sorted(rules.pathways.values(), key=lambda one: one.starts_at is None)


def places_on_journeys(rules):
    """{action: [(pathway, point, condition)]} of every action that stands at a process point."""
    places = {}
    for pathway in in_order(rules):
        for point in pathway.points.values():
            for name, when in point.actions.items():
                places.setdefault(name, []).append((pathway, point, when))
    return places


def point_links(site, where):
    """Links to points, by the handbook's names where they have one."""
    return ", ".join(
        site.link(f"{pathway.page}#{point.id.lower()}", point.id if point.id[0].isupper() else point.title)
        for pathway, point, _ in where
    )
