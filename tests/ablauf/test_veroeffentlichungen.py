"""What went out is kept, stays shown, and the next release is protected together with it."""

from __future__ import annotations

import datetime as dt
import hashlib

import attrs
import pytest

from sozialtool import ablauf
from sozialtool.ablauf.gebietsstaende import Raumplan
from sozialtool.ablauf.kennzahlen import compute, read_grundlage
from sozialtool.ablauf.listenpruefung import check_liste
from sozialtool.ablauf.veroeffentlichungen import Bekanntes, build_regel, compare_plaene
from sozialtool.cli import run
from sozialtool.einlesen.spuren import read_spuren
from sozialtool.fach.messwert import Merkmal, Merkmalart, Messwert
from sozialtool.fach.raum import Gebiet, Gebietsstand, Raum
from sozialtool.fach.veroeffentlichung import BekannteZahl, Geheimhaltungsregel, Schutzverfahren, Veroeffentlichung
from sozialtool.fehler import BedienFehler, DatenFehler, GeheimhaltungsFehler
from sozialtool.geheimhaltung.festhalten import thaw
from sozialtool.geheimhaltung.werte import Stueck
from tests.ablauf.raumstadt import ALT, build_raumstadt
from tests.ablauf.test_leckpruefung import lade

TAG = dt.date(2025, 12, 31)


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_raumstadt(tmp_path / "stadt", range(2024, 2026)) as projekt:
        yield projekt


def zahlen(projekt):
    spalten = compute(projekt).tabelle.messwerte.select("gebiet", "merkmal", "stand", "wert")
    return {(g, m, s): w for g, m, s, w in spalten.iter_rows()}


def setze(projekt, gebiet, merkmal, wert):
    with projekt.change("Zahl") as schreiber:
        schreiber.put_messwerte([Messwert(gebiet, merkmal, TAG, wert)])


def test_the_file_that_went_out_is_never_written_over(projekt):
    pfad = ablauf.ausgeben(projekt, 2025, "17/801", stand=TAG, endgueltig=True)
    frei = ablauf.barrierefrei_of(pfad)
    hinaus, dazu = pfad.read_bytes(), frei.read_bytes()
    ablauf.ausgeben(projekt, 2025, stand=dt.date(2026, 4, 1))
    assert pfad.read_bytes() != hinaus
    assert pfad.with_name("Monitoring_2025_2025-1.xlsx").read_bytes() == hinaus
    # The accessible edition went out with it, and is not left behind with older figures.
    assert frei.with_name("Monitoring_2025_barrierefrei_2025-1.xlsx").read_bytes() == dazu
    assert frei.read_bytes() != dazu
    # A draft went nowhere: nobody needs a copy of it.
    ablauf.ausgeben(projekt, 2025, stand=dt.date(2026, 4, 2))
    namen = ["", "_2025-1", "_barrierefrei", "_barrierefrei_2025-1"]
    assert sorted(p.name for p in pfad.parent.iterdir()) == [f"Monitoring_2025{name}.xlsx" for name in namen]


def test_a_final_workbook_is_kept_a_draft_is_not(projekt):
    ablauf.ausgeben(projekt, 2025)
    assert ablauf.list_veroeffentlichungen(projekt) == ()
    pfad = ablauf.ausgeben(projekt, 2025, "17/801", stand=dt.date(2026, 3, 4), endgueltig=True)
    (v,) = ablauf.list_veroeffentlichungen(projekt)
    assert (v.schluessel, v.jahr, v.datei, v.gebietsstand) == ("2025-1", 2025, "Monitoring_2025.xlsx", ALT)
    assert v.name == "Monitoring 2025 vom 04.03.2026, Drucksache 17/801"
    assert v.pruefsumme == hashlib.sha256(pfad.read_bytes()).hexdigest()
    ablauf.ausgeben(projekt, 2025, stand=dt.date(2026, 4, 1), endgueltig=True)
    assert [v.schluessel for v in ablauf.list_veroeffentlichungen(projekt)] == ["2025-1", "2025-2"]
    ablauf.withdraw_veroeffentlichung(projekt, "2025-2")
    with pytest.raises(BedienFehler, match=r"hält „Monitoring 2025 vom 01\.04\.2026“ wieder als Veröffentlichung fest"):
        ablauf.undo(projekt)
    ablauf.undo(projekt, trotzdem=True)
    assert len(ablauf.list_veroeffentlichungen(projekt)) == 2
    # Done again, the withdrawal would take its protection away a second time.
    assert ablauf.say_ruecknahme(projekt, vor=True).startswith("Das nimmt „Monitoring 2025 vom 01.04.2026“ als")
    with pytest.raises(
        BedienFehler, match=r"Nur, wenn sie das Haus nicht verlassen hat.*wiederherstellen --trotzdem"
    ) as fehler:
        ablauf.redo(projekt)
    assert fehler.value.code == "WIEDER-HINAUS"
    assert len(ablauf.list_veroeffentlichungen(projekt)) == 2
    ablauf.redo(projekt, trotzdem=True)
    assert [v.schluessel for v in ablauf.list_veroeffentlichungen(projekt)] == ["2025-1"]
    ablauf.undo(projekt, trotzdem=True)
    with pytest.raises(BedienFehler, match="2025-1, 2025-2"):
        ablauf.withdraw_veroeffentlichung(projekt, "2024-1")


