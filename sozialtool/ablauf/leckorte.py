"""Where a cell of a written sheet stands: which area, which indicators and which year it is about."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sozialtool.ablauf.kennzahlen import Grundlage
from sozialtool.fach import raum

if TYPE_CHECKING:
    from sozialtool.einlesen.spuren import Blattspuren

Stelle = tuple[int, int]
_JAHR = re.compile(r"\b(?:19|20)\d\d\b")
_HOEHE = 60
"""Rows above a cell in which its head is looked for."""


class Blattlage:
    """One sheet with the names that the project knows."""

    def __init__(self, blatt: Blattspuren, grundlage: Grundlage) -> None:
        self.blatt = blatt
        self._grundlage = grundlage
        self._gebiete = {g.name.casefold(): g.schluessel for g in reversed(grundlage.gebiete)}
        self._gebiete |= {g.name.casefold(): g.schluessel for g in grundlage.ordered_gebiete()}
        # The town stands above its areas and has no place in their order.
        self._raeume = {g.name.casefold() for g in grundlage.gebiete if g.ebene != raum.STADT and not g.ist_rest}
        self._folge = {g.schluessel: n for n, g in enumerate(grundlage.ordered_gebiete())}
        self._namen = [
            (frozenset(t.casefold() for t in (i.kennung, i.kurzname, i.name) if t), i.name.casefold(), i.kennung)
            for i in grundlage.indikatoren
        ]
        self._zeilen: dict[int, list[int]] = {}
        for zeile, spalte in sorted(blatt.zellen):
            self._zeilen.setdefault(zeile, []).append(spalte)

    def adresse(self, ort: Stelle) -> str:
        """Write an address as Excel does."""
        buchstaben, n = "", ort[1] + 1
        while n:
            n, rest = divmod(n - 1, 26)
            buchstaben = chr(65 + rest) + buchstaben
        return f"{buchstaben}{ort[0] + 1}"

    def find_zelle(self, bereich: str, nummer: int) -> float | str | None:
        """Value of the n-th cell of a range such as B150:H150; None where it is empty."""
        from sozialtool.einlesen.blattxml import parse_adresse

        ecken = [parse_adresse(teil) for teil in bereich.split(":")]
        if not ecken or any(ecke is None for ecke in ecken):
            return None
        (z, s), (ende, _) = ecken[0] or (0, 0), ecken[-1] or (0, 0)
        ort = (z + nummer, s) if ende > z else (z, s + nummer)
        zelle = self.blatt.zellen.get(ort)
        return None if zelle is None else zelle.wert

    def _texts(self, zeile: int) -> Iterator[str]:
        for spalte in self._zeilen.get(zeile, ()):
            wert = self.blatt.zellen[zeile, spalte].wert
            if isinstance(wert, str):
                yield wert

    def _above(self, ort: Stelle) -> Iterator[str]:
        """Texts and years above a cell in its own column, nearest first."""
        for zeile in range(ort[0] - 1, max(-1, ort[0] - _HOEHE), -1):
            zelle = self.blatt.zellen.get((zeile, ort[1]))
            if zelle is not None and (isinstance(zelle.wert, str) or 1990 <= zelle.wert <= 2100):
                yield zelle.wert if isinstance(zelle.wert, str) else f"{zelle.wert:.0f}"

    def _headings(self, zeile: int) -> Iterator[str]:
        """Texts in the first column above a row, nearest first, then the name of the sheet."""
        for oben in range(zeile, max(-1, zeile - 4 * _HOEHE), -1):
            zelle = self.blatt.zellen.get((oben, 0))
            if zelle is not None and isinstance(zelle.wert, str):
                yield zelle.wert
        yield self.blatt.name

    def find_gebiet(self, ort: Stelle) -> str:
        """Area of a cell: named in its row, else right above it, else in the nearest heading; "" if none is."""
        for text in (*self._texts(ort[0]), *self._above(ort)):
            if text.casefold() in self._gebiete:
                return self._gebiete[text.casefold()]
        return next((g for text in self._headings(ort[0]) if (g := self._area_in(text))), "")

    def _area_in(self, text: str) -> str:
        klein = text.casefold()
        laengster = max((name for name in self._gebiete if name in klein), key=len, default="")
        return self._gebiete.get(laengster, "")

    def find_indikatoren(self, ort: Stelle) -> list[str]:
        """Indicators that a cell may be about: named in its row, above it, or in the nearest heading that names one."""
        nahe = [t.casefold() for t in (*self._texts(ort[0]), *self._above(ort))]
        genannt = [kennung for woerter, _, kennung in self._namen if any(t in woerter for t in nahe)]
        return genannt or list(self._in_heading(ort[0]))

    @functools.lru_cache(maxsize=4096)  # noqa: B019 - lives as long as one check
    def _in_heading(self, zeile: int) -> tuple[str, ...]:
        for text in self._headings(zeile):
            klein = text.casefold()
            treffer = [(len(name), kennung) for _, name, kennung in self._namen if name in klein]
            if treffer:
                laenge = max(treffer)[0]
                return tuple(kennung for n, kennung in treffer if n == laenge)
        return ()

    def find_jahr(self, ort: Stelle) -> int:
        """Year of a cell: above it, in its row, or in the title of its table; else the year of the report."""
        zeile = [self.blatt.zellen[ort[0], s].wert for s in self._zeilen.get(ort[0], ())]
        in_zeile = [f"{w:.0f}" for w in zeile if isinstance(w, float) and 1990 <= w <= 2100 and w == int(w)]
        oben = [t for t in self._above(ort) if _JAHR.fullmatch(t.strip())][:1] or self._kopfjahre.get(ort[1], [])
        titel = [t for t in self._headings(ort[0]) if t.casefold() not in self._gebiete][:3]
        for text in (*oben, *in_zeile[:1], *titel):
            treffer = _JAHR.findall(text)
            if treffer:
                # "2019 bis 2025": a heading names the newest year last.
                return int(treffer[-1])
        return self._grundlage.kommune.berichtsjahr

    @functools.cached_property
    def _kopfjahre(self) -> dict[int, list[str]]:
        """Column → the year that heads it at the top of the sheet, for tables longer than one looks up."""
        koepfe: dict[int, list[str]] = {}
        for (_, spalte), zelle in sorted(self.blatt.zellen.items()):
            if spalte and isinstance(zelle.wert, str) and _JAHR.fullmatch(zelle.wert.strip()):
                koepfe.setdefault(spalte, [zelle.wert])
        return koepfe

    def list_reihen(self) -> Iterator[tuple[int, list[int]]]:
        """Columns of different areas standing one below the other: column, rows.

        Where an area comes again, another indicator begins: nobody sorts over both.
        """
        gruppe: dict[str, int] = {}
        for zeile in [*sorted(self._zeilen), -1]:
            erste = self.blatt.zellen.get((zeile, 0))
            name = erste.wert.casefold() if erste is not None and isinstance(erste.wert, str) else ""
            ist_raum = name in self._raeume
            if ist_raum and name not in gruppe and (not gruppe or zeile - 1 in gruppe.values()):
                gruppe[name] = zeile
                continue
            zeilen = list(gruppe.values())
            for spalte in sorted({s for z in zeilen for s in self._zeilen[z] if s > 0}):
                yield spalte, [z for z in zeilen if (z, spalte) in self.blatt.zellen]
            gruppe = {name: zeile} if ist_raum else {}

    def is_umsortiert(self, zeilen: Sequence[int]) -> bool:
        """Whether the areas of these rows do not stand in the town's own order."""
        schluessel = [self._gebiete[str(self.blatt.zellen[z, 0].wert).casefold()] for z in zeilen]
        folge = [self._folge[s] for s in schluessel if s in self._folge]
        return folge != sorted(folge)
