"""A year of Lindenrath on its way: forms sent to eight Fachbereiche, and what came back lies in eingang/2025/.

Most returns are clean. The Schulamt filled in last year's form, the Sozialamt made a list of its own of it (text, signs, rows
between), and to that of the Jugendamt there is something to ask.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf import projekte
from sozialtool.ablauf.abfragen import build_formular, create_abfragen, get_abfrage, mark_versandt, write_abfragen
from sozialtool.ablauf.beispielstadt import read_toml
from sozialtool.fach.abfrage import Abfrage
from sozialtool.fach.messwert import Zeichen
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.erhebung.formular import Formular

JAHR = 2025
VERSANDT, FRIST = dt.date(2026, 1, 12), dt.date(2026, 2, 27)
RUECKLAEUFE = {
    "meldewesen": "Datenabfrage_2025_Einwohnermeldewesen.xlsx",
    "jugendamt": "AW Datenabfrage 2025 Jugendamt.xlsx",
    "schulamt": "Datenabfrage_2024_Schulamt.xlsx",
    "sozialamt": "Kopie von Sozialamt 2025 final NEU.xlsx",
    "gesundheitsamt": "Ruecklauf Kreis Wendtal KJGD.xlsx",
    "wohngeld": "Wohngeld Antwort 26-02.xlsx",
    "bauamt": "Datenabfrage_2025_Bauamt.xlsx",
    "wahlamt": "Datenabfrage_2025_Wahlamt (1).xlsx",
}
"""Fachbereich → name of the file that came back."""
UMGEBAUT = "sozialamt"
"""Comes as a file of beispieldaten/ruecklaeufe/: nobody but a person with Excel builds a form over like that."""
_WORTE = {
    Zeichen.GEHEIM: "geheim", Zeichen.NICHTS: "-", Zeichen.FEHLT: "k. A.", Zeichen.UNSICHER: "unsicher",
    Zeichen.SINNLOS: "entfällt", Zeichen.FOLGT: "folgt",
}  # fmt: skip

Eintraege = dict[tuple[str, str], "str | float | None"]


def open_jahr(projekt: Projekt, quelle: Path) -> None:
    """Create the Abfragen, write the forms to abfragen/2025/ and record them as sent.

    Raises:
        DateiFehler: a form cannot be written.
    """
    gefragt = [e for e in read_toml(quelle / "fachbereiche.toml")["fachbereich"] if e.get("abfrage")]
    create_abfragen(projekt, JAHR, FRIST, [eintrag["schluessel"] for eintrag in gefragt])
    with projekt.change("Wahlamt nach Stimmbezirken, Sozialamt nach allen Leistungen gefragt") as schreiber:
        for eintrag in gefragt:
            abfrage = get_abfrage(projekt, eintrag["schluessel"], JAHR)
            ebene, merkmale = eintrag.get("abfrage_ebene", abfrage.ebene), eintrag.get("merkmale", abfrage.merkmale)
            neu = attrs.evolve(abfrage, ebene=ebene, merkmale=tuple(merkmale), wahltag=eintrag.get("wahltag"))
            schreiber.put(neu)
    write_abfragen(projekt, JAHR)
    mark_versandt(projekt, JAHR, am=VERSANDT)


def return_forms(projekt: Projekt, quelle: Path) -> None:
    """Put the eight returns into eingang/2025/; they are filled with what the project knows, and not sorted in.

    Raises:
        DateiFehler: a file cannot be written.
    """
    from sozialtool.erhebung.abfrage import build_abfrage

    ordner = projekt.pfad.parent / "eingang" / str(JAHR)
    projekte.make_folder(ordner)
    for abfrage in projekt.read(Abfrage):
        fachbereich, ziel = abfrage.fachbereich, ordner / RUECKLAEUFE[abfrage.fachbereich]
        if fachbereich == UMGEBAUT:
            projekte.copy_datei(quelle / "ruecklaeufe" / ziel.name, ziel)
            continue
        jahr = JAHR - 1 if fachbereich == "schulamt" else JAHR
        formular = build_formular(projekt, attrs.evolve(abfrage, jahr=jahr))
        eintraege = fill(formular, read_werte(projekt, formular))
        build_abfrage(ziel, formular, eintraege=_BESONDERES.get(fachbereich, dict)(eintraege))


def read_werte(projekt: Projekt, formular: Formular) -> dict[tuple[str, str], float | Zeichen]:
    """Read what the project knows for the cells of a form: a number, or why there is none."""
    from sozialtool.erhebung.formular import stand_of

    staende = {
        merkmal.schluessel: stand_of(merkmal, formular.jahr, formular.wahltag)[0] for merkmal in formular.merkmale
    }
    spalten = projekt.read_messwerte(merkmale=staende)
    namen = ("gebiet", "merkmal", "stand", "wert", "zeichen")
    werte: dict[tuple[str, str], float | Zeichen] = {}
    for gebiet, merkmal, stand, wert, zeichen in zip(*(spalten[n] for n in namen), strict=True):
        if stand == staende[merkmal]:
            werte[gebiet, merkmal] = Zeichen[zeichen] if zeichen else wert
    return werte


def fill(formular: Formular, werte: Mapping[tuple[str, str], float | Zeichen]) -> Eintraege:
    """Fill a form as a careful department does: numbers, words instead of signs, the total where all parts are numbers."""
    from sozialtool.erhebung.formular import ANMERKUNG, GESAMT

    eintraege: Eintraege = {}
    for merkmal in formular.merkmale:
        spalte = {g.schluessel: werte.get((g.schluessel, merkmal.schluessel)) for g in formular.gebiete}
        for gebiet, wert in spalte.items():
            eintraege[gebiet, merkmal.schluessel] = _WORTE.get(wert, "k. A.") if isinstance(wert, Zeichen) else wert
        zahlen = [wert for wert in spalte.values() if isinstance(wert, int | float)]
        if len(zahlen) == len(spalte):
            eintraege[GESAMT, merkmal.schluessel] = sum(zahlen)
    eintraege[formular.gebiete[0].schluessel, ANMERKUNG] = "Zahlen aus dem Fachverfahren, mit dem Vorjahr verglichen"
    return eintraege


def _spoil_jugendamt(eintraege: Eintraege) -> Eintraege:
    """A total that does not fit, two cells left empty, and a guess in words."""
    from sozialtool.erhebung.formular import GESAMT

    neu = dict(eintraege)
    for gebiet in ("06", "12"):
        neu[gebiet, "hze_stationaer"] = None
    neu["08", "betreut_3_6"] = "ca. 150"
    wert = neu.get((GESAMT, "hze"))
    if isinstance(wert, int | float):
        neu[GESAMT, "hze"] = wert + 30
    return neu


_BESONDERES = {"jugendamt": _spoil_jugendamt}
