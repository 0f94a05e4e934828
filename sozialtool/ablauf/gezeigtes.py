"""What a release really showed: its Kennzahlen as they were printed, kept beside the pattern of suppression.

`Veroeffentlichung.inhalt` is for the disclosure control alone (it knows the secrets); this is what everybody has read, rounded as
it was read. A later correction is set against it.
"""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING, NamedTuple

from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.fehler import DatenFehler

if TYPE_CHECKING:
    from sozialtool.ablauf.kennzahlen import Ergebnis
    from sozialtool.geheimhaltung.festhalten import Auswahl

Ort = tuple[str, int, str]
"""Kennung, Jahr, Gebiet."""


class Gezeigt(NamedTuple):
    """A figure as it was shown; None where nothing stood there."""

    wert: float | None
    zaehler: float | None
    nenner: float | None

    def is_same(self, andere: Gezeigt) -> bool:
        """Whether somebody who reads both sees no difference."""
        return all(
            (a is None and b is None) or (a is not None and b is not None and abs(a - b) < _GLEICH)
            for a, b in zip(self, andere, strict=True)
        )


_GLEICH = 1e-9


def read_heutige(ergebnis: Ergebnis) -> dict[Ort, Gezeigt]:
    """Return what the released table shows now; figures without a value are left out."""
    spalten = ergebnis.tabelle.kennzahlen.select("indikator", "jahr", "gebiet", "wert", "zaehler", "nenner")
    return {(i, j, g): Gezeigt(w, z, n) for i, j, g, w, z, n in spalten.iter_rows() if w is not None}


def pack_gezeigtes(ergebnis: Ergebnis, nur: Auswahl | None = None) -> str:
    """Write what a release shows as text; with `nur` that part alone."""
    zeilen = [
        [*ort, *gezeigt]
        for ort, gezeigt in sorted(read_heutige(ergebnis).items())
        if nur is None or ort in nur.zeilen
    ]  # fmt: skip
    roh = json.dumps(zeilen, ensure_ascii=False, separators=(",", ":"))
    return base64.b85encode(zlib.compress(roh.encode(), 9)).decode("ascii")


def read_gezeigtes(v: Veroeffentlichung) -> dict[Ort, Gezeigt]:
    """Read back what a release showed; nothing where it was kept by an older program.

    Raises:
        DatenFehler: the text is damaged.
    """
    if not v.gezeigt:
        return {}
    try:
        zeilen = json.loads(zlib.decompress(base64.b85decode(v.gezeigt.encode("ascii"))))
        return {(str(i), int(j), str(g)): Gezeigt(w, z, n) for i, j, g, w, z, n in zeilen}
    except (ValueError, TypeError, zlib.error) as fehler:
        raise DatenFehler(
            f"Was die Veröffentlichung „{v.name}“ gezeigt hat, lässt sich nicht lesen.",
            "Bitte die Sicherung des Projekts verwenden oder das Programm erneuern.",
            "KORREKTUR-UNLESBAR",
        ) from fehler
