"""What goes in comes out: every stored class, every kind of field, and what is refused."""

from __future__ import annotations

import datetime as dt
import enum
import sys
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialtool.fach.felder import felder_of
from sozialtool.fach.messwert import Merkmal, Messwert, Vermerk, Zeichen
from sozialtool.fach.quelle import Befund, Schwere
from sozialtool.fach.rahmen import MESSWERTE
from sozialtool.fach.raum import Gebiet, Gebietsstand, Kommune, Umsteiger
from sozialtool.fehler import BedienFehler, DatenFehler
from sozialtool.projekt import Projekt, create_projekt, open_projekt
from sozialtool.projekt.tabellen import GESPEICHERT, stored_table, tabelle_of

BOESE = 'O\'Brien "[/x]" äöüß\n\t; DROP TABLE gebiet; -- \x00 🙂'


def make_filled(klasse: type, zusatz: str) -> object:
    """Build an object with an unusual value in each field."""
    werte: dict[str, object] = {}
    for feld in felder_of(klasse):
        if issubclass(feld.art, enum.Enum):
            werte[feld.name] = list(feld.art)[-1]
        else:
            werte[feld.name] = {
                str: f"{BOESE}{zusatz}", int: -(2**62), float: 0.1 + 0.2, bool: True, tuple: (BOESE, "", "a;b"),
                dt.date: dt.date(987, 1, 2), dt.datetime: dt.datetime(2025, 3, 30, 2, 30, 1),
            }[feld.art]  # fmt: skip
    return klasse(**werte)


@pytest.mark.parametrize("klasse", GESPEICHERT, ids=lambda k: k.__name__)
def test_every_class_comes_back_as_it_went_in(projekt: Projekt, klasse: type) -> None:
    objekt = make_filled(klasse, "1")
    with projekt.change("alles") as schreiber:
        schreiber.put(objekt)
    schluessel = [getattr(objekt, name) for name in tabelle_of(klasse).schluessel]
    assert projekt.get(klasse, *schluessel) == objekt
    assert objekt in projekt.read(klasse)
    with projekt.change("weg") as schreiber:
        assert schreiber.remove(klasse, *schluessel)
        assert not schreiber.remove(klasse, *schluessel)
    assert projekt.get(klasse, *schluessel) is None


@pytest.mark.parametrize("klasse", GESPEICHERT, ids=lambda k: k.__name__)
def test_every_class_is_taken_back(projekt: Projekt, klasse: type) -> None:
    davor = projekt.read(klasse)
    objekt = make_filled(klasse, "1")
    with projekt.change("alles") as schreiber:
        schreiber.put(objekt)
    danach = projekt.read(klasse)
    projekt.undo()
    assert projekt.read(klasse) == davor
    projekt.redo()
    assert projekt.read(klasse) == danach != davor


def test_defaults_and_empty_values_come_back(projekt: Projekt) -> None:
    objekte = (Merkmal("ew", "Einwohner"), Gebietsstand("2025", "Stand 2025"), Gebiet("01", "Mitte", "sozialraum"))
    with projekt.change("vorgaben") as schreiber:
        schreiber.put(*objekte)
    assert projekt.read(Merkmal) == [objekte[0]]
    assert projekt.read(Gebietsstand) == [objekte[1]]
    assert projekt.read(Gebiet) == [objekte[2]]


def test_order_is_that_of_the_town_then_of_the_key(projekt: Projekt) -> None:
    with projekt.change("folge") as schreiber:
        for schluessel, folge in (("c", 1), ("b", 2), ("a", 2), ("10", 1), ("9", 1)):
            schreiber.put(Gebiet(schluessel, "x", "sozialraum", reihenfolge=folge))
    assert [gebiet.schluessel for gebiet in projekt.read(Gebiet)] == ["10", "9", "c", "a", "b"]


def test_put_changes_what_is_there_and_logs_only_what_differs(projekt: Projekt) -> None:
    alt = Gebiet("01", "Mitte", "sozialraum")
    with projekt.change("eins") as schreiber:
        schreiber.put(alt, Gebiet("02", "Nord", "sozialraum"))
    with projekt.change("zwei") as schreiber:
        schreiber.put(attrs.evolve(alt, name="Innenstadt"), Gebiet("02", "Nord", "sozialraum"))
    assert projekt.verlauf(1)[0].anzahl == 1
    assert projekt.get(Gebiet, "01").name == "Innenstadt"  # type: ignore[union-attr]


def test_enum_names_are_stored_not_their_wording(projekt: Projekt) -> None:
    with projekt.change("enum") as schreiber:
        schreiber.put(Messwert("01", "ew", dt.date(2025, 12, 31), zeichen=Zeichen.FAST_NICHTS))
    zeile = projekt._verbindung.execute("SELECT zeichen, vermerk FROM messwert").fetchone()  # type: ignore[union-attr]
    assert zeile == ("FAST_NICHTS", "KEINER")


