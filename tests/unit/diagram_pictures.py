"""Pictures made by hand for the tests of the maps: the shape of a journey, without the rules behind it."""

from diagrams.graph import Cluster, Edge, Node, Picture

ROLE = {"police": "Police", "cjit": "CJIT worker", "partnership": "Partnership", "none": ""}
PAGE = "guidance/enforcement.md"
COMMON_PAGE = "guidance/common.md"


def _step(name: str, title: str, role: str, kind: str = "action", common: bool = False) -> Node:
    page = COMMON_PAGE if common else PAGE
    return Node(name, title, kind, role, ROLE[role], name, f"{page}#{name.lower()}", common=common)


NODES = (
    Node("start", "Positive drug test in police custody", "start"),
    _step("IE1", "Require attendance at the assessments", "police"),
    Node("no_requirement", "Inspector’s authority, reasons in the custody record", "end", "police", "Police"),
    Node("missed_initial", "Police and partnership informed; liable to prosecution", "end"),
    _step("IE2", "Initial assessment", "cjit"),
    Node("nothing_further", "No further intervention", "end"),
    Node("under_drr", "Report to Probation", "end", "cjit", "CJIT worker"),
    Node("already_known", "Requirement satisfied: care plan reviewed", "end"),
    _step("IE3", "Is a follow-up assessment needed?", "cjit", "decision"),
    _step("IE4", "Where does the person live?", "cjit", "decision"),
    _step("IE4a", "Refer to the CJIT of residence", "cjit"),
    _step("IE4b", "CJIT of residence takes over", "cjit"),
    Node("missed_follow_up", "Police and partnership informed; liable to prosecution", "end"),
    _step("Com1", "Care plan agreed?", "cjit", "decision", True),
    Node("plan_refused", "Warn; the partnership considers the risk", "end", "partnership", "Partnership", common=True),
    _step("Com2", "Take on to the caseload", "cjit", common=True),
    _step("Com3", "Case management", "cjit", common=True),
    _step("Com4", "Review the case", "cjit", common=True),
    _step("Com5", "Keep, suspend or close?", "cjit", "decision", True),
    _step("Com5a", "Suspend", "cjit", common=True),
    _step("Com5b", "Close by the CJIT", "cjit", common=True),
    _step("Com5c", "Close by the service user", "cjit", common=True),
    Node("closed", "Case closed", "end", common=True),
)

_WAYS = (
    ("start", "IE1", "", "", False),
    ("IE1", "no_requirement", "requirement not made", "", True),
    ("IE1", "missed_initial", "fails to attend or remain", "", False),
    ("IE1", "IE2", "requirement made", "", True),
    ("IE2", "nothing_further", "engaged, nothing more is needed", "", True),
    ("IE2", "under_drr", "subject to a drug rehabilitation requirement", "", False),
    ("IE2", "already_known", "already on a caseload, record complete", "", True),
    ("IE2", "IE3", "otherwise, before the assessment is concluded", "", True),
    ("IE3", "missed_follow_up", "fails to attend or remain at the follow-up", "", False),
    ("IE3", "IE4", "follow-up required", "within five working days", True),
    ("IE4", "IE4a", "lives elsewhere", "", False),
    ("IE4", "Com1", "lives in the area of this CJIT", "", False),
    ("IE4a", "IE4b", "", "", True),
    ("IE4b", "Com1", "", "", False),
    ("Com1", "plan_refused", "refuses the care plan", "", False),
    ("Com1", "Com2", "accepts the care plan", "", False),
    ("Com2", "Com3", "", "", True),
    ("Com3", "Com4", "significant event, or review due", "within 16 weeks", True),
    ("Com4", "Com5", "review held", "", False),
    ("Com5", "Com4", "keep", "", True),
    ("Com5", "Com5a", "suspend", "", False),
    ("Com5", "Com5b", "close", "", False),
    ("Com5", "Com5c", "service user disengages", "", False),
    ("Com5a", "Com4", "returns and engages again", "", True),
    ("Com5a", "Com5b", "does not engage again", "", False),
    ("Com5b", "closed", "", "", False),
    ("Com5c", "closed", "", "", False),
)
EDGES = tuple(
    Edge(f"{tail}_to_{head}", tail, head, label, deadline=deadline, reconstructed=ours)
    for tail, head, label, deadline, ours in _WAYS
)
CLUSTERS = (
    Cluster("identification", "Identification", ("start", "IE1", "no_requirement", "missed_initial")),
    Cluster(
        "assessment",
        "Assessment",
        ("IE2", "nothing_further", "under_drr", "already_known", "IE3", "missed_follow_up", "IE4", "IE4a", "IE4b"),
    ),
    Cluster(
        "case_management",
        "Case management",
        ("Com1", "plan_refused", "Com2", "Com3", "Com4", "Com5", "Com5a", "Com5b", "Com5c", "closed"),
        common=True,
    ),
)

JOURNEY = Picture(
    "by_hand_journey",
    "Identification by enforcement",
    "From a positive drug test in custody to case management.",
    NODES,
    EDGES,
    CLUSTERS,
)


def stage(name: str) -> Picture:
    """One stage of the journey; the steps next door stand as steps that another map draws."""
    cluster = next(cluster for cluster in CLUSTERS if cluster.id == name)
    inside = set(cluster.nodes)
    edges = tuple(edge for edge in EDGES if edge.tail in inside or edge.head in inside)
    seen = inside | {end for edge in edges for end in (edge.tail, edge.head)}
    nodes = tuple(
        node if node.id in inside else Node(node.id, node.title, "elsewhere", label=node.label, href=node.href)
        for node in NODES
        if node.id in seen
    )
    return Picture(f"by_hand_{name}", cluster.title, "One stage.", nodes, edges, (cluster,))


DECISION = Picture(
    "by_hand_decision",
    "Is there enough to identify drug misuse?",
    "The questions of the tool and its answers.",
    (
        Node("tested", "Was the drug test positive?", "question", href="#q-tested"),
        Node("volunteered", "Has the person said that they misuse heroin, cocaine or crack?", "question", href="#q-v"),
        Node("inferred", "Is there any sign from which misuse may be inferred?", "question", href="#q-i"),
        Node("required", "A required assessment follows", "outcome", href="#o-required"),
        Node("met", "The criteria are met", "outcome", href="#o-met"),
        Node("not_met", "The criteria are not met", "outcome", href="#o-not"),
        Node("silent", "The handbook does not say", "gap", href="#o-silent"),
    ),
    (
        Edge("a", "tested", "required", "Yes"),
        Edge("b", "tested", "volunteered", "No"),
        Edge("g", "tested", "silent", "No test was taken"),
        Edge("c", "volunteered", "met", "Yes"),
        Edge("d", "volunteered", "inferred", "No"),
        Edge("e", "inferred", "met", "Any of them"),
        Edge("f", "inferred", "not_met", "None of them"),
    ),
)
