"""Finds the Chromium that the browser tests and the screenshots use.

In this order: the one that HANDBOOK_CHROMIUM names, Playwright's own, the system's. Run as a program
(`python -m build_scripts.chromium`), it prints the path.
"""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

VARIABLE = "HANDBOOK_CHROMIUM"

SYSTEM_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
)
MAC_APPLICATIONS = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_PROGRAMS = (
    "Chromium/Application/chrome.exe",
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
# Inside Playwright's folder of one revision; the names changed over time and differ by processor.
PLAYWRIGHT_PROGRAMS = (
    "chrome-linux*/chrome",
    "chrome-mac*/*.app/Contents/MacOS/*",
    "chrome-win*/chrome.exe",
)
ANSWERS_WITHIN_SECONDS = 30


class ChromiumNotFound(Exception):
    """No Chromium that starts. The message says where was looked, what was found and what to do."""


def find(environ: Mapping[str, str] | None = None) -> Path:
    """The first Chromium that really starts; ChromiumNotFound where there is none."""
    environ = os.environ if environ is None else environ
    named = environ.get(VARIABLE, "").strip()
    if named:
        return _the_named_one(named)
    failed = []
    for candidate in [*playwrights_own(environ), *the_systems(environ)]:
        trouble = trouble_with(candidate)
        if trouble is None:
            return candidate
        failed.append(f"{candidate} {trouble}")
    found = "; ".join(failed) if failed else "none"
    raise ChromiumNotFound(
        "No Chromium to test with.\n"
        f"  looked:    in {VARIABLE} (not set), among Playwright's browsers, on the system\n"
        f"  found:     {found}\n"
        "  expected:  a Chromium, Chrome or Edge that starts\n"
        f"  do:        run `make setup`, or install Chromium, or set {VARIABLE} to its program"
    )


def launch_options(environ: Mapping[str, str] | None = None) -> dict[str, object]:
    """What to hand to Playwright: `playwright.chromium.launch(**launch_options())`."""
    # A container's /dev/shm is often too small for a page, and Chromium then dies without a word.
    arguments = ["--disable-dev-shm-usage"] if sys.platform == "linux" else []
    if _is_root():
        # Chromium refuses to start its sandbox as root, which is who one is in most CI containers.
        arguments.append("--no-sandbox")
    return {"executable_path": str(find(environ)), "args": arguments}


def playwrights_own(environ: Mapping[str, str]) -> Iterator[Path]:
    """The Chromium that this very version of Playwright downloaded, whole; other revisions are not its own."""
    package = _playwright_package()
    if package is None:
        return
    for browser in json.loads((package / "browsers.json").read_text(encoding="utf-8"))["browsers"]:
        if browser["name"] != "chromium":
            continue
        folder = _playwright_folder(environ, package) / f"chromium-{browser['revision']}"
        if (folder / "INSTALLATION_COMPLETE").exists():
            for pattern in PLAYWRIGHT_PROGRAMS:
                yield from sorted(folder.glob(pattern))


def the_systems(environ: Mapping[str, str]) -> Iterator[Path]:
    """Every Chromium, Chrome or Edge in the places where a system keeps its programs."""
    for name in SYSTEM_NAMES:
        program = shutil.which(name, path=environ.get("PATH", os.defpath))
        if program:
            yield Path(program)
    if sys.platform == "darwin":
        folders, programs = [Path("/Applications"), Path.home() / "Applications"], MAC_APPLICATIONS
    elif sys.platform == "win32":
        variables = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        folders, programs = [Path(environ[name]) for name in variables if environ.get(name)], WINDOWS_PROGRAMS
    else:
        return
    for folder in folders:
        yield from (folder / program for program in programs if (folder / program).is_file())


def trouble_with(program: Path) -> str | None:
    """None if it starts; otherwise what happened, to put after its name.

    Being there is not enough: Ubuntu's `chromium-browser` may only say that it wants to be installed as a snap.
    """
    if sys.platform == "win32":
        return None  # There `--version` opens a window.
    try:
        done = subprocess.run(
            [program, "--version"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=ANSWERS_WITHIN_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"did not answer within {ANSWERS_WITHIN_SECONDS} seconds"
    except OSError as error:
        return f"could not be started ({error.strerror or error})"
    if done.returncode != 0:
        said = done.stdout.decode("utf-8", "replace").strip().splitlines()
        return f"ended with status {done.returncode}" + (f" ({said[0]})" if said else "")
    return None


def _the_named_one(named: str) -> Path:
    # Somebody chose it. Taking another one silently would test something else than they think.
    program = shutil.which(named)
    trouble = "is not there, or is not a program" if program is None else trouble_with(Path(program))
    if program is None or trouble is not None:
        raise ChromiumNotFound(
            f"The Chromium that {VARIABLE} names cannot be used.\n"
            f"  found:     {named} {trouble}\n"
            "  expected:  the path of a Chromium that starts\n"
            f"  do:        correct {VARIABLE}, or unset it to use Playwright's or the system's"
        )
    return Path(program)


def _playwright_package() -> Path | None:
    # Read as files: starting Playwright to ask would clash with one that the caller has already started.
    spec = importlib.util.find_spec("playwright")
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent / "driver" / "package"
    return package if (package / "browsers.json").is_file() else None


def _playwright_folder(environ: Mapping[str, str], package: Path) -> Path:
    named = environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    if named == "0":
        return package / ".local-browsers"
    if named:
        return Path(named).absolute()
    if sys.platform == "darwin":
        caches = Path.home() / "Library" / "Caches"
    elif sys.platform == "win32":
        caches = Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        caches = Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return caches / "ms-playwright"


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def main() -> int:
    try:
        print(find())
    except ChromiumNotFound as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
