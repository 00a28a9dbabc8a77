"""Words in common: shingles for shared passages, spellings folded."""
