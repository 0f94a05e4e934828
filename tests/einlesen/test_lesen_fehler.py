"""What is no table, or cannot be had, ends in a German message of its own."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from sozialtool import orte
from sozialtool.einlesen.lesen import Grenzen, read_rohmappe
from sozialtool.fehler import DateiFehlt, DateiGesperrt, DateiUnlesbar

pytestmark = pytest.mark.kindprozess  # some of these files abort the process that reads them


@pytest.fixture
def datei(tmp_path):
    return tmp_path / "probe.xlsx"


def zip_bytes(**teile: str) -> bytes:
    puffer = io.BytesIO()
    with zipfile.ZipFile(puffer, "w") as archiv:
        for name, inhalt in teile.items():
            archiv.writestr(name.replace("__", "/").replace("_xml", ".xml"), inhalt)
    return puffer.getvalue()


OLE = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600
KEINE_TABELLEN = [
    (b"", "LESEN-LEER"),
    (b"\0" * 5000, "LESEN-PLATZHALTER"),
    (b"<html><table><tr><td>1</td></tr></table></html>", "LESEN-HTML"),
    (b"\r\n <!DOCTYPE html><p>", "LESEN-HTML"),
    (b"<table border=1><tr><td>1", "LESEN-HTML"),
    (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "LESEN-XML"),
    (b"%PDF-1.7 ...", "LESEN-FREMD"),
    (b"\x89PNG\r\n\x1a\n", "LESEN-FREMD"),
    (bytes(range(1, 32)) * 40, "LESEN-FREMD"),
    (b"PK\x03\x04 abgeschnitten", "LESEN-KAPUTT"),
    (zip_bytes(liste_csv="a;b"), "LESEN-ARCHIV"),
    (zip_bytes(word__document_xml="<x/>"), "LESEN-FREMD"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), "LESEN-KENNWORT"),
    (OLE + "WordDocument".encode("utf-16-le"), "LESEN-FREMD"),
    (OLE, "LESEN-KAPUTT"),
]


@pytest.mark.parametrize(
    ("inhalt", "code"), KEINE_TABELLEN, ids=[f"{code}-{n}" for n, (_, code) in enumerate(KEINE_TABELLEN)]
)
@pytest.mark.parametrize("name", ["umsatz.xls"])
def test_what_is_no_table_is_named_in_german(tmp_path, inhalt, code, name):
    datei = tmp_path / name
    datei.write_bytes(inhalt)
    with pytest.raises(DateiUnlesbar) as fehler:
        read_rohmappe(datei)
    assert fehler.value.code == code
    assert name in fehler.value.meldung
    assert fehler.value.abhilfe


def test_the_bytes_decide_not_the_name(datei, tmp_path):
    with xlsxwriter.Workbook(datei) as mappe:
        mappe.add_worksheet().write(0, 0, "a")
    falsch = tmp_path / "liste.xls"
    falsch.write_bytes(datei.read_bytes())
    gelesen = read_rohmappe(falsch)
    assert (gelesen.format, [befund.code for befund in gelesen.befunde]) == ("xlsx", ["DATEI-ENDUNG"])


def test_a_zip_bomb_is_refused_before_reading(tmp_path):
    datei = tmp_path / "bombe.xlsx"
    with zipfile.ZipFile(datei, "w", zipfile.ZIP_DEFLATED) as archiv:
        archiv.writestr("[Content_Types].xml", "<Types/>")
        archiv.writestr("xl/worksheets/sheet1.xml", b"0" * (80 * 1024 * 1024))
    with pytest.raises(DateiUnlesbar) as fehler:
        read_rohmappe(datei)
    assert fehler.value.code == "LESEN-ZU-GROSS"
    with pytest.raises(DateiUnlesbar) as fehler:
        read_rohmappe(datei, grenzen=Grenzen(datei=1000))
    assert fehler.value.code == "LESEN-ZU-GROSS"


def test_missing_file_and_folder(tmp_path):
    for pfad, code in (
        (tmp_path / "a.xlsx", "LESEN-FEHLT"),
        (tmp_path / "weg" / "a.xlsx", "LESEN-FEHLT"),
        (Path("//nirgends/teil/a.xlsx"), "LESEN-NETZ"),
    ):
        with pytest.raises(DateiFehlt) as fehler:
            read_rohmappe(pfad)
        assert fehler.value.code == code
    with pytest.raises(DateiFehlt):
        read_rohmappe("a\0b.xlsx")
    with pytest.raises(DateiUnlesbar) as ordner:
        read_rohmappe(tmp_path)
    assert ordner.value.code == "LESEN-ORDNER"


def test_a_file_held_by_excel(datei, monkeypatch):
    datei.write_bytes(b"a;b")

    def locked(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(DateiGesperrt) as fehler:
        read_rohmappe(datei)
    assert fehler.value.code == "LESEN-GESPERRT"
    assert "Excel" in fehler.value.abhilfe


def test_excels_own_marker_file(tmp_path):
    (tmp_path / "~$liste.xlsx").write_bytes(b"\x05Amt")
    with pytest.raises(DateiUnlesbar) as fehler:
        read_rohmappe(tmp_path / "~$liste.xlsx")
    assert "liste.xlsx" in fehler.value.abhilfe


@pytest.mark.parametrize(
    ("winerror", "code"),
    [(362, "LESEN-PLATZHALTER"), (389, "LESEN-PLATZHALTER"), (53, "LESEN-NETZ"), (1231, "LESEN-NETZ")],
)
def test_windows_error_codes(winerror, code):
    ursache = OSError(22, "Invalid argument")
    ursache.winerror = winerror
    assert orte.explain_os_error(Path("a.xlsx"), ursache).code == code


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows kennt keine benannten Pipes dieser Art")
def test_a_pipe_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "rohr.csv")
    with pytest.raises(DateiUnlesbar):
        read_rohmappe(tmp_path / "rohr.csv")
