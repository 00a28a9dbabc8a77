"""Who is meant: names, mentions, countries, titles and roles, resolved within an article and across the corpus."""
