"""How attributions are found: a learned tagger, a linker, quotation marks, and checks against gold."""
