# What this room offers beside the names in `framing`; loaded on first use by lazy_loader, which reads this file.

from .check import check_articles as check_articles
from .folder import Study as Study, explorer as explorer
