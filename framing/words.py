"""Word choice in one place: counts, keyness, dispersion, concordance, collocates, description."""

from framing.wording.collocates import collocates
from framing.wording.concordance import concordance
from framing.wording.description import descriptions
from framing.wording.frequencies import frequencies
from framing.wording.keyness import keyness, keyness_note

__all__ = ["collocates", "concordance", "descriptions", "frequencies", "keyness", "keyness_note"]
