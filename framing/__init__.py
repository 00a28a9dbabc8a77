"""How did these outlets tell the same story? Word choice, quotes, tone and emphasis, by event.

Names are loaded on first use, so that ``import framing`` is quick and loads neither spaCy nor matplotlib.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "correct_zones": "zones.passages",
    "without_wire_copy": "salience.wire_copy",
    "find_wire_copy": "salience.wire_copy",
    "house_style": "words.house_styles",
    "words_left_out": "zones.passages",
    "find_quotes": "quotes.finding",
    "resolve_mentions": "entities.resolution",
    "sample_quotes": "evaluate",
    "quote_scores": "evaluate",
    "check_quotes": "evaluate",
    "quote_matches": "quotes.matching",
    "missing_speakers": "quotes.speech",
    "cue_table": "quotes.speech",
    "speech_forms": "quotes.speech",
    "leading_speakers": "quotes.speech",
    "speech_share": "quotes.speech",
    "voice_spans": "quotes.voice",
    "apply_names": "entities.names",
    "unlisted_cues": "quotes.cues",
    "stance_list": "quotes.cues",
    "cue_stance": "quotes.cues",
    "speaker_links": "quotes.speakers",
    "resolve_speakers": "quotes.speakers",
    "quotation_spans": "text.quotation_marks",
    "add_voice": "quotes.voice",
    "canonical_names": "entities.names",
    "show_table": "reports.notebook",
    "group_events": "salience.events",
    "doubtful_pairs": "salience.events",
    "find_labels": "words.labels",
    "label_share": "words.labels",
    "suggest_labels": "words.labels",
    "load_concepts": "words.concepts",
    "find_loaded": "words.loaded_wording",
    "keyness": "words.keywords",
    "keyness_note": "words.keywords",
    "frequencies": "words.frequency",
    "concordance": "words.kwic",
    "collocates": "words.kwic",
    "descriptions": "words.description",
    "description_profile": "words.description",
    "evidence": "reports.notebook",
    "tokens": "words.frequency",
    "voice_share": "words.frequency",
    "sentence_tone": "sentiment.tones",
    "tone": "sentiment.tones",
    "tone_profile": "sentiment.tones",
    "check_tone": "evaluate",
    "score_targets": "sentiment.tones",
    "coverage": "salience.facts",
    "suggest_facts": "salience.fact_suggestions",
    "order_agreement": "salience.prominence",
    "order_of_telling": "salience.prominence",
    "headline_against_body": "salience.facts",
    "emphasis": "salience.prominence",
    "emphasis_profile": "salience.prominence",
    "plot_comparisons": "plots",
    "plot_coverage": "plots",
    "plot_emphasis": "plots",
    "plot_keyness": "plots",
    "plot_label_share": "plots",
    "plot_labels": "plots",
    "plot_order": "plots",
    "plot_space": "plots",
    "plot_speech_share": "plots",
    "plot_tone": "plots",
    "save_figure": "plots",
    "show_figure": "plots",
    "analyze": "reports.pipeline",
    "measure_tables": "reports.pipeline",
    "report": "reports.page",
    "write_csv": "tables",
    "audit_articles": "articles.reading",
    "read_articles": "articles.reading",
    "example": "articles.reading",
    "example_path": "articles.reading",
    "find_passages": "zones.passages",
    "shared_passages": "salience.wire_copy",
    "compare": "stats.comparison",
    "estimate_by": "stats.comparison",
    "max_t": "stats.comparison",
    "wilson": "stats.intervals",
    "newcombe": "stats.intervals",
    "benjamini_hochberg": "stats.permutation",
    "what_can_show": "stats.limits",
    "in_words": "stats.limits",
    "read_contrasts": "stats.declared",
    "contrasts_hash": "stats.declared",
    "compare_declared": "stats.declared",
    "krippendorff_alpha": "evaluate",
    "cohen_kappa": "evaluate",
}

__all__ = ["__version__", *sorted(_HOME)]


class _Package(ModuleType):
    """Keeps ``framing.compare`` the function once the module framing/stats/comparison.py of that name is loaded."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"framing.{_HOME[name]}"), name)
    raise AttributeError(f"module 'framing' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
