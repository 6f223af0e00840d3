"""Pathway → pictures: the whole journey, one picture a stage, and a small map of where a point stands.

A pure projection of the rules: points become nodes, edges become ways, an edge's words are the rule's own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from decision_logic.conditions import All
from decision_logic.deadlines import length_in_words
from decision_logic.model import STAGES, Pathway, ProcessPoint, RuleSet
from decision_logic.words import Words
from diagrams.errors import PictureError
from diagrams.graph import Cluster, Edge, Node, Picture

# (pathway, point) → "guidance/enforcement.md#ie1"; the pathway is the one that the point is written in.
PointLink = Callable[[Pathway, ProcessPoint], str | None]

STAGE_TITLES = {key: title.capitalize() for key, title in STAGES}
COMMON_SUFFIX = " (common to all journeys)"


def point_link(pathway: Pathway, point: ProcessPoint) -> str:
    """A point's place in the guidance: on its pathway's page, under its own name in lower case."""
    return f"{pathway.page}#{point.id.lower()}"


def journey(rules: RuleSet, pathway_id: str, link: PointLink = point_link) -> Picture:
    """The whole journey, the pathways that it includes among it, its stages as clusters."""
    pathway = rules.pathways[pathway_id]
    nodes, edges, stages = [], [], {}
    for part in parts(rules, pathway):
        words = Words.of_pathway(rules, part)
        for point in part.points.values():
            nodes.append(_node(rules, part, point, link))
            stages.setdefault((point.stage, part.common), []).append(point.id)
        for edge in part.edges.values():
            edges.append(
                Edge(
                    edge.id,
                    edge.start,
                    edge.end,
                    edge.label or _condition(words, edge.when),
                    deadline=_deadline(rules, edge.deadline),
                    reconstructed=edge.basis == "reconstructed",
                )
            )
    clusters = tuple(
        Cluster(
            f"{stage}_common" if common else stage,
            STAGE_TITLES[stage] + (COMMON_SUFFIX if common else ""),
            tuple(names),
            common,
        )
        for (stage, common), names in sorted(stages.items(), key=lambda one: list(STAGE_TITLES).index(one[0][0]))
    )
    return _ends_apart(
        Picture(pathway.id, pathway.title, pathway.summary, _in_order(nodes, clusters), tuple(edges), clusters)
    )


def stages(whole: Picture) -> tuple[Picture, ...]:
    """One picture a stage of a whole journey; steps next door stand as steps that another map draws."""
    home = {name: cluster for cluster in whole.clusters for name in cluster.nodes}
    pictures = []
    for cluster in whole.clusters:
        inside = set(cluster.nodes)
        edges, after = [], {}
        for edge in whole.edges:
            if edge.tail in inside and edge.head not in inside:
                # One for each step that leads there: lines from all over the map to one node would cross.
                name = f"{edge.head}_next_to_{edge.tail}"
                after[name] = replace(_elsewhere(whole.node(edge.head), home[edge.head]), id=name, of=edge.head)
                edges.append(replace(edge, head=name))
            elif edge.head in inside:
                edges.append(edge)
        before = {edge.tail for edge in edges} - inside
        nodes = (
            *(_elsewhere(node, home[node.id]) for node in whole.nodes if node.id in before),
            *(node for node in whole.nodes if node.id in inside),
            *after.values(),
        )
        title = _stage_name(cluster)
        pictures.append(
            Picture(
                f"{whole.id}_{cluster.id}",
                f"{whole.title}: {title.lower()}",
                f"The stage {title.lower()} of this journey, with the steps before and after it.",
                nodes,
                tuple(edges),
                # A frame would only say the map's title again and keep the next steps apart; the grey says more.
                (cluster,) if cluster.common else (),
            )
        )
    return tuple(pictures)


def locator(whole: Picture, point_id: str) -> Picture:
    """A small map of where a point stands: its own stage by short names, the stages around it as one node each."""
    if all(node.id != point_id for node in whole.nodes):
        raise PictureError(f"There is no point {point_id} on the map {whole.id}.")
    own = next(cluster for cluster in whole.clusters if point_id in cluster.nodes)
    stage_of = {name: cluster for cluster in whole.clusters for name in cluster.nodes}
    shown: dict[str, Node] = {}
    short: dict[str, str] = {}  # every point → the node that stands for it
    for node in whole.nodes:
        cluster = stage_of[node.id]
        if cluster.id == own.id:
            if node.label or node.id == point_id:
                current = node.id == point_id
                label = f"{node.label or node.title} · here" if current else node.label
                shown[node.id] = replace(node, label=label, current=current, tooltip=node.title)
                short[node.id] = node.id
        else:
            name = f"stage_{cluster.id}"
            short[node.id] = name
            shown.setdefault(
                name,
                Node(name, _stage_name(cluster), "elsewhere", href=node.href, tooltip=cluster.title),
            )
    pairs = dict.fromkeys(
        (short[edge.tail], short[edge.head])
        for edge in whole.edges
        if edge.tail in short and edge.head in short and short[edge.tail] != short[edge.head]
    )
    stated = {
        (short[e.tail], short[e.head])
        for e in whole.edges
        if not e.reconstructed and e.tail in short and e.head in short
    }
    edges = tuple(
        Edge(f"{tail}_to_{head}", tail, head, reconstructed=(tail, head) not in stated) for tail, head in pairs
    )
    used = {end for edge in edges for end in (edge.tail, edge.head)} | {point_id}
    node = whole.node(point_id)
    name = f"{node.label}, {node.title}" if node.label else node.title
    return Picture(
        f"{whole.id}_at_{point_id}",
        f"You are here: {name}",
        f"A small map of {whole.title[:1].lower() + whole.title[1:]}, with this point marked.",
        tuple(node for node in shown.values() if node.id in used),
        edges,
        small=True,
    )


def parts(rules: RuleSet, pathway: Pathway) -> tuple[Pathway, ...]:
    """The pathway and all that it includes, each once, in order."""
    found: dict[str, Pathway] = {}
    waiting = [pathway]
    while waiting:
        part = waiting.pop(0)
        if part.id not in found:
            found[part.id] = part
            waiting += [rules.pathways[name] for name in part.includes]
    return tuple(found.values())


def _node(rules: RuleSet, pathway: Pathway, point: ProcessPoint, link: PointLink) -> Node:
    role = rules.roles[point.role] if point.role else None
    return Node(
        point.id,
        point.title,
        point.kind,
        role.colour_key if role else "none",
        role.title if role else "",
        # The handbook's own names begin with a capital; our starts and ends have no short name to show.
        point.id if point.id[0].isupper() else "",
        link(pathway, point),
        common=pathway.common,
    )


def _ends_apart(picture: Picture) -> Picture:
    """The same with an end for each step that leads to it: an end is a stop sign, and may stand more than once."""
    copies: dict[str, list[Node]] = {}
    edges = []
    for edge in picture.edges:
        head = picture.node(edge.head)
        if head.kind == "end" and len({way.tail for way in picture.ways_in(head.id)}) > 1:
            name = f"{head.id}_after_{edge.tail}"
            edge = replace(edge, head=name)
            if all(copy.id != name for copy in copies.setdefault(head.id, [])):
                copies[head.id].append(replace(head, id=name, of=head.id))
        edges.append(edge)
    nodes = tuple(one for node in picture.nodes for one in copies.get(node.id, [node]))
    # Each stands in the stage of the step that leads to it.
    stage_of = {name: cluster.id for cluster in picture.clusters for name in cluster.nodes}
    stage_of |= {edge.head: stage_of[edge.tail] for edge in edges if edge.head not in stage_of}
    clusters = tuple(
        replace(cluster, nodes=tuple(node.id for node in nodes if stage_of[node.id] == cluster.id))
        for cluster in picture.clusters
        if any(stage_of[node.id] == cluster.id for node in nodes)
    )
    return replace(picture, nodes=nodes, edges=tuple(edges), clusters=clusters)


def _condition(words: Words, condition: object) -> str:
    if isinstance(condition, All) and not condition.parts:  # always: nothing to say
        return ""
    return words.say(condition)


def _deadline(rules: RuleSet, name: str | None) -> str:
    if name is None:
        return ""
    deadline = rules.deadlines[name]
    return f"within {length_in_words(deadline.limit, deadline.target)}"


def _elsewhere(node: Node, cluster: Cluster) -> Node:
    return replace(node, kind="elsewhere", role="none", role_title=_stage_name(cluster), common=False)


def _stage_name(cluster: Cluster) -> str:
    return cluster.title.removesuffix(COMMON_SUFFIX)


def _in_order(nodes: list[Node], clusters: tuple[Cluster, ...]) -> tuple[Node, ...]:
    """Nodes in the order of the stages, and of the rule file within a stage: the order in which a list is read."""
    place = {name: index for index, name in enumerate(name for cluster in clusters for name in cluster.nodes)}
    return tuple(sorted(nodes, key=lambda node: place[node.id]))
