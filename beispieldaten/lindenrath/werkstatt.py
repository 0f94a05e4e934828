"""What all senders share: the book of truth, the list of deliveries, workbooks with a fixed date."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ERSTELLT = dt.datetime(2026, 2, 2, 8, 0, 0)
"""Fixed date inside all files, so that the same script gives the same bytes."""


class Werkstatt:
    """Collects truth and deliveries while the senders write their files below `ziel/lieferungen`."""

    def __init__(self, ziel: Path) -> None:
        self.ziel = ziel
        self.lieferungen: list[dict[str, Any]] = []
        self._wahrheit: dict[tuple[str, str, str], tuple[str, str, str, str, str, str]] = {}
        self._geheim: dict[tuple[str, str, str], str] = {}

    def begin(
        self,
        datei: str,
        absender: str,
        *,
        zeichentabelle: str = "fachbereich",
        befunde: Iterable[str] = (),
        hinweis: str = "",
    ) -> Path:
        """Register the next delivery (order of import) and return the path to write to."""
        pfad = self.ziel / "lieferungen" / datei
        pfad.parent.mkdir(parents=True, exist_ok=True)
        self.lieferungen.append(
            {
                "datei": datei,
                "absender": absender,
                "zeichentabelle": zeichentabelle,
                "befunde": list(befunde),
                "hinweis": hinweis,
            }
        )
        return pfad

    def note(
        self, gebiet: str, merkmal: str, stand: dt.date, wert: float | None, *, jahre: int = 0, zeichen: str = ""
    ) -> None:
        """Write one delivered value into the book of truth; a second, different value for the same key is a mistake.

        What the source keeps secret goes without its number into the truth and with it into `geheim.csv`.
        """
        if zeichen == "GEHEIM" and wert is not None:
            self._geheim[gebiet, merkmal, stand.isoformat()] = f"{wert:.10g}"
            wert = None
        text = "" if wert is None else f"{wert:.10g}"
        zeile = (gebiet, merkmal, stand.isoformat(), str(jahre), text, zeichen)
        if self._wahrheit.setdefault(zeile[:3], zeile) != zeile:
            raise ValueError(f"{zeile} widerspricht {self._wahrheit[zeile[:3]]}")

    def write_wahrheit(self) -> None:
        """Write `wahrheit.csv` and `geheim.csv`, sorted."""
        kopf = ("gebiet", "merkmal", "stand", "jahre", "wert", "zeichen")
        write_csv(self.ziel / "wahrheit.csv", kopf, sorted(self._wahrheit.values()))
        geheim = sorted((*schluessel, wert) for schluessel, wert in self._geheim.items())
        write_csv(self.ziel / "geheim.csv", ("gebiet", "merkmal", "stand", "wert"), geheim)


def write_csv(pfad: Path, kopf: Iterable[str], zeilen: Iterable[Iterable[object]], *, kodierung: str = "utf-8") -> None:
    """Write a semicolon CSV with LF line ends, the same bytes on every system."""
    with pfad.open("w", encoding=kodierung, newline="") as datei:
        schreiber = csv.writer(datei, delimiter=";", lineterminator="\n")
        schreiber.writerow(list(kopf))
        schreiber.writerows(list(zeile) for zeile in zeilen)


@contextlib.contextmanager
def mappe(pfad: Path, absender: str) -> Iterator[Any]:
    """Open a new xlsx workbook whose bytes depend on its content only."""
    import xlsxwriter

    buch = xlsxwriter.Workbook(
        str(pfad), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    buch.set_properties({"author": absender, "created": ERSTELLT})
    yield buch
    buch.close()


def ende(jahr: int) -> dt.date:
    """31 December of the year."""
    return dt.date(jahr, 12, 31)


def tausend(zahl: float) -> str:
    """Whole number as text with a point for thousands: 1.234."""
    return f"{zahl:,.0f}".replace(",", ".")


def prozent(teil: float, ganzes: float) -> str:
    """Share as text with comma and sign: 12,3 %."""
    return f"{100 * teil / ganzes:.1f} %".replace(".", ",") if ganzes else "–"