def test_what_was_shown_stays_shown_and_nothing_follows(projekt):
    setze(projekt, "01", "arbeitslose", 2.0)
    vorher = zahlen(projekt)
    assert None in vorher.values()
    ablauf.ausgeben(projekt, 2025, stand=TAG, endgueltig=True)
    # A second small count in another row: its shields must be others than what has been shown.
    setze(projekt, "05", "arbeitslose", 1.0)
    nachher = zahlen(projekt)
    assert "gemeinsam mit: Monitoring 2025 vom 31.12.2025" in ablauf.describe_geheimhaltung(projekt, 2025)
    for ort, wert in vorher.items():
        if wert is not None and nachher[ort] != wert:
            assert ort[0] in {"05", "B", "05999004"}, "only what has another value may be hidden"
    assert nachher["05", "arbeitslose", TAG] is None
    assert nachher["01", "arbeitslose", TAG] is None


def test_a_higher_mindestfallzahl_does_not_take_back_what_was_shown(projekt):
    setze(projekt, "01", "arbeitslose", 4.0)
    assert zahlen(projekt)["01", "arbeitslose", TAG] == 4.0
    ablauf.ausgeben(projekt, 2025, stand=dt.date(2026, 3, 4), endgueltig=True)
    merkmal = projekt.get(Merkmal, "arbeitslose")
    with projekt.change("strenger") as schreiber:
        schreiber.put(attrs.evolve(merkmal, mindestfallzahl=5))
    assert zahlen(projekt)["01", "arbeitslose", TAG] == 4.0
    assert ablauf.check_fruehere(projekt) == ()


def test_an_earlier_release_that_discloses_a_secret_stops_the_next(projekt):
    ganzes = zahlen(projekt)["01", "ew_15_65", TAG]
    setze(projekt, "01", "arbeitslose", ganzes - 4.0)
    merkmal = projekt.get(Merkmal, "arbeitslose")
    ablauf.ausgeben(projekt, 2025, stand=dt.date(2026, 3, 4), endgueltig=True)
    with projekt.change("strenger") as schreiber:
        schreiber.put(attrs.evolve(merkmal, mindestfallzahl=5))
    assert ablauf.check_fruehere(projekt)
    with pytest.raises(GeheimhaltungsFehler, match=r"Monitoring 2025 vom 04\.03\.2026") as fehler:
        ablauf.ausgeben(projekt, 2025)
    assert fehler.value.code == "GEHEIM-FRUEHER"
    assert "--bekanntes-hinnehmen" in fehler.value.abhilfe
    assert ablauf.ausgeben(projekt, 2025, bekanntes_hinnehmen=True).is_file()


