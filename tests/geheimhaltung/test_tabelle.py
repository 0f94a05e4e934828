"""Only `freigeben` makes a released table, and nobody changes one."""

from __future__ import annotations

import copy
import pickle

import polars as pl
import pytest

from sozialtool.fach.rahmen import KENNZAHLEN, MESSWERTE
from sozialtool.fehler import GeheimhaltungsFehler
from sozialtool.geheimhaltung.freigabe import FreigegebeneTabelle, freigeben


@pytest.fixture
def leer() -> FreigegebeneTabelle:
    return freigeben(pl.DataFrame(schema=KENNZAHLEN.schema), pl.DataFrame(schema=MESSWERTE.schema), (), (), (), ())


def test_nobody_else_makes_one(leer):
    with pytest.raises(GeheimhaltungsFehler):
        FreigegebeneTabelle(object(), None)
    with pytest.raises(GeheimhaltungsFehler):
        copy.deepcopy(leer)
    with pytest.raises(GeheimhaltungsFehler):
        pickle.dumps(leer)
    with pytest.raises(TypeError):
        type("Nachbau", (FreigegebeneTabelle,), {})
    roh = object.__new__(FreigegebeneTabelle)
    with pytest.raises(KeyError):
        _ = roh.kennzahlen


def test_nobody_changes_one(leer):
    for name in ("kennzahlen", "messwerte", "protokoll", "beweis", "neu"):
        with pytest.raises(GeheimhaltungsFehler):
            setattr(leer, name, None)
    with pytest.raises(AttributeError):
        object.__setattr__(leer, "kennzahlen", None)
    vorher = leer.kennzahlen
    fremd = leer.kennzahlen
    fremd.insert_column(0, pl.Series("x", [], dtype=pl.Int64))
    assert leer.kennzahlen.equals(vorher)
