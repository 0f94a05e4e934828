"""The reading child: light, limited, and ended at once when asked to."""

from __future__ import annotations

import datetime as dt
import io
import pickle
import subprocess
import sys
import threading
import time

import pytest

from sozialtool.einlesen import aufsicht, protokoll
from sozialtool.einlesen.lesen import Grenzen, read_rohmappe
from sozialtool.fehler import Abgebrochen, DateiUnlesbar

pytestmark = pytest.mark.kindprozess


@pytest.fixture(scope="module")
def gross(tmp_path_factory):
    """A text file that takes seconds and hundreds of megabytes to read."""
    datei = tmp_path_factory.mktemp("gross") / "gross.csv"
    datei.write_bytes(b"Gebiet;Wert;Anteil\n" + b"Nord;1234;12,5\n" * 3_000_000)
    return datei


def test_stop_ends_it_at_once(gross):
    stop = threading.Event()
    wecker = threading.Timer(0.3, stop.set)
    wecker.start()
    start = time.monotonic()
    with pytest.raises(Abgebrochen):
        read_rohmappe(gross, stop=stop)
    assert time.monotonic() - start < 2
    wecker.join()


def test_a_stop_before_the_start_starts_nothing(gross, monkeypatch):
    monkeypatch.setattr(aufsicht, "_start", lambda modul: pytest.fail("gestartet"))
    stop = threading.Event()
    stop.set()
    with pytest.raises(Abgebrochen):
        read_rohmappe(gross, stop=stop)


def test_time_is_limited(gross):
    start = time.monotonic()
    with pytest.raises(DateiUnlesbar) as fehler:
        read_rohmappe(gross, grenzen=Grenzen(sekunden=0.3))
    assert fehler.value.code == "LESEN-ZEIT"
    assert time.monotonic() - start < 3


def in_wine() -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    return hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS begrenzt den Adressraum nicht")
@pytest.mark.skipif(in_wine(), reason="Wine 8 nimmt die Speichergrenze eines Auftrags an, setzt sie aber nicht durch")
def test_memory_is_limited(gross):
    with pytest.raises(DateiUnlesbar) as fehler:
        read_rohmappe(gross, grenzen=Grenzen(speicher=250 * 1024 * 1024))
    assert fehler.value.code == "LESEN-SPEICHER"
    assert "gross.csv" in fehler.value.meldung


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("import os; os.abort()", "LESEN-ABSTURZ"),
        ("import os; os._exit(7)", "LESEN-ABSTURZ"),
        ("raise RuntimeError", "LESEN-ABSTURZ"),
        ("import sys; sys.stdout.write('Unsinn' * 1000)", "LESEN-ABSTURZ"),
        # As Rust says it: straight to the handle, without a buffer.
        ("import os; os.write(2, b'memory allocation of 7000000000 bytes failed'); os.abort()", "LESEN-SPEICHER"),
    ],
)  # fmt: skip
def test_a_child_that_dies_is_a_german_message(tmp_path, monkeypatch, text, code):
    (tmp_path / "stirbt.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(aufsicht, "_MODUL", "stirbt")
    datei = tmp_path / "a.csv"
    datei.write_text("a;b\n", encoding="utf-8")
    with pytest.raises(DateiUnlesbar) as fehler:
        read_rohmappe(datei)
    assert fehler.value.code == code


@pytest.mark.parametrize(("ursache", "versuche"), [(OSError(12, "busy"), 3), (PermissionError(13, "forbidden"), 1)])
def test_a_start_is_tried_again_unless_it_is_forbidden(tmp_path, monkeypatch, ursache, versuche):
    gezaehlt = []

    def popen(*_, **__):
        gezaehlt.append(1)
        raise ursache

    monkeypatch.setattr(aufsicht, "_PAUSEN", (0, 0))
    monkeypatch.setattr(aufsicht.subprocess, "Popen", popen)
    datei = tmp_path / "a.csv"
    datei.write_text("a;b\n", encoding="utf-8")
    with pytest.raises(DateiUnlesbar) as fehler:
        read_rohmappe(datei)
    assert (fehler.value.code, len(gezaehlt)) == ("LESEN-START", versuche)


def test_a_failing_progress_callback_leaves_no_child(tmp_path, monkeypatch):
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as mappe:
        mappe.add_worksheet().write(0, 0, 1)
    kinder = []
    start = aufsicht._start
    monkeypatch.setattr(aufsicht, "_start", lambda modul: kinder.append(start(modul)) or kinder[-1])

    def fortschritt(*_):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        read_rohmappe(tmp_path / "a.xlsx", fortschritt=fortschritt)
    assert kinder[0].poll() is not None


def test_progress_names_every_sheet(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as mappe:
        for name in ("eins", "zwei"):
            mappe.add_worksheet(name).write(0, 0, 1)
    gemeldet = []
    read_rohmappe(tmp_path / "a.xlsx", fortschritt=lambda *was: gemeldet.append(was))
    assert gemeldet == [(1, 2, "eins"), (2, 2, "zwei")]


def test_the_child_loads_nothing_heavy():
    text = (
        "import sys; import sozialtool.einlesen.kindprozess, sozialtool.einlesen.mappe, sozialtool.einlesen.csvdatei;"
        "print(sorted({'attrs', 'attr', 'polars', 'openpyxl', 'textual', 'multiprocessing', 'numpy'} & set(sys.modules)))"
    )
    lauf = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True, encoding="utf-8")
    assert lauf.stdout.strip() == "[]"


def test_a_module_beside_the_planners_files_is_not_imported(tmp_path, monkeypatch):
    (tmp_path / "zipfile.py").write_text("raise SystemExit('untergeschoben')", encoding="utf-8")
    (tmp_path / "a.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read_rohmappe("a.csv").blaetter[0].zeilen == (("a", "b"), ("1", "2"))


class Boese:
    def __reduce__(self):
        return print, ("ausgeführt",)


def test_an_answer_cannot_execute_code(capsys):
    strom = io.BytesIO()
    daten = pickle.dumps(Boese())
    strom.write(protokoll.KOPF.pack(len(daten), protokoll.FERTIG) + daten)
    strom.seek(0)
    assert protokoll.read_frame(strom) is None
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "spalte",
    [
        (dt.date(2023, 12, 31),),
        ("Stand", dt.date(1900, 1, 1), None),
        (1, dt.date(2023, 1, 1), "x"),
        (None, dt.datetime(2023, 1, 1, 12), dt.date(2023, 1, 1)),
        (True, 1.5, "a"),
    ],
)
def test_a_column_arrives_as_it_was_sent(spalte):
    strom = io.BytesIO()
    protokoll.write_frame(strom, protokoll.SPALTEN, protokoll.pack_spalte(spalte))
    strom.seek(0)
    _, inhalt = protokoll.read_frame(strom)
    zurueck = protokoll.unpack_spalte(inhalt)
    assert [(type(wert), wert) for wert in zurueck] == [(type(wert), wert) for wert in spalte]


@pytest.mark.parametrize("daten", [b"", b"\0", b"\xff\xff\xff\xff\x01", b"\0\0\0\x05\x01ab", b"\0\0\0\x02\x01ab"])
def test_a_broken_frame_is_the_end(daten):
    assert protokoll.read_frame(io.BytesIO(daten)) is None
