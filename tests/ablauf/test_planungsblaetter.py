"""The planning as workbooks: its own, in the monitoring, and on its way to those who answer for measures and back."""

from __future__ import annotations

import datetime as dt
import warnings

import attrs
import openpyxl
import pytest
from kleinstadt import build_kleinstadt

from sozialtool import ablauf
from sozialtool.ablauf.kennzahlen import compute
from sozialtool.ablauf.plangrundlage import read_plangrundlage
from sozialtool.ablauf.planungsblaetter import build_planungsblaetter
from sozialtool.ablauf.profilblatt import build_monitoringblaetter
from sozialtool.cli import run
from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.messwert import Messwert
from sozialtool.fach.planung import Einrichtung, Massnahme, Massnahmenkosten
from sozialtool.fach.ziel import Entwicklungsziel, Leitziel
from sozialtool.fehler import BedienFehler, DatenFehler
from sozialtool.geheimhaltung.festhalten import Auswahl, freeze

TAG = dt.date(2026, 3, 16)


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_kleinstadt(tmp_path / "stadt", range(2024, 2026)) as projekt:
        with projekt.change("Planung") as schreiber:
            schreiber.put(
                Einrichtung("K1", "Kita Eins", "Kindertageseinrichtung", "01", plaetze=40), Leitziel("L1", "Leit"),
                Stimme("S1", "Es fehlt etwas", "01", "arbeit"), Stimme("S2", "Frau Kowalski hilft", "01", "arbeit"),
                Stimme("S3", "Nur für uns", "01", "arbeit", zeigen=False), Bedarf("B1", "Hilfe", ("01",), belege=("S1", "S2", "S3", "A07")),
                Entwicklungsziel("Z1", "Weniger Armut", "01", "L1", "A07", 2024, zielwert=5.0, ziel_bis=dt.date(2030, 12, 31)),
                Massnahme("M1", "Treff", "Träger Nord", "Z1", ("01",), leistung="Treffen", leistung_ziel=10.0),
                Massnahme("M2", "Kurs", "Träger Nord"), Massnahme("M3", "Bus", "Stadt"), Massnahmenkosten("M1", 2025, 100.0),
            )  # fmt: skip
        yield projekt


def text_of(pfad):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mappe = openpyxl.load_workbook(pfad)
    return {
        ws.title: "\n".join(str(z.value) for zeile in ws.iter_rows() for z in zeile if z.value is not None)
        for ws in mappe
    }


def test_the_workbook_shows_everything_and_quotes_nobody_by_name(projekt):
    pfad = ablauf.write_planung(projekt, stand=TAG)
    blaetter = text_of(pfad)
    assert set(blaetter) == {"Maßnahmen", "Ziele", "Bedarfe", "Versorgung", "Stimmen", "Bestand"}
    assert "Es fehlt etwas" in blaetter["Stimmen"]
    assert "Es fehlt etwas" in blaetter["Bedarfe"]
    for text in blaetter.values():
        assert "Kowalski" not in text
        assert "Nur für uns" not in text
    vorher = pfad.read_bytes()
    ablauf.write_planung(projekt, stand=TAG)
    assert pfad.read_bytes() == vorher


def test_it_is_a_draft_until_all_its_figures_have_gone_out(projekt, capfd):
    """A part that went out is not enough, a figure that is another one now neither."""
    kopf = ["--projekt", str(projekt.pfad), "planung", "ausgeben"]
    assert all("Entwurf, bleibt im Haus" in text for text in text_of(ablauf.write_planung(projekt, stand=TAG)).values())
    wert = projekt.read_messwerte(["ew"], 2025, 2025)["wert"][0]
    ablauf.ausgeben(projekt, 2025, stand=TAG, grenzen_geprueft=True)
    assert "Monitoring endgültig ausgeben" in ablauf.say_planungsentwurf(projekt), "a draft is not out"
    ablauf.ausgeben(projekt, 2025, stand=TAG, grenzen_geprueft=True, endgueltig=True, begruendung="eilt")
    assert not ablauf.say_planungsentwurf(projekt)
    assert not any("Entwurf" in text for text in text_of(ablauf.write_planung(projekt, stand=TAG)).values())
    with projekt.change("nächstes Jahr") as schreiber:
        schreiber.put_messwerte([Messwert("01", "ew", dt.date(2026, 12, 31), wert)])
    assert not ablauf.say_planungsentwurf(projekt), "years that it does not show"
    with projekt.change("berichtigt") as schreiber:
        schreiber.put_messwerte([Messwert("01", "ew", dt.date(2025, 12, 31), wert + 7)])
    assert ablauf.say_planungsentwurf(projekt)
    v = ablauf.list_veroeffentlichungen(projekt)[0]
    projekt.undo()
    assert not ablauf.say_planungsentwurf(projekt)
    tabelle = compute(projekt).tabelle
    for teil in ({"gezeigt": ""}, {"inhalt": freeze(tabelle, Auswahl())}):
        with projekt.change("nur ein Teil") as schreiber:
            schreiber.put(attrs.evolve(v, **teil))
        assert ablauf.say_planungsentwurf(projekt), teil
        projekt.undo()
    ablauf.withdraw_veroeffentlichung(projekt, v.schluessel)
    projekt.close()
    assert run(kopf) == 0
    assert "Entwurf, bleibt im Haus" in capfd.readouterr().err


