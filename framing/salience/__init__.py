"""Is this fact told here: likeness of sentences, numbers in words, proposals of facts, order of telling."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
