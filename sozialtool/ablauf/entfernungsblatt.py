"""Distances as tables of the sheet "Versorgung": mean, largest, and how many small areas have something within reach."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sozialtool.ablauf.entfernungstafel import REGEL, has_entfernungen, round_meter, say_luecken, write_grenze
from sozialtool.ablauf.versorgungsbild import Versorgungsbild
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.schreibweise import runde
from sozialtool.fach.versorgung import Entfernung

if TYPE_CHECKING:
    from sozialtool.ausgabe.tabelle import Spalte, Tabelle, Zellwert

_QUELLE = "Bestand der Stadt mit Breite und Länge, Umrisse der Gebiete"
_MITTEL = "Entfernung (Luftlinie) zum nächsten Ort, im Mittel"
_WEITESTE = "Entfernung (Luftlinie) zum nächsten Ort, die weiteste"
_NAH = "Anteil der kleinsten Gebiete, von deren Mitte der nächste Ort in Reichweite liegt"


def build_entfernungstabellen(bilder: Sequence[Versorgungsbild]) -> tuple[Tabelle, ...]:
    """Lay out the tables, Sozialräume × measures; () where nothing is known about distances."""
    da = [b for b in bilder if has_entfernungen(b)]
    if not da:
        return ()
    nah = [b for b in da if b.mass.erreichbar is not None]
    tabellen = [
        _build(_MITTEL, da, _unit_meter, lambda e: round_meter(e.mittel), (REGEL, *say_luecken(da))),
        _build(_WEITESTE, da, _unit_meter, lambda e: round_meter(e.weiteste), (REGEL,)),
    ]
    if nah:
        tabellen.append(
            _build(_NAH, nah, _unit_nah, lambda e: 100 * (e.nah or 0) / e.anzahl, (REGEL,), mit_anzahl=True)
        )
    return tuple(tabellen)


def _unit_meter(bild: Versorgungsbild) -> str:
    return "m, höchstens" if _is_grenze(bild) else "m"


def _unit_nah(bild: Versorgungsbild) -> str:
    return f"%, bis {write_grenze(bild)}" + (", mindestens" if _is_grenze(bild) else "")


def _is_grenze(bild: Versorgungsbild) -> bool:
    return any(z.entfernung is not None and z.entfernung.hoechstens for z in bild.zeilen)


def _build(
    titel: str, bilder: Sequence[Versorgungsbild], unit: Callable[[Versorgungsbild], str], wert: Callable[[Entfernung], float],
    anmerkungen: tuple[str, ...], *, mit_anzahl: bool = False,
) -> Tabelle:  # fmt: skip
    from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zeile

    spalten: list[Spalte] = [Spalte("Sozialraum", Spaltenart.TEXT, breite=150)]
    if mit_anzahl:
        spalten.append(Spalte("Kleinste Gebiete", Spaltenart.ANZAHL, "mit Umriss", 96))
    spalten += [Spalte(b.mass.name, Spaltenart.ANZAHL, unit(b), 96) for b in bilder]
    zeilen = []
    for nummer, erste in enumerate(bilder[0].zeilen):
        werte: list[Zellwert] = [erste.gebiet.name]
        je = [b.zeilen[nummer].entfernung for b in bilder]
        if mit_anzahl:
            werte.append(_cell(je[0], lambda e: float(e.anzahl)))
        zeilen.append(Zeile((*werte, *(_cell(e, wert) for e in je))))
    return Tabelle(titel, tuple(spalten), tuple(zeilen), anmerkungen=anmerkungen, quelle=_QUELLE, beschreibung=titel)


def _cell(e: Entfernung | None, wert: Callable[[Entfernung], float]) -> Zellwert:
    from sozialtool.ausgabe.tabelle import Zahl
    from sozialtool.ausgabe.werkbank import grund

    return grund(Zeichen.FEHLT) if e is None else Zahl(runde(wert(e), 0), nachkommastellen=0)
