# What this room offers beside the names in `framing`; loaded on first use by lazy_loader, which reads this file.

from .names import canonical_names as canonical_names
from .resolution import resolve_mentions as resolve_mentions
