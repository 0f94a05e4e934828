"""Tables of words written as a pair of files: a workbook and a Word document of the same content."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ausgabe.textblatt import Textblatt


def write_textpaar(
    projekt: Projekt, name: str, titel: str, thema: str, blaetter: Sequence[Textblatt], stand: dt.date | None = None,
    drucksache: str = "",
) -> tuple[Path, Path]:  # fmt: skip
    """Write `ausgaben/<Jahr>/<Name>_<Jahr>.xlsx` and `.docx` (landscape); return both paths.

    Args:
        projekt: the project; its year names folder and files.
        name: what the files are called.
        titel: title of both.
        thema: what they are about, in their properties.
        blaetter: the tables; the first stands below the title without a head of its own.
        stand: day of both files (today unless given).
        drucksache: number of the paper that they go out with.

    Raises:
        BedienFehler: a file of that name that was not written here. DateiGesperrt: one is open in Excel or Word.
    """
    from sozialtool.ablauf.drucksachen import say_anlage
    from sozialtool.ablauf.projekte import make_folder
    from sozialtool.ablauf.vorlegen import ausgaben_ordner
    from sozialtool.ausgabe.datei import check_ziel
    from sozialtool.ausgabe.textblatt import add_textblatt, write_textmappe
    from sozialtool.ausgabe.word import Dokument

    tag = stand or dt.date.today()
    jahr = projekt.kommune.berichtsjahr or tag.year
    mappe = ausgaben_ordner(projekt, jahr) / f"{name}_{jahr}.xlsx"
    dokument = mappe.with_suffix(".docx")
    make_folder(mappe.parent)
    check_ziel(mappe)
    check_ziel(dokument, ".docx")
    anlage = say_anlage(projekt, (mappe.name, dokument.name), drucksache)
    write_textmappe(mappe, blaetter, titel, tag, thema, anlage)
    wort = Dokument(titel, tag, thema=thema, quer=True)
    wort.titel(titel, " · ".join(text for text in (anlage, f"Stand {tag:%d.%m.%Y}") if text))
    for nummer, blatt in enumerate(blaetter):
        add_textblatt(wort, blatt, stufe=1 if nummer else 0)
    wort.write(dokument)
    return mappe, dokument
