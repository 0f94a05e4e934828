"""What the pages of Räume share: they read anew after each change, Strg+Z works on them, and they look alike."""

from __future__ import annotations

from sozialtool.tui.bildschirme.seite import Projektseite, Tabellenseite


class Raumseite(Projektseite):
    """A page over the project. A subclass reads and shows in `frisch`."""

    CSS_PATH = "raumseiten.tcss"


class Raumtabelle(Raumseite, Tabellenseite):
    """One of them around a single table."""
