"""The settings for other servers: nginx and Apache really started with them serve the site as `handbook serve` does."""

import http.client
import os
import shutil
import socket
import subprocess
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from build_scripts.site.errors import SiteError
from build_scripts.site.serving import KEEP_FOR_EVER, TYPES, caching, headers
from build_scripts.site.settings import SERVERS, settings

UNDER = "/some/dip/"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
APACHE_MODULES = Path("/usr/lib/apache2/modules")
# Where the tests run as root, the servers do not.
NOBODY = {"user": 65534, "group": 65534, "extra_groups": []} if hasattr(os, "geteuid") and os.geteuid() == 0 else {}

NGINX = """
{modules}
pid {folder}/pid;
error_log {folder}/error.log;
daemon off;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    server {{
        listen 127.0.0.1:{port};
        {settings}
    }}
}}
"""
APACHE = """
ServerRoot "{folder}"
PidFile "{folder}/pid"
DefaultRuntimeDir "{folder}"
Listen 127.0.0.1:{port}
ServerName 127.0.0.1
ErrorLog "{folder}/error.log"
{modules}
TypesConfig /dev/null
DocumentRoot "{folder}"
# As Debian's own configuration has it.
AddLanguage br .br
AddType application/x-gzip .gz .tgz
{settings}
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(scope="module")
def site(built_site):
    """A part of the site, where somebody without rights may read it."""
    folder = Path(tempfile.mkdtemp(prefix="handbook-servers-"))
    folder.chmod(0o777)
    part = folder / "site"
    for name in ("scripts", "assets", "rules", "tools/appointment"):
        shutil.copytree(built_site / name, part / name)
    for name in ("index.html", "404.html", "manifest.webmanifest", "sw.js", "assets-manifest.json"):
        for file in built_site.glob(f"{name}*"):
            shutil.copy(file, part)
    for end in TYPES:
        (part / f"one{end}").write_bytes(b"x")
    subprocess.run(["chmod", "-R", "a+rX", part], check=True)
    yield part
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module", params=["nginx", "apache"])
def server(request, site):
    """The port of that server, started with our settings."""
    program = shutil.which({"nginx": "nginx", "apache": "apache2"}[request.param], path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip(f"{request.param} is not installed: apt-get install {'nginx' if request.param == 'nginx' else 'apache2'}")
    folder, port = Path(tempfile.mkdtemp(prefix=f"handbook-{request.param}-")), free_port()
    folder.chmod(0o777)
    said = settings(request.param, folder=str(site), under=UNDER, brotli=BROTLI.is_file())
    if request.param == "nginx":
        modules = f"load_module {BROTLI};" if BROTLI.is_file() else ""
        text = NGINX.format(folder=folder, port=port, settings=said, modules=modules)
        command = [program, "-c", str(folder / "conf"), "-p", str(folder), "-e", str(folder / "error.log")]
    else:
        names = ["mpm_event", "authz_core", "alias", "dir", "headers", "mime", "rewrite", "setenvif"]
        modules = "\n".join(f"LoadModule {name}_module {APACHE_MODULES}/mod_{name}.so" for name in names)
        text = APACHE.format(folder=folder, port=port, settings=said, modules=modules)
        command = [program, "-f", str(folder / "conf"), "-DFOREGROUND"]
    (folder / "conf").write_text(text, encoding="utf-8")
    (folder / "conf").chmod(0o644)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **NOBODY)
    for _ in range(100):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                break
        if process.poll() is not None:
            pytest.fail(f"{request.param} did not start: {process.stdout.read().decode()}")
        time.sleep(0.1)
    yield request.param, port
    process.terminate()
    process.wait(10)
    shutil.rmtree(folder, ignore_errors=True)


def ask(server, path, accept="identity", under=UNDER):
    """(status, headers in small letters, bytes)"""
    connection = http.client.HTTPConnection("127.0.0.1", server[1], timeout=10)
    connection.request("GET", under + path, headers={"Accept-Encoding": accept})
    answer = connection.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    connection.close()
    return found


def one_of_each(site):
    """A file of each way of keeping and compressing."""
    scripts = next((site / "scripts").iterdir()).relative_to(site)
    sheet = next((site / "assets/stylesheets").glob("look.*.css")).relative_to(site)
    rules = next((site / "rules").iterdir()).relative_to(site)
    return (f"{scripts}/worker.js", str(sheet), f"{rules}/rules.json", "sw.js", "assets-manifest.json", "index.html", "manifest.webmanifest")


def test_every_type_is_as_it_should_be(server):
    """WebAssembly and scripts above all: browsers refuse to run them under another type."""
    for end, kind in TYPES.items():
        status, found, _ = ask(server, f"one{end}")
        assert status == 200
        assert found["content-type"].replace(" ", "").lower() == kind.replace(" ", ""), end


def test_every_file_is_kept_as_long_as_it_may_be_and_carries_the_headers(server, site):
    """For ever what never changes under its name; everything else is asked for each time."""
    kept = set()
    for path in one_of_each(site):
        status, found, data = ask(server, path)
        assert status == 200
        assert data == (site / path).read_bytes()
        assert found["cache-control"] == caching(path), path
        kept.add(found["cache-control"])
        for name, value in headers().items():
            assert found[name.lower()] == value, (path, name)
    assert kept == {KEEP_FOR_EVER, "no-cache"}


@pytest.mark.parametrize(("accept", "encoding", "end"), [("gzip, deflate", "gzip", ".gz"), ("gzip, deflate, br", "br", ".br")])
def test_compressed_copies_are_sent_as_they_lie_there(server, site, accept, encoding, end):
    """To who takes them, with the type, the headers and the keeping of the file itself."""
    if encoding == "br" and server[0] == "nginx" and not BROTLI.is_file():
        pytest.skip("nginx has no module for brotli: apt-get install libnginx-mod-http-brotli-static")
    for path in one_of_each(site):
        copy = site / (path + end)
        status, found, data = ask(server, path, accept)
        assert status == 200
        if not copy.is_file():
            assert "content-encoding" not in found
            continue
        assert found["content-encoding"] == encoding, path
        assert data == copy.read_bytes()
        assert found["content-type"].replace(" ", "").lower() == TYPES[Path(path).suffix].replace(" ", ""), path
        assert found["cache-control"] == caching(path), path
        assert "accept-encoding" in found["vary"].lower()
        assert found["content-security-policy"] == headers()["Content-Security-Policy"]
        assert "content-language" not in found


def test_pages_are_found_by_their_folder(server, site):
    """With a slash the page comes, compressed too; without one the reader is sent there."""
    for path, file in (("", "index.html"), ("tools/appointment/", "tools/appointment/index.html")):
        status, found, data = ask(server, path)
        assert (status, data) == (200, (site / file).read_bytes())
        assert ask(server, path, "gzip")[2] == (site / f"{file}.gz").read_bytes()
        assert found["cache-control"] == "no-cache"
    for without, there in (("tools/appointment", "tools/appointment/"), ("", "")):
        status, found, _ = ask(server, without, under=UNDER if without else UNDER.rstrip("/"))
        assert status == 301
        assert found["location"].endswith(UNDER + there)


def test_what_is_not_there_has_the_sites_own_page(server, site):
    """And nobody keeps it for ever, wherever it would have been; listings of folders are not given."""
    for path in ("nothing/here/", "runtime/0/pyodide.js", "assets/"):
        status, found, data = ask(server, path)
        assert status in (403, 404)
        assert "immutable" not in found.get("cache-control", "")
        if status == 404:
            assert data == (site / "404.html").read_bytes()
    assert ask(server, "../../../../etc/passwd")[0] in (400, 403, 404)


def test_the_settings_for_iis_can_be_read_and_say_the_same():
    """Every type and header; IIS itself is not to be had here."""
    root = ElementTree.fromstring(settings("iis"))
    types = {one.get("fileExtension"): one.get("mimeType") for one in root.iter("mimeMap")}
    assert types == TYPES
    assert {one.get("name"): one.get("value") for one in root.find("system.webServer/httpProtocol/customHeaders")} == headers()
    assert {one.get("path") for one in root.iter("location")} == {"runtime", "rules", "scripts"}


@pytest.mark.parametrize("which", SERVERS)
def test_settings_are_the_same_each_time(which):
    """And made for the place that was named."""
    assert settings(which) == settings(which)
    if which != "iis":
        assert "/var/www/x" in settings(which, folder="/var/www/x/", under="y")


def test_what_there_are_no_settings_for_is_told():
    """Another server, and a path that would break out of its place."""
    with pytest.raises(SiteError, match="no settings"):
        settings("lighttpd")
    with pytest.raises(SiteError, match="quoting"):
        settings("nginx", folder="/srv/a; b")
