"""Every interval and every p value: resampling, permutation, pairing by event, declared contrasts."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
