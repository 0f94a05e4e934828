"""Datenübersicht: which data exist in which Fachbereich, which are missing, and what one more Merkmal would unlock."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import attrs

from sozialtool.ablauf.bestandspruefung import resolve_bestand
from sozialtool.ablauf.summen import complete_laengen, find_teile
from sozialtool.ablauf.vereinbarungen import indikatoren, needed_merkmale
from sozialtool.fach.abfrage import Datenbestand, Fachbereich, Verfuegbarkeit
from sozialtool.fach.indikator import Zustand
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Ebene, Gebiet
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Aenderung, Projekt


@attrs.frozen
class Datenzeile:
    """One Merkmal in one Fachbereich (`fachbereich` is its key, `name` and `ansprechrolle` are for people).

    `bestand` is what was noted about it (with "vorhanden", smallest level and Stichtag filled in from deliveries and catalogue),
    `letzter_stand` the newest figure in the project (of a sum of delivered ones: the oldest of these), `indikatoren` the Kennungen that need it (the agreed ones first),
    `notiert` whether somebody wrote the line down or it only follows from deliveries and catalogue, `ebene` the name of the
    smallest level (`bestand` holds its key).
    """

    merkmal: Merkmal
    fachbereich: str
    bestand: Datenbestand
    letzter_stand: dt.date | None
    indikatoren: tuple[str, ...]
    notiert: bool
    name: str = ""
    ansprechrolle: str = ""
    ebene: str = ""


@attrs.frozen
class Freischaltung:
    """What a missing Merkmal would make computable: alone at once, and together with others later."""

    merkmal: Merkmal
    sofort: tuple[str, ...]
    mit_anderen: tuple[str, ...]


@attrs.frozen
class Datenuebersicht:
    """What a new Planungsgruppe asks first: what is there, what is wanted and missing, what would help most."""

    zeilen: tuple[Datenzeile, ...]
    berechenbar: tuple[str, ...]
    freischaltungen: tuple[Freischaltung, ...]

    @property
    def fehlend(self) -> tuple[Datenzeile, ...]:
        """Lines of Merkmale that an indicator needs and nobody has delivered yet."""
        return tuple(zeile for zeile in self.zeilen if zeile.indikatoren and zeile.letzter_stand is None)


def compute_datenuebersicht(projekt: Projekt) -> Datenuebersicht:
    """Compute the Datenübersicht from catalogue, deliveries and what was noted."""
    merkmale = {merkmal.schluessel: merkmal for merkmal in projekt.read(Merkmal)}
    gebraucht = _list_needed(projekt)
    geliefert = _list_delivered(projekt)
    notiert: dict[str, list[Datenbestand]] = defaultdict(list)
    for bestand in projekt.read(Datenbestand):
        notiert[bestand.merkmal].append(bestand)
    bereiche = {f.schluessel: f for f in projekt.read(Fachbereich)}
    namen = {f.name.casefold(): f.schluessel for f in bereiche.values()}
    zeilen = []
    for schluessel, merkmal in merkmale.items():
        stand, ebene = geliefert.get(schluessel, (None, ""))
        fachbereich = namen.get(merkmal.fachbereich.casefold(), merkmal.fachbereich)
        wofuer = tuple(gebraucht.get(schluessel, ()))
        zeilen += [
            Datenzeile(
                merkmal, b.fachbereich, _fill(b, merkmal, stand, ebene), stand, wofuer, schluessel in notiert,
                *_name_of(bereiche.get(b.fachbereich), b.fachbereich),
            )
            for b in notiert.get(schluessel) or [Datenbestand(fachbereich, schluessel)]
        ]  # fmt: skip
    ebenen = {ebene.schluessel: ebene.name for ebene in projekt.read(Ebene)}
    zeilen = [attrs.evolve(z, ebene=ebenen.get(z.bestand.kleinste_ebene, z.bestand.kleinste_ebene)) for z in zeilen]
    zeilen.sort(key=lambda z: (z.name.casefold(), z.merkmal.name.casefold(), z.merkmal.schluessel))
    berechenbar, freischaltungen = _find_unlocked(projekt, merkmale)
    return Datenuebersicht(tuple(zeilen), berechenbar, freischaltungen)


def save_datenbestand(projekt: Projekt, bestand: Datenbestand, bisher: str = "") -> Aenderung:
    """Note what a Fachbereich has; Merkmal, Fachbereich and level may be named by key or name.

    Args:
        projekt: the project.
        bestand: what is noted.
        bisher: key of the Fachbereich under which it stood until now; that line goes.

    Raises:
        BedienFehler: there is no such Merkmal.
    """
    (neu,), fehler = resolve_bestand(projekt, [bestand])
    if fehler:
        raise BedienFehler(" ".join(fehler), "Bitte aus der Liste wählen.")
    merkmal = projekt.get(Merkmal, neu.merkmal)
    assert merkmal is not None
    with projekt.change(f"Datenübersicht: {merkmal.name} bei {neu.fachbereich}") as schreiber:
        if bisher and bisher != neu.fachbereich:
            schreiber.remove(Datenbestand, bisher, neu.merkmal)
        schreiber.put(neu)
    return projekt.verlauf(1)[0]


def _list_needed(projekt: Projekt) -> dict[str, list[str]]:
    """Merkmal → Kennungen of the indicators that need it; the agreed ones first, rejected ones not at all."""
    folge = {Zustand.VEREINBART: 0, Zustand.VORGESCHLAGEN: 1, Zustand.RUHT: 2}
    zeilen = [zeile.indikator for zeile in indikatoren(projekt) if zeile.indikator.zustand in folge]
    gebraucht: dict[str, list[str]] = defaultdict(list)
    for indikator in sorted(zeilen, key=lambda i: (folge[i.zustand], i.kennung)):
        for merkmal in needed_merkmale(indikator):
            gebraucht[merkmal].append(indikator.kennung)
    return gebraucht


def _list_delivered(projekt: Projekt) -> dict[str, tuple[dt.date, str]]:
    """Merkmal → newest Stand and the level that holds the most areas among those delivered (the smallest)."""
    if not projekt.count_messwerte():
        return {}
    ebene_of = {gebiet.schluessel: gebiet.ebene for gebiet in projekt.read(Gebiet)}
    anzahl: dict[str, int] = defaultdict(int)
    for ebene in ebene_of.values():
        anzahl[ebene] += 1
    bekannt = {ebene.schluessel for ebene in projekt.read(Ebene)}
    spalten = projekt.read_messwerte()
    stand: dict[str, dt.date] = {}
    ebenen: dict[str, set[str]] = defaultdict(set)
    for gebiet, merkmal, tag in zip(spalten["gebiet"], spalten["merkmal"], spalten["stand"], strict=True):
        stand[merkmal] = max(tag, stand.get(merkmal, tag))
        ebenen[merkmal].add(ebene_of.get(gebiet, ""))
    for merkmal in complete_laengen({m: {1} for m in stand}, projekt.read(Merkmal)):
        if merkmal not in stand:
            # A sum of others is as new as the oldest of them, and as small as all of them are.
            teile = find_teile((merkmal,), projekt.read(Merkmal)) & set(ebenen)
            stand[merkmal] = min(stand[teil] for teil in teile)
            ebenen[merkmal] = set.intersection(*(ebenen[teil] for teil in teile))
    return {m: (stand[m], max(ebenen[m] & bekannt, key=lambda e: anzahl[e], default="")) for m in stand}


def _name_of(fachbereich: Fachbereich | None, schluessel: str) -> tuple[str, str]:
    return (schluessel, "") if fachbereich is None else (fachbereich.name, fachbereich.ansprechrolle)


def _fill(bestand: Datenbestand, merkmal: Merkmal, stand: dt.date | None, ebene: str) -> Datenbestand:
    """Complete what was noted by the Stichtag of the catalogue and by what deliveries prove."""
    bestand = attrs.evolve(bestand, stichtag=bestand.stichtag or merkmal.stichtag)
    if stand is None:
        return bestand
    offen = bestand.verfuegbarkeit is Verfuegbarkeit.UNGEKLAERT
    return attrs.evolve(
        bestand,
        verfuegbarkeit=Verfuegbarkeit.VORHANDEN if offen else bestand.verfuegbarkeit,
        kleinste_ebene=bestand.kleinste_ebene or ebene,
    )


def _find_unlocked(projekt: Projekt, merkmale: dict[str, Merkmal]) -> tuple[tuple[str, ...], tuple[Freischaltung, ...]]:
    """List what can be computed, and the missing Merkmale by how much each would unlock at once."""
    berechenbar = []
    sofort: dict[str, list[str]] = defaultdict(list)
    spaeter: dict[str, list[str]] = defaultdict(list)
    for zeile in indikatoren(projekt):
        if zeile.indikator.zustand is Zustand.VERWORFEN:
            continue
        if not zeile.fehlende_merkmale:
            berechenbar.append(zeile.indikator.kennung)
        ziel = sofort if len(zeile.fehlende_merkmale) == 1 else spaeter
        for schluessel in zeile.fehlende_merkmale:
            ziel[schluessel].append(zeile.indikator.kennung)
    fehlend = [s for s in {**sofort, **spaeter} if s in merkmale]
    folge = sorted(fehlend, key=lambda s: (-len(sofort[s]), -len(spaeter[s]), s))
    return tuple(berechenbar), tuple(Freischaltung(merkmale[s], tuple(sofort[s]), tuple(spaeter[s])) for s in folge)
