"""What tests of every folder share: the site, built once, and the port it is made for."""

import os
import socket
from pathlib import Path

import pytest

from build_scripts.site.build import build


@pytest.fixture(scope="session")
def site_port():
    """A free port, known before the site is built, so that it can be served at its own site_url."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def built_site(tmp_path_factory, site_port):
    """The folder of the site, built from today's rules and pages.

    HANDBOOK_TEST_SITE names a site built before, to save time while a test is being written.
    """
    if os.environ.get("HANDBOOK_TEST_SITE"):
        return Path(os.environ["HANDBOOK_TEST_SITE"]).resolve()
    folder = tmp_path_factory.mktemp("built") / "site"
    build(folder, site_url=f"http://127.0.0.1:{site_port}/", say=lambda *_: None)
    return folder
