"""Tone toward a target: what the model sees, the model itself, and a check by hand."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
