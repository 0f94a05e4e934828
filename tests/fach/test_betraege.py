"""Amounts of money as people type them: what is clear is read, what could mean two things is refused."""

from __future__ import annotations

import pytest

from sozialtool.fach.felder import felder_of
from sozialtool.fach.planung import Massnahmenkosten
from sozialtool.fehler import FeldFehler

(AUSGEGEBEN,) = (f for f in felder_of(Massnahmenkosten) if f.name == "ausgegeben")


@pytest.mark.parametrize(
    ("text", "betrag"),
    [
        ("29.400,00 €", 29400), ("29400", 29400), ("5.000", 5000), ("29 400,00", 29400), ("29\u00a0400,50\u00a0€", 29400.5),
        ("29\u202f400 EUR", 29400), ("€ 12,5", 12.5), ("EUR29.400", 29400), ("29.400,-", 29400), ("29.400,-- €", 29400), ("29400.5", 29400.5),
        ("29400.00 Euro", 29400), ("−300,00 €", -300), ("0,125", 0.125), ("1234,567", 1234.567), ("1.234.567,89", 1234567.89),
    ],
)  # fmt: skip
def test_amounts_are_read_as_they_are_written_in_a_german_office(text, betrag):
    assert AUSGEGEBEN.from_text(text) == betrag


@pytest.mark.parametrize(
    "text", ["5,000", "1.23,45", "29,400.00", "5.00.000", "1.000 000", "5 T€", "ca. 5000", "5 6", "1e5", "nan", "€", "٣", "9" * 400]
)  # fmt: skip
def test_what_could_mean_two_things_is_refused_with_an_example(text):
    with pytest.raises(FeldFehler, match=r"29\.400,00 €"):
        AUSGEGEBEN.from_text(text)


@pytest.mark.parametrize("betrag", [612.345, 5.125, -999.001, 0.125, 1234.567, 29400.0, 0.1 + 0.2, 612.3451])
def test_every_amount_is_read_again_as_it_is_shown(betrag):
    """A workbook computes thousandths (a third of a sum); the form that shows them must take them, not ask what is meant."""
    assert AUSGEGEBEN.from_text(AUSGEGEBEN.to_text(betrag)) == pytest.approx(betrag, rel=1e-14)
    assert AUSGEGEBEN.to_text(612.345) == "612,3450"
    assert AUSGEGEBEN.to_text(29400.0) == "29400"
