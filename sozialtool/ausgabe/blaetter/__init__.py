"""One module per sheet of the monitoring workbook; each writes from a `Werkbank`."""
