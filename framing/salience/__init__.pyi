# What this room offers beside the names in `framing`; loaded on first use by lazy_loader, which reads this file.

from .events import doubtful_pairs as doubtful_pairs
from .facts import headline_against_body as headline_against_body
from .prominence import (
    emphasis_profile as emphasis_profile,
    order_agreement as order_agreement,
    order_of_telling as order_of_telling,
)
from .wire_copy import without_wire_copy as without_wire_copy
