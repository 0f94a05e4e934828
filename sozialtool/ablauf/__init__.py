"""One function per intention of the planner; the only door for cli and tui."""
