"""A huge text file of people is counted by an engine: the same as row by row, also with hostile rows, and without a trace."""

from __future__ import annotations

import codecs
import os
import pickle
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).resolve().parents[1] / "einlesen"))

from register_bauen import ABSCHNITTE, KOPF, STICHTAG, people, write_csv

from sozialtool import katalog
from sozialtool.ablauf.grosszaehlung import Grosszaehlung
from sozialtool.einlesen import aufsicht, dateiart
from sozialtool.einlesen.register import strom
from sozialtool.einlesen.register.lesen import build_plan, read_register
from sozialtool.einlesen.register.zaehlen import Stueck, Zaehlung
from sozialtool.fach.strasse import Strassenschreibweise
from sozialtool.fehler import Abgebrochen, DateiUnlesbar
from sozialtool.rechnen.register import read_stueck

MODUL = "sozialtool.ablauf.registerkind"
MERKMALE = [m.schluessel for m in katalog.load_merkmale()]
PLAN = build_plan(ABSCHNITTE, [Strassenschreibweise("Xantippenweg", "0020")], STICHTAG, MERKMALE)


@pytest.fixture(autouse=True)
def kleine_stuecke(monkeypatch):
    monkeypatch.setattr(strom, "_ERSTES", 300)
    monkeypatch.setattr(strom, "_BLOCK", 700)


def count(datei, klasse, leseart=None):
    """Count a file; an error counts by its code."""
    try:
        zaehlung, summe, wie = strom.count_strom(datei, "r", lambda: klasse(PLAN), leseart)
    except DateiUnlesbar as fehler:
        return fehler.code
    gebaut = zaehlung.build()
    return {**gebaut, "zahlen": sorted(gebaut["zahlen"])}, summe, wie


def assert_same(datei, leseart=None):
    reihe, gross = count(datei, Zaehlung, leseart), count(datei, Grosszaehlung, leseart)
    assert gross == reihe
    return reihe


@pytest.mark.parametrize("zeichensatz", ["utf-8", "cp1252", "utf-8-sig", "utf-16", "cp850"])
@pytest.mark.parametrize("ende", ["\n", "\r\n"])
def test_counts_the_same_in_every_encoding(tmp_path, zeichensatz, ende):
    zeilen = people(400)
    zeilen[350][3], zeilen[350][2] = "Mühlengäßchen", ""  # the first umlaut stands far behind
    zeilen[360][6], zeilen[361][7], zeilen[362][8] = "Quax", "Quax", "Quax"
    datei = write_csv(tmp_path / "r.csv", zeilen)
    text = datei.read_text(encoding="utf-8").replace("\n", ende).replace("ß", "ss" if zeichensatz == "cp850" else "ß")
    datei.write_bytes(text.encode(zeichensatz))
    gebaut, _, _ = assert_same(datei)
    assert gebaut["personen"] == 400 - 400 // 61 - 1
    assert {b[0] for b in gebaut["befunde"]} >= {
        "REGISTER-GEBURT",
        "REGISTER-GESCHLECHT",
        "REGISTER-NATION",
        "REGISTER-STRASSE",
    }


def test_engine_takes_whole_pieces(tmp_path, monkeypatch):
    """What is compared above would be worth nothing if the engine left all pieces to the slow way."""
    genommen = []
    echt = Grosszaehlung.add_text
    monkeypatch.setattr(Grosszaehlung, "add_text", lambda self, n, s: genommen.append(echt(self, n, s)) or genommen[-1])
    count(write_csv(tmp_path / "r.csv", people(200)), Grosszaehlung)
    assert len(genommen) > 20
    assert None not in genommen
    assert sum(genommen) > 190


_ZELLE = st.one_of(
    st.sampled_from(["", "Zwetschgenweg", "Xanthippenstr.", "Xantippenweg", "12", "12a", "0010", "20", "01.02.1990", "29.02.1999",
                     "00.00.1950", "1950", "m", "w", "d", "Hund", "deutsch", "152", "quax", "H1", "H2", "NW", '"', '""', '"a;b"',
                     '"zwei\nZeilen"', 'a"b', " ", "\r", "\t", "\0", ";", "0", "-1", "#x", "ä", "1e5", "nan", "null"]),
    st.text(max_size=6),
)  # fmt: skip
_KOEPFE = (
    KOPF,
    ["Adresse", "Geburtsdatum", "Geschlecht", "Wohnungsstatus", "Haushalt"],
    ["Stimmbezirk", "Geb.-Datum", "Nationalität", "2. Staatsangehörigkeit", "Einzug"],
    ["Straße", "Hausnummer", "Geschlecht"],
)


# Pure computing: on Windows, where it takes longer, fewer examples show that it is the same there.
@settings(
    max_examples=12 if sys.platform == "win32" else 40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.sampled_from(_KOEPFE),
    st.lists(st.lists(_ZELLE, max_size=14), max_size=12),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_hostile_rows_count_the_same(tmp_path, kopf, zeilen, ende):
    datei = tmp_path / "f.csv"
    gute = people(8) if kopf is KOPF else []
    text = ende.join(";".join(map(str, zeile)) for zeile in [kopf, *gute, *zeilen, *gute])
    datei.write_bytes(text.encode("utf-8", "replace"))
    assert_same(datei, ("utf-8", ";", ","))


@settings(
    max_examples=6 if sys.platform == "win32" else 12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=3))
