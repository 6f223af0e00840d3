"""The Python that the site ships: complete, small, and the same bytes wherever it is built."""

from __future__ import annotations

import io
import json
import marshal
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

import pytest

from build_scripts.site.bundle import engine_archive, write_bundle
from build_scripts.site.closure import late_imports
from build_scripts.site.errors import SiteError
from build_scripts.site.precompile import precompile, stored_zip, without_docstrings
from build_scripts.site.runtime import (
    ENGINE,
    ROOT,
    STDLIB,
    content_hash,
    runtime_files,
    stdlib_sources,
    whole_stdlib,
)
from tests.in_node import ask_in_node
from tests.small_engine import PLAIN, write_engine, write_site

# What the trimmed library may grow to before somebody should look at which import brought it. Pyodide's own has 2.4 MB
# in compressed sources, and over 5 MB once compiled.
STDLIB_LIMIT = 2_300_000


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("runtime")
    return write_site(folder / "site", write_engine(folder / "source"))


@pytest.fixture(scope="module")
def shipped() -> dict[str, bytes]:
    """The runtime that the real engine gets."""
    return runtime_files()


def manifest_of(site: Path) -> dict:
    return json.loads((site / "assets-manifest.json").read_text(encoding="utf-8"))


def code_in(archive: bytes) -> Iterator[tuple[str, CodeType]]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        waiting = [(name, marshal.loads(opened.read(name)[16:])) for name in opened.namelist()]
    while waiting:
        name, code = waiting.pop()
        yield name, code
        waiting += [(f"{name}:{c.co_name}", c) for c in code.co_consts if isinstance(c, CodeType)]


def test_the_shipped_files_start_and_answer(site):
    """The cut-down library is enough for Pyodide to start, for the engine's imports and for an answer."""
    told = ask_in_node(site, [{"do": "smoke", "name": "Siân"}])
    assert told.printed == []
    reply = json.loads(told.replies[0])
    assert json.loads(reply["text"])["title"] == PLAIN["tools"]["smoke"]["title"]
    assert json.loads(reply["text"])["asked"]["name"] == "Siân"


def test_nothing_is_missing_that_the_whole_library_would_bring(site, tmp_path):
    """With the whole library, stand-ins included, the same is imported: no import failed and was silently done without."""
    whole = shutil.copytree(site, tmp_path / "whole")
    (whole / manifest_of(site)["runtime"]["path"] / STDLIB).write_bytes(stored_zip(whole_stdlib()))
    request = [{"do": "smoke"}]
    cut, uncut = ask_in_node(site, request), ask_in_node(whole, request)
    assert cut.modules == uncut.modules
    assert cut.replies == uncut.replies


def test_the_real_engine_imports_only_what_the_browser_has():
    """The closure of the engine's imports can be made, and has no import that would come late."""
    assert late_imports(ENGINE) == []
    names = stdlib_sources()
    assert {"json/__init__.py", "datetime.py", "encodings/utf_8.py"} <= set(names)
    assert len(names) < 150


def test_a_new_import_is_followed(tmp_path):
    """What the engine newly imports is in the library the next time, with all that it needs itself."""
    before = stdlib_sources(engine=write_engine(tmp_path / "before"))
    after = stdlib_sources(engine=write_engine(tmp_path / "after", more="\nimport statistics\n"))
    assert {"statistics.py", "fractions.py", "numbers.py"} <= set(after) - set(before)


def test_a_late_import_of_c_code_is_followed(tmp_path):
    """`strptime` imports a module when it is called, which no reading of imports shows."""
    more = '\nwhen = datetime.datetime.strptime("2011", "%Y")\n'
    sources = stdlib_sources(engine=write_engine(tmp_path, more=more))
    assert {"_strptime.py", "calendar.py", "locale.py"} <= set(sources)


def test_an_import_inside_a_function_is_refused(tmp_path):
    """The browser would meet it at the first question that needs it, so the build stops and names the line."""
    engine = write_engine(tmp_path, more="\n\ndef later():\n    import secrets\n    return secrets\n")
    with pytest.raises(SiteError) as caught:
        stdlib_sources(engine=engine)
    assert "secrets" in caught.value.found
    line = (engine / "browser.py").read_text().splitlines().index("    import secrets") + 1
    assert caught.value.where.endswith(f"browser.py:{line}")


def test_a_package_from_elsewhere_is_refused(tmp_path):
    """The engine runs on the standard library alone."""
    with pytest.raises(SiteError, match="does not have") as caught:
        stdlib_sources(engine=write_engine(tmp_path, more="\nimport yaml\n"))
    assert caught.value.found == "yaml"


