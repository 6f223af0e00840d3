"""Settings for web servers, made from what `serving` says of the site, so that the two cannot differ.

nginx and Apache are tried in the tests (tests/build/test_servers.py). IIS is not: there is none to be had where the tests run.
"""

from xml.sax.saxutils import quoteattr

from build_scripts.site.errors import SiteError
from build_scripts.site.serving import ASK_EACH_TIME, HASH_NAMED, IMMUTABLE, KEEP_FOR_EVER, TYPES, headers

SERVERS = ("nginx", "apache", "iis")
FOLDER = "/srv/dip"
UNDER = "/dip/"


def settings(server, *, folder=FOLDER, under=UNDER, brotli=False):
    """The settings for a ``server`` that serves the site in ``folder`` below the path ``under``. Raises SiteError.

    ``brotli``: nginx has the module for files that are compressed with it.
    """
    under = "/" + under.strip("/") + "/" if under.strip("/") else "/"
    folder = folder.rstrip("/")
    if any(mark in folder + under for mark in '"\\\n;{}$ '):
        raise SiteError(
            "a path that would need quoting in the settings of a server",
            found=folder + " " + under,
            expected="paths without spaces, quotes, braces and semicolons",
        )
    if server == "nginx":
        return nginx(folder, under, brotli)
    if server == "apache":
        return apache(folder, under)
    if server == "iis":
        return iis()
    raise SiteError("there are no settings for this server", found=server, expected=", ".join(SERVERS))


def nginx(folder, under, brotli=False):
    """For nginx: goes into a `server` block."""
    types = "\n".join(f"        {_plain(kind):<26} {' '.join(ends)};" for kind, ends in _by_type().items())
    sent = "\n".join(f'    add_header {name} "{value}" always;' for name, value in headers().items())
    lost = f"{under}404.html"
    # Typed without the slash at its end, the address would be no file of the server's.
    bare = f"location = {under.rstrip('/')} {{\n    absolute_redirect off;\n    return 301 {under};\n}}\n" if under != "/" else ""
    return f"""# Goes into a server block: include /etc/nginx/dip-handbook.conf;
set $handbook_kept "{ASK_EACH_TIME}";
if ($uri ~ "{_kept(under)}") {{
    set $handbook_kept "{KEEP_FOR_EVER}";
}}
{bare}location ^~ {under} {{
    alias {folder}/;
    index index.html;
    error_page 404 {lost};
    absolute_redirect off;
    types {{
{types}
    }}
    default_type application/octet-stream;
    charset utf-8;
    charset_types text/css text/javascript text/plain text/calendar;
    gzip_static on;
    {"" if brotli else "# Where nginx has the module ngx_brotli: "}brotli_static on;
    gzip_vary on;
{sent}
    add_header Cache-Control $handbook_kept;
}}
"""


def apache(folder, under):
    """For Apache 2.4: goes into a site's configuration. Needs the modules alias, dir, headers, mime, rewrite and setenvif."""
    types = "\n".join(f"    AddType {_plain(kind)} {' '.join('.' + end for end in ends)}" for kind, ends in _by_type().items())
    with_charset = " ".join(end for end, kind in TYPES.items() if "charset=" in kind)
    sent = "\n".join(f'    Header always set {name} "{value}"' for name, value in headers().items())
    alias = f'Alias "{under.rstrip("/")}" "{folder}"' if under != "/" else f'DocumentRoot "{folder}"'
    return f"""# Goes into a site's configuration. Modules: alias dir headers mime rewrite setenvif
{alias}
SetEnvIf Request_URI "{_kept(under, copies=True)}" handbook_keep
<Directory "{folder}">
    Require all granted
    AllowOverride None
    Options FollowSymLinks
    DirectoryIndex index.html
    ErrorDocument 404 {under}404.html
{types}
    AddCharset utf-8 {with_charset}
    # A compressed copy lies beside the file. To Apache .br is also a language.
    RemoveLanguage .br
    RemoveType .gz .br
    AddEncoding br .br
    AddEncoding gzip .gz
    RewriteEngine On
    RewriteCond %{{HTTP:Accept-Encoding}} (^|[\\s,])br([\\s,;]|$)
    RewriteCond %{{REQUEST_FILENAME}}.br -f
    RewriteRule ^(.+)$ $1.br [L]
    RewriteCond %{{HTTP:Accept-Encoding}} (^|[\\s,])gzip([\\s,;]|$)
    RewriteCond %{{REQUEST_FILENAME}}.gz -f
    RewriteRule ^(.+)$ $1.gz [L]
    Header merge Vary Accept-Encoding
{sent}
    Header set Cache-Control "{ASK_EACH_TIME}"
    Header set Cache-Control "{KEEP_FOR_EVER}" env=handbook_keep
</Directory>
"""


def iis():
    """For IIS: web.config, in the site's own folder."""
    types = "\n".join(
        f'      <remove fileExtension="{end}" /><mimeMap fileExtension="{end}" mimeType={quoteattr(kind)} />'
        for end, kind in TYPES.items()
    )
    sent = "\n".join(f"      <add name={quoteattr(name)} value={quoteattr(value)} />" for name, value in headers().items())
    kept = "\n".join(
        f'  <location path="{start.rstrip("/")}"><system.webServer><staticContent>\n'
        '    <clientCache cacheControlMode="UseMaxAge" cacheControlMaxAge="365.00:00:00" cacheControlCustom="public, immutable" />\n'
        "  </staticContent></system.webServer></location>"
        for start in IMMUTABLE
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!-- web.config, in the site's own folder -->
<configuration>
  <system.webServer>
    <defaultDocument><files><clear /><add value="index.html" /></files></defaultDocument>
    <staticContent>
{types}
      <clientCache cacheControlMode="DisableCache" />
    </staticContent>
    <httpProtocol><customHeaders>
{sent}
    </customHeaders></httpProtocol>
    <urlCompression doStaticCompression="true" />
  </system.webServer>
{kept}
</configuration>
"""


def _by_type():
    """{type: [ends of names, without the point]}"""
    found = {}
    for end, kind in TYPES.items():
        found.setdefault(kind, []).append(end.removeprefix("."))
    return found


def _plain(kind):
    return kind.partition(";")[0]


def _kept(under, *, copies=False):
    """The addresses of what never changes, as a regular expression that nginx and Apache both know."""
    folders = "|".join(start.rstrip("/") for start in IMMUTABLE)
    named = HASH_NAMED.pattern.replace("(?:", "(").removesuffix("$")
    return f"^{under}({folders})/|^{under}.*{named}{'([.](br|gz))?' if copies else ''}$"
