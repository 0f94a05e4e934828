"""A written accessible edition as its parts say it: sheets, cells, tables, styles, straight from the XML."""

from __future__ import annotations

import re
import zipfile
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import attrs

_NS = re.compile(r"\{[^}]*\}")
Stelle = tuple[int, int]


def parse(text: bytes) -> Any:
    """Parse a part; names without namespaces."""
    wurzel = ET.fromstring(text)
    for teil in wurzel.iter():
        teil.tag = _NS.sub("", teil.tag)
        for name in [n for n in teil.attrib if n.startswith("{")]:
            teil.attrib[_NS.sub("", name)] = teil.attrib.pop(name)
    return wurzel


def ort(adresse: str) -> Stelle:
    """A1 → (1, 1)."""
    buchstaben, zeile = re.fullmatch(r"\$?([A-Z]+)\$?(\d+)", adresse).groups()
    spalte = 0
    for buchstabe in buchstaben:
        spalte = 26 * spalte + ord(buchstabe) - 64
    return int(zeile), spalte


@attrs.define
class Freiseite:
    """One sheet: its name, its XML, its cells as (value, format), the XML of its tables."""

    name: str
    xml: Any
    zellen: dict[Stelle, tuple[str | float, int]]
    tabellen: list[Any]

    @property
    def bereich(self) -> tuple[int, int, int, int]:
        """First and last row, first and last column of the table."""
        (z1, s1), (z2, s2) = (ort(teil) for teil in self.tabellen[0].get("ref").split(":"))
        return z1, z2, s1, s2

    @property
    def kopf(self) -> list[str]:
        """Heads of the table as its cells say them."""
        z1, _, s1, s2 = self.bereich
        return [str(self.zellen.get((z1, s), ("", 0))[0]) for s in range(s1, s2 + 1)]

    @property
    def saetze(self) -> list[str]:
        """What stands in column A above the table, or on the whole sheet."""
        ende = self.bereich[0] if self.tabellen else 1 + max(z for z, _ in self.zellen)
        return [str(self.zellen.get((z, 1), ("", 0))[0]) for z in range(1, ende)]

    def find(self, name: str) -> list[Any]:
        """Elements of the sheet."""
        return list(self.xml.iter(name))


class Freibuch:
    """A whole workbook."""

    def __init__(self, pfad: Path) -> None:
        with zipfile.ZipFile(pfad) as paket:
            self.teile = {name: paket.read(name) for name in paket.namelist()}
        self.mappe = parse(self.teile["xl/workbook.xml"])
        self.formate = parse(self.teile["xl/styles.xml"])
        texte = parse(self.teile["xl/sharedStrings.xml"])
        self._texte = ["".join(t.text or "" for t in si.iter("t")) for si in texte]
        bezuege = {b.get("Id"): b.get("Target") for b in parse(self.teile["xl/_rels/workbook.xml.rels"])}
        self.seiten = [
            self._read(s.get("name"), f"xl/{bezuege[s.get('id')]}") for s in self.mappe.iter("sheet")
        ]  # fmt: skip

    def _read(self, name: str, teil: str) -> Freiseite:
        xml = parse(self.teile[teil])
        zellen = {}
        for zelle in xml.iter("c"):
            wert = zelle.find("v")
            if wert is not None:
                text = self._texte[int(wert.text)] if zelle.get("t") == "s" else wert.text
                zellen[ort(zelle.get("r"))] = (text if zelle.get("t") else float(text), int(zelle.get("s", 0)))
        rels = self.teile.get(f"xl/worksheets/_rels/{teil.rpartition('/')[2]}.rels")
        ziele = [b.get("Target") for b in parse(rels)] if rels else []
        tabellen = [parse(self.teile["xl/" + z.removeprefix("../")]) for z in ziele if "tables/" in z]
        return Freiseite(name, xml, zellen, tabellen)

    @cached_property
    def schriften(self) -> list[Any]:
        """Fonts."""
        return list(self.formate.find("fonts"))

    @cached_property
    def zellformate(self) -> list[Any]:
        """Formats of cells."""
        return list(self.formate.find("cellXfs"))

    def schrift(self, format_: int) -> Any:
        """Font of a format."""
        return self.schriften[int(self.zellformate[format_].get("fontId"))]

    def seite(self, name: str) -> Freiseite:
        """Sheet of this name."""
        return next(seite for seite in self.seiten if seite.name == name)

    @property
    def tabellenseiten(self) -> list[Freiseite]:
        """Sheets that carry a table."""
        return [seite for seite in self.seiten if seite.tabellen]


def change(quelle: Path, ziel: Path, teil: str, alt: str, neu: str) -> Path:
    """Copy a workbook with one place of one part replaced; the place must be there."""
    with zipfile.ZipFile(quelle) as paket:
        teile = {name: paket.read(name) for name in paket.namelist()}
    if teil in teile:
        text, anzahl = re.subn(alt, neu, teile[teil].decode("utf-8"), count=1, flags=re.DOTALL)
        assert anzahl, f"{alt} nicht in {teil}"
        teile[teil] = text.encode("utf-8")
    else:
        teile[teil] = neu.encode("utf-8")
    with zipfile.ZipFile(ziel, "w") as paket:
        for name, inhalt in teile.items():
            paket.writestr(name, inhalt)
    return ziel
