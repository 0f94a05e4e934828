"""Every rule of the checks: what it finds, where, and what it must not cry about."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from bauen import blatt, mappe

from sozialtool.einlesen import aendern
from sozialtool.einlesen.befunde import REGELN
from sozialtool.einlesen.pruefung import Pruefung, answer, examine_rohmappe
from sozialtool.einlesen.rohblatt import Rohblatt, Zellwert
from sozialtool.einlesen.umfeld import Umfeld
from sozialtool.fach.messwert import Merkmal, Merkmalart, Messwert, Vermerk, Zeichen
from sozialtool.fach.quelle import Befund, Quelle, Schwere
from sozialtool.fach.raum import Gebiet, Kommune

STAND = dt.date(2023, 12, 31)
UMFELD = Umfeld(
    Kommune("05999038", "Lindenrath"),
    gebiete=(
        Gebiet("05999038", "Lindenrath", "stadt"),
        Gebiet("O1", "Kernstadt", "ortsteil", "05999038"),
        Gebiet("01", "Altstadt", "sozialraum", "O1"),
        Gebiet("02", "Nord", "sozialraum", "O1"),
        Gebiet("03", "Süd", "sozialraum", "05999038"),
        Gebiet("nz", "nicht zuzuordnen", "sozialraum", "05999038"),
    ),
    merkmale=(
        Merkmal("ew", "Einwohner"),
        Merkmal("w", "Frauen", teil_von="ew", gruppe="geschlecht"),
        Merkmal("m", "Männer", teil_von="ew", gruppe="geschlecht"),
        Merkmal("schnitt", "Jahresmittel", Merkmalart.DURCHSCHNITT),
        Merkmal("stufe", "Stufe", Merkmalart.STUFE),
    ),
)


def liefern(kopf: tuple[str, ...], *zeilen: tuple[Zellwert, ...], umfeld: Umfeld = UMFELD, **mehr: object) -> Pruefung:
    oben = ((f"Stand 31.12.{STAND.year}",), ("Sozialraum", *kopf))
    roh: Rohblatt = blatt(*oben, *zeilen, **mehr)  # type: ignore[arg-type]
    return examine_rohmappe(mappe(roh), umfeld)


def finde(pruefung: Pruefung, code: str) -> list[Befund]:
    return [befund for befund in pruefung.befunde if befund.code == code]


def stellen(pruefung: Pruefung, code: str) -> list[str]:
    return [befund.zelle for befund in finde(pruefung, code)]


def bestand(*werte: tuple[str, str, int, float]) -> Umfeld:
    eintraege = {(g, m, dt.date(j, 12, 31)): Messwert(g, m, dt.date(j, 12, 31), w) for g, m, j, w in werte}
    return attrs.evolve(UMFELD, bestand=eintraege)


GUT = (("Altstadt", 100), ("Nord", 200), ("Süd", 50))


def test_a_clean_delivery_has_no_findings() -> None:
    pruefung = liefern(("Einwohner",), *GUT, ("nicht zuzuordnen", 3), ("insgesamt", 353))
    assert pruefung.befunde == ()
    assert pruefung.bereit
    assert len(pruefung.messwerte) == 4


def test_every_rule_has_a_docstring_with_its_code() -> None:
    assert all(regel.__doc__ and regel.__doc__[0].isupper() for regel in REGELN)


def test_summe_falsch_names_cell_and_difference() -> None:
    pruefung = liefern(("Einwohner",), *GUT, ("nicht zuzuordnen", 3), ("insgesamt", 350))
    befund = finde(pruefung, "SUMME-FALSCH")[0]
    assert (befund.zelle, befund.schwere) == ("B7", Schwere.FRAGE)
    assert "angegeben 350" in befund.meldung
    assert "ergeben 353" in befund.meldung
    assert len(pruefung.messwerte) == 4


def test_summe_falsch_of_a_subtotal_is_told_by_the_hierarchy_of_areas() -> None:
    zeilen = (("Altstadt", 100), ("Nord", 200), ("Kernstadt", 301), ("Süd", 50), ("nicht zuzuordnen", 3))
    pruefung = liefern(("Einwohner",), *zeilen, ("Lindenrath", 353))
    assert stellen(pruefung, "SUMME-FALSCH") == ["B5"]
    assert {w.gebiet for w in pruefung.messwerte} == {"01", "02", "03", "nz"}


def test_secret_parts_allow_only_the_upper_bound() -> None:
    ok = liefern(("Einwohner",), ("Altstadt", "*"), ("Nord", 200), ("Süd", 50), ("insgesamt", 252))
    assert finde(ok, "SUMME-FALSCH") == []
    falsch = liefern(("Einwohner",), ("Altstadt", "*"), ("Nord", 200), ("Süd", 50), ("insgesamt", 249))
    assert "bekannten Teile" in finde(falsch, "SUMME-FALSCH")[0].meldung
    geheim = next(w for w in ok.messwerte if w.gebiet == "01")
    assert (geheim.wert, geheim.zeichen, geheim.rohtext) == (None, Zeichen.GEHEIM, "*")


def test_the_total_is_imported_only_where_its_parts_do_not_give_it() -> None:
    geheim = liefern(("Einwohner",), ("Altstadt", "*"), ("Nord", 200), ("Süd", 50), ("insgesamt", 252))
    assert ("05999038", 252.0) in {(w.gebiet, w.wert) for w in geheim.messwerte}  # no other source of the whole
    voll = liefern(("Einwohner",), ("Altstadt", 2), ("Nord", 200), ("Süd", 50), ("insgesamt", 252))
    assert "05999038" not in {w.gebiet for w in voll.messwerte}
    ohne = liefern(("Einwohner",), ("Altstadt", "*"), ("Nord", "*"), ("Süd", "k. A."), ("insgesamt", 252))
    assert ("05999038", 252.0) in {(w.gebiet, w.wert) for w in ohne.messwerte}
    schnitt = liefern(("Jahresmittel",), ("Altstadt", 1.5), ("Nord", 2.5), ("Süd", 5), ("insgesamt", 3))
    assert ("05999038", 3.0) in {(w.gebiet, w.wert) for w in schnitt.messwerte}
    assert finde(schnitt, "SUMME-FALSCH") == []


def test_rounding_to_five_is_tolerated_and_named() -> None:
    gerundet = liefern(
        ("Einwohner",), ("Altstadt", 105), ("Nord", 205), ("Süd", 50), ("nicht zuzuordnen", 5), ("insgesamt", 375)
    )
    assert finde(gerundet, "SUMME-FALSCH") == []
    falsch = liefern(
        ("Einwohner",), ("Altstadt", 105), ("Nord", 205), ("Süd", 50), ("nicht zuzuordnen", 5), ("insgesamt", 385)
    )
    assert "Runden auf 5" in finde(falsch, "SUMME-FALSCH")[0].meldung


def test_gruppe_falsch_and_teil_groesser() -> None:
    pruefung = liefern(
        ("Einwohner", "Frauen", "Männer"), ("Altstadt", 100, 60, 41), ("Nord", 50, 51, -1), ("Süd", 9, 5, 4)
    )
    assert stellen(pruefung, "GRUPPE-FALSCH") == ["B3"]
    assert stellen(pruefung, "TEIL-GROESSER") == ["C4"]
    assert stellen(pruefung, "NEGATIV") == ["D4"]
    assert not pruefung.bereit


def test_teil_groesser_sees_the_stored_whole() -> None:
    zeilen = (("Altstadt", 101), ("Nord", 5), ("Süd", 6))
    # The sheet says what is counted: "Frauen" alone could be anybody's.
    pruefung = liefern(("Frauen",), *zeilen, umfeld=bestand(("01", "ew", 2023, 100)), name="Einwohner")
    assert stellen(pruefung, "TEIL-GROESSER") == ["B3"]


def test_nicht_ganz_only_for_counts() -> None:
    pruefung = liefern(("Einwohner", "Jahresmittel"), ("Altstadt", 1.5, 1.5), ("Nord", 2, 2.25), ("Süd", 3, 3))
    assert stellen(pruefung, "NICHT-GANZ") == ["B3"]
    assert {w.wert for w in pruefung.messwerte if w.merkmal == "schnitt"} == {1.5, 2.25, 3.0}


def test_gebiet_unbekannt_is_a_question_with_the_cell() -> None:
    pruefung = liefern(("Einwohner",), *GUT, ("Neustadt", 7))
    assert stellen(pruefung, "GEBIET-UNBEKANNT") == ["A6"]
    assert [f.text for f in pruefung.fragen] == ["Neustadt"]
    assert not pruefung.bereit


def test_gebiet_doppelt_with_other_figures_is_an_error() -> None:
    pruefung = liefern(("Einwohner",), *GUT, ("Altstadt", 101))
    assert stellen(pruefung, "GEBIET-DOPPELT") == ["B6"]
    assert not pruefung.bereit
    assert finde(liefern(("Einwohner",), *GUT, ("Altstadt", 100)), "GEBIET-DOPPELT") == []


def test_gebiet_fehlt_lists_all_but_not_the_rest() -> None:
    pruefung = liefern(("Einwohner",), ("Altstadt", 100), ("Nord", 200))
    befunde = finde(pruefung, "GEBIET-FEHLT")
    assert len(befunde) == 1
    assert befunde[0].meldung == "Es fehlt: Süd."


def test_leading_zeros_come_back_with_a_remark() -> None:
    pruefung = liefern(("Einwohner",), (1, 100), (2, 200), (3, 50))
    assert [w.gebiet for w in pruefung.messwerte] == ["01", "02", "03"]
    assert finde(pruefung, "CODE-NULLEN")[0].schwere is Schwere.HINWEIS


def test_error_cells_matter_only_inside_the_data_that_is_read() -> None:
    pruefung = liefern(
        ("Einwohner", "Quote %"), ("Altstadt", 100, None), ("Nord", None, 3), ("Süd", None, 4),
        fehler={(2, 2): "#DIV/0!", (3, 1): "#REF!"}, ohne_wert=frozenset({(4, 1)}),
    )  # fmt: skip
    assert stellen(pruefung, "ZELLE-FEHLER") == ["B4"]
    assert stellen(pruefung, "FORMEL-OHNE-WERT") == ["B5"]
    assert [w.gebiet for w in pruefung.messwerte] == ["01"]
    assert "„Quote %“" in finde(pruefung, "SPALTE-UNGELESEN")[0].meldung


def test_unknown_sign_is_asked_once_and_its_meaning_kept() -> None:
    pruefung = liefern(("Einwohner", "Frauen"), ("Altstadt", 100, "§§"), ("Nord", "§§", 4), ("Süd", 50, 6))
    assert [f.art for f in pruefung.fragen] == ["zeichen"]
    assert stellen(pruefung, "ZEICHEN-UNBEKANNT") == ["C3", "B4"]
    zuordnung = aendern.apply_answer(pruefung.zuordnung, pruefung.fragen[0], "GEHEIM")
    fertig = answer(pruefung, UMFELD, zuordnung)
    assert fertig.fragen == ()
    assert sum(w.zeichen is Zeichen.GEHEIM for w in fertig.messwerte) == 2


def test_the_legend_of_the_file_outranks_the_usual_meaning() -> None:
    pruefung = liefern(
        ("Einwohner",), ("Altstadt", 100), ("Nord", "."), ("Süd", "/"), (), (". = geheim; / = nichts vorhanden",)
    )
    zeichen = {w.gebiet: (w.wert, w.zeichen) for w in pruefung.messwerte}
    assert zeichen["02"] == (None, Zeichen.GEHEIM)
    assert zeichen["03"] == (0.0, Zeichen.NICHTS)


def test_ambiguous_number_and_the_planners_decision() -> None:
    pruefung = liefern(("Einwohner",), ("Altstadt", "1.234"), ("Nord", "900"), ("Süd", "5000"))
    assert stellen(pruefung, "ZAHL-MEHRDEUTIG") == ["B3"]
    klar = answer(pruefung, UMFELD, aendern.with_tausenderpunkt(pruefung.zuordnung, 0, "einwohner", tausender=True))
    assert finde(klar, "ZAHL-MEHRDEUTIG") == []
    assert klar.messwerte[0].wert == 1234


def test_footnotes_and_estimates_keep_the_number() -> None:
    pruefung = liefern(("Einwohner",), ("Altstadt", "15 1)"), ("Nord", "ca. 20"), ("Süd", 5))
    assert [w.wert for w in pruefung.messwerte] == [15.0, 20.0, 5.0]
    assert pruefung.messwerte[1].vermerk is Vermerk.GESCHAETZT
    assert finde(pruefung, "ZAHL-FUSSNOTE")[0].schwere is Schwere.HINWEIS


@pytest.mark.parametrize(
    ("alt", "neu", "sprung"),
    [
        (100, 131, False),
        (100, 160, True),
        (3, 10, False),
        (3, 13, True),
        (1000, 1299, False),
        (1000, 1350, True),
        (0, 4, False),
    ],
)
def test_sprung_is_five_standard_deviations_and_a_third(alt: float, neu: float, sprung: bool) -> None:
    pruefung = liefern(
        ("Einwohner",), ("Altstadt", neu), ("Nord", 5), ("Süd", 5), umfeld=bestand(("01", "ew", 2022, alt))
    )
    assert bool(stellen(pruefung, "SPRUNG")) is sprung


def test_no_jump_over_several_years() -> None:
    pruefung = liefern(
        ("Einwohner",), ("Altstadt", 900), ("Nord", 5), ("Süd", 5), umfeld=bestand(("01", "ew", 2015, 100))
    )
    assert finde(pruefung, "SPRUNG") == []


def test_wert_aendert_aelter_and_schon_geliefert() -> None:
    umfeld = bestand(("01", "ew", 2023, 90), ("02", "ew", 2023, 200), ("02", "ew", 2024, 210))
    quelle = Quelle("q", "alt.xlsx", "ab" * 32, eingelesen_am=dt.datetime(2024, 2, 1))
    pruefung = liefern(("Einwohner",), *GUT, umfeld=attrs.evolve(umfeld, quellen=(quelle,)))
    assert stellen(pruefung, "WERT-AENDERT") == ["B3"]
    assert "bisher 90, jetzt 100" in finde(pruefung, "WERT-AENDERT")[0].meldung
    assert "31.12.2024" in finde(pruefung, "AELTER")[0].meldung
    assert "01.02.2024" in finde(pruefung, "SCHON-GELIEFERT")[0].meldung


def test_an_accepted_error_no_longer_stands_in_the_way() -> None:
    pruefung = liefern(("Einwohner",), *GUT, ("Altstadt", 101))
    zuordnung = aendern.accept(pruefung.zuordnung, finde(pruefung, "GEBIET-DOPPELT")[0])
    fertig = answer(pruefung, UMFELD, zuordnung)
    assert fertig.bereit
    assert finde(fertig, "GEBIET-DOPPELT")[0].schwere is Schwere.HINWEIS


def test_stand_of_title_and_file_name_disagree() -> None:
    roh = blatt(("Stand 31.12.2022",), ("Sozialraum", "Einwohner"), *GUT)
    pruefung = examine_rohmappe(mappe(roh, datei="Einwohner_2023.xlsx"), UMFELD)
    assert {w.stand.year for w in pruefung.messwerte} == {2022}
    assert len(finde(pruefung, "STAND-WIDERSPRUCH")) == 1


def test_findings_come_in_the_order_of_the_file() -> None:
    pruefung = liefern(("Einwohner", "Frauen"), ("Altstadt", 1.5, 2.5), ("Nord", 2.5, 1), ("Süd", 3, 1.5))
    assert stellen(pruefung, "NICHT-GANZ") == ["B3", "C3", "B4", "C5"]


def test_the_senders_own_sign_table_counts_before_the_usual_one() -> None:
    from sozialtool import katalog

    umfeld = attrs.evolve(UMFELD, zeichentabellen=katalog.load_zeichentabellen())
    notiz = ("(C)opyright Landesbetrieb IT.NRW, Düsseldorf",)
    fremd = liefern(("Einwohner",), ("Altstadt", "."), ("Nord", 2), ("Süd", 0), (), notiz, umfeld=umfeld)
    eigen = liefern(("Einwohner",), ("Altstadt", "."), ("Nord", 2), ("Süd", 0), umfeld=umfeld)
    assert fremd.messwerte[0].zeichen is Zeichen.GEHEIM
    assert eigen.messwerte[0].zeichen is Zeichen.UNBEKANNT
    assert (fremd.messwerte[2].wert, fremd.messwerte[2].zeichen) == (0, None)


def test_two_columns_of_one_merkmal_are_named_as_columns() -> None:
    pruefung = liefern(
        ("Einwohner", "Bevölkerung gesamt"), *((name, 100 + nr, 200 + nr) for nr, (name, *_) in enumerate(GUT))
    )
    offen = {frage.text: frage for frage in pruefung.fragen}
    assert "Bevölkerung gesamt" in offen
    doppelt = aendern.with_merkmal(pruefung.zuordnung, 0, offen["Bevölkerung gesamt"].schluessel, "ew")
    befund = finde(answer(pruefung, UMFELD, doppelt), "GEBIET-DOPPELT")[0]
    assert befund.vorschlag.startswith("Die Spalten B und C sind demselben Merkmal zugeordnet")
