"""One measured figure: its samples, their median, its mark, and whether it meets it."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median


@dataclass
class Figure:
    """``samples`` in ``unit``. A figure is one median, or with ``against`` the ratio of two medians taken in turns."""

    part: str
    name: str
    unit: str
    samples: list[float]
    against: list[float] = field(default_factory=list)
    most: float | None = None
    least: float | None = None
    note: str = ""

    @property
    def value(self) -> float:
        return median(self.samples) / median(self.against) if self.against else median(self.samples)

    @property
    def verdict(self) -> str:
        """“met”, “missed”, or nothing where no mark is set."""
        if self.most is None and self.least is None:
            return ""
        met = (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)
        return "met" if met else "**missed**"

    @property
    def mark(self) -> str:
        if self.most is not None:
            return f"≤ {plain(self.most)}"
        return f"≥ {plain(self.least)}" if self.least is not None else ""

    @property
    def row(self) -> list[str]:
        found = f"{plain(self.value)}" + ("" if self.against else f" {self.unit}")
        spread = f"{spread_of(self.samples)} {self.unit}"
        if self.against:
            spread += f" against {spread_of(self.against)} {self.unit}"
        return [self.name, found.strip(), self.mark, self.verdict, spread, self.note]


def percentile(samples: list[float], share: float) -> float:
    """The smallest sample that so large a share of all does not exceed."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]


def plain(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:,.1f}" if abs(value) < 1000 else f"{value:,.0f}"


def spread_of(samples: list[float]) -> str:
    if min(samples) == max(samples):
        return plain(samples[0])
    return f"{plain(median(samples))} ({plain(min(samples))} to {plain(max(samples))}, {len(samples)} times)"
