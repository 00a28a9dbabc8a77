# What a notebook imports. Names are loaded on first use by lazy_loader, which reads this file.

from . import evaluate as evaluate, stats as stats
from .articles.reading import (
    audit_articles as audit_articles,
    example as example,
    example_path as example_path,
    read_articles as read_articles,
)
from .entities.names import (
    apply_names as apply_names,
    canonical_names as canonical_names,
)
from .entities.resolution import resolve_mentions as resolve_mentions
from .entities.review import names as names
from .evaluate import (
    check_quotes as check_quotes,
    check_tone as check_tone,
    quote_scores as quote_scores,
)
from .plots.comparisons import (
    plot_agreement as plot_agreement,
    plot_comparisons as plot_comparisons,
    plot_tone as plot_tone,
)
from .plots.emphasis import (
    plot_coverage as plot_coverage,
    plot_emphasis as plot_emphasis,
    plot_order as plot_order,
)
from .plots.export import (
    save_figure as save_figure,
    show_figure as show_figure,
)
from .plots.places import (
    plot_dispersion as plot_dispersion,
    plot_timeline as plot_timeline,
)
from .plots.voices import (
    plot_sources as plot_sources,
    plot_space as plot_space,
    plot_speech_share as plot_speech_share,
)
from .plots.words import (
    plot_agency as plot_agency,
    plot_keyness as plot_keyness,
    plot_label_share as plot_label_share,
    plot_labels as plot_labels,
    plot_rivals as plot_rivals,
    plot_word_shift as plot_word_shift,
)
from .quotes.cues import (
    cue_stance as cue_stance,
    stance_list as stance_list,
    unlisted_cues as unlisted_cues,
)
from .quotes.finding import find_quotes as find_quotes
from .quotes.matching import quote_matches as quote_matches
from .quotes.speakers import (
    resolve_speakers as resolve_speakers,
    speaker_links as speaker_links,
)
from .quotes.speech import (
    cue_table as cue_table,
    leading_speakers as leading_speakers,
    missing_speakers as missing_speakers,
    speech_forms as speech_forms,
    speech_share as speech_share,
)
from .quotes.voice import (
    add_voice as add_voice,
)
from .reports.findings import findings as findings
from .reports.notebook import (
    evidence as evidence,
    show as show,
    show_table as show_table,
)
from .reports.page import report as report
from .reports.pipeline import (
    analyze as analyze,
    measure_tables as measure_tables,
)
from .reports.write_up import (
    bibliography as bibliography,
    save_methods as save_methods,
    save_table as save_table,
)
from .salience.events import (
    doubtful_pairs as doubtful_pairs,
    group_events as group_events,
)
from .salience.fact_suggestions import suggest_facts as suggest_facts
from .salience.facts import (
    coverage as coverage,
    headline_against_body as headline_against_body,
)
from .salience.prominence import (
    emphasis as emphasis,
    emphasis_profile as emphasis_profile,
    order_agreement as order_agreement,
    order_of_telling as order_of_telling,
)
from .salience.wire_copy import (
    find_wire_copy as find_wire_copy,
    without_wire_copy as without_wire_copy,
)
from .sentiment.tones import (
    score_targets as score_targets,
    sentence_tone as sentence_tone,
    tone as tone,
    tone_contributors as tone_contributors,
    tone_profile as tone_profile,
)
from .stats.comparison import (
    compare as compare,
    estimate_by as estimate_by,
)
from .stats.declared import (
    compare_declared as compare_declared,
    read_contrasts as read_contrasts,
)
from .stats.limits import (
    in_words as in_words,
    what_can_show as what_can_show,
)
from .studies.check import check_articles as check_articles
from .studies.explorer import explorer as explorer
from .studies.folder import (
    Study as Study,
    new_study as new_study,
    open_study as open_study,
)
from .words.accept import accept_rivals as accept_rivals
from .words.agency import (
    agency as agency,
    agency_share as agency_share,
)
from .words.concepts import load_concepts as load_concepts
from .words.description import (
    description_profile as description_profile,
    descriptions as descriptions,
)
from .words.frequency import (
    frequencies as frequencies,
    tokens as tokens,
    voice_share as voice_share,
)
from .words.house_styles import house_style as house_style
from .words.keywords import (
    keyness as keyness,
    keyness_by_event as keyness_by_event,
    keyness_note as keyness_note,
)
from .words.kwic import (
    collocates as collocates,
    concordance as concordance,
)
from .words.labels import (
    competing as competing,
    find_labels as find_labels,
    label_share as label_share,
    suggest_labels as suggest_labels,
    too_rare as too_rare,
)
from .words.loaded_wording import find_loaded as find_loaded
from .words.rivals import find_rivals as find_rivals
from .zones.passages import (
    correct_zones as correct_zones,
    find_passages as find_passages,
    words_left_out as words_left_out,
)

__version__: str
