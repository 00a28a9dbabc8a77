"""The whole road at once, and what it leaves: tables, figures, one page, a manifest."""
