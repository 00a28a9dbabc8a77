"""Tone toward a target: what the model sees, the model itself, and a check by hand."""
