"""Words counted: keyness, dispersion, collocates, concordance, descriptions, patterns of concept files."""