def test_a_small_piece_between_old_and_new_boundaries_is_protected(projekt):
    setze(projekt, "b1c", "ew", 2.0)
    setze(projekt, "01", "ew", 1212.0 + 917.0 - 2 + 2)
    alt = zahlen(projekt)
    ablauf.ausgeben(projekt, 2025, stand=TAG, endgueltig=True)
    ablauf.make_variante(projekt, "neu", "Räume 2024")
    ablauf.move_gebiete(projekt, "neu", ["b1c"], "02")
    ablauf.agree_gebietsstand(projekt, "neu", dt.date(2024, 3, 7), "Rat", dt.date(2024, 7, 1))
    # Known to the system of relations, so nobody has to be asked.
    assert ablauf.check_grenzen(projekt) == ()
    neu = zahlen(projekt)
    assert alt["01", "ew", TAG] is not None
    assert neu["01", "ew", TAG] is None
    assert neu["02", "ew", TAG] is None
    assert neu["03", "ew", TAG] == alt["03", "ew", TAG]


def test_figures_from_outside_are_not_hidden(projekt):
    for n in range(1, 7):
        setze(projekt, f"0{n}", "arbeitslose", 2.0 if n == 1 else 0.0)
    stadt = projekt.kommune.ags
    assert zahlen(projekt)[stadt, "arbeitslose", TAG] is None
    with projekt.change("Kreis") as schreiber:
        schreiber.put(BekannteZahl(stadt, "arbeitslose", 0, "Kreisdatenatlas"))
    nachher = zahlen(projekt)
    assert nachher[stadt, "arbeitslose", TAG] == 2.0
    assert "Kreisdatenatlas" in ablauf.describe_geheimhaltung(projekt, 2025)
    assert nachher["01", "arbeitslose", TAG] is None
    assert sum(nachher[f"0{n}", "arbeitslose", TAG] is None for n in range(1, 7)) >= 2


def test_a_source_may_ask_for_more(projekt):
    """Zeros of one Fachbereich are secret too, others stay; the list goes to Excel and back by the command."""
    setze(projekt, "01", "arbeitslose", 0.0)
    assert zahlen(projekt)["01", "arbeitslose", TAG] == 0.0
    merkmal = projekt.get(Merkmal, "arbeitslose")
    with projekt.change("Regel") as schreiber:
        schreiber.put(Geheimhaltungsregel(merkmal.fachbereich.upper(), "Statistik der BA", keiner=True))
    assert zahlen(projekt)["01", "arbeitslose", TAG] is None
    assert "(Statistik der BA): auch eine Null bleibt geheim" in ablauf.describe_geheimhaltung(projekt, 2025)
    # The rule travels with the release.
    ablauf.ausgeben(projekt, 2025, stand=TAG, endgueltig=True)
    assert zahlen(projekt)["01", "arbeitslose", TAG] is None
    pfad, datei = str(projekt.pfad), str(projekt.pfad.parent / "regeln.xlsx")
    projekt.close()
    assert run(["--projekt", pfad, "liste", "ausgeben", "geheimhaltungsregeln", datei]) == 0
    assert run(["--projekt", pfad, "liste", "einlesen", "geheimhaltungsregeln", datei]) == 0


def test_a_source_may_name_the_lowest_level(projekt, capfd):
    merkmal = projekt.get(Merkmal, "arbeitslose")
    regel = Geheimhaltungsregel(merkmal.fachbereich, "Statistik der BA", "Vertrag", ab_ebene="Ortsteile")
    assert zahlen(projekt)["01", "arbeitslose", TAG] is not None
    with projekt.change("Regel") as schreiber:
        schreiber.put(regel)
    nachher = zahlen(projekt)
    raeume = [g.schluessel for g in projekt.read(Gebiet) if g.ebene == "sozialraum"]
    assert all(nachher.get((g, "arbeitslose", TAG)) is None for g in raeume)
    assert all(nachher[g, "arbeitslose", TAG] is not None for g in ("A", "B", projekt.kommune.ags))
    assert "kleinerer Gebiete als der Ebene „Ortsteil“" in ablauf.describe_geheimhaltung(projekt, 2025)
    # A level that is no more lets nothing but the town out.
    with projekt.change("Regel") as schreiber:
        schreiber.put(attrs.evolve(regel, ab_ebene="Quartier"))
    assert zahlen(projekt)["A", "arbeitslose", TAG] is None
    assert zahlen(projekt)[projekt.kommune.ags, "arbeitslose", TAG] is not None
    kennung = next(i.kennung for i in read_grundlage(projekt).indikatoren if i.zaehler == "arbeitslose")
    pfad = str(projekt.pfad)
    projekt.close()
    assert run(["--projekt", pfad, "geheimhaltung", "erklaeren", kennung, "01"]) == 0
    assert "(verlangt von Statistik der BA, Vertrag)" in capfd.readouterr().out


