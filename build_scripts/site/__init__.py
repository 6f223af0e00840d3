"""Makes the site: generated pages, the files that the tools run on, and what is done after the site builder."""
