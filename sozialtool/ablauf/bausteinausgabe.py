"""The Bausteine as Excel and Word: the three columns of the council paper, next steps, proofs, what has changed since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sozialtool.ablauf.bausteine import Bausteinaenderung, Bausteinbild, compare_bausteine, describe_bausteine, find_tag
from sozialtool.ablauf.nachweise import describe_nachweis
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ausgabe.textblatt import Textblatt


def write_bausteine(
    projekt: Projekt, am: dt.date | None = None, seit: str = "", drucksache: str = ""
) -> tuple[Path, Path]:  # fmt: skip
    """Write `ausgaben/<Jahr>/Bausteine_<Jahr>.xlsx` and `.docx` as of a day (today unless given); return both paths.

    Args:
        projekt: the project.
        am: day of the table; it is the Stand of both files.
        seit: a day, Drucksache or Veröffentlichung since which the changes are told; empty: they are not.
        drucksache: number of the paper that they go out with.

    Raises:
        BedienFehler: `seit` is unknown or not before the day; a file of that name that was not written here.
        DateiGesperrt: one of them is open in Excel or Word.
    """
    from sozialtool.ablauf.textpaar import write_textpaar

    stand = am or dt.date.today()
    titel = f"Bausteine der Sozialplanung {projekt.kommune.name}"
    blaetter = build_bausteinblaetter(projekt, stand, seit)
    return write_textpaar(projekt, "Bausteine", titel, "Stand der sechs Bausteine", blaetter, stand, drucksache)


def build_bausteinblaetter(projekt: Projekt, stand: dt.date, seit: str = "") -> list[Textblatt]:
    """Describe the tables: three columns, next steps, proofs where there are any, changes where they are asked for."""
    from sozialtool.ausgabe.bausteintafel import build_tafel

    bilder = describe_bausteine(projekt, stand)
    stadt = projekt.kommune.name
    inhalte = [i for bild in bilder for i in bild.inhalte]
    staende = [s for bild in bilder for s in bild.staende]
    blaetter = [build_tafel([bild.baustein for bild in bilder], inhalte, staende, stadt, stand)]
    if any(bild.schritte for bild in bilder):
        blaetter.append(_steps(bilder))
    if any(bild.nachweise for bild in bilder):
        blaetter.append(_proofs(bilder))
    if seit:
        tag, wovon = find_tag(projekt, seit)
        blaetter.append(_changes(compare_bausteine(projekt, tag, stand), wovon))
    return blaetter


def _steps(bilder: Sequence[Bausteinbild]) -> Textblatt:
    from sozialtool.ausgabe.textblatt import Textblatt

    zeilen = tuple(
        (was, wer or "noch offen", schritt, f"{bis:%d.%m.%Y}" if bis else "")
        for bild in bilder
        for was, wer, schritt, bis in bild.schritte
    )
    spalten = (("Wozu", 30), ("Zuständig", 20), ("Nächster Schritt", 38), ("Bis", 12))
    return Textblatt("Nächste Schritte", "Nächste Schritte", (), spalten, zeilen)


def _proofs(bilder: Sequence[Bausteinbild]) -> Textblatt:
    from sozialtool.ausgabe.textblatt import Textblatt

    zeilen = tuple(
        (f"{bild.baustein.nummer}. {bild.baustein.kurzname or bild.baustein.name}", eintrag.text,
         tuple(describe_nachweis(nachweis) for nachweis in bild.nachweise_of(eintrag)))
        for bild in bilder
        for eintrag in bild.aussagen
        if bild.nachweise_of(eintrag)
    )  # fmt: skip
    spalten = (("Baustein", 20), ("Aussage", 40), ("Nachweis", 40))
    return Textblatt("Nachweise", "Worauf sich die Aussagen stützen", (), spalten, zeilen)


def _changes(aenderungen: Sequence[Bausteinaenderung], wovon: str) -> Textblatt:
    from sozialtool.ausgabe.textblatt import Textblatt

    zeilen = tuple((f"{a.baustein.nummer}. {a.baustein.name}", a.saetze) for a in aenderungen)
    return Textblatt(
        "Änderungen", f"Was sich seit {wovon} geändert hat", (), (("Baustein", 28), ("Änderungen", 72)), zeilen,
        "Es hat sich nichts geändert.",
    )  # fmt: skip