MESSWERT_LISTE = [
    Messwert("02", "ew", dt.date(2024, 12, 31), 10.0, quelle="q1"),
    Messwert("01", "ew", dt.date(2025, 12, 31), 11.5, vermerk=Vermerk.VORLAEUFIG, quelle="q1"),
    Messwert("01", "kinder", dt.date(2025, 6, 30), zeichen=Zeichen.GEHEIM, jahre=3, quelle="q2"),
    Messwert("01", "ew", dt.date(2023, 1, 1), 0.0, zeichen=Zeichen.NICHTS),
]


def test_messwerte_come_as_columns_of_the_frame(projekt: Projekt) -> None:
    with projekt.change("werte") as schreiber:
        schreiber.put_messwerte(iter(MESSWERT_LISTE))
    assert projekt.read_messwerte() == {
        "gebiet": ["01", "01", "01", "02"],
        "merkmal": ["ew", "ew", "kinder", "ew"],
        "stand": [dt.date(2023, 1, 1), dt.date(2025, 12, 31), dt.date(2025, 6, 30), dt.date(2024, 12, 31)],
        "jahre": [0, 0, 3, 0],
        "wert": [0.0, 11.5, None, 10.0],
        "zeichen": ["NICHTS", None, "GEHEIM", None],
        "vermerk": [None, "VORLAEUFIG", None, None],
        "quelle": ["", "q1", "q2", "q1"],
    }
    assert list(projekt.read_messwerte()) == list(MESSWERTE.schema)
    assert projekt.count_messwerte() == 4


@pytest.mark.parametrize(
    ("auswahl", "anzahl"),
    [
        ({"merkmale": ["ew"]}, 3), ({"merkmale": iter(["kinder", "O'Brien"])}, 1), ({"merkmale": []}, 0),
        ({"ab_jahr": 2024}, 3), ({"bis_jahr": 2024}, 2), ({"ab_jahr": 2024, "bis_jahr": 2024}, 1),
        ({"merkmale": ["ew"], "ab_jahr": 2025}, 1), ({"ab_jahr": 2026}, 0),
    ],
)  # fmt: skip
def test_messwerte_are_chosen_by_merkmal_and_year(projekt: Projekt, auswahl: dict[str, object], anzahl: int) -> None:
    with projekt.change("werte") as schreiber:
        schreiber.put_messwerte(MESSWERT_LISTE)
    gelesen = projekt.read_messwerte(**auswahl)  # type: ignore[arg-type]
    assert {len(spalte) for spalte in gelesen.values()} == {anzahl}


def test_messwerte_of_a_source_can_be_removed(projekt: Projekt) -> None:
    with projekt.change("werte") as schreiber:
        schreiber.put_messwerte(MESSWERT_LISTE)
    with projekt.change("weg") as schreiber:
        assert schreiber.remove_messwerte("q1") == 2
    assert projekt.count_messwerte() == 2
    assert projekt.undo().anzahl == 2
    assert projekt.count_messwerte() == 4


def test_room_does_not_load_polars(tmp_path: Path) -> None:
    import subprocess

    code = "import sozialtool.projekt, sys; sys.exit(any(m in sys.modules for m in ('polars', 'textual', 'openpyxl')))"
    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False).returncode == 0


STAND = dt.date(2025, 12, 31)


@pytest.mark.parametrize(
    "falsch",
    [
        Messwert("01", "ew", STAND, float("nan")),
        Messwert("01", "ew", STAND, float("inf")),
        Messwert("01", "ew", dt.datetime(2025, 12, 31), 1.0),
        Messwert("01", "ew", "2025-12-31", 1.0),  # type: ignore[arg-type]
        Messwert(1, "ew", STAND, 1.0),  # type: ignore[arg-type]
        Messwert("01", "ew", STAND, "12"),  # type: ignore[arg-type]
        Messwert("01", None, STAND, 1.0),  # type: ignore[arg-type]
        Messwert("01", "ew", STAND, 1.0, quelle="\ud800"),
        Messwert("01", "ew", STAND, 1.0, jahre=2**63),
        Messwert("01", "ew", STAND, 1.0, jahre=1.5),  # type: ignore[arg-type]
        Messwert("01", "ew", STAND, 1.0, vermerk=Zeichen.GEHEIM),  # type: ignore[arg-type]
        Messwert("01", "ew", STAND, 1.0, vermerk="geschätzt"),  # type: ignore[arg-type]
        Gebiet("01", "x", "y", namen=["a"]),  # type: ignore[arg-type]
        Gebiet("01", "x", "y", namen=(1,)),  # type: ignore[arg-type]
    ],
)
def test_values_of_the_wrong_kind_are_refused_in_german(projekt: Projekt, falsch: object) -> None:
    with pytest.raises(DatenFehler, match="„"), projekt.change("falsch") as schreiber:
        schreiber.put(Umsteiger("a", "b", 0.5), falsch)
    assert projekt.read(Umsteiger) == []
    assert projekt.count_messwerte() == 0


