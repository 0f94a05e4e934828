"""A town with bodies, meetings and measures, and a council paper begun from them; how its texts are changed and read."""

from __future__ import annotations

import datetime as dt

import docx

from sozialtool import ablauf
from sozialtool.fach.drucksache import (
    Drucksache,
    Finanzwirkung,
    Klimarelevanz,
    Textbaustein,
)
from sozialtool.fach.gremium import Gremienart, Gremium, Sitzung, Sitzungsstand, Tagesordnungspunkt, Thema
from sozialtool.fach.planung import Massnahme, Massnahmenkosten, Massnahmenstand
from sozialtool.fach.schreibweise import FEST
from tests.ablauf.kleinstadt import build_kleinstadt, copy_vorbild

TAG = dt.date(2026, 3, 16)
NR = "17/801"


def open_drucksachen(ordner):
    """Open a copy of the town, which is made once."""
    return copy_vorbild("drucksachen", ordner, _build)


def _build(ordner):
    projekt = build_kleinstadt(ordner, range(2024, 2026))
    with projekt.change("Gremien") as s:
        s.put(
            Gremium("FA", "Ausschuss für Soziales", Gremienart.AUSSCHUSS), Gremium("RAT", "Rat", Gremienart.RAT),
            Gremium("PG", "Planungsgruppe", Gremienart.PLANUNGSRUNDE, sieht_zuerst=True), Thema("m", "Monitoring", 2025),
            Sitzung("PG-1", "PG", dt.date(2026, 3, 2), stand=Sitzungsstand.GEHALTEN), Tagesordnungspunkt("PG-1", 1, "Entwurf", "m"),
            Sitzung("RAT-1", "RAT", dt.date(2026, 7, 2)), Tagesordnungspunkt("RAT-1", 4, "Monitoring", drucksache=NR),
            Sitzung("FA-1", "FA", dt.date(2026, 6, 18)), Tagesordnungspunkt("FA-1", 5, "Monitoring", "m", NR),
            Massnahme("M1", "Treff", "Stadt"), Massnahme("M2", "Später", "Stadt", stand=Massnahmenstand.ZURUECKGESTELLT),
            Massnahme("M3", "Lotsin", "Träger"),
            Massnahmenkosten("M1", 2025, 900.0, 900.0), Massnahmenkosten("M1", 2026, 1000.0, 400.0, 600.0, "Stiftung"),
            Massnahmenkosten("M1", 2027, 1500.0, 500.0), Massnahmenkosten("M2", 2026, 7000.0, 7000.0),
            Massnahmenkosten("M3", 2026, 250.5, 250.5),
        )  # fmt: skip
    ablauf.create_drucksache(projekt, NR, 2025, TAG)
    change(projekt, finanzen=Finanzwirkung.KEINE, klima=Klimarelevanz.KEINE)
    return projekt


def change(projekt, **werte):
    d = projekt.get(Drucksache, NR)
    ablauf.save_eintrag(projekt, Drucksache, werte, d)


def write_text(projekt, text, nummer=1):
    with projekt.change("Text") as s:
        s.put(Textbaustein(NR, nummer, "", text))


def write_only(projekt, text):
    """Replace all that was proposed by one text."""
    with projekt.change("Nur dieser Text") as s:
        for b in ablauf.describe_drucksache(projekt, NR).bausteine:
            s.remove(Textbaustein, NR, b.nummer)
        s.put(Textbaustein(NR, 1, "Lage", text))


def lines(pfad):
    """All text in order: paragraphs, and rows of tables as texts joined by |."""
    d = docx.Document(str(pfad))
    for teil in d.iter_inner_content():
        if hasattr(teil, "rows"):
            yield from (" | ".join(z.text for z in zeile.cells).replace(FEST, " ") for zeile in teil.rows)
        elif teil.text.strip():
            yield teil.text.replace(FEST, " ")
