"""A copy of the site whose pages note what comes to the console, for an engine whose driver does not hear it.

The ear is a script of the site's own, first in each page, so that the pages' policy holds as it does otherwise. It hears the page and
not its worker; what goes wrong there shows itself in the page.
"""

import re
import shutil
from pathlib import Path

EAR = "__said"
FILE = "ear.js"
# After the policy, before everything else.
PLACE = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
SCRIPT = f"""
(() => {{
  const said = (globalThis.{EAR} = []);
  const error = console.error;
  console.error = (...all) => {{ said.push(all.map(String).join(" ")); error.apply(console, all); }};
  addEventListener("error", (event) => said.push(event.message ?? `not loaded: ${{event.target.src ?? event.target.href}}`), true);
  addEventListener("unhandledrejection", (event) => said.push(`unhandled: ${{event.reason}}`));
  addEventListener("securitypolicyviolation", (event) => said.push(`policy: ${{event.violatedDirective}} ${{event.blockedURI}}`));
}})();
"""


def with_ears(site: Path, folder: Path) -> Path:
    """Copy the site into `folder`, with an ear in each page."""
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("*.pdf"))
    (folder / FILE).write_text(SCRIPT, encoding="utf-8")
    for page in folder.rglob("*.html"):
        # By a relative path: from a folder there is no other.
        way = "../" * (len(page.relative_to(folder).parts) - 1) if page.name != "404.html" else "/"
        html, found = PLACE.subn(lambda policy, way=way: f'{policy[0]}<script src="{way}{FILE}"></script>', page.read_text(encoding="utf-8"), count=1)
        if not found:
            raise ValueError(f"{page.relative_to(folder)}: no policy, after which the ear could stand")
        page.write_text(html, encoding="utf-8")
        for copy in (".br", ".gz"):
            page.with_name(page.name + copy).unlink(missing_ok=True)
    return folder
