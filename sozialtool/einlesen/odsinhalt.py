"""content.xml of an ods: error cells, shown texts, hidden rows and columns, merged cells, comments.

Layout: OpenDocument 1.3 part 3, sections 9.1 and 19.385 (office:value-type); `calcext:value-type="error"` is
LibreOffice's extension. Runs in the child process (no attrs here).
"""

from __future__ import annotations

from typing import Any

from sozialtool.einlesen.blattxml import empty_zusatz
from sozialtool.einlesen.xmlhilfe import Attribute, XmlFehler, parse_xml

_WIEDERHOLT_BIS = 1000
"""A cell or row repeated more often is filling, not content."""


def scan_ods(xml: bytes) -> list[dict[str, Any]]:
    """Collect the extras of every sheet, in order; fewer than there are sheets when the XML breaks off."""
    leser = _Leser()
    try:
        parse_xml(xml, leser.start, leser.end, leser.text)
    except XmlFehler:
        return leser.blaetter
    return leser.blaetter


class _Leser:
    """Walk over tables, rows and cells with their repetitions."""

    def __init__(self) -> None:
        self.blaetter: list[dict[str, Any]] = []
        self._tiefe = 0
        self._zeile = self._spalte = 0
        self._zeilen = self._spalten = 1
        self._definiert = 0
        self._zelle: Attribute | None = None
        self._texte: list[str] = []
        self._notiz: list[str] | None = None
        self._absatz = False

    def start(self, name: str, attribute: Attribute) -> None:
        if name == "table":
            self._tiefe += 1
            if self._tiefe == 1:
                self.blaetter.append(empty_zusatz())
                self._zeile = self._definiert = 0
        elif name == "table-column" and self._tiefe == 1:
            self._column(attribute)
        elif name == "table-row" and self._tiefe == 1:
            self._row(attribute)
        elif name in ("table-cell", "covered-table-cell") and self._tiefe == 1:
            self._spalten = _repeat(attribute, "table:number-columns-repeated")
            self._zelle, self._texte = attribute, []
        elif name == "annotation" and self._zelle is not None:
            self._notiz = []
        elif name == "p":
            self._absatz = True

    def end(self, name: str) -> None:
        if name == "table":
            self._tiefe -= 1
        elif name == "table-row" and self._tiefe == 1:
            self._zeile += self._zeilen
        elif name in ("table-cell", "covered-table-cell") and self._tiefe == 1:
            self._close_cell()
            self._spalte += self._spalten
        elif name == "annotation" and self._notiz is not None:
            self.blaetter[-1]["kommentare"][(self._zeile, self._spalte)] = "".join(self._notiz).strip()
            self._notiz = None
        elif name == "p":
            self._absatz = False
            (self._texte if self._notiz is None else self._notiz).append("\n")

    def text(self, text: str) -> None:
        if self._absatz:
            (self._texte if self._notiz is None else self._notiz).append(text)

    def _column(self, attribute: Attribute) -> None:
        anzahl = _repeat(attribute, "table:number-columns-repeated")
        if attribute.get("table:visibility", "visible") != "visible" and anzahl <= _WIEDERHOLT_BIS:
            self.blaetter[-1]["verborgene_spalten"].extend(range(self._definiert, self._definiert + anzahl))
        self._definiert += anzahl

    def _row(self, attribute: Attribute) -> None:
        self._zeilen = _repeat(attribute, "table:number-rows-repeated")
        self._spalte = 0
        if attribute.get("table:visibility", "visible") != "visible" and self._zeilen <= _WIEDERHOLT_BIS:
            self.blaetter[-1]["verborgene_zeilen"].extend(range(self._zeile, self._zeile + self._zeilen))

    def _close_cell(self) -> None:
        zelle, self._zelle = self._zelle, None
        if zelle is None or self._zeilen > _WIEDERHOLT_BIS or self._spalten > _WIEDERHOLT_BIS:
            return
        blatt, text = self.blaetter[-1], "".join(self._texte).strip()
        orte = [(self._zeile + z, self._spalte + s) for z in range(self._zeilen) for s in range(self._spalten)]
        breit, hoch = _repeat(zelle, "table:number-columns-spanned"), _repeat(zelle, "table:number-rows-spanned")
        if breit > 1 or hoch > 1:
            z, s = orte[0]
            blatt["verbunden"].append((z, s, z + hoch - 1, s + breit - 1))
        art = zelle.get("office:value-type", "")
        if zelle.get("calcext:value-type") == "error" or ("table:formula" in zelle and text.startswith(("#", "Err:"))):
            blatt["fehler"].update(dict.fromkeys(orte, text or "#NV"))
        elif "table:formula" in zelle and not art and not text:
            blatt["ohne_wert"].extend(orte)
        elif text and (
            art == "percentage" or (art in ("float", "currency") and _differs(text, zelle.get("office:value", "")))
        ):
            blatt["angezeigt"].update(dict.fromkeys(orte, text))


def _repeat(attribute: Attribute, name: str) -> int:
    text = attribute.get(name, "1")
    return int(text) if text.isdigit() and 0 < len(text) < 9 else 1


def _differs(text: str, wert: str) -> bool:
    """Whether a shown text is not simply the stored number in German or English writing."""
    rein = "".join(zeichen for zeichen in text if not zeichen.isspace() and zeichen not in "€$£")
    kandidaten = (rein.replace(".", "").replace(",", "."), rein.replace(",", ""))
    try:
        zahl = float(wert)
    except ValueError:
        return False
    for kandidat in kandidaten:
        try:
            if float(kandidat) == zahl:
                return kandidat.lstrip("-").startswith("0") and zahl >= 1
        except ValueError:
            continue
    return True
