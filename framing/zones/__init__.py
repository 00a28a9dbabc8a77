"""How `find_passages` reads a page: paragraphs, what their wording betrays, and where they stand.

`lines` cuts a page into paragraphs, knows the phrases of page furniture and says what a line's wording betrays;
`other_stories` tells one story from another by its words; the `classifier` looks again at the sentences in doubt.
`passages` decides each zone, and is the table of it all.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
