"""A study of one's own: its folder, what is doubtful in it, and what was measured once and is kept."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
