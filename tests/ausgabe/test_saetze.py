"""The sentences of a Steckbrief say only what the shown figures say."""

from __future__ import annotations

import attrs
import pytest

from sozialtool.ausgabe.saetze import saetze_zum_gebiet
from sozialtool.ausgabe.werkbank import rechnung
from sozialtool.fach.indikator import Indikator, Richtung
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Zeichen
from tests.ausgabe.bau import GEBIETE, baue_bericht, indikatoren

RAUM = GEBIETE[1]
BEWERTET = [ind for ind in indikatoren() if ind.richtung is not Richtung.NEUTRAL and ind.nenner]


def _kennzahl(ind, lage, zeichen=None):
    leer = dict.fromkeys(Kennzahl._fields)
    wert = None if zeichen else 12.0
    return Kennzahl(**(leer | {
        "indikator": ind.kennung, "jahr": 2025, "gebiet": RAUM.schluessel, "wert": wert, "stadtwert": 10.0, "lage": lage,
        "zeichen": zeichen,
    }))  # fmt: skip


@attrs.frozen
class Zahlen:
    zeilen: dict

    def jahr(self, kennung, jahr):
        return 2025 if kennung in self.zeilen else None

    def get(self, kennung, jahr, gebiet):
        return self.zeilen.get(kennung)


@attrs.frozen
class Bank:
    zahlen: Zahlen
    bericht: object


def saetze(*lagen):
    inds = BEWERTET[: len(lagen)]
    zeilen = {
        ind.kennung: _kennzahl(ind, None, lage) if isinstance(lage, Zeichen) else _kennzahl(ind, lage)
        for ind, lage in zip(inds, lagen, strict=True)
    }
    return " ".join(saetze_zum_gebiet(Bank(Zahlen(zeilen), baue_bericht()), RAUM, inds))


def test_an_area_whose_figures_are_all_secret_is_not_called_average():
    text = saetze(Zeichen.GEHEIM, Zeichen.GEHEIM, Zeichen.GEHEIM)
    assert "im Rahmen" not in text
    assert "Vergleich mit der Stadt ist hier nicht möglich" in text
    assert "3 Werte werden" in text


def test_all_means_all():
    assert "Alle bewerteten Indikatoren liegen im Rahmen" in saetze(0, 0, 0)
    assert "Die bewerteten Indikatoren, die sich vergleichen lassen, liegen im Rahmen" in saetze(0, Zeichen.GEHEIM, 0)


@pytest.mark.parametrize("bewertet", [0, Zeichen.GEHEIM], ids=["wie die Stadt", "geheim"])
def test_what_differs_without_a_judgement_is_said_where_nothing_else_stands_out(bewertet):
    # The table beside it shows arrows for these: "like the town" alone would contradict them.
    neutral = [
        attrs.evolve(ind, kennung=f"N{nr}", name=f"Neutral {nr}", richtung=Richtung.NEUTRAL)
        for nr, ind in enumerate(BEWERTET[:3])
    ]
    zeilen = {BEWERTET[0].kennung: _kennzahl(BEWERTET[0], None, bewertet) if bewertet else _kennzahl(BEWERTET[0], 0)}
    zeilen |= {ind.kennung: _kennzahl(ind, lage) for ind, lage in zip(neutral, (-1, 0, 2), strict=True)}
    text = " ".join(saetze_zum_gebiet(Bank(Zahlen(zeilen), baue_bericht()), RAUM, [BEWERTET[0], *neutral]))
    anders = text.split("Anders als in der Stadt, ohne dass es günstig oder ungünstig wäre: ")[1]
    assert anders.index("Neutral 2 (12,") < anders.index("Neutral 0 (12,")
    assert "Neutral 1" not in anders
    assert "vergleichbaren" not in text
    zeilen[BEWERTET[0].kennung] = _kennzahl(BEWERTET[0], 2)
    text = " ".join(saetze_zum_gebiet(Bank(Zahlen(zeilen), baue_bericht()), RAUM, [BEWERTET[0], *neutral]))
    assert "Anders als" not in text


@pytest.mark.parametrize(("lagen", "wort"), [((2,), "Dieser Unterschied"), ((2, -1), "Diese Unterschiede")])
def test_one_difference_is_one(lagen, wort):
    assert wort in saetze(*lagen)


@pytest.mark.parametrize("ind", BEWERTET, ids=lambda ind: ind.kennung)
def test_a_low_value_is_unfavourable_only_where_a_high_one_relieves(ind):
    zeilen = {ind.kennung: _kennzahl(ind, -1)}
    text = " ".join(saetze_zum_gebiet(Bank(Zahlen(zeilen), baue_bericht()), RAUM, [ind]))
    assert ("Ungünstiger als" in text) == (ind.richtung is Richtung.ENTLASTEND)
    assert ("Günstiger als" in text) == (ind.richtung is Richtung.BELASTEND)


def test_quotient_of_a_difference_has_brackets():
    namen = {"zu": "Zuzüge", "fort": "Fortzüge", "ew": "Einwohner", "u3": "unter 3", "u6": "3 bis 6"}
    saldo = Indikator("B10", "Saldo", "bevoelkerung", "zu - fort", nenner="ew", faktor=1000.0)
    assert rechnung(saldo, namen) == "(Zuzüge − Fortzüge) ÷ Einwohner · 1.000"
    assert (
        rechnung(attrs.evolve(saldo, zaehler="zu", nenner="u3 + u6"), namen) == "Zuzüge ÷ (unter 3 + 3 bis 6) · 1.000"
    )
    assert rechnung(attrs.evolve(saldo, zaehler="zu"), namen) == "Zuzüge ÷ Einwohner · 1.000"