def test_a_source_may_ask_for_rounding(projekt):
    """Counts and rates of that source are rounded on every sheet, with a note; the finished file holds no exact one."""
    setze(projekt, "01", "arbeitslose", 2.0)
    assert zahlen(projekt)["01", "arbeitslose", TAG] is None
    merkmal = projekt.get(Merkmal, "arbeitslose")
    with projekt.change("Regel") as schreiber:
        schreiber.put(
            Geheimhaltungsregel(merkmal.fachbereich, "IT.NRW", "§ 16 BStatG", verfahren=Schutzverfahren.RUNDEN)
        )
    ergebnis = compute(projekt)
    nachher = zahlen(projekt)
    assert nachher["01", "arbeitslose", TAG] == 0.0
    gezeigt = [w for (_, m, _), w in nachher.items() if m == "arbeitslose" and w is not None]
    assert len(gezeigt) > 5
    assert all(w % 5 == 0 for w in gezeigt)
    assert "auf das nächste Vielfache von 5 gerundet" in ablauf.describe_geheimhaltung(projekt, 2025)
    indikator = next(i for i in ergebnis.grundlage.indikatoren if i.zaehler == "arbeitslose")
    zeilen = ergebnis.tabelle.kennzahlen.filter(ergebnis.tabelle.kennzahlen["indikator"] == indikator.kennung)
    for z in zeilen.filter(zeilen["wert"].is_not_null()).to_dicts():
        assert z["zaehler"] % 5 == 0
        assert z["wert"] == pytest.approx(z["zaehler"] / z["nenner"] * indikator.faktor, abs=0.06)
    pfad = ablauf.ausgeben(projekt, 2025, stand=TAG, endgueltig=True)
    texte = read_texte(pfad)
    assert any("sind auf 5 gerundet, jede für sich" in text for text in texte)
    assert any("IT.NRW, § 16 BStatG" in text for text in texte)
    assert zahlen(projekt) == nachher
    # The true rate behind a rounded one is as secret as a suppressed one.
    wahr = {m: {g: w for g, n, t, w in roh(projekt) if (n, t) == (m, TAG)} for m in ("arbeitslose", "ew_15_65")}
    gezeigte = [g for g in wahr["arbeitslose"] if nachher.get((g, "arbeitslose", TAG)) is not None]
    quoten = [wahr["arbeitslose"][g] / wahr["ew_15_65"][g] * indikator.faktor for g in gezeigte]
    mappe = lade(pfad)
    mappe["Deckblatt"]["B40"] = next(q for q in quoten if q != round(q, 4))
    mappe.save(pfad.with_name("x.xlsx"))
    assert {b.code for b in ablauf.check_arbeitsmappe(projekt, pfad.with_name("x.xlsx"))} == {"LECK-WERT"}


def roh(projekt):
    spalten = projekt.read_messwerte()
    return zip(*(spalten[s] for s in ("gebiet", "merkmal", "stand", "wert")), strict=True)


def test_rules_on_money_hold_for_money_alone():
    euro = Merkmal("euro", "Ausgaben", Merkmalart.SUMME, "1.000 €", "Jugendamt")
    plaetze = Merkmal("plaetze", "Plätze", Merkmalart.SUMME, "Plätze", "Jugendamt")
    regel = Geheimhaltungsregel("Jugendamt", "Jugendamt", dominanz_anzahl=2, dominanz_anteil=85.0, p_prozent=10.0)
    gebaut = build_regel(Bekanntes(regeln=(regel,)), [euro, plaetze], ())
    assert gebaut.dominanz == {"euro": [2, 85.0, 10.0]}
    (satz,) = gebaut.verlangt
    assert "die 2 größten Beiträge machen höchstens 85 % eines gezeigten Geldbetrags aus" in satz
    assert "genauer als auf 10 % schätzen" in satz
    assert "nur die Zahl der Fälle geprüft" in satz


def read_texte(pfad):
    return [z.wert for blatt in read_spuren(pfad).blaetter for z in blatt.zellen.values() if isinstance(z.wert, str)]


