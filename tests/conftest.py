"""What tests of every folder share: the site, built once, and random cases that are the same each time."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from build_scripts.site.build import build

# The same cases in every run: what fails on one machine fails on the next. Another seed: pytest --hypothesis-seed=N.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def built_site(tmp_path_factory):
    """The folder of the site, built from today's rules and pages.

    HANDBOOK_TEST_SITE names one that was built just before, as `make test` does, so that several processes share it.
    """
    if os.environ.get("HANDBOOK_TEST_SITE"):
        return Path(os.environ["HANDBOOK_TEST_SITE"]).resolve()
    folder = tmp_path_factory.mktemp("built") / "site"
    build(folder, say=lambda *_: None)
    return folder
