# What this room offers beside the names in `framing`; loaded on first use by lazy_loader, which reads this file.

from .tones import (
    score_targets as score_targets,
    sentence_tone as sentence_tone,
    tone_contributors as tone_contributors,
)
