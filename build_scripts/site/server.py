"""A careful little web server for the built site: right types, the policy on every script, compressed copies, honest caching."""

import email.utils
import functools
import mimetypes
import os
import sys
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from build_scripts.site.errors import SiteError
from build_scripts.site.serving import TYPES, caching, headers

class Handler(SimpleHTTPRequestHandler):
    """Serves one folder below one path."""

    protocol_version = "HTTP/1.1"
    server_version = "handbook"
    sys_version = ""

    def __init__(self, *arguments, folder, under="/", quiet=True, **more):
        self.folder, self.under, self.quiet = Path(folder).resolve(), under, quiet
        super().__init__(*arguments, directory=str(folder), **more)

    def do_GET(self):
        """Answer with a file, a redirect to a folder's slash, or the site's own page for what is not there."""
        self._answer(body=True)

    def do_HEAD(self):
        """The same without the file."""
        self._answer(body=False)

    def _answer(self, body):
        path = unquote(urlsplit(self.path).path)
        if not path.startswith(self.under):
            return (
                self._redirect(self.under)
                if path in ("/", self.under.rstrip("/"))
                else self._send(HTTPStatus.NOT_FOUND, self.folder / "404.html", body)
            )
        inside = path[len(self.under) :]
        file = (self.folder / inside).resolve()
        if file != self.folder and self.folder not in file.parents:
            return self._send(HTTPStatus.NOT_FOUND, self.folder / "404.html", body)
        if file.is_dir():
            if inside and not inside.endswith("/"):
                return self._redirect(path + "/")
            file = file / "index.html"
        if not file.is_file():
            return self._send(HTTPStatus.NOT_FOUND, self.folder / "404.html", body)
        return self._send(HTTPStatus.OK, file, body)

    def _redirect(self, where):
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", where)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status, file, body):
        if not file.is_file():
            data = b"Nothing here.\n"
            self.send_response(HTTPStatus.NOT_FOUND)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if body:
                self.wfile.write(data)
            return
        stat = file.stat()
        tag = f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
        if status == HTTPStatus.OK and self.headers.get("If-None-Match") == tag:
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        sent, encoding = self._smallest(file)
        data = sent.read_bytes()
        self.send_response(status)
        self.send_header(
            "Content-Type", TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        )
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Last-Modified", email.utils.formatdate(stat.st_mtime, usegmt=True))
        self.send_header("ETag", tag)
        path = file.relative_to(self.folder).as_posix()
        self.send_header("Cache-Control", caching(path))
        self.send_header("Vary", "Accept-Encoding")
        for name, value in headers().items():
            self.send_header(name, value)
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        if body:
            self.wfile.write(data)

    def _smallest(self, file):
        accepted = self.headers.get("Accept-Encoding", "")
        for encoding, suffix in (("br", ".br"), ("gzip", ".gz")):
            copy = file.with_name(file.name + suffix)
            if encoding in accepted and copy.is_file():
                return copy, encoding
        return file, None

    def log_message(self, form, *arguments):
        """Say nothing of what people read unless asked to."""
        if not self.quiet:
            super().log_message(form, *arguments)


class Server(ThreadingHTTPServer):
    """Threads for each request; a browser that hangs up is no error."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        """Say nothing where the other side went away; everything else is a fault of ours and is shown."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def make_server(folder, *, host="127.0.0.1", port=8000, under="/", quiet=True):
    """A server that is ready to run. Raises SiteError where there is no site or the port is taken."""
    folder = Path(folder)
    if not (folder / "index.html").is_file():
        raise SiteError(
            "there is no built site to serve",
            where=str(folder),
            expected="a folder made by `handbook build`",
            hint="run `make site` first",
        )
    under = "/" + under.strip("/") + "/" if under.strip("/") else "/"
    return listening(host, port, functools.partial(Handler, folder=folder, under=under, quiet=quiet))


def listening(host, port, handler):
    """A server that listens. Raises SiteError where the port is taken."""
    try:
        return Server((host, port), handler)
    except OSError as error:
        raise SiteError(
            f"the address {host}:{port} cannot be used ({os.strerror(error.errno) if error.errno else error})",
            hint='another port: --port 8080, or make serve SERVE="--port 8080"',
        ) from None


def serve(folder, *, host="127.0.0.1", port=8000, under="/", say=print):
    """Serve until stopped with Ctrl+C."""
    server = make_server(folder, host=host, port=port, under=under)
    path = "/" + under.strip("/") + "/" if under.strip("/") else "/"
    say(
        f"Serving {folder} on http://{host}:{server.server_address[1]}{path if path != '/' else ''}", flush=True
    ) if say is print else say(f"http://{host}:{server.server_address[1]}{path}")
    if say is print:
        print("Stop with Ctrl+C.", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        if say is print:
            print("\nStopped.")
    finally:
        server.server_close()
