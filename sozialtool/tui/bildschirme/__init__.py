"""One screen per area of the work."""
