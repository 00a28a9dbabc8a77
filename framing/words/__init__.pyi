# What this room offers beside the names in `framing`; loaded on first use by lazy_loader, which reads this file.

from .description import description_profile as description_profile
from .frequency import tokens as tokens, voice_share as voice_share
from .house_styles import house_style as house_style
from .keywords import keyness_by_event as keyness_by_event, keyness_note as keyness_note
from .kwic import collocates as collocates
from .labels import competing as competing, suggest_labels as suggest_labels, too_rare as too_rare
