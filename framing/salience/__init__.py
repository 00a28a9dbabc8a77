"""Is this fact told here: likeness of sentences, numbers in words, proposals of facts, order of telling."""
