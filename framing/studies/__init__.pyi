# What this room offers beside the names in `framing`; loaded on first use by lazy_loader, which reads this file.

from .check import (
    check_articles as check_articles,
)
from .explorer import (
    explorer as explorer,
)
from .folder import (
    Study as Study,
)
