"""What a check looks at, and how it writes a finding."""

from __future__ import annotations

import attrs

from sozialtool.einlesen.fund import Tabellenfund
from sozialtool.einlesen.kontext import Kontext
from sozialtool.einlesen.lesung import Lesung
from sozialtool.einlesen.rohblatt import Rohmappe, adresse
from sozialtool.fach.messwert import Messwert
from sozialtool.fach.quelle import Befund, Schwere
from sozialtool.fach.schreibweise import name_einige


@attrs.frozen
class Lage:
    """Everything that a check may look at."""

    rohmappe: Rohmappe
    lesungen: tuple[Lesung, ...]
    kontext: Kontext
    messwerte: tuple[Messwert, ...]
    hingenommen: tuple[str, ...] = ()

    def gebiet(self, schluessel: str) -> str:
        """Name of an area for a message."""
        return self.kontext.gebiete.namen.get(schluessel, schluessel or "ohne Gebiet")

    def merkmal(self, schluessel: str) -> str:
        """Name of a Merkmal for a message."""
        return self.kontext.merkmale.namen.get(schluessel, schluessel)

    def befund(
        self,
        code: str,
        schwere: Schwere,
        fund: Tabellenfund,
        stelle: tuple[int, int],
        meldung: str,
        vorschlag: str = "",
    ) -> Befund:
        """Write a finding about a cell of a table."""
        return Befund(code, schwere, meldung, vorschlag, self.rohmappe.datei, fund.blatt, adresse(*stelle))

    def befund_zu(self, code: str, schwere: Schwere, messwert: Messwert, meldung: str, vorschlag: str = "") -> Befund:
        """Write a finding about a Messwert that would be imported."""
        blatt, _, zelle = messwert.zelle.rpartition("!")
        return Befund(code, schwere, meldung, vorschlag, self.rohmappe.datei, blatt, zelle)


def aufzaehlung(texte: list[str], hoechstens: int = 12) -> str:
    """List names in a sentence; beyond a dozen only how many more."""
    return name_einige(texte, hoechstens)
