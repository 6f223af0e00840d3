"""What a server has to say of the site's files: the policy, the other headers, the types, and what may be kept for ever.

This is the one place where it is written. `handbook serve`, the settings for other servers (build_scripts/site/deploy/), the pages'
own policy and the self-test page are all made from it.
"""

import re

# A page has no script of its own within it, so neither a hash nor a nonce is needed, and every file gets the same policy.
POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "'wasm-unsafe-eval'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "manifest-src": ["'self'"],
    "connect-src": ["'self'"],
    "worker-src": ["'self'"],
    "base-uri": ["'self'"],
    "form-action": ["'self'"],
}
# Browsers heed this in a header and complain of it within a page.
ONLY_IN_HEADERS = {"frame-ancestors": ["'self'"]}

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".wasm": "application/wasm",
    ".zip": "application/zip",
    ".whl": "application/zip",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
    ".ics": "text/calendar; charset=utf-8",
}

# Folders whose names follow from what is in them, and files that carry a hash of theirs in the name.
IMMUTABLE = ("runtime/", "rules/", "scripts/")
HASH_NAMED = re.compile(r"\.[0-9a-f]{8}\.(?:min\.)?(?:css|js)$")
KEEP_FOR_EVER = "public, max-age=31536000, immutable"
ASK_EACH_TIME = "no-cache"


def policy(hashes=(), *, header=False):
    """The content security policy as one line, with the hashes of inline scripts where a page has any."""
    parts = {**POLICY, "script-src": [*POLICY["script-src"], *sorted(hashes)], **(ONLY_IN_HEADERS if header else {})}
    return "; ".join(f"{name} {' '.join(values)}" for name, values in parts.items())


def headers():
    """The headers that every file is sent with, besides its type and how long it may be kept."""
    return {
        "Content-Security-Policy": policy(header=True),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }


def is_immutable(path):
    """Whether a file, by its path within the site, never changes under its name."""
    return path.startswith(IMMUTABLE) or HASH_NAMED.search(path) is not None


def caching(path):
    """The Cache-Control header of a file, by its path within the site."""
    return KEEP_FOR_EVER if is_immutable(path) else ASK_EACH_TIME
