"""The accessible edition of the Monitoring: one table per sheet, made for screen readers; its figures are those of the report."""
