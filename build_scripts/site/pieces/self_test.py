"""What the self-test page looks at: each thing with what a server should do and what to do where it does not.

The table is whole without scripts; docs/assets/javascripts/selftest.js puts in what it found. Its marks:

    [data-self-test]                    the whole
    [data-look] on a row                how it is looked at: type, packed, kept, header, there, lost, wasm, secure, worker, edition
      [data-file]                       which file is asked for
      [data-expected] [data-header]     what must be found, and in which header
    [data-found] [data-verdict]         where the finding goes
"""

from html import escape

from build_scripts.site.html import tag
from build_scripts.site.serving import ASK_EACH_TIME, KEEP_FOR_EVER, TYPES, headers

# What is asked for, in words; selftest.js knows where each is.
FILES = {
    "page": ("a page", ".html"),
    "script": ("the worker's script", ".js"),
    "style": ("a style sheet", ".css"),
    "list": ("the list of files", ".json"),
    "rules": ("the file of rules", ".json"),
    "wasm": ("WebAssembly", ".wasm"),
    "zip": ("the engine", ".zip"),
    "manifest": ("the manifest for home screens", ".webmanifest"),
    "svg": ("a drawing", ".svg"),
    "png": ("a picture", ".png"),
    "sw": ("the service worker", ".js"),
}
SETTINGS = '<a href="site:maintain/deploy/">the settings for your server</a>'


def table(site):
    """The whole self-test."""
    groups = (
        ("What this browser can do here", _browser()),
        ("Files", _files()),
        ("Types", _types()),
        ("Headers for security", _headers()),
        ("Keeping", _keeping()),
        ("Compression", _compression()),
    )
    head = tag("tr", *(tag("th", name, scope="col") for name in ("What", "Expected", "Found", "What to do if it is not so")))
    made = [
        tag("table", tag("caption", title), tag("thead", head), tag("tbody", *rows), class_="hb-table hb-self-test")
        for title, rows in groups
    ]
    said = tag("p", "Without scripts nothing is looked at: the tables say what a server should do.", role="status", data_verdict=True)
    again = tag("button", "Look again", type="button", class_="hb-button", hidden=True, data_again=True)
    return [tag("div", said, again, *made, data_self_test=True)]


def _row(what, wanted, todo, /, **marks):
    cells = (tag("th", escape(what), scope="row"), tag("td", escape(wanted), data_label="Expected"), tag("td", "not looked at", data_found=True, data_label="Found"), tag("td", todo, data_label="What to do"))
    return tag("tr", *cells, **{f"data_{name}": value for name, value in marks.items()})


def _first(words):
    """With a capital letter."""
    return words[:1].upper() + words[1:]


def _browser():
    return [
        _row("WebAssembly runs", "it does", "If the header for security is right below, the browser or the organisation's policy for browsers switches it off: see what the device's lockdown mode or its administrator says. Tools still answer from what the build worked out.", look="wasm"),
        _row("A worker starts", "it does", "See below whether the worker's script has the type text/javascript and the right policy.", look="worker"),
        _row("Secure address", "https, or this very machine", "Serve the site over https. Without it everything works but offline use.", look="secure"),
        _row("Service worker", "it can be registered", "It needs https, and sw.js beside the home page. Private windows and some organisations' policies forbid it. Without it everything works but offline use.", look="offline"),
        _row("One edition", "the page and the list of files are of the same rules", "Copy all of site/ again, then empty what a proxy or a cache in between keeps.", look="edition"),
    ]


def _files():
    rows = [
        _row(f"{_first(FILES[name][0])} is there", "status 200 and the right length", "Copy all of site/ to the server again. Some servers leave out or refuse ends of names that they do not know.", look="there", file=name)
        for name in FILES
    ]
    return [*rows, _row("An address that does not exist", "status 404", f"A server that answers with a page in place of an error hides faults: see {SETTINGS}.", look="lost")]


def _types():
    return [
        _row(f"Type of {words}", TYPES[end], f"Give {end} its type: see {SETTINGS}.", look="type", file=name, expected=TYPES[end].partition(";")[0])
        for name, (words, end) in FILES.items()
        if name not in ("rules", "sw")
    ]


def _headers():
    return [
        _row(f"{name} with {FILES[file][0]}", value, f"Send this header with every file: see {SETTINGS}." + (" Pages carry the policy themselves; the worker's script cannot." if "Policy" in name and "Security" in name else ""), look="header", file=file, header=name, expected=value)
        for name, value in headers().items()
        for file in (("page", "script") if name == "Content-Security-Policy" else ("page",))
    ]


def _keeping():
    for_ever = f"Let runtime/, rules/, scripts/ and names with a hash in them be kept for ever: see {SETTINGS}. Otherwise pages are slower."
    each_time = f"Have browsers ask each time: see {SETTINGS}. Otherwise readers miss a new edition."
    return [
        *(_row(f"{_first(FILES[name][0])} may be kept", KEEP_FOR_EVER, for_ever, look="kept", file=name, expected="long") for name in ("script", "style", "rules", "wasm", "zip")),
        *(_row(f"{_first(FILES[name][0])} is asked for each time", ASK_EACH_TIME, each_time, look="kept", file=name, expected="short") for name in ("page", "list", "manifest", "sw")),
    ]


def _compression():
    return [
        _row(f"{_first(FILES[name][0])} comes compressed", "br, or gzip", f"Send the .br or .gz copy that lies beside the file: see {SETTINGS}. Otherwise the download is three times as long.", look="packed", file=name)
        for name in ("page", "script", "rules", "wasm", "zip")
    ]
