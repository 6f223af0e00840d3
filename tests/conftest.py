"""What tests of every folder share: the site, built once."""

import pytest

from build_scripts.site.build import build


@pytest.fixture(scope="session")
def built_site(tmp_path_factory):
    """The folder of the site, built from today's rules and pages."""
    folder = tmp_path_factory.mktemp("built") / "site"
    build(folder, site_url="http://127.0.0.1:8000/", say=lambda *_: None)
    return folder
