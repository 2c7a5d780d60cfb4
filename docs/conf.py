"""How Sphinx builds the documentation: ``make docs`` writes ``build/docs``."""

import reader

project = "On Record"
author = "the authors of On Record"
release = version = reader.__version__
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["images", "man"]
myst_heading_anchors = 4
html_theme = "furo"
html_title = f"On Record {release}"
