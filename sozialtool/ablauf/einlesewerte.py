"""Types of the import that screens need; a window into the room einlesen."""

from __future__ import annotations

from sozialtool.einlesen.fund import Tabellenfund
from sozialtool.einlesen.pruefung import Frage, Pruefung
from sozialtool.einlesen.rohblatt import Leseart, Rohmappe
from sozialtool.einlesen.zuordnung import Zuordnung

__all__ = ["Frage", "Leseart", "Pruefung", "Rohmappe", "Tabellenfund", "Zuordnung"]
