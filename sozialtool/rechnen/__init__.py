"""Pure Polars functions: Kennzahlen, intervals, comparison, index."""
