"""A study of one's own: its folder, what is doubtful in it, and what was measured once and is kept."""