def test_the_lists_know_sources_levels_areas_and_figures(projekt):
    merkmal = projekt.get(Merkmal, "arbeitslose")
    gut = [Geheimhaltungsregel(merkmal.fachbereich.upper(), "BA", ab_ebene="Sozialräume")]
    (regel,) = check_liste(projekt, gut)
    assert regel.ab_ebene == "sozialraum"
    with pytest.raises(DatenFehler, match="steht zweimal"):
        check_liste(projekt, [*gut, Geheimhaltungsregel(merkmal.fachbereich, "IT.NRW")])
    schlecht = [Geheimhaltungsregel("Jobcentre", "BA", ab_ebene="Quartier")]
    with pytest.raises(DatenFehler, match=r"(?s)Zur Dominanz gehören.*p höchstens bei 100"):
        check_liste(projekt, [attrs.evolve(gut[0], dominanz_anzahl=2, p_prozent=110.0)])
    with pytest.raises(DatenFehler, match=r"(?s)Jobcentre: Diese Quelle.*„Quartier“ gibt es nicht; möglich sind Stadt"):
        check_liste(projekt, schlecht)
    (zahl,) = check_liste(projekt, [BekannteZahl("Stadt", merkmal.name, 0, "Kreisdatenatlas")])
    assert (zahl.gebiet, zahl.merkmal) == (projekt.kommune.ags, "arbeitslose")
    with pytest.raises(DatenFehler, match=r"(?s)„99“ gibt es nicht.*„x“ gibt es nicht.*Jahr 24"):
        check_liste(projekt, [BekannteZahl("99", "x", 24, "Kreis")])


def plan(name, **raeume):
    zuordnung = {teil: raum for raum, teile in raeume.items() for teil in teile}
    return Raumplan(Gebietsstand(name, name), tuple(Raum(name, r, r, "O") for r in raeume), zuordnung)


def test_pieces_of_two_plans():
    alt, neu = plan("alt", r1="ab", r2="cd", r3="ef"), plan("neu", r1="a", r2="bcd", r9="ef")
    gebiete, stuecke = compare_plaene(alt, neu)
    assert gebiete == {"r1": "r1§alt", "r2": "r2§alt", "r3": "r9"}
    assert stuecke == (
        Stueck("r1§alt", "r1", ("a",)), Stueck("r1§alt", "r2", ("b",)), Stueck("r2§alt", "r2", ("c", "d")),
    )  # fmt: skip
    assert compare_plaene(alt, alt) == ({}, ())


def test_a_damaged_release_is_named():
    with pytest.raises(DatenFehler, match="Monitoring 2024"):
        thaw("kein Text", "Monitoring 2024")
    assert Veroeffentlichung("a", "b", 2024).inhalt == ""


def test_the_commands(projekt, capfd):
    setze(projekt, "01", "arbeitslose", 2.0)
    pfad = str(projekt.pfad)
    projekt.close()
    assert run(["--projekt", pfad, "ausgeben"]) == 0
    assert "Entwurf" in capfd.readouterr().err
    assert run(["--projekt", pfad, "ausgeben", "--endgueltig", "--drucksache", "17/801"]) == 0
    run(["--projekt", pfad, "geheimhaltung"])
    aus = capfd.readouterr().out
    assert "2025-1  Monitoring 2025" in aus
    assert run(["--projekt", pfad, "geheimhaltung", "erklaeren", "A01", "Raum 1"]) == 0
    aus = capfd.readouterr().out
    assert "liegt unter der Mindestfallzahl" in aus
    assert "weiß von dieser Zahl nur: 0 bis" in aus
    assert run(["--projekt", pfad, "geheimhaltung", "erklaeren", "A01", "05"]) == 0
    assert "ist nicht gesperrt" in capfd.readouterr().out
    for falsch in (["A01"], ["Z99", "01"], ["A01", "nirgends"]):
        assert run(["--projekt", pfad, "geheimhaltung", "erklaeren", *falsch]) == 2
    assert run(["--projekt", pfad, "geheimhaltung", "zurueckziehen", "2025-1"]) == 0
    assert run(["--projekt", pfad, "geheimhaltung", "zurueckziehen"]) == 2
    run(["--projekt", pfad, "geheimhaltung"])
    assert "Noch ist keine" in capfd.readouterr().out
