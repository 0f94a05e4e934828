"""The Übergabe: hostile texts, long ones, releases, lists that are too long, stop, a file that is open, the same bytes."""

from __future__ import annotations

import datetime as dt
import json
import threading

import attrs
import pytest
from kleinstadt import build_kleinstadt
from zuruecklesen import read_klassen, read_ordner, same

from sozialtool import ablauf, katalog, orte
from sozialtool.ablauf.uebergabe import WARNUNG, uebergabe_ordner
from sozialtool.ablauf.uebergabewerte import VORSCHLAG
from sozialtool.cli import run
from sozialtool.fach.bedarf import Bedarf
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.messwert import Messwert, Zeichen
from sozialtool.fach.planung import Einrichtung, Massnahme
from sozialtool.fach.quelle import Importprofil, Quelle
from sozialtool.fach.schreibweise import runde
from sozialtool.fehler import Abgebrochen, BedienFehler, DateiGesperrt, FormelFehler
from sozialtool.geheimhaltung.festhalten import thaw
from sozialtool.projekt.tabellen import GESPEICHERT

TAG = dt.date(2026, 3, 16)


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_kleinstadt(tmp_path / "stadt", range(2024, 2026)) as projekt:
        yield projekt


def bytes_of(ordner):
    return {p.name: p.read_bytes() for p in sorted(ordner.iterdir())}


def test_hostile_values_come_back_as_they_are(projekt):
    lang = json.dumps({"x": "ä" * 40_000 + "𝄞" * 20_000}, ensure_ascii=False)
    with projekt.change("Böses") as schreiber:
        schreiber.put(
            Bedarf("B1", '=HYPERLINK("http://x")', ("a; b", "[c"), zielgruppe=("[d",), belege=(" e ",), empfehlung="Zeile 1\nZeile 2\tx\x01_x0041_"),
            Bedarf("B2", "  Rand  ", datum=dt.date(1890, 5, 1)), Importprofil("P", "[/x]", "f", lang), Massnahme("M", "1-3", "0123", leistung_ziel=0.1 + 0.2),
            Quelle("Q", "a.xlsx", "p", eingelesen_am=dt.datetime(2026, 3, 1, 12, 0, 0, 5), anzahl_werte=2**60),
            Einrichtung("E", "x" * 40_000, "Kita", "01", breite=-7.123456789012345),
        )  # fmt: skip
    ordner, _ = ablauf.write_uebergabe(projekt, stand=TAG)
    zurueck = read_klassen(read_ordner(ordner))
    for klasse in GESPEICHERT:
        erwartet = projekt.read(klasse)
        assert len(zurueck[klasse]) == len(erwartet)
        assert [b for a, b in zip(zurueck[klasse], erwartet, strict=True) if not same(a, b)] == []


def test_a_release_is_written_out_in_plain(projekt):
    (a07,) = [ind for ind in projekt.read(Indikator) if ind.kennung == "A07"]
    with projekt.change("Umrechnung") as schreiber:
        schreiber.put(attrs.evolve(a07, nenner="ew_unter_18 * 1.00000125"))
    ablauf.ausgeben(projekt, 2025, stand=TAG, grenzen_geprueft=True, endgueltig=True, begruendung="eilt")
    ordner, _ = ablauf.write_uebergabe(projekt, stand=TAG)
    (fassung,) = ablauf.list_veroeffentlichungen(projekt)
    gefroren = thaw(fassung.inhalt, fassung.name)
    blaetter = read_ordner(ordner)
    name = "08_Veroeffentlichungen_NICHT_WEITERGEBEN"
    kopf, zahlen = blaetter[name, "Festgehaltene Zahlen"]
    assert len(zahlen) == len(gefroren.auftrag.bestand.werte)
    gesperrt = {(z[1], z[2], z[3]) for z in zahlen if z[kopf.index("gesperrt")] == "ja"}
    assert gesperrt == {(o.merkmal, o.jahr, o.gebiet) for o in gefroren.gesperrt if o in gefroren.auftrag.bestand.werte}
    assert {tuple(z[1:]) for z in blaetter[name, "Gezeigte Kennzahlen"][1]} == set(gefroren.auftrag.zeilen)
    assert len(blaetter[name, "Sperrmuster"][1]) == len(gefroren.gesperrt)
    (definition,) = [z for z in blaetter[name, "Definitionen"][1] if z[1] == "A07"]
    assert tuple(definition[2:4]) == ("sgb2_unter_18 · 1", "ew_unter_18 · 1,00000125"), "a factor keeps every digit"