def test_profiles_stand_in_the_monitoring_and_only_where_there_is_something(projekt):
    namen = [b.name for b in build_monitoringblaetter(projekt, compute(projekt), 2025)]
    assert namen == ["Profile", "Ziele", "Maßnahmen"]
    pfad = ablauf.ausgeben(projekt, 2025, stand=TAG, grenzen_geprueft=True)
    profile = text_of(pfad)["Profile"]
    for wort in (
        "Kindertageseinrichtung 1 (40 Plätze)",
        "Es fehlt etwas",
        "Hilfe (Priorität",
        "Weniger Armut: ",
        "Treff (Träger Nord, geplant)",
    ):
        assert wort in profile
    assert "Kowalski" not in profile
    for klasse in (Einrichtung, Stimme, Bedarf, Entwicklungsziel, Massnahme):
        for eintrag in projekt.read(klasse):
            ablauf.remove_eintrag(projekt, eintrag)
    assert build_monitoringblaetter(projekt, compute(projekt), 2025) == ()
    assert build_planungsblaetter(projekt, read_plangrundlage(projekt)) == ()


def test_measures_go_to_their_traeger_and_come_back(projekt, tmp_path):
    pfade = ablauf.write_traegervorlagen(projekt)
    assert [p.name for p in pfade] == ["Massnahmen Stadt.xlsx", "Massnahmen Träger Nord.xlsx"]
    mappe = openpyxl.load_workbook(pfade[1])
    ws = mappe["Maßnahme"]
    kopf = {z.value: z.column for zeile in ws.iter_rows(max_row=8) for z in zeile if z.value}
    zeilen = {ws.cell(nr, kopf["Schlüssel"]).value: nr for nr in range(1, ws.max_row + 1)}
    assert {"M1", "M2"} <= set(zeilen)
    assert "M3" not in zeilen
    ws.cell(zeilen["M1"], kopf["Stand der Leistung"]).value = 8
    ws.cell(zeilen["M1"], kopf["Maßnahme"]).value = "Anderer Name"
    ws.delete_rows(zeilen["M2"])
    mappe.save(tmp_path / "zurueck.xlsx")
    unterschiede, hinweise = ablauf.import_traegervorlage(projekt, tmp_path / "zurueck.xlsx")
    assert unterschiede.kurz() == "1 geändert"
    assert any("Es fehlen M2" in h for h in hinweise)
    assert any("Maßnahme anders als vereinbart" in h for h in hinweise)
    ablauf.save_liste(projekt, unterschiede)
    assert projekt.get(Massnahme, "M1").leistung_ist == 8
    assert {m.schluessel for m in projekt.read(Massnahme)} == {"M1", "M2", "M3"}
    ablauf.undo(projekt)
    assert projekt.get(Massnahme, "M1").leistung_ist is None


def test_money_of_somebody_else_is_no_new_row(projekt, tmp_path):
    with projekt.change("Kosten") as schreiber:
        schreiber.put(Massnahmenkosten("M3", 2031, 500.0), Massnahmenkosten("M1", 2031, 100.0))
    (pfad,) = ablauf.write_traegervorlagen(projekt, traeger="Träger Nord")
    mappe = openpyxl.load_workbook(pfad)
    ws = mappe["Maßnahmenkosten"]
    (zeile,) = (r for r in ws.iter_rows() if (r[0].value, r[1].value) == ("M1", 2031))
    zeile[2].value = 999
    mappe.save(tmp_path / "eigene.xlsx")
    unterschiede, hinweise = ablauf.import_traegervorlage(projekt, tmp_path / "eigene.xlsx")
    assert [(a.kosten, n.kosten) for a, n in unterschiede.geaendert] == [(100, 999)]
    assert "M1, 2031: Kosten anders als geplant." in hinweise
    zeile[0].value = "M3"
    mappe.save(tmp_path / "fremde.xlsx")
    with pytest.raises(DatenFehler, match="von mehreren: Stadt, Träger Nord"):
        ablauf.import_traegervorlage(projekt, tmp_path / "fremde.xlsx")


def test_a_file_of_several_bodies_is_refused(projekt, tmp_path):
    ablauf.export_liste(projekt, "massnahmen", tmp_path / "alle.xlsx")
    with pytest.raises(DatenFehler, match="von mehreren: Stadt, Träger Nord"):
        ablauf.import_traegervorlage(projekt, tmp_path / "alle.xlsx")
    with pytest.raises(BedienFehler, match="keine Maßnahme"):
        ablauf.write_traegervorlagen(projekt, traeger="Niemand")


def test_a_hostile_name_of_a_traeger_makes_a_file_all_the_same(projekt):
    ablauf.save_eintrag(projekt, Massnahme, attrs.asdict(Massnahme("M9", "x", "../a/b: c?")))
    (pfad,) = ablauf.write_traegervorlagen(projekt, traeger="../a/b: c?")
    assert pfad.is_file()
    assert pfad.parent.name == "2025"


def test_commands(projekt, capsys):
    pfad = str(projekt.pfad)
    projekt.close()
    assert run(["planung", "ausgeben", "--drucksache", "26/1", "--projekt", pfad]) == 0
    assert "Planung_2025.xlsx" in capsys.readouterr().out
    assert run(["planung", "an-traeger", "träger nord", "--projekt", pfad]) == 0
    (datei,) = capsys.readouterr().out.split("\n")[:-1]
    assert run(["planung", "von-traeger", datei, "--projekt", pfad]) == 0
    assert "Keine Unterschiede." in capsys.readouterr().out
