"""No person, birth date or address is left on disk after a register was counted and accepted through the doors."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

import attrs
import pytest
from register_bauen import ABSCHNITTE, STICHTAG, people, write_csv, write_xlsx

from sozialtool import ablauf, katalog
from sozialtool.ablauf import adressen
from sozialtool.fach.raum import Ebene, Gebiet, Kommune
from sozialtool.fach.strasse import Strassenschreibweise
from sozialtool.fehler import BedienFehler, DateiFehler

KOMMUNE = Kommune("05999038", "Lindenrath", berichtsjahr=2025)


@pytest.fixture
def projekt(tmp_path):
    (tmp_path / "lager").mkdir()
    with ablauf.create_projekt(tmp_path / "lager" / "ort.sozial", KOMMUNE) as offen:
        with offen.change("Anfang") as schreiber:
            schreiber.put(Ebene("stimmbezirk", "Stimmbezirk", "Stimmbezirke"))
            schreiber.put(*(Gebiet(g, f"Bezirk {g}", "stimmbezirk") for g in ("001", "002")))
            schreiber.put(*katalog.load_merkmale())
        yield offen


def write_strassen(pfad: Path) -> Path:
    zeilen = [
        f"{a.strasse};{a.name};{a.von or ''};{a.bis or ''};{a.seite.value};{a.gebiet}" for a in ABSCHNITTE
    ]  # fmt: skip
    kopf = "Straßenschlüssel;Straße;Hausnummer von;Hausnummer bis;Seite;Gebiet"
    pfad.write_text("\n".join([kopf, *zeilen]) + "\n", encoding="utf-8")
    return pfad


def bytes_below(*ordner: Path, ohne: Path) -> bytes:
    dateien = [p for o in ordner for p in sorted(o.rglob("*")) if p.is_file() and ohne not in p.parents]
    return b"\n".join(p.read_bytes() + p.name.encode() for p in dateien)


def test_street_index_is_taken_over_and_replaced(projekt, tmp_path):
    lesung = adressen.read_strassen(projekt, write_strassen(tmp_path / "s.csv"))
    adressen.accept_strassen(projekt, lesung)
    assert adressen.strassen(projekt) == ABSCHNITTE
    assert adressen.check_strassen(projekt) == ()
    assert adressen.find_gebiet(projekt, "XANTHIPPENSTR. 14 a") == "002"
    assert adressen.find_gebiet(projekt, "Nirgendwo 3") == "nz"
    adressen.accept_strassen(projekt, attrs.evolve(lesung, abschnitte=ABSCHNITTE[3:]))
    assert adressen.strassen(projekt) == ABSCHNITTE[3:]
    projekt.undo()
    assert adressen.strassen(projekt) == ABSCHNITTE


def test_register_needs_a_street_index(projekt, tmp_path):
    with pytest.raises(BedienFehler, match="Straßenverzeichnis"):
        adressen.count_register(projekt, write_xlsx(tmp_path / "r.xlsx", people(5)), STICHTAG)


@pytest.mark.kindprozess
@pytest.mark.parametrize("schreibe", [write_xlsx, write_csv])
def test_nothing_of_a_person_is_left(projekt, tmp_path, monkeypatch, caplog, capfd, schreibe):
    quelle = tmp_path / "quelle"
    quelle.mkdir()
    zwischen = tmp_path / "temp"
    zwischen.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "POLARS_TEMP_DIR"):
        monkeypatch.setenv(name, str(zwischen))
    monkeypatch.setattr(tempfile, "tempdir", None)
    caplog.set_level(logging.DEBUG)
    adressen.accept_strassen(projekt, adressen.read_strassen(projekt, write_strassen(quelle / "s.csv")))
    zeilen = people(600)
    zeilen[3][6] = "Quaxdatum"
    datei = schreibe(quelle / "register.dat", zeilen)
    lesung = adressen.count_register(projekt, datei, STICHTAG)
    offen = adressen.offene_schreibweisen(projekt, lesung)
    assert [(o.schreibweise, o.personen) for o in offen] == [("Xantippenstraat", 12)]
    assert offen[0].vorschlaege[0][0] == "0010"
    adressen.decide_schreibweise(projekt, offen[0].schreibweise, "0010")
    assert projekt.read(Strassenschreibweise) == [Strassenschreibweise("Xantippenstraat", "0010")]
    lesung = adressen.count_register(projekt, datei, STICHTAG)
    assert lesung.offen == ()
    adressen.accept_register(projekt, lesung)
    projekt.back_up("Probe")
    datei.write_bytes(datei.read_bytes()[:200] + b"\0Quax" * 9)  # a damaged file must not talk either
    meldung = ""
    try:
        kaputt = adressen.count_register(projekt, datei, STICHTAG)
        meldung = repr(kaputt)
    except DateiFehler as fehler:
        meldung = repr(fehler)
    alles = bytes_below(tmp_path, ohne=quelle) + (meldung + caplog.text + "".join(capfd.readouterr())).encode()
    assert b"Xantippenstraat" in alles  # what stands in the project can be found this way
    spuren = {str(z[6]) for z in zeilen if z[6]} | {f"{z[3]} {z[4]}" for z in zeilen} | {str(z[10]) for z in zeilen}
    spuren |= {f"{tag[6:]}-{tag[3:5]}-{tag[:2]}" for tag in spuren if tag[2:3] == "."} | {"Quax", "H0000"}
    assert [spur for spur in spuren if spur.encode() in alles] == []
    summe = sum(
        w
        for g, m, w in zip(*(projekt.read_messwerte()[s] for s in ("gebiet", "merkmal", "wert")), strict=True)
        if m == "ew"
    )
    assert summe == 600 - 600 // 61 - 1
