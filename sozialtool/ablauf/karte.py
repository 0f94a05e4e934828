"""The two maps: tiles placed by the planner, outlines from a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.gebietsstaende import find_geltenden
from sozialtool.fach import karte
from sozialtool.fach.karte import Platz, Punkt, Umriss
from sozialtool.fach.raum import STADT, Ebene, Gebiet, Gebietsstand
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Aenderung, Projekt

if TYPE_CHECKING:
    from sozialtool.einlesen.umrisse import Umrisslesung

Ringe = tuple[tuple[Punkt, ...], ...]


@attrs.frozen
class Kachelkarte:
    """The Sozialräume in their own order and the place of each; `vorschlag`: nobody has placed them yet."""

    gebiete: tuple[Gebiet, ...]
    plaetze: Mapping[str, Platz]
    vorschlag: bool

    @property
    def masse(self) -> tuple[int, int]:
        """Columns and rows that are used."""
        plaetze = self.plaetze.values()
        return max((x for x, _ in plaetze), default=-1) + 1, max((y for _, y in plaetze), default=-1) + 1

    def reihen(self) -> tuple[tuple[Gebiet | None, ...], ...]:
        """The map row by row; None is an empty place."""
        wer = {self.plaetze[g.schluessel]: g for g in self.gebiete}
        breite, hoehe = self.masse
        return tuple(tuple(wer.get((x, y)) for x in range(breite)) for y in range(hoehe))


def read_kacheln(projekt: Projekt) -> Kachelkarte:
    """Return the tile map of the Sozialräume: as placed, else a proposal that is not stored.

    It counts as placed when each Sozialraum has a place of its own; the map begins with its first tile.
    """
    raeume = _raeume(projekt)
    gesetzt = {
        g.schluessel: (g.kachel_x, g.kachel_y) for g in raeume if g.kachel_x is not None and g.kachel_y is not None
    }
    if raeume and len(set(gesetzt.values())) == len(raeume) and all(_on_map(platz) for platz in gesetzt.values()):
        return Kachelkarte(raeume, karte.shift_to_origin(gesetzt), vorschlag=False)
    return Kachelkarte(raeume, _propose(projekt, raeume), vorschlag=True)


def _on_map(platz: Platz) -> bool:
    return all(0 <= wo < 10 * karte.HOECHSTENS for wo in platz)


def _raeume(projekt: Projekt) -> tuple[Gebiet, ...]:
    ebene = next((e.schluessel for e in projekt.read(Ebene) if e.planungsebene), "")
    eigene = [g for g in projekt.read(Gebiet) if g.ebene == ebene and not g.ist_rest]
    return tuple(sorted(eigene, key=lambda g: (g.reihenfolge, g.schluessel)))


def _propose(projekt: Projekt, raeume: tuple[Gebiet, ...]) -> dict[str, Platz]:
    mitten = {gebiet: karte.compute_mitte(ringe) for gebiet, ringe in find_flaechen(projekt).items()}
    return karte.arrange([g.schluessel for g in raeume], mitten)


def arrange_kacheln(projekt: Projekt) -> Aenderung:
    """Place all tiles by the outlines, or row by row where there are none.

    Raises:
        BedienFehler: there are no Sozialräume.
    """
    raeume = _raeume(projekt)
    _check_raeume(raeume)
    return _save(projekt, raeume, _propose(projekt, raeume), "Kacheln angeordnet")


def move_kachel(projekt: Projekt, gebiet: str, spalte: int, zeile: int) -> Aenderung:
    """Put a tile into a column and a row (from 0); who stands there changes places with it.

    Raises:
        BedienFehler: no such Sozialraum, or a place outside the map.
    """
    stand = read_kacheln(projekt)
    _check_raeume(stand.gebiete)
    wer = next((g for g in stand.gebiete if gebiet in (g.schluessel, g.name)), None)
    if wer is None:
        raise BedienFehler(f"Einen Sozialraum „{gebiet}“ gibt es nicht.", "Die Karte zeigt die Schlüssel.", "KARTE-WER")
    try:
        neu = karte.move(stand.plaetze, wer.schluessel, (spalte, zeile))
    except ValueError:
        raise BedienFehler(
            f"Die Karte hat höchstens {karte.HOECHSTENS} Spalten und Zeilen.",
            "Bitte einen Platz darin nehmen.",
            "KARTE-PLATZ",
        ) from None
    return _save(projekt, stand.gebiete, neu, f"Kachel „{wer.name}“ versetzt")


def _check_raeume(raeume: tuple[Gebiet, ...]) -> None:
    if not raeume:
        raise BedienFehler(
            "Es gibt noch keine Sozialräume.", "Bitte zuerst im Bereich Räume (F3) die Gebiete eintragen.", "KARTE-LEER"
        )


def _save(projekt: Projekt, raeume: tuple[Gebiet, ...], plaetze: Mapping[str, Platz], text: str) -> Aenderung:
    with projekt.change(text) as schreiber:
        schreiber.put(
            *(
                attrs.evolve(g, kachel_x=plaetze[g.schluessel][0], kachel_y=plaetze[g.schluessel][1])
                for g in raeume
                if (g.kachel_x, g.kachel_y) != plaetze[g.schluessel]
            )
        )
    return projekt.verlauf(1)[0]


def read_umrisse(projekt: Projekt, pfad: Path) -> Umrisslesung:
    """Read outlines from a GeoJSON file; nothing is stored yet.

    Raises:
        DateiFehler: see `einlesen.umrisse.read_umrisse`.
    """
    from sozialtool.einlesen.umrisse import read_umrisse as lies

    geltend = find_geltenden(projekt.read(Gebietsstand))
    gebiete = [g for g in projekt.read(Gebiet) if g.ebene != STADT]
    # The level of the Sozialräume is asked first: where two fit equally well, it is the one that is meant.
    planung = {g.schluessel for g in _raeume(projekt)}
    gebiete.sort(key=lambda g: g.schluessel not in planung)
    return lies(pfad, gebiete, geltend.schluessel if geltend else "")


def save_umrisse(projekt: Projekt, lesung: Umrisslesung) -> Aenderung:
    """Keep the outlines that were read; older ones of the same areas are replaced."""
    with projekt.change(f"Umrisse von {len(lesung.umrisse)} Gebieten übernommen", lesung.datei) as schreiber:
        schreiber.put(*lesung.umrisse)
    return projekt.verlauf(1)[0]


def find_flaechen(projekt: Projekt) -> dict[str, Ringe]:
    """Return Sozialraum → rings, where its outline is known for the Gebietsstand in force.

    That is its own outline if it was drawn for this Gebietsstand; else those of the areas in it, if every one has one: they
    stay right when Sozialräume are cut anew.
    """
    umrisse = {u.gebiet: u for u in projekt.read(Umriss)}
    if not umrisse:
        return {}
    geltend = find_geltenden(projekt.read(Gebietsstand))
    stand = geltend.schluessel if geltend else ""
    teile: dict[str, list[str]] = {}
    for gebiet in projekt.read(Gebiet):
        if gebiet.teil_von:
            teile.setdefault(gebiet.teil_von, []).append(gebiet.schluessel)
    flaechen: dict[str, Ringe] = {}
    for raum in _raeume(projekt):
        eigener = umrisse.get(raum.schluessel)
        if eigener is not None and eigener.gebietsstand == stand:
            flaechen[raum.schluessel] = eigener.punkte()
            continue
        da = [g for g in teile.get(raum.schluessel, ()) if g in umrisse]
        # Areas of several levels may hang below one: any level that was drawn completely will do.
        if da and _covers(projekt, raum.schluessel, da):
            flaechen[raum.schluessel] = karte.dissolve(ring for g in sorted(da) for ring in umrisse[g].punkte())
    return flaechen


def _covers(projekt: Projekt, raum: str, da: list[str]) -> bool:
    """Whether one level below this Sozialraum is drawn without a gap."""
    je_ebene: dict[str, set[str]] = {}
    for gebiet in projekt.read(Gebiet):
        if gebiet.teil_von == raum and not gebiet.ist_rest:
            je_ebene.setdefault(gebiet.ebene, set()).add(gebiet.schluessel)
    return any(alle <= set(da) for alle in je_ebene.values())
