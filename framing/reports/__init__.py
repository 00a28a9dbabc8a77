"""The whole road at once, and what it leaves: tables, figures, one page, a manifest."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
