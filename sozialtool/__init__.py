"""sozialtool: Sozialplanung for small German towns, offline, with Excel beside it."""

import sys

__version__ = "0.1.0"

if sys.platform == "win32":
    from sozialtool.orte import extend_suchpfade

    extend_suchpfade(sys.path, __path__)
