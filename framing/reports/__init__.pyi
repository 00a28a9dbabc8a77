# What this room offers beside the names in `framing`; loaded on first use by lazy_loader, which reads this file.

from .pipeline import measure_tables as measure_tables
from .write_up import bibliography as bibliography, save_methods as save_methods