def test_what_holds_by_proposal_and_every_kennzahl_can_be_read_without_the_program(projekt):
    ablauf.decide(projekt, ["versorgung_luecke"], ablauf.Beschluss(Zustand.VEREINBART, TAG, "Rat"), wert=60)
    ordner, _ = ablauf.write_uebergabe(projekt, stand=TAG)
    blaetter = read_ordner(ordner)

    def read(datei, blatt):
        kopf, zeilen = blaetter[datei, blatt]
        return [dict(zip(kopf, zeile, strict=True)) for zeile in zeilen]

    schwellen = {
        z["Schlüssel"]: (z["Wert"], z["Wessen Wert"]) for z in read("02_Indikatoren_und_Vereinbarungen", "Schwellen")
    }
    assert {k: w for k, (w, _) in schwellen.items()} == {s.schluessel: s.wert for s in ablauf.list_schwellen(projekt)}
    assert schwellen.pop("versorgung_luecke") == (60, "von der Stadt vereinbart")
    assert {wessen for _, wessen in schwellen.values()} == {VORSCHLAG}
    masse = read("06_Bestand_und_Planung_NICHT_WEITERGEBEN", "Versorgungsmaße")
    assert [(z["Schlüssel"], z["Wessen Wert"]) for z in masse] == [
        (m.schluessel, VORSCHLAG) for m in katalog.load_versorgungsmasse()
    ]
    kennzahlen = {
        (z["Gebiet"], z["Indikator"], z["Jahr"]): z for z in read("04_Messwerte_NICHT_WEITERGEBEN", "Kennzahlen")
    }
    monitoring = ablauf.monitoring(projekt).kennzahlen
    assert kennzahlen.keys() == monitoring.keys()
    geheim = [ort for ort, k in monitoring.items() if k.zeichen is Zeichen.GEHEIM]
    assert geheim
    assert all(kennzahlen[ort]["Wert"] is not None for ort in geheim), "a successor has every figure"
    ohne = {z["Warum ohne Wert"] for z in kennzahlen.values() if z["Wert"] is None}
    assert ohne <= {zeichen.value for zeichen in Zeichen}, "a word, not the name of a sign"
    stellen = {i.kennung: i.nachkommastellen for i in projekt.read(Indikator)}
    for ort, k in monitoring.items():
        assert k.wert is None or runde(kennzahlen[ort]["Wert"], stellen[ort[1]]) == pytest.approx(k.wert)


def test_a_formula_that_cannot_be_computed_keeps_nothing_else_back(projekt, monkeypatch):
    monkeypatch.setattr("sozialtool.ablauf.kennzahlen.compute_frames", lambda *_, **__: _fail())
    _, posten = ablauf.write_uebergabe(projekt, stand=TAG)
    (blatt,) = (p for p in posten if p.blatt == "Kennzahlen")
    assert (blatt.zeilen, blatt.was) == (0, "Die Kennzahlen ließen sich nicht rechnen: Die Formel von A07 geht nicht.")


def _fail():
    raise FormelFehler("Die Formel von A07 geht nicht.")


def test_long_lists_go_on_in_further_workbooks(projekt, monkeypatch):
    monkeypatch.setattr("sozialtool.ausgabe.uebergabemappe.ZEILEN_JE_BLATT", 100)
    anzahl = projekt.count_messwerte()
    assert anzahl > 100
    ordner, posten = ablauf.write_uebergabe(projekt, stand=TAG)
    teile = [p for p in posten if p.blatt == "Messwerte"]
    assert len(teile) == -(-anzahl // 100)
    assert teile[1].datei == "04_Messwerte_NICHT_WEITERGEBEN_Teil_2.xlsx"
    assert sum(p.zeilen for p in teile) == anzahl
    assert all(
        same(a, b) for a, b in zip(read_klassen(read_ordner(ordner))[Messwert], projekt.read(Messwert), strict=True)
    )


def test_stopped_locked_or_foreign_leaves_the_folder_as_it_was(projekt, monkeypatch):
    ordner, _ = ablauf.write_uebergabe(projekt, stand=TAG)
    vorher = bytes_of(ordner)
    with projekt.change("neu") as schreiber:
        schreiber.put(Massnahme("M9", "Neu", "Stadt"))
    stop = threading.Event()
    with pytest.raises(Abgebrochen, match="angehalten"):
        ablauf.write_uebergabe(projekt, lambda n, _von, _was: stop.set() if n == 3 else None, stop, stand=TAG)
    (ordner / "~$Inhalt.xlsx").touch()
    with pytest.raises(DateiGesperrt, match=r"„Inhalt\.xlsx“ ist noch in Excel geöffnet"):
        ablauf.write_uebergabe(projekt, stand=TAG)
    (ordner / "~$Inhalt.xlsx").unlink()

    def refuse(von, nach):
        if nach.name == "uebergabe" and von.name.endswith("-neu"):
            raise PermissionError(13, "belegt")
        von.replace(nach)

    with monkeypatch.context() as flicken:
        flicken.setattr("sozialtool.ausgabe.ordnertausch.replace", refuse)
        with pytest.raises(DateiGesperrt, match="unverändert"):
            ablauf.write_uebergabe(projekt, stand=TAG)
    assert bytes_of(ordner) == vorher
    assert [p.name for p in ordner.parent.iterdir()] == ["uebergabe"]
    (ordner / "Notiz.txt").write_text("von mir", encoding="utf-8")
    with pytest.raises(BedienFehler, match=r"Notiz.txt.*nicht von sozialtool"):
        ablauf.write_uebergabe(projekt, stand=TAG)
    (ordner / "Notiz.txt").unlink()
    # The power went between the two moves: the old folder comes back before the new one is written.
    orte.replace(ordner, ordner.with_name(".uebergabe-alt"))
    ablauf.write_uebergabe(projekt, stand=TAG)
    neu = bytes_of(ordner)
    assert neu != vorher
    ablauf.write_uebergabe(projekt, stand=TAG)
    assert bytes_of(ordner) == neu
    assert [p.name for p in ordner.parent.iterdir()] == ["uebergabe"]


def test_the_command_warns_before_it_writes(projekt, capsys):
    pfad, ordner = str(projekt.pfad), uebergabe_ordner(projekt)
    projekt.close()
    assert run(["uebergabe", "--projekt", pfad]) == 0
    ausgabe = capsys.readouterr()
    assert ausgabe.err.startswith(WARNUNG)
    assert ausgabe.out.strip() == orte.zeige(ordner)
    assert "nicht weitergeben" in WARNUNG
