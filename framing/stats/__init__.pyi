# Every interval and every p value, by name; loaded on first use by lazy_loader, which reads this file.

from .comparison import (
    compare as compare,
    compare_declared as compare_declared,
    contrasts_hash as contrasts_hash,
    estimate_by as estimate_by,
    max_t as max_t,
    read_contrasts as read_contrasts,
)
from .intervals import newcombe as newcombe, wilson as wilson
from .limits import in_words as in_words, what_can_show as what_can_show
from .permutation import benjamini_hochberg as benjamini_hochberg
