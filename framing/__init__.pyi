# What a notebook imports. Names are loaded on first use by lazy_loader, which reads this file.

from . import (
    entities as entities,
    evaluate as evaluate,
    plots as plots,
    quotes as quotes,
    reports as reports,
    salience as salience,
    sentiment as sentiment,
    stats as stats,
    studies as studies,
    words as words,
    zones as zones,
)
from .articles.reading import (
    audit_articles as audit_articles,
    example as example,
    example_path as example_path,
    read_articles as read_articles,
)
from .entities.names import apply_names as apply_names
from .entities.resolution import names as names
from .plots.export import save_figure as save_figure, show_figure as show_figure
from .quotes.finding import find_quotes as find_quotes
from .quotes.speech import (
    missing_speakers as missing_speakers,
    quote_matches as quote_matches,
    speech_share as speech_share,
)
from .quotes.voice import add_voice as add_voice
from .reports.findings import findings as findings
from .reports.page import report as report
from .reports.pipeline import analyze as analyze
from .reports.write_up import evidence as evidence, save_table as save_table, show as show, show_table as show_table
from .salience.events import group_events as group_events
from .salience.facts import coverage as coverage, suggest_facts as suggest_facts
from .salience.prominence import emphasis as emphasis
from .salience.wire_copy import find_wire_copy as find_wire_copy
from .sentiment.tones import tone as tone, tone_profile as tone_profile
from .stats.comparison import compare as compare
from .stats.limits import what_can_show as what_can_show
from .studies.folder import new_study as new_study, open_study as open_study
from .words.agency import agency as agency, agency_share as agency_share
from .words.concepts import accept_rivals as accept_rivals, load_concepts as load_concepts
from .words.description import descriptions as descriptions
from .words.frequency import frequencies as frequencies
from .words.keywords import keyness as keyness
from .words.kwic import concordance as concordance
from .words.labels import find_labels as find_labels, label_share as label_share
from .words.loaded_wording import find_loaded as find_loaded
from .words.rivals import find_rivals as find_rivals
from .zones.passages import find_passages as find_passages

__version__: str
