# What this room offers beside the names in `framing`; loaded on first use by lazy_loader, which reads this file.

from .passages import correct_zones as correct_zones, words_left_out as words_left_out