def test_broken_bytes_count_the_same(tmp_path, stelle, bytes_):
    datei = write_csv(tmp_path / "b.csv", people(60))
    inhalt = datei.read_bytes()
    stelle = len(",".join(KOPF)) + 10 + stelle % (len(inhalt) - 200)
    datei.write_bytes(inhalt[:stelle] + bytes_ + inhalt[stelle:])
    assert_same(datei)


@pytest.mark.parametrize(
    ("stueck", "zeilen"),
    [
        (b"a;b\n\nc\nd;e;f;g\n", [("a", "b"), ("", ""), ("c", ""), ("d", "e")]),
        (b'"a;x";"b ""c"""\n;"";d', [("a;x", 'b "c"'), ("", "")]),
        (b'"a\nb";c\n', None), (b'a"b;c\n', None), (b'"a"b;c\n', None), (b"a\rb;c\n", None), (b"\xff;a\n", None), (b'"a;b\n', None),
    ],
)  # fmt: skip
def test_piece_is_read_or_left_to_more_care(stueck, zeilen):
    tabelle = read_stueck(stueck, 3, ";", [0, 1])
    assert (None if tabelle is None else tabelle.rows()) == zeilen


def write_gross(pfad, zeilen):
    """Write a file so large that it is read piece by piece: empty rows behind the people, as too long tables have them."""
    write_csv(pfad, zeilen)
    with pfad.open("a", encoding="utf-8") as datei:
        datei.write((";" * 11 + "\n") * (dateiart.GROSSTEXT_AB // 11))
    return pfad


@pytest.mark.kindprozess
def test_child_counts_with_the_engine_and_tells_no_person(tmp_path, monkeypatch):
    zeilen = people(400)
    zeilen[7][6] = "Quaxdatum"
    zeilen[9][1] = 'Quax "der Kurze"'
    temp = tmp_path / "temp"
    temp.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "POLARS_TEMP_DIR", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(temp))
    monkeypatch.setenv("POLARS_OOC_MEMORY_BUDGET_MB", "1")  # somebody's setting that would write people to disk
    monkeypatch.setenv("POLARS_OOC_SPILL_DIR", str(temp / "fehlt"))
    angekommen, geladen = [], []
    echt = aufsicht._read_frames

    def listen(ausgang):
        for art, inhalt in echt(ausgang):
            angekommen.append(pickle.dumps(inhalt))
            yield art, inhalt

    monkeypatch.setattr(aufsicht, "_read_frames", listen)
    datei = write_gross(tmp_path / "r.csv", zeilen)
    lesung = read_register(datei, PLAN, modul=MODUL, fortschritt=lambda *stand: geladen.append(stand))
    klein = read_register(write_csv(tmp_path / "k.csv", zeilen), PLAN)
    assert lesung.messwerte == klein.messwerte
    assert lesung.personen == 400 - 400 // 61 - 1
    assert geladen[-1][0] <= geladen[-1][1]
    assert len(geladen) > 1
    alles = b"".join(angekommen).decode("utf-8", "replace") + repr(lesung)
    assert "Xantippenstraat" in alles
    spuren = {str(z[6]) for z in zeilen if z[6]} | {f"{z[3]} {z[4]}" for z in zeilen} | {"Quax", "H0000"}
    assert [spur for spur in spuren if spur in alles] == []
    assert list(temp.rglob("*")) == []


@pytest.mark.kindprozess
def test_crash_and_open_quotation_mark_quote_nobody(tmp_path, monkeypatch, caplog, capfd):
    zeilen = people(6000)
    zeilen[3000][1] = '"Quax'
    datei = write_gross(tmp_path / "r.csv", zeilen)
    with pytest.raises(DateiUnlesbar) as offen:
        read_register(datei, PLAN, modul=MODUL)
    assert offen.value.code == "CSV-ANFUEHRUNG"
    with pytest.raises(DateiUnlesbar) as absturz:
        read_register(write_gross(tmp_path / "s.csv", people(50)), {**PLAN, "index": {"Quax": 1}}, modul=MODUL)
    assert absturz.value.code == "LESEN-ABSTURZ"
    gesagt = repr(offen.value) + repr(absturz.value) + caplog.text + "".join(capfd.readouterr())
    assert "Quax" not in gesagt
    assert "Xanthippen" not in gesagt


@pytest.mark.kindprozess
def test_stop_ends_the_counting(tmp_path):
    datei = write_gross(tmp_path / "r.csv", people(3000))
    stop = threading.Event()
    with pytest.raises(Abgebrochen):
        read_register(datei, PLAN, modul=MODUL, stop=stop, fortschritt=lambda *_: stop.set())


def test_errors_of_the_engine_are_swallowed():
    """The words of Polars quote the cell; here they must not even be the cause of anything."""
    zaehlung = Grosszaehlung(PLAN)
    zaehlung.add_blatt("r", [KOPF])
    assert zaehlung.add_text("r", Stueck(b'"Quax"Quax;1\n', len(KOPF), ";", 2)) is None
    assert zaehlung.add_text("r", Stueck(codecs.BOM_UTF16 + b"Quax;1\n", len(KOPF), ";", 2)) is None


def test_nothing_of_polars_may_spill(monkeypatch):
    from sozialtool.ablauf import registerkind

    monkeypatch.setenv("POLARS_OOC_MEMORY_BUDGET_MB", "1")
    registerkind.begin(PLAN)
    assert [name for name in os.environ if name.startswith("POLARS_OOC")] == []
