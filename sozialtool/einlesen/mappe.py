"""A workbook, sheet by sheet, by python-calamine and – for what it keeps to itself – by our own scan of the parts.

Runs in the child process (no attrs here). What cannot be had: error cells, formats, comments and hidden rows of xlsb;
comments and formats of xls.
"""

from __future__ import annotations

import io
import re
import threading
import zipfile
from collections.abc import Iterator
from typing import Any

from sozialtool.einlesen.blattxml import cut_far_cells, empty_zusatz, fits_by_dimension, parse_adresse, scan_blatt
from sozialtool.einlesen.dateiart import damaged_error, password_error
from sozialtool.einlesen.paket import Paket
from sozialtool.fehler import DateiUnlesbar

_MIT_ZELLEN = ("WorkSheet", "MacroSheet")


class Mappe:
    """An opened workbook with the extras of its sheets; without `mit_zusaetzen` an xlsx is read for its cells only."""

    def __init__(self, name: str, art: str, inhalt: bytes, zellen: int, *, mit_zusaetzen: bool = True) -> None:
        from python_calamine import CalamineWorkbook, PasswordError

        self._art = art
        self._zellen = zellen
        self.zusaetze: dict[str, dict[str, Any]] = {}
        self.grund = ""
        self._schnitte: dict[str, str] = {}
        self._pech: BaseException | None = None
        self._nebenher: threading.Thread | None = None
        if art in ("xlsx", "xlsm"):
            paket = Paket(inhalt)
            neu = self._cut_xlsx(paket, inhalt)
            paket = paket if neu is inhalt else Paket(neu)
            inhalt = neu
            if mit_zusaetzen:
                self._nebenher = threading.Thread(target=self._scan_xlsx, args=(paket,), daemon=True)
                self._nebenher.start()
        try:
            self._calamine = CalamineWorkbook.from_filelike(io.BytesIO(inhalt))
            self._blaetter = [
                (blatt.name, str(blatt.visible), str(blatt.typ)) for blatt in self._calamine.sheets_metadata
            ]
        except PasswordError as ursache:
            raise password_error(name) from ursache
        except MemoryError:
            raise
        except BaseException as ursache:
            if not _is_reader_error(ursache):
                raise
            raise self._explain(name, inhalt, ursache) from ursache
        if art == "ods":
            self._scan_ods(inhalt)
        elif art == "xls":
            self._scan_xls(inhalt)

    def _explain(self, name: str, inhalt: bytes, ursache: BaseException) -> DateiUnlesbar:
        if self._art == "xls":
            from sozialtool.einlesen.biff import is_encrypted, read_workbook

            if is_encrypted(read_workbook(inhalt)):
                return password_error(name)
        return damaged_error(name, "" if "detect file format" in str(ursache) else _shorten(ursache))

    @property
    def anzahl(self) -> int:
        """Number of sheets that hold cells."""
        return sum(art.endswith(_MIT_ZELLEN) for _, _, art in self._blaetter)

    def blaetter(self) -> Iterator[tuple[str, bool, list[list[Any]], dict[str, Any]]]:
        """Yield name, visibility, rows and extras of each sheet; an unreadable one has no rows and a Befund."""
        for nummer, (name, sichtbar, art) in enumerate(self._blaetter):
            if not art.endswith(_MIT_ZELLEN):
                continue
            zusatz = empty_zusatz()
            try:
                blatt = self._calamine.get_sheet_by_index(nummer)
                verbunden = blatt.merged_cell_ranges
                self._join()
                zusatz = self.zusaetze.get(name, zusatz)
                if name in self._schnitte:
                    add_cut(zusatz, self._schnitte[name])
                zeilen = self._read_rows(blatt, zusatz)
            except MemoryError:
                raise
            except BaseException as ursache:
                if not _is_reader_error(ursache):
                    raise
                self.grund = _shorten(ursache)
                zusatz["befunde"].append((
                    "BLATT-UNLESBAR", "FEHLER", f"Das Blatt „{name}“ lässt sich nicht lesen ({self.grund}).",
                    "Die Datei in Excel öffnen und neu speichern.", "",
                ))  # fmt: skip
                zeilen, verbunden = [], None
            if verbunden:
                zusatz["verbunden"] = [(a[0], a[1], b[0], b[1]) for a, b in verbunden]
            yield name, sichtbar.endswith(".Visible"), zeilen, zusatz

    def _read_rows(self, blatt: Any, zusatz: dict[str, Any]) -> list[list[Any]]:
        hoehe, breite = blatt.total_height, blatt.total_width
        if hoehe * breite <= self._zellen:
            return blatt.to_python(skip_empty_area=False)  # type: ignore[no-any-return]
        grenze_breite = min(breite, max(1, self._zellen // 1000))
        grenze = max(1, min(hoehe, self._zellen // breite))
        add_cut(
            zusatz, f"Gelesen sind {grenze} Zeilen und {grenze_breite} Spalten von {hoehe} Zeilen und {breite} Spalten."
        )
        return [zeile[:grenze_breite] for zeile in blatt.to_python(skip_empty_area=False, nrows=grenze)]

    def _scan_xlsx(self, paket: Paket) -> None:
        """Fill `zusaetze`; runs beside python-calamine, which does not hold Python's lock while it parses."""
        try:
            formate = paket.formate()
            for name, teil in paket.blaetter().items():
                xml = paket.read(teil)
                if xml is not None:
                    self._add_zusatz(name, scan_blatt(xml, formate), paket.kommentare(teil))
        except BaseException as pech:  # noqa: BLE001  # raised again by `_join`, in the thread that waits for it
            self._pech = pech

    def _join(self) -> None:
        if self._nebenher is not None:
            self._nebenher.join()
        if self._pech is not None:
            raise self._pech

    def _cut_xlsx(self, paket: Paket, inhalt: bytes) -> bytes:
        """Drop cells far out, so that the grid fits into memory; return the package to read."""
        gekuerzt: dict[str, bytes] = {}
        for name, teil in paket.blaetter().items():
            if fits_by_dimension(paket.read_head(teil), self._zellen):
                continue
            xml = paket.read(teil)
            schnitt = cut_far_cells(xml, self._zellen) if xml else None
            if schnitt:
                gekuerzt[teil], self._schnitte[name] = schnitt
        return rebuild(inhalt, gekuerzt) if gekuerzt else inhalt

    def _add_zusatz(self, name: str, zusatz: dict[str, Any], kommentare: dict[str, str]) -> None:
        self.zusaetze[name] = zusatz
        for ort, text in kommentare.items():
            adresse = parse_adresse(ort)
            if adresse:
                zusatz["kommentare"][adresse] = text

    def _scan_ods(self, inhalt: bytes) -> None:
        from sozialtool.einlesen.odsinhalt import scan_ods

        with zipfile.ZipFile(io.BytesIO(inhalt)) as archiv:
            zusaetze = scan_ods(archiv.read("content.xml"))
        self.zusaetze = {name: zusatz for (name, _, _), zusatz in zip(self._blaetter, zusaetze, strict=False)}

    def _scan_xls(self, inhalt: bytes) -> None:
        from sozialtool.einlesen.biff import read_workbook, scan_xls

        zusaetze = scan_xls(read_workbook(inhalt))
        self.zusaetze = {name: zusaetze[name] for name, _, _ in self._blaetter if name in zusaetze}


def rebuild(inhalt: bytes, ersatz: dict[str, bytes]) -> bytes:
    """Write the package again with some parts replaced, uncompressed, in memory."""
    neu = io.BytesIO()
    ziele = {name.lstrip("/").casefold(): xml for name, xml in ersatz.items()}
    with zipfile.ZipFile(io.BytesIO(inhalt)) as alt, zipfile.ZipFile(neu, "w", zipfile.ZIP_STORED) as archiv:
        for teil in alt.infolist():
            xml = ziele.get(teil.filename.replace("\\", "/").lstrip("/").casefold())
            archiv.writestr(teil.filename, alt.read(teil) if xml is None else xml)
    return neu.getvalue()


def add_cut(zusatz: dict[str, Any], satz: str) -> None:
    """Note that a grid was cut."""
    zusatz["befunde"].append((
        "RASTER-ABGESCHNITTEN", "FRAGE", f"Das Blatt reicht weiter, als gelesen wird. {satz}",
        "Meist steht weit abseits eine vergessene Zelle: in Excel mit Strg+Ende suchen, Zeile und Spalte löschen.", "",
    ))  # fmt: skip


def _is_reader_error(ursache: BaseException) -> bool:
    """Errors of the reader, and panics of its Rust part, which are no `Exception`."""
    return isinstance(ursache, Exception) or type(ursache).__name__ == "PanicException"


def _shorten(ursache: BaseException) -> str:
    text = re.sub(r"\s+", " ", str(ursache)).strip()
    return (text[:80] + " …") if len(text) > 80 else text or type(ursache).__name__
