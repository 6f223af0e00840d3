"""MkDocs for one page at a time: the same theme, menu and extensions as a build, without building everything."""

import os
from pathlib import Path

from build_scripts.site.errors import SiteError
from build_scripts.site.make_pages import said_by_mkdocs
from build_scripts.site.references import given


class Pages:
    """The pages of docs/ as they stand in the menu now. Make it anew when a page comes or goes, or mkdocs.yml changes."""

    def __init__(self, config_file):
        os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
        from mkdocs.config import load_config
        from mkdocs.exceptions import MkDocsException
        from mkdocs.structure.files import get_files, set_exclusions
        from mkdocs.structure.nav import get_navigation
        from mkdocs.structure.pages import Page

        with said_by_mkdocs() as said:
            try:
                config = load_config(str(config_file), strict=False)
                config.plugins.on_startup(command="build", dirty=False)
                config = config.plugins.on_config(config)
                files, env = get_files(config), config.theme.get_env()
                files.add_files_from_theme(env, config)
                files = config.plugins.on_files(files, config=config)
                set_exclusions(files, config)
                nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
            except MkDocsException as problem:
                raise SiteError("the site builder cannot begin", found="\n".join([*said, str(problem)])) from None
        self.config, self.files, self.nav, self.said = config, files, nav, said
        self.env = config.plugins.on_env(env, config=config, files=files)
        for file in files.documentation_pages():
            page = file.page or Page(None, file, config)
            page.read_source(config)  # the menu shows the titles of other pages too
        self.by_address = {_address(file.url): file for file in files.documentation_pages()}
        self.by_path = {file.url: file for file in files if not file.is_documentation_page()}

    def source(self, address):
        """What the author wrote, or None where there is no such page."""
        file = self.by_address.get(address)
        return None if file is None else Path(file.abs_src_path).read_text(encoding="utf-8")

    def file(self, path):
        """The file of docs/ or of the theme at an address, or None."""
        file = self.by_path.get(path)
        return Path(file.abs_src_path) if file and file.abs_src_path else None

    def html(self, address, site):
        """(HTML as a build makes it before the seal, what MkDocs warns of) of a page that there is."""
        from mkdocs.commands.build import get_context

        page, config = self.by_address[address].page, self.config
        config.extra["rules_hash"] = site.rules.rules_hash
        page.active = True
        try:
            with given(site), said_by_mkdocs() as said:
                config._current_page = page
                page.read_source(config)
                page.markdown = config.plugins.on_page_markdown(page.markdown, page=page, config=config, files=self.files)
                page.render(config, self.files)
                page.content = config.plugins.on_page_content(page.content, page=page, config=config, files=self.files)
                context = get_context(self.nav, self.files, config, page)
                template = self.env.get_template(page.meta.get("template", "main.html"))
                context = config.plugins.on_page_context(context, page=page, config=config, nav=self.nav)
                made = template.render(context)
                return config.plugins.on_post_page(made, page=page, config=config), said
        finally:
            page.active = False
            config._current_page = None


def _address(url):
    return "" if url in (".", "./") else url
