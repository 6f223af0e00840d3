"""The benchmarks themselves, with tiny numbers: `make bench` is no part of the tests, but must not rot."""

import time
import urllib.request

import pytest

from tests.benchmarks import builds, contest
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.report import written
from tests.benchmarks.wire import serving


def test_a_ratio_is_median_against_median_and_a_miss_is_told():
    """A figure over its mark stands in the report as missed, with its reason; one without a mark is only told."""
    missed = Figure("boot", "cold", "ms", [300, 500, 400], [500, 400, 600], most=0.4, note="why")
    told = Figure("build", "again", "s", [1.5, 1.0, 2.0])
    report = written([missed, told], ["2 cores"], 3)
    assert missed.value == 0.8
    assert "0 of 1 marks are met. Missed:\n\n- cold: 0.80, mark ≤ 0.40 (why)" in report
    assert "| again | 1.50 s |" in report


@pytest.mark.parametrize(("share", "found"), [(0.95, 19), (1.0, 20), (0.5, 10), (0.01, 1)])
def test_a_percentile_is_a_sample(share, found):
    """The smallest sample that so large a share of all does not exceed."""
    assert percentile(list(range(20, 0, -1)), share) == found


def test_the_server_counts_what_it_sends_in_the_compression_that_is_asked_for(built_site, tmp_path):
    """Bytes are those of the compressed copies, and stock Pyodide is served from the same server with copies of its own."""
    site = contest.prepared(built_site, tmp_path / "served")
    with serving(site) as (address, line):
        for only, suffix in (("br", ".br"), ("gzip", ".gz")):
            line.only, line.sent = only, {}
            urllib.request.urlopen(f"{address}runtime/stock/pyodide.asm.js").read()
            assert line.sent == {"runtime/stock/pyodide.asm.js": (site / f"runtime/stock/pyodide.asm.js{suffix}").stat().st_size}


def test_a_slow_line_is_slow(tmp_path):
    """A file of so many bytes takes so long over a line of so many bits a second."""
    (tmp_path / "index.html").write_bytes(b"x" * 20_000)
    with serving(tmp_path) as (address, line):
        line.slow(1.6e6, 0.05)
        begun = time.monotonic()
        assert len(urllib.request.urlopen(address).read()) == 20_000
        assert time.monotonic() - begun >= 0.15


@pytest.mark.long
def test_a_grown_handbook_builds(tmp_path):
    """With twice the tools and pages the whole build ends well, as growth is measured."""
    whole, = builds.growth_figures(tmp_path, 1, times=(2,))
    assert whole.name == "whole site, 2 × the tools and pages"
    assert (tmp_path / "grown_site_2" / "tools" / "identification_2" / "index.html").is_file()
