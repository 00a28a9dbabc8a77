"""Who is meant: names, mentions, countries, titles and roles, resolved within an article and across the corpus."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
