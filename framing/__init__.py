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
    "correct_zones": "passages",
    "without_wire_copy": "wire",
    "find_wire_copy": "wire",
    "house_style": "house_style",
    "words_left_out": "passages",
    "find_quotes": "quotes",
    "resolve_mentions": "naming.mentions",
    "sample_quotes": "quoting.quote_check",
    "quote_scores": "quoting.quote_check",
    "check_quotes": "quoting.quote_check",
    "quote_matches": "quoting.utterances",
    "missing_speakers": "speech",
    "cue_table": "speech",
    "speech_forms": "speech",
    "leading_speakers": "speech",
    "speech_share": "speech",
    "voice_spans": "voice",
    "apply_names": "naming.names",
    "unlisted_cues": "stance",
    "stance_list": "stance",
    "cue_stance": "stance",
    "speaker_links": "speakers",
    "resolve_speakers": "speakers",
    "quotation_spans": "marks",
    "add_voice": "voice",
    "canonical_names": "naming.names",
    "show_table": "showing",
    "group_events": "events",
    "doubtful_pairs": "events",
    "find_labels": "labels",
    "label_share": "labels",
    "suggest_labels": "wording.suggestions",
    "load_concepts": "wording.concept_files",
    "find_loaded": "loaded",
    "keyness": "wording.keyness",
    "keyness_note": "wording.keyness",
    "frequencies": "wording.frequencies",
    "concordance": "wording.concordance",
    "collocates": "wording.collocates",
    "descriptions": "wording.description",
    "description_profile": "wording.description",
    "evidence": "evidence",
    "tokens": "tokens",
    "voice_share": "tokens",
    "sentence_tone": "sentiment",
    "tone": "sentiment",
    "tone_profile": "sentiment",
    "check_tone": "scoring.tone_check",
    "score_targets": "sentiment",
    "coverage": "coverage",
    "suggest_facts": "telling.suggesting",
    "order_agreement": "telling.order",
    "order_of_telling": "telling.order",
    "headline_against_body": "telling.headlines",
    "emphasis": "emphasis",
    "emphasis_profile": "emphasis",
    "plot_comparisons": "figures",
    "plot_coverage": "figures",
    "plot_emphasis": "figures",
    "plot_keyness": "figures",
    "plot_label_share": "figures",
    "plot_labels": "figures",
    "plot_order": "figures",
    "plot_space": "figures",
    "plot_speech_share": "figures",
    "plot_tone": "figures",
    "save_figure": "figures",
    "show_figure": "figures",
    "analyze": "analysis",
    "measure_tables": "measures",
    "report": "report",
    "write_csv": "tables",
    "audit_articles": "articles",
    "read_articles": "articles",
    "example": "examples",
    "example_path": "examples",
    "find_passages": "passages",
    "shared_passages": "wire",
    "compare": "compare",
    "estimate_by": "compare",
    "max_t": "compare",
    "wilson": "statistics.shares",
    "newcombe": "statistics.shares",
    "benjamini_hochberg": "statistics.permutation",
    "what_can_show": "statistics.sample",
    "in_words": "statistics.sample",
    "read_contrasts": "statistics.contrasts",
    "contrasts_hash": "statistics.contrasts",
    "compare_declared": "statistics.contrasts",
    "krippendorff_alpha": "statistics.agreement",
    "cohen_kappa": "statistics.agreement",
}

__all__ = ["__version__", *sorted(_HOME)]


class _Package(ModuleType):
    """Keeps ``framing.compare`` the function once the module framing/compare.py of that name is loaded."""

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
