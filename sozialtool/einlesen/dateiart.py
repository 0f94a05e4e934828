"""What a file really is: decided by its bytes, never by its name. Runs in the child process (no attrs here)."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from sozialtool.einlesen.ole import OLE_ANFANG
from sozialtool.fehler import DateiUnlesbar

GROSSTEXT_AB = 8 * 1024 * 1024
"""Bytes from which a text file with people is read piece by piece."""
_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_SPEICHERN = "In Excel öffnen und als xlsx („Excel-Arbeitsmappe“) speichern, dann diese Datei einlesen."
_NEU_BITTEN = "In Excel öffnen und neu speichern – oder den Absender um eine neue Datei bitten."
_RUHIG_BIS = 64 * 1024 * 1024
"""A part of this inflated size is harmless however well it is compressed."""
_HOECHSTES_VERHAELTNIS = 500
"""Real sheets shrink to 1/10 … 1/100; deflate cannot do better than 1/1032, which only a bomb comes near to."""


def is_huge_text(pfad: Path) -> bool:
    """Whether a list of people is read piece by piece: a large file that is no workbook; False for one that cannot be opened."""
    try:
        with pfad.open("rb") as strom:
            kopf = strom.read(8)
        return pfad.stat().st_size > GROSSTEXT_AB and not kopf.startswith((b"PK", OLE_ANFANG[:4]))
    except (OSError, ValueError):
        return False


def detect_art(name: str, inhalt: bytes, entpackt: int) -> str:
    """Tell the format: xlsx, xlsm, xlsb, ods, xls or text.

    Args:
        name: file name for messages.
        inhalt: all bytes.
        entpackt: how many bytes the parts of a zip container may have together.

    Raises:
        DateiUnlesbar: LESEN-LEER, -PLATZHALTER, -KENNWORT, -HTML, -XML, -FREMD, -ARCHIV, -KAPUTT, -ZU-GROSS.
    """
    if not inhalt:
        raise DateiUnlesbar(f"„{name}“ ist leer (0 Byte).", "Den Absender um die Datei bitten.", "LESEN-LEER")
    if not inhalt.strip(b"\0"):
        raise DateiUnlesbar(
            f"„{name}“ enthält nur Nullen: ein Platzhalter, dessen Inhalt nicht heruntergeladen ist, oder ein Rest.",
            "Im Explorer mit der rechten Maustaste „Immer auf diesem Gerät behalten“ wählen und noch einmal einlesen.",
            "LESEN-PLATZHALTER",
        )
    if inhalt.startswith(b"PK"):
        return _detect_zip(name, inhalt, entpackt)
    if inhalt.startswith(OLE_ANFANG):
        return _detect_ole(name, inhalt)
    if inhalt.startswith(_BIFF):
        return "xls"
    return _detect_text(name, inhalt)


def _detect_zip(name: str, inhalt: bytes, entpackt: int) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(inhalt)) as archiv:
            teile = archiv.infolist()
            namen = {teil.filename.replace("\\", "/").lstrip("/").casefold() for teil in teile}
            _check_bomb(name, teile, entpackt)
            if "content.xml" in namen:
                return _check_ods(name, archiv)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError) as ursache:
        raise DateiUnlesbar(
            f"„{name}“ ist beschädigt: der Behälter lässt sich nicht öffnen, vielleicht ist er abgeschnitten.",
            _NEU_BITTEN,
            "LESEN-KAPUTT",
        ) from ursache
    if any(teil.endswith(".bin") and "workbook" in teil for teil in namen):
        return "xlsb"
    if "[content_types].xml" in namen and any(teil.startswith("xl/") or "workbook" in teil for teil in namen):
        return "xlsm" if any(teil.endswith("vbaproject.bin") for teil in namen) else "xlsx"
    if any(teil.startswith(("word/", "ppt/", "visio/")) for teil in namen):
        raise _foreign(name, "ein Word- oder PowerPoint-Dokument")
    if "[content_types].xml" in namen:
        raise DateiUnlesbar(f"„{name}“ ist eine Office-Datei ohne Arbeitsmappe.", _NEU_BITTEN, "LESEN-KAPUTT")
    raise DateiUnlesbar(
        f"„{name}“ ist ein Zip-Archiv und keine Arbeitsmappe.",
        "Das Archiv entpacken und die Datei darin einlesen.",
        "LESEN-ARCHIV",
    )


def _check_bomb(name: str, teile: list[zipfile.ZipInfo], entpackt: int) -> None:
    summe = sum(teil.file_size for teil in teile)
    verdaechtig = any(
        teil.file_size > _RUHIG_BIS and teil.file_size > _HOECHSTES_VERHAELTNIS * max(teil.compress_size, 1)
        for teil in teile
    )
    if summe > entpackt or verdaechtig:
        raise DateiUnlesbar(
            f"„{name}“ bläht sich beim Öffnen auf {summe / 1e6:.0f} MB auf; gelesen wird bis {entpackt / 1e6:.0f} MB.",
            "In Excel öffnen, nur die nötigen Blätter in eine neue Mappe kopieren und diese einlesen.",
            "LESEN-ZU-GROSS",
        )


def _check_ods(name: str, archiv: zipfile.ZipFile) -> str:
    namen = set(archiv.namelist())
    if "META-INF/manifest.xml" in namen and b"encryption-data" in archiv.read("META-INF/manifest.xml"):
        raise password_error(name)
    art = archiv.read("mimetype") if "mimetype" in namen else b"spreadsheet"
    if b"spreadsheet" not in art:
        raise _foreign(name, "ein LibreOffice-Dokument, aber keine Tabelle")
    return "ods"


def _detect_ole(name: str, inhalt: bytes) -> str:
    if any(wort.encode("utf-16-le") in inhalt for wort in ("EncryptedPackage", "EncryptionInfo")):
        raise password_error(name)
    if any(wort.encode("utf-16-le") in inhalt for wort in ("WordDocument", "PowerPoint Document")):
        raise _foreign(name, "ein Word- oder PowerPoint-Dokument")
    return "xls"


def _detect_text(name: str, inhalt: bytes) -> str:
    anfang = inhalt[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if anfang.startswith(b"%pdf"):
        raise _foreign(name, "ein PDF")
    if anfang.startswith(
        (b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<div", b"<meta", b"<style")
    ) or (anfang.startswith((b"<?xml", b"<!--")) and b"<html" in anfang):
        raise DateiUnlesbar(
            f"„{name}“ ist in Wahrheit eine Internetseite (HTML), auch wenn der Name nach Excel aussieht.",
            _SPEICHERN,
            "LESEN-HTML",
        )
    if anfang.startswith(b"<?xml"):
        raise DateiUnlesbar(
            f"„{name}“ ist eine XML-Datei (vielleicht eine „XML-Kalkulationstabelle 2003“).", _SPEICHERN, "LESEN-XML"
        )
    if anfang.startswith((b"{\\rtf", b"\x89png", b"\xff\xd8\xff", b"gif8", b"rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise _foreign(name, "keine Tabelle")
    if _is_binary(inhalt[:65536]):
        raise _foreign(name, "keine Tabelle in einem bekannten Format")
    return "text"


def _is_binary(probe: bytes) -> bool:
    """Control characters beyond tab and line ends; UTF-16 has zeros on one side only."""
    if probe.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    steuer = len(re.findall(rb"[\x01-\x08\x0e-\x19\x1b-\x1f]", probe))
    return steuer > 4 + len(probe) // 200


def _foreign(name: str, was: str) -> DateiUnlesbar:
    return DateiUnlesbar(
        f"„{name}“ ist {was}.",
        "Einlesen lassen sich xlsx, xlsm, xls, xlsb, ods und csv.",
        "LESEN-FREMD",
    )


def password_error(name: str) -> DateiUnlesbar:
    """Build the message for an encrypted workbook."""
    return DateiUnlesbar(
        f"„{name}“ ist mit einem Kennwort verschlüsselt.",
        "In Excel mit dem Kennwort öffnen, unter Datei – Informationen den Schutz aufheben, speichern, neu einlesen.",
        "LESEN-KENNWORT",
    )


def damaged_error(name: str, grund: str = "") -> DateiUnlesbar:
    """Build the message for a workbook that no reader understands."""
    zusatz = f" ({grund})" if grund else ""
    return DateiUnlesbar(f"„{name}“ ist beschädigt und lässt sich nicht lesen{zusatz}.", _NEU_BITTEN, "LESEN-KAPUTT")
