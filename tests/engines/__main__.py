"""Tries the built site in several browsers: `make test-engines`, or `python -m tests.engines [ENGINE …]`.

First as a server gives it, then as the copy that is opened from a folder.

Ends with 0 where everything that was asked for was tried and passed, with 1 where something failed or an engine is missing.
"""

import argparse
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from build_scripts.site.portable import make_bundle
from tests.browser.conftest import served
from tests.engines import chromium, firefox, webkitgtk
from tests.engines.ear import with_ears
from tests.engines.engine import Engine
from tests.engines.report import Tried, summary, table
from tests.engines.steps import STEPS, STEPS_FROM_A_FOLDER, Site

ENGINES = {
    "chromium": (chromium, chromium.Chromium),
    "firefox": (firefox, firefox.Firefox),
    "webkitgtk": (webkitgtk, webkitgtk.WebKitGTK),
}


def main(arguments=None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.engines", description=__doc__.splitlines()[0])
    parser.add_argument("engines", nargs="*", metavar="ENGINE", help=f"of {', '.join(ENGINES)}; all of them unless named")
    parser.add_argument("--site", type=Path, default=Path("site"), help="the built site (site)")
    parser.add_argument("--pictures", type=Path, help="a folder for a picture of each step")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.engines if name not in ENGINES]
    if unknown:
        parser.error(f"no engine named {', '.join(unknown)}; there are {', '.join(ENGINES)}")
    tried, missing = [], []
    for name in options.engines or ENGINES:
        module, make = ENGINES[name]
        absent = module.missing()
        if absent:
            missing.append((module.NAME, absent, module.INSTALL))
            print(f"{module.NAME} is missing: {absent}. To try it too, {module.INSTALL}.", flush=True)
            continue
        with ExitStack() as stack:
            site, room = options.site.resolve(), Path(stack.enter_context(tempfile.TemporaryDirectory()))
            copy = make_bundle(site, room / "made", say=lambda *_: None).folder
            if make is webkitgtk.WebKitGTK:
                site, copy = with_ears(site, room / "site"), with_ears(copy, room / "copy")
            address = stack.enter_context(served(site))
            tried += in_engine(module.NAME, make, Site(address), options.pictures)
            tried += in_engine(f"{module.NAME} (file:)", make, Site(f"{copy.as_uri()}/handbook/"), options.pictures, STEPS_FROM_A_FOLDER)
    print("\n" + table(tried) + "\n\n" + summary(tried, missing), flush=True)
    return 1 if missing or not tried or any(one.trouble for one in tried) else 0


def in_engine(name: str, make, site: Site, pictures: Path | None, steps=None) -> list[Tried]:
    """Every step in one engine, each told as it ends."""
    print(f"{name}:", flush=True)
    begun = time.monotonic()
    engine = None
    try:
        engine = make()
        tried = []
        for step in STEPS if steps is None else steps:
            tried.append(one_step(engine, name, step, site))
            print(f"  {tried[-1].row[3]}  {tried[-1].what}  {tried[-1].row[4]} s", flush=True)
            if pictures:
                pictures.mkdir(parents=True, exist_ok=True)
                engine.picture(pictures / f"{name.lower()}-{step.__name__}.png")
        return tried
    except Exception as trouble:
        if engine:
            raise
        return [Tried(name, "?", "starts", time.monotonic() - begun, str(trouble))]
    finally:
        if engine:
            engine.close()


def one_step(engine: Engine, name: str, step, site: Site) -> Tried:
    """One step; what came to the console fails it as well."""
    begun, trouble = time.monotonic(), None
    try:
        step(engine, site)
    except Exception as found:  # whatever a driver raises is what the step found; the next steps are tried all the same
        trouble = str(found) or type(found).__name__
    said = engine.said()
    if said and not trouble:
        trouble = "on the console: " + "; ".join(said)
    return Tried(name, engine.version, step.__doc__, time.monotonic() - begun, trouble)


if __name__ == "__main__":
    sys.exit(main())
