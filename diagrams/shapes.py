"""The outlines of a map's nodes, as SVG path data: each kind of node has its own.

action     a box with a bar at its left in the colour of who acts
decision   a box with pointed sides (a diamond would need twice the width, which a phone has not got)
question   the same: a question of a tool is a decision
start      a filled pill                end        a pill with a double line
outcome    a pill with a thick line     gap        a box with its corners cut off
elsewhere  a plain box
"""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]

POINTED = ("decision", "question")
PILLS = ("start", "end", "outcome")
POINT = 13.0  # how far the sides of a decision come to a point
CUT = 9.0
BAR = 5.0


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def inside(self, by: float) -> Box:
        return Box(self.left + by, self.top + by, self.right - by, self.bottom - by)

    def holds(self, point: Point) -> bool:
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom


def number(value: float) -> str:
    """One decimal is finer than any screen shows; fewer digits make a smaller page."""
    written = f"{value:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written


def corners(kind: str, box: Box) -> list[Point] | None:
    """The corners of a straight-sided outline; None where the outline is a box with round corners."""
    x0, y0, x1, y1 = box.left, box.top, box.right, box.bottom
    if kind in POINTED:
        middle = (y0 + y1) / 2
        return [(x0 + POINT, y0), (x1 - POINT, y0), (x1, middle), (x1 - POINT, y1), (x0 + POINT, y1), (x0, middle)]
    if kind == "gap":
        return _cut_corners(box, min(CUT, box.height / 3))
    return None


def outline(kind: str, box: Box) -> str:
    """Path data of the outline of a node of this kind that fills the box."""
    points = corners(kind, box)
    if points:
        return "M" + "L".join(f"{number(x)},{number(y)}" for x, y in points) + "Z"
    return rounded(box, radius(kind, box))


def radius(kind: str, box: Box) -> float:
    return min(box.height / 2, 20.0) if kind in PILLS else 0.0 if kind == "elsewhere" else 5.0


def rounded(box: Box, r: float) -> str:
    if r <= 0:
        return f"M{number(box.left)},{number(box.top)}H{number(box.right)}V{number(box.bottom)}H{number(box.left)}Z"
    arc = f"a{number(r)},{number(r)} 0 0 1 "
    across, down = number(box.width - 2 * r), number(box.height - 2 * r)
    n = number(r)
    return (
        f"M{number(box.left + r)},{number(box.top)}h{across}{arc}{n},{n}v{down}{arc}-{n},{n}"
        f"h-{across}{arc}-{n},-{n}v-{down}{arc}{n},-{n}Z"
    )


def bar(box: Box) -> str:
    """The bar at the left of an action, inside its round corners."""
    r = min(radius("action", box), BAR)
    arc = f"a{number(r)},{number(r)} 0 0 "
    n = number(r)
    return (
        f"M{number(box.left + r)},{number(box.top)}{arc}0 -{n},{n}v{number(box.height - 2 * r)}"
        f"{arc}0 {n},{n}h{number(BAR - r)}v-{number(box.height)}Z"
    )


def to_outline(kind: str, box: Box, tip: Point, direction: Point) -> float:
    """How far from `tip` along `direction` (a unit vector) the outline is met; 0 where it is not met soon.

    Graphviz lets ways end at the box around a node. Where the outline stands back from the box (the slanted
    sides of a decision, a pill's round corners), the way has to go on a little.
    """
    points = corners(kind, box) or _pill_corners(kind, box)
    best = 0.0
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
        ex, ey = bx - ax, by - ay
        cross = direction[0] * ey - direction[1] * ex
        if abs(cross) < 1e-9:
            continue
        along = ((ax - tip[0]) * ey - (ay - tip[1]) * ex) / cross
        across = ((ax - tip[0]) * direction[1] - (ay - tip[1]) * direction[0]) / cross
        if -0.01 <= across <= 1.01 and 0 < along <= 2 * POINT and (best == 0 or along < best):
            best = along
    return best


def _pill_corners(kind: str, box: Box) -> list[Point]:
    # Round corners met as straight cuts: near enough for the end of a line.
    return _cut_corners(box, radius(kind, box) * 0.6)


def _cut_corners(box: Box, cut: float) -> list[Point]:
    x0, y0, x1, y1 = box.left, box.top, box.right, box.bottom
    return [
        (x0 + cut, y0),
        (x1 - cut, y0),
        (x1, y0 + cut),
        (x1, y1 - cut),
        (x1 - cut, y1),
        (x0 + cut, y1),
        (x0, y1 - cut),
        (x0, y0 + cut),
    ]
