"""How `find_passages` reads a page: paragraphs, what their wording betrays, and where they stand.

`lines` cuts a page into paragraphs and knows the phrases of page furniture; `line_rules` say what a line's wording
betrays; `other_stories` tells one story from another by its words; `page_rules` decide each zone, and the `classifier`
looks again at the sentences in doubt. `passages` is the table of it all.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