def test_a_caught_error_leaves_no_half_step(projekt: Projekt) -> None:
    with projekt.change("halb") as schreiber:
        schreiber.put(Umsteiger("a", "b", 0.5))
        with pytest.raises(DatenFehler):
            schreiber.put_messwerte([*MESSWERT_LISTE, Messwert("x", "y", STAND, float("nan"))])
    assert projekt.count_messwerte() == 0
    assert projekt.read(Umsteiger) == [Umsteiger("a", "b", 0.5)]
    assert projekt.verlauf(1)[0].anzahl == 1


def test_unknown_classes_and_wrong_keys_are_errors_of_the_program(projekt: Projekt) -> None:
    with pytest.raises(TypeError):
        projekt.read(Befund)
    with pytest.raises(TypeError):
        projekt.get(Gebiet)
    with pytest.raises(TypeError):
        projekt.get(Messwert, "01")
    with pytest.raises(TypeError):
        stored_table(str)


def test_befunde_of_a_source_are_replaced_as_a_whole(projekt: Projekt) -> None:
    befunde = [
        Befund("E1", Schwere.FRAGE, "Zeile 3", "so?", "a.xlsx", "Blatt", "D5"),
        Befund("E1", Schwere.HINWEIS, "noch einer an derselben Stelle", "", "a.xlsx", "Blatt", "D5"),
        Befund("E2", Schwere.FEHLER, "ohne Ort"),
    ]
    with projekt.change("befunde") as schreiber:
        schreiber.put_befunde("q1", befunde)
        schreiber.put_befunde("q2", befunde[:1])
    assert projekt.read_befunde("q1") == befunde
    with projekt.change("weniger") as schreiber:
        schreiber.put_befunde("q1", befunde[2:])
    assert projekt.read_befunde("q1") == befunde[2:]
    assert projekt.read_befunde("q2") == befunde[:1]
    projekt.undo()
    assert projekt.read_befunde("q1") == befunde


def test_settings(projekt: Projekt) -> None:
    assert projekt.setting("fehlt") is None
    assert projekt.setting("fehlt", 7) == 7
    with projekt.change("einstellung") as schreiber:
        schreiber.set_setting("drucksache", {"nummer": "17/2025 ä", "tage": [1, 2.5, None]})
    assert projekt.setting("drucksache") == {"nummer": "17/2025 ä", "tage": [1, 2.5, None]}
    with projekt.change("weg") as schreiber:
        schreiber.set_setting("drucksache", None)
    assert projekt.setting("drucksache") is None
    projekt.undo()
    assert projekt.setting("drucksache")["nummer"] == "17/2025 ä"


def test_kommune_and_reopening(pfad: Path, projekt: Projekt) -> None:
    assert projekt.kommune.name == "Lindenrath"
    with projekt.change("Berichtsjahr") as schreiber:
        schreiber.put(attrs.evolve(projekt.kommune, berichtsjahr=2026))
    projekt.close()
    projekt.close()
    with pytest.raises(BedienFehler, match="geschlossen"):
        projekt.read(Kommune)
    with open_projekt(pfad, nur_lesen=True) as wieder:
        assert wieder.kommune == Kommune("01234567", "Lindenrath", berichtsjahr=2026)


# On Windows, where each file costs much more, fewer examples: what is stored is computed the same there.
@settings(max_examples=12 if sys.platform == "win32" else 30, deadline=None)
@given(
    werte=st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20),
    text=st.text(st.characters(exclude_categories=("Cs",))),
)
def test_numbers_and_texts_are_exact_even_after_undo(
    tmp_path_factory: pytest.TempPathFactory, werte: list[float], text: str
) -> None:
    neu = tmp_path_factory.mktemp("genau") / "a.sozial"
    with create_projekt(neu, Kommune("1", "x")) as projekt:
        messwerte = [Messwert(str(i), text, STAND, wert, rohtext=text) for i, wert in enumerate(werte)]
        with projekt.change("rein") as schreiber:
            schreiber.put_messwerte(messwerte)
        with projekt.change("raus") as schreiber:
            for messwert in messwerte:
                schreiber.remove(Messwert, messwert.gebiet, messwert.merkmal, messwert.stand)
        assert projekt.count_messwerte() == 0
        projekt.undo()
        assert sorted(projekt.read(Messwert), key=lambda m: int(m.gebiet)) == messwerte


def test_one_act_inside_another_belongs_to_the_outer_one(projekt: Projekt) -> None:
    with projekt.together("Außen"):
        with projekt.together("Innen"), projekt.change("eins") as schreiber:
            schreiber.put(Gebiet("01", "x", "s"))
        with projekt.change("zwei") as schreiber:
            schreiber.put(Gebiet("02", "x", "s"))
    assert projekt.undo().text == "Außen"
    assert projekt.read(Gebiet) == []
