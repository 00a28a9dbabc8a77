"""Articles in, one table out: files, archives and exports read, their text and known zones put together."""
