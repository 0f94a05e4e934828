"""What a correction changes, as rows of text for screen and command."""

from __future__ import annotations

from sozialtool.ablauf.gezeigtes import say_unvergleichbar
from sozialtool.ablauf.korrektur import Korrekturbild, Korrekturzeile, list_stellen, say_nichts
from sozialtool.ablauf.plantafel import Plantafel, Tafelspalte, Tafelzeile
from sozialtool.projekt import Projekt

ENTFALLEN, KURZ = "nicht mehr ausgewiesen", "entfällt"
_BREITE = 26
"""Columns that a value takes with what was counted: "18,0 % (1.234 von 6.855)"."""
HINWEIS = (
    "Verglichen wird, was hinausgegangen ist, mit dem, was heute gezeigt werden darf. Was geheim ist oder wird, steht hier "
    "ohne Zahl."
)


def build_korrekturtafel(projekt: Projekt, bild: Korrekturbild) -> Plantafel:
    """List every released figure that is another one now."""
    zeilen = tuple(_row(projekt, z) for z in (*bild.zeilen, *bild.entfallen))
    breite = max((len(text) for zeile in zeilen for text in zeile.texte[3:]), default=0)
    breite = min(max(14, breite), _BREITE)
    spalten = (
        Tafelspalte("Indikator"), Tafelspalte("Gebiet", 18), Tafelspalte("Jahr", 5, rechts=True),
        Tafelspalte("bisher", breite, rechts=True), Tafelspalte("heute", breite, rechts=True),
    )  # fmt: skip
    # Without a row it is said in their place.
    ohne = (say_unvergleichbar(bild.unvergleichbar),) if zeilen and bild.unvergleichbar else ()
    return Plantafel("Berichtigungen", spalten, zeilen, (*ohne, HINWEIS, *bild.hinweise), say_nichts(projekt, bild))


def _row(projekt: Projekt, z: Korrekturzeile) -> Tafelzeile:
    kennung, jahr, gebiet = z.ort
    alt, neu = ("", KURZ) if z.neu is None else z.write_paar()
    wo = "; ".join(list_stellen(projekt, z.wo))
    was = ENTFALLEN if z.neu is None else f"bisher {z.write(z.alt)}, berichtigt {z.write(z.neu)}"
    return Tafelzeile(
        f"{kennung}/{jahr}/{gebiet}/{z.wo[0].schluessel}", (f"{kennung} {z.indikator}", z.gebiet, str(jahr), alt, neu),
        (f"{z.indikator}, {z.gebiet} {jahr}", was, f"Steht in: {wo}"), z,
    )  # fmt: skip