def test_the_bytes_are_the_same_in_another_process(tmp_path):
    """Neither the hash seed nor what a process did before shows in the files, so the path stays the same."""
    engine = write_engine(tmp_path)
    program = (
        "import sys, collections.abc, decimal; from pathlib import Path\n"
        "from build_scripts.site.runtime import content_hash, runtime_files\n"
        "print(content_hash(runtime_files(engine=Path(sys.argv[1]))))"
    )
    hashes = {content_hash(runtime_files(engine=engine))}
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": seed * 9, "PYTHONOPTIMIZE": seed}
        done = subprocess.run(
            [sys.executable, "-c", program, str(engine)],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        hashes.add(done.stdout.strip())
    assert len(hashes) == 1


def test_the_path_is_named_after_the_contents(site):
    """A path that browsers may keep for ever never holds anything else."""
    folder = site / manifest_of(site)["runtime"]["path"]
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert folder.name == content_hash(files)
    changed = {**files, STDLIB: files[STDLIB] + b"\0"}
    assert folder.name != content_hash(changed)


def test_a_rule_leaves_the_runtime_alone(site, tmp_path):
    """After a change of rules the same runtime and the same engine are asked for, at a new path of the rules."""
    plain = {"tools": {"smoke": {"title": "Changed"}}}
    other = write_site(tmp_path / "site", write_engine(tmp_path / "source", plain=PLAIN), plain)
    before, after = manifest_of(site), manifest_of(other)
    assert before["runtime"] == after["runtime"]
    assert before["rules"]["engine"] == after["rules"]["engine"]
    assert before["rules"]["path"] != after["rules"]["path"]


def test_a_change_of_code_changes_a_path(tmp_path):
    """The rules hash does not see the code, so the engine's file carries a hash of its own."""
    one = write_bundle(PLAIN, "0" * 16, tmp_path / "one", engine=write_engine(tmp_path / "a"))
    two = write_bundle(PLAIN, "0" * 16, tmp_path / "two", engine=write_engine(tmp_path / "b", more="\nnew = 1\n"))
    assert one[0].read_bytes() == two[0].read_bytes()
    assert one[1].name != two[1].name


def test_the_manifest_knows_every_size(site):
    """The page shows progress against these sizes."""
    manifest = manifest_of(site)
    for part in ("runtime", "rules"):
        folder = site / manifest[part]["path"]
        assert manifest[part]["files"] == {path.name: path.stat().st_size for path in sorted(folder.iterdir())}


def test_the_rules_keep_their_order_and_their_characters(site):
    """Ties are settled by the order in the files, and the rules hash is taken in that order."""
    manifest = manifest_of(site)
    text = (site / manifest["rules"]["path"] / manifest["rules"]["rules"]).read_text(encoding="utf-8")
    assert json.loads(text) == PLAIN
    assert "🏡" in text


def test_the_library_has_no_docstrings_and_no_lines(shipped):
    """Text that nobody sees is not downloaded."""
    with_docstring, with_lines = [], []
    for name, code in code_in(shipped[STDLIB]):
        is_function = code.co_flags & 0x03 == 0x03 and not code.co_name.startswith("<")
        if is_function and code.co_consts and isinstance(code.co_consts[0], str):
            with_docstring.append(name)
        if any(line is not None for _, _, line in code.co_lines()):
            with_lines.append(name)
    assert with_docstring == []
    assert with_lines == []


def test_the_library_stays_small(shipped):
    """A limit, so that an import that brings half of the library is noticed."""
    assert len(shipped[STDLIB]) < STDLIB_LIMIT


def test_the_engine_keeps_its_lines():
    """An error report from a browser names the line."""
    assert all(any(line for _, _, line in code.co_lines()) for _, code in code_in(engine_archive()))


def test_no_path_of_this_machine_is_shipped(shipped):
    """Byte code names the file it was compiled from: here relative to the archive."""
    for archive in (shipped[STDLIB], engine_archive()):
        assert [code.co_filename for _, code in code_in(archive) if Path(code.co_filename).is_absolute()] == []


@pytest.mark.parametrize(
    "source",
    [
        b'"""One line."""\nfrom __future__ import annotations\nx = 1\n',
        b'"""Two\nlines."""; x = 1\n',
        b'def f():\n    """Two\n    lines."""\n    return 1\n\nx = f()\n',
        b'def f(): "doc"; return 1\nx = f()\n',
        b'class C:\n    "doc"\n    y = 1\n\nx = C.y\n',
        b'async def f():\n    """\xc3\xa9\n\n    """\n\nx = 1\n',
        b'def f():\n    "doc"\n    return "doc"\n\nx = 1 if f() == "doc" else 0\n',
        b'def f():\n    "one" "two"\n\nx = 1\n',
    ],
)
def test_a_docstring_goes_and_nothing_else_moves(source):
    """The code does the same, its lines keep their numbers, and no docstring is left."""
    cut = without_docstrings(source)
    assert cut.count(b"\n") == source.count(b"\n")
    names: dict = {}
    exec(compile(cut, "cut", "exec"), names)
    assert names["x"] == 1
    assert names.get("__doc__") is None
    assert [names[name].__doc__ for name in ("f", "C") if name in names] in ([], [None])


def test_an_archive_depends_on_its_contents_alone():
    """The order of writing and the hour do not count."""
    assert stored_zip({"b": b"2", "a": b"1"}) == stored_zip({"a": b"1", "b": b"2"})


def test_precompiled_code_is_what_pyodide_can_read(shipped):
    """Every file is byte code with the header of this minor version, unchecked and without a time."""
    with zipfile.ZipFile(io.BytesIO(shipped[STDLIB])) as archive:
        headers = {archive.read(name)[:16] for name in archive.namelist()}
        assert all(entry.compress_type == zipfile.ZIP_STORED for entry in archive.infolist())
    assert headers == {precompiled_header()}


def precompiled_header() -> bytes:
    with zipfile.ZipFile(io.BytesIO(precompile({"a.py": b"x = 1\n"}, keep_lines=True))) as archive:
        return archive.read("a.pyc")[:16]
