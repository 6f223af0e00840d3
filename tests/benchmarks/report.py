"""The report that a run leaves: every figure with its mark, misses included."""

from __future__ import annotations

from datetime import date

from tests.benchmarks.figures import Figure

TITLES = {
    "bytes": "Bytes until the first Pyodide answer",
    "boot": "From opening a page to Pyodide's first answer",
    "phone": "On a phone: processor 4 times slower, 1.6 Mbit/s, 150 ms",
    "answers": "From changed answer to shown result",
    "lighthouse": "Lighthouse, mobile",
    "build": "Building the site",
    "preview": "From an edited rule file to a fresh page",
}
HOW = {
    "bytes": "Bodies of all files but the page's own, MB of a million bytes. Stock is Pyodide's npm package of the same version as `loadPyodide()` fetches it, then the same engine as sources and the same rules, from the same server.",
    "boot": "The same question and answer in a worker, ours and stock in turns, from the start of the page. A cold browser has never been there; a warm one comes for the third time. A ratio is median against median.",
    "phone": "The line is made by the server, so that workers are slow too, over all connections together; the processor by Chromium. Answers count from the start of the page unless the row says otherwise.",
    "answers": "Radio buttons of five tools are chosen one after another; the time runs from the event to the changed result with its layout done.",
    "lighthouse": "Simulated throttling as Lighthouse does by itself.",
    "build": "Runtime package and byte code kept by their content, no PDF, everything else made anew. The same Markdown means with what the rules put in written out.",
    "preview": "A tool's title is changed while `handbook preview` runs; the time ends when its page has the new one.",
}


def written(figures: list[Figure], machine: list[str], runs: int) -> str:
    """The report as Markdown."""
    missed = [one for one in figures if "missed" in one.verdict]
    marked = [one for one in figures if one.verdict]
    absent = [title for part, title in TITLES.items() if not any(one.part == part for one in figures)]
    lines = [
        "# Benchmarks",
        "",
        f"Made by `make bench` on {date.today().isoformat()}. Medians of {runs}, ours and stock in turns; each row tells its samples. Bytes are"
        " the same each time and are counted once.",
        "",
        *([f"**Not measured in this run:** {'; '.join(absent)}.", ""] if absent else []),
        *(f"- {line}" for line in machine),
        "",
        f"{len(marked) - len(missed)} of {len(marked)} marks are met." + (" Missed:" if missed else ""),
        *([""] if missed else []),
        *(f"- {one.name}: {one.row[1]}, mark {one.mark}{f' ({one.note})' if one.note else ''}" for one in missed),
    ]
    for part, title in TITLES.items():
        of_part = [one for one in figures if one.part == part]
        if of_part:
            lines += ["", f"## {title}", "", HOW[part], "", "| What | Found | Mark | | Samples | |", "| --- | ---: | ---: | --- | --- | --- |"]
            lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in one.row) + " |" for one in of_part]
    return "\n".join(lines) + "\n"
