"""How did these outlets tell the same story? Word choice, quotes, tone and emphasis, by event.

What can be imported from here is listed in ``__init__.pyi``, for editors, type checkers and lazy_loader alike. Names
are loaded on first use, so that ``import framing`` is quick and loads neither spaCy nor matplotlib.
"""

import lazy_loader

__version__ = "0.1.0"

__getattr__, __dir__, _names = lazy_loader.attach_stub(__name__, __file__)
__all__ = ["__version__", *_names]
