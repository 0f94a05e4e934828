"""The way out: what figures have to pass before they may leave the house, the same for every output.

Who must see them first has seen them; no small group lies between two boundaries; nothing that is out already gives a secret away.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import attrs

from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ablauf.kennzahlen import Ergebnis


@attrs.frozen
class Hinausweg:
    """What was said of one output on its way out, and its checks: `require_vorab` before anything is computed, then `require_ergebnis`.

    `tag` is its day, the others are those of `vorlegen.ausgeben`. `entwurf_bleibt`: its drafts are for the house alone and are not checked.
    """

    projekt: Projekt
    tag: dt.date
    endgueltig: bool = False
    begruendung: str = ""
    grenzen_geprueft: bool = False
    bekanntes_hinnehmen: bool = False
    entwurf_bleibt: bool = False

    def require_gesehen(self, jahr: int) -> str:
        """Refuse a final output of a year before the bodies have seen its figures; return what is kept of it (`umlauf.require_gesehen`)."""
        from sozialtool.ablauf.umlauf import require_gesehen

        return require_gesehen(self.projekt, jahr, self.tag, self.begruendung) if self.endgueltig else ""

    def require_vorab(self, jahr: int = 0) -> str:
        """Refuse what needs no figures to be refused; `jahr` 0: it is known only afterwards, see `require_ergebnis`.

        Returns:
            As `require_gesehen`.

        Raises:
            BedienFehler: BERATUNG-FEHLT, BERATUNG-GRUND. GeheimhaltungsFehler: GEHEIM-GRENZEN.
        """
        from sozialtool.ablauf.grenzschutz import require_grenzen

        vorbehalt = self.require_gesehen(jahr) if jahr else ""
        if self._hinaus and not self.grenzen_geprueft:
            require_grenzen(self.projekt)
        return vorbehalt

    def require_ergebnis(self, ergebnis: Ergebnis, jahr: int = 0) -> str:
        """Refuse figures that something already public would make unsafe; with `jahr` the bodies are asked about only now.

        Returns:
            As `require_gesehen`.

        Raises:
            BedienFehler: BERATUNG-FEHLT, BERATUNG-GRUND. GeheimhaltungsFehler: GEHEIM-FRUEHER.
        """
        from sozialtool.ablauf.veroeffentlichungen import require_fruehere

        vorbehalt = self.require_gesehen(jahr) if jahr else ""
        if self._hinaus and not self.bekanntes_hinnehmen:
            require_fruehere(ergebnis)
        return vorbehalt

    @property
    def _hinaus(self) -> bool:
        return self.endgueltig or not self.entwurf_bleibt
