"""The handbook as a folder, and a zip of it, that works by double click: for shared drives and USB sticks, with no server.

built site ── scripts.py, files.py, pages.py ──► the same site for file: addresses ── archive.py ──► the zip

Opened from a folder, pages may load classic scripts, style sheets and pictures, and nothing else: no module, no fetch, no worker
but one made from memory. So modules become one script, whatever is fetched becomes a script that holds it (page.js, worker.js), links
to folders name the page in them, and every page gets a policy that allows just this.
"""

from build_scripts.site.portable.bundle import NAME, Bundled, make_bundle

__all__ = ["NAME", "Bundled", "make_bundle"]
