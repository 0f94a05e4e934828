"""What the pages of Räume share: they read anew after each change, and Strg+Z works on them."""

from __future__ import annotations

from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.bildschirme.seite import Projektseite

__all__ = ["Raumseite", "Zuruecknehmen"]


class Raumseite(Projektseite):
    """A page over the project. A subclass reads and shows in `frisch`."""

    CSS_PATH = "raumseiten.tcss"
