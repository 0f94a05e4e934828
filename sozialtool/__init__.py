"""sozialtool: Sozialplanung for small German towns, offline, with Excel beside it."""

__version__ = "0.1.0"
