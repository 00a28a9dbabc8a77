"""Word choice in one place: counts, keyness, dispersion, concordance, collocates, description."""

from framing.collocates import collocates
from framing.concordance import concordance
from framing.description import descriptions
from framing.frequencies import frequencies
from framing.keyness import keyness, keyness_note

__all__ = ["collocates", "concordance", "descriptions", "frequencies", "keyness", "keyness_note"]
