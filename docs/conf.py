"""Settings of the documentation: `make docs` builds it without network, and every warning is an error."""

import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

project = "framing"
author = "The framing developers"
copyright = author
version = release = re.search(r'__version__ = "(.*)"', (HERE.parent / "framing/__init__.py").read_text()).group(1)
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "README.md"]  # README.md lists these pages for those who read them in the repository
html_theme = "alabaster"
html_theme_options = {
    "description": "How did these outlets tell the same story?",
    "page_width": "66em",
    "fixed_sidebar": True,
}
html_show_sourcelink = False
html_copy_source = False

# Pages that stand elsewhere in the repository: the page here, and the file it shows.
ELSEWHERE = {
    "teaching": "notebooks/workshop/README.md",
    "handout": "notebooks/workshop/handout.md",
    "answers": "notebooks/workshop/answers.md",
    "house": "CONTRIBUTING.md",
    "changes": "CHANGELOG.md",
    "corpus-summit": "framing/examples/summit/README.md",
    "corpus-tannery": "framing/examples/tannery/README.md",
    **{f"card-{name}": f"framing/data/models/{name}/MODEL_CARD.md" for name in ("quotes", "tone", "coverage", "zones")},
}


def _from_elsewhere(app, page, source):
    """Put the file in place of a page of its own, and point links to such files and to notebooks at the pages."""
    if page in ELSEWHERE:
        source[0] = (HERE.parent / ELSEWHERE[page]).read_text(encoding="utf-8")
    for name, file in ELSEWHERE.items():
        source[0] = re.sub(rf"\]\((?:\.\./)*(?:\./)?{re.escape(file)}\)", f"]({name}.md)", source[0])
    source[0] = re.sub(r"\]\((?:\.\./)*notebooks/(\d\d_\w+)\.ipynb\)", r"](/notebooks/\1.md)", source[0])


def _from_code(app):
    """Write the pages that are made from the code; they are not committed, so that they are never stale."""
    sys.path.insert(0, str(HERE))
    import generate

    generate.write()


def setup(app):
    app.connect("builder-inited", _from_code)
    app.connect("source-read", _from_elsewhere)
