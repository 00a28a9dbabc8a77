# What this room offers beside the names in `framing`; loaded on first use by lazy_loader, which reads this file.

from .cues import cue_stance as cue_stance, stance_list as stance_list, unlisted_cues as unlisted_cues
from .speakers import resolve_speakers as resolve_speakers, speaker_links as speaker_links
from .speech import cue_table as cue_table, leading_speakers as leading_speakers, speech_forms as speech_forms
