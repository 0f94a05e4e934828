"""Dates over the columns, as cells or as texts: each column has its own Stand."""

from __future__ import annotations

import datetime as dt

import pytest
from bauen import blatt, mappe

from sozialtool.einlesen.pruefung import Pruefung, answer_frage, examine_rohmappe
from sozialtool.einlesen.umfeld import Umfeld
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Gebiet, Kommune

NAMEN = ("Altstadt", "Nord", "Süd")
UMFELD = Umfeld(
    Kommune("05999038", "Lindenrath"),
    gebiete=tuple(Gebiet(f"0{i}", name, "sozialraum", "05999038") for i, name in enumerate(NAMEN, 1)),
    merkmale=(Merkmal("arbeitslose", "Arbeitslose"),),
)
QUARTALE = (dt.date(2025, 3, 31), dt.date(2025, 6, 30), dt.date(2025, 12, 31))


def staende(pruefung: Pruefung) -> list[tuple[str, float]]:
    return [(str(wert.stand), wert.wert or 0.0) for wert in pruefung.messwerte if wert.gebiet == "02"]


@pytest.mark.parametrize("als_text", [True, False])
@pytest.mark.parametrize("anzahl", [2, 3])
def test_a_date_over_each_column(als_text, anzahl):
    tage = QUARTALE[:anzahl]
    kopf = tuple(f"{tag:%d.%m.%Y}" if als_text else dt.datetime(tag.year, tag.month, tag.day) for tag in tage)
    zeilen = ((name, *(100 * i + s for s in range(anzahl))) for i, name in enumerate(NAMEN, 1))
    pruefung = examine_rohmappe(
        mappe(blatt(("Arbeitslose nach Sozialräumen",), ("Sozialraum", *kopf), *zeilen)), UMFELD
    )
    while pruefung.fragen:
        assert {frage.art for frage in pruefung.fragen} == {"merkmal"}
        pruefung = answer_frage(pruefung, UMFELD, pruefung.fragen[0].kennung, "arbeitslose")
    assert staende(pruefung) == [(str(tag), 200.0 + s) for s, tag in enumerate(tage)]
    assert [befund.code for befund in pruefung.befunde if befund.code == "GEBIET-UNBEKANNT"] == []
