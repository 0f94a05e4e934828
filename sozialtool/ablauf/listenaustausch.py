"""Lists that go to Excel, are edited there and come back: what differs is shown first, then taken over in one change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sozialtool.fach.abfrage import Datenbestand, Fachbereich
from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.beteiligung import Beteiligung
from sozialtool.fach.drucksache import Anlage, Beratungsschritt, Drucksache, Textbaustein
from sozialtool.fach.foerderung import Foerderaufruf
from sozialtool.fach.gremium import Aufgabe, Beschluss, Gremium, Sitzung, Tagesordnungspunkt, Thema
from sozialtool.fach.indikator import Handlungsfeld, Indikator, Zustand
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.planung import (
    Befragung,
    Befragungsfrage,
    Befragungszahl,
    Einrichtung,
    Massnahme,
    Massnahmenkosten,
    Massnahmenleistung,
)
from sozialtool.fach.prozess import Baustein, Fortschrittsschritt, Inhalt, Umsetzungsstand
from sozialtool.fach.quelle import Befund
from sozialtool.fach.raum import Ebene, Gebiet, Umsteiger
from sozialtool.fach.referenz import Referenzwert
from sozialtool.fach.sozialindex import Sozialindex
from sozialtool.fach.veroeffentlichung import BekannteZahl, Geheimhaltungsregel
from sozialtool.fach.versorgung import Versorgungsmass
from sozialtool.fach.verteilung import Verteilungsszenario
from sozialtool.fach.ziel import Entwicklungsziel, Leitziel
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Aenderung, Projekt

if TYPE_CHECKING:
    from sozialtool.erhebung.listen import Unterschiede

LISTEN: dict[str, tuple[str, tuple[type, ...]]] = {
    "indikatoren": ("Indikatoren", (Indikator,)),
    "gebiete": ("Gebiete", (Gebiet,)),
    "merkmale": ("Merkmale", (Merkmal,)),
    "gewichte": ("Gewichte", (Umsteiger,)),
    "fachbereiche": ("Fachbereiche", (Fachbereich,)),
    "datenuebersicht": ("Datenübersicht", (Datenbestand,)),
    "bausteine": ("Bausteine", (Baustein, Inhalt, Umsetzungsstand, Fortschrittsschritt)),
    "gremien": ("Gremien und Sitzungen", (Gremium, Sitzung, Thema, Tagesordnungspunkt, Beschluss, Aufgabe)),
    "beteiligung": ("Beteiligung", (Beteiligung,)),
    "einrichtungen": ("Einrichtungen und Angebote", (Einrichtung,)),
    "versorgung": ("Woran die Versorgung gemessen wird", (Versorgungsmass,)),
    "stimmen": ("Stimmen", (Stimme,)),
    "bedarfe": ("Bedarfe", (Bedarf,)),
    "ziele": ("Leitziele und Entwicklungsziele", (Leitziel, Entwicklungsziel)),
    "massnahmen": ("Maßnahmen und ihre Kosten", (Massnahme, Massnahmenkosten)),
    "drucksachen": ("Drucksachen", (Drucksache, Beratungsschritt, Textbaustein, Anlage)),
    "leistungen": ("Leistung der Maßnahmen je Jahr", (Massnahmenleistung,)),
    "foerderaufrufe": ("Förderaufrufe", (Foerderaufruf,)),
    "geheimhaltungsregeln": ("Regeln der Geheimhaltung je Quelle", (Geheimhaltungsregel,)),
    "bekannte_zahlen": ("Von außen bekannte Zahlen", (BekannteZahl,)),
    "befragungen": ("Befragungen", (Befragung, Befragungsfrage, Befragungszahl)),
    "referenzwerte": ("Referenzwerte von außen", (Referenzwert,)),
    "indizes": ("Sozialindizes", (Sozialindex,)),
    "szenarien": ("Szenarien der Mittelverteilung", (Verteilungsszenario,)),
}
"""Lists that can go to Excel, be edited there and come back: name → head and classes, one sheet each."""


def export_befunde(projekt: Projekt, befunde: Iterable[Befund], pfad: Path) -> Path:
    """Write a finding list as Excel for the sender.

    Raises:
        BedienFehler: the target is another file, as in `ausgabe.datei.check_ziel`.
    """
    from sozialtool.ausgabe.befundliste import write_befunde
    from sozialtool.ausgabe.datei import check_ziel

    check_ziel(Path(pfad))
    liste = tuple(befunde)
    dateien = sorted({befund.datei for befund in liste if befund.datei})
    titel = f"Befunde zu {dateien[0]}" if len(dateien) == 1 else f"Befunde {projekt.kommune.name}"
    write_befunde(Path(pfad), liste, titel, dt.date.today())
    return Path(pfad)


def _find_liste(liste: str) -> tuple[str, tuple[type, ...]]:
    if liste not in LISTEN:
        raise BedienFehler(f"Eine Liste „{liste}“ gibt es nicht.", "Möglich sind: " + ", ".join(LISTEN) + ".")
    return LISTEN[liste]


def export_liste(projekt: Projekt, liste: str, pfad: Path) -> Path:
    """Write one of `LISTEN` as Excel, to be edited there.

    Raises:
        BedienFehler: the target is another file, as in `ausgabe.datei.check_ziel`.
    """
    from sozialtool.ausgabe.anleitungsblatt import Listenteil
    from sozialtool.ausgabe.datei import check_ziel
    from sozialtool.ausgabe.katalogblatt import write_listen
    from sozialtool.erhebung.vorlagen import build_katalogteil

    name, klassen = _find_liste(liste)
    check_ziel(Path(pfad))
    titel = f"{name} {projekt.kommune.name}"
    teile = [Listenteil(k, _read_liste(projekt, k), titel) for k in klassen if k is not Indikator]
    if Indikator in klassen:
        grundlagen = (projekt.read(Handlungsfeld), projekt.read(Merkmal), projekt.read(Ebene))
        teile.insert(klassen.index(Indikator), build_katalogteil(projekt.read(Indikator), *grundlagen, titel))
    write_listen(Path(pfad), teile, titel)
    return Path(pfad)


def _read_liste(projekt: Projekt, klasse: type) -> tuple[Any, ...]:
    """Read what stands in a list; where the town has none of its own yet, the proposal of the catalogue."""
    from sozialtool.ablauf.versorgungsbild import list_masse

    return list_masse(projekt) if klasse is Versorgungsmass else tuple(projekt.read(klasse))


def _read_bisher(projekt: Projekt, klasse: type, neu: Sequence[Any]) -> Sequence[Any]:
    """Read what an edited list is compared with: what went out, so that nothing edited is no difference; an empty list asks for nothing."""
    return _read_liste(projekt, klasse) if neu else projekt.read(klasse)


def import_liste(projekt: Projekt, liste: str, pfad: Path) -> Unterschiede:
    """Read an edited list and show the differences; nothing is changed yet.

    Raises:
        DatenFehler: entries that do not fit each other or the project, each named. DateiFehler: cannot be read.
        BedienFehler: an index or scenario that was agreed once is missing in the list.
    """
    from sozialtool.ablauf.fassungen import require_removable
    from sozialtool.ablauf.listenpruefung import check_listen
    from sozialtool.erhebung.listen import compare_listen, read_liste

    _, klassen = _find_liste(liste)
    listen = check_listen(projekt, {klasse: read_liste(Path(pfad), klasse) for klasse in klassen})
    teile = [compare_listen(_read_bisher(projekt, klasse, listen[klasse]), listen[klasse]) for klasse in klassen]
    unterschiede = teile[0].join(teile[1:])
    for eintrag in unterschiede.entfernt:
        if isinstance(eintrag, _DEFINITIONEN):
            require_removable(projekt, eintrag)
    return unterschiede


def save_liste(projekt: Projekt, unterschiede: Unterschiede) -> Aenderung:
    """Take the differences over in one change that undo takes back."""
    from sozialtool.ablauf.kennzahlen import keep_ergebnis
    from sozialtool.fach.felder import schluessel_of

    vorher = projekt.revision
    with projekt.change(f"{_name_liste(unterschiede)} aus Excel übernommen: {unterschiede.kurz()}") as schreiber:
        schreiber.put(*_build_eintraege(projekt, unterschiede))
        for eintrag in unterschiede.entfernt:
            schluessel = [getattr(eintrag, name) for name in schluessel_of(type(eintrag))]
            schreiber.remove(type(eintrag), *schluessel)
    if all(isinstance(eintrag, _DEFINITIONEN) for eintrag in _list_beruehrte(unterschiede)):
        keep_ergebnis(projekt, vorher)
    return projekt.verlauf(1)[0]


def _name_liste(unterschiede: Unterschiede) -> str:
    """Name the list that was edited by its title: the narrowest one that holds all that changes."""
    klassen = {type(eintrag) for eintrag in _list_beruehrte(unterschiede)}
    passende = [(len(teile), titel) for titel, teile in LISTEN.values() if klassen <= set(teile)]
    return f"Liste „{min(passende)[1]}“" if passende else "Liste"


def list_neu_zu_vereinbarende(projekt: Projekt, unterschiede: Unterschiede) -> tuple[str, ...]:
    """Say which agreements an edited list would cancel, because what was agreed gets another definition; nothing is written."""
    from sozialtool.ablauf.fassungen import renew_definition, schluessel_of
    from sozialtool.ablauf.vereinbarungen import renew

    verloren = []
    for alt, neu in unterschiede.geaendert:
        if isinstance(neu, _DEFINITIONEN) and alt.zustand is Zustand.VEREINBART:
            nachher = renew_definition(projekt, alt, neu)[0]
            verloren += [schluessel_of(neu)] if nachher.zustand is Zustand.VORGESCHLAGEN else []  # type: ignore[attr-defined]  # the definition comes first
        elif isinstance(neu, Indikator) and alt.zustand is Zustand.VEREINBART:
            verloren += [neu.kennung] if renew(alt, neu).zustand is Zustand.VORGESCHLAGEN else []
    if not verloren:
        return ()
    return (
        f"Danach neu zu vereinbaren: {', '.join(verloren)}. Mit der neuen Fassung gilt die Vereinbarung nicht mehr.",
    )


def _list_beruehrte(unterschiede: Unterschiede) -> tuple[Any, ...]:
    return (*unterschiede.neu, *(neu for _, neu in unterschiede.geaendert), *unterschiede.entfernt)


def _adopt_vorschlag(projekt: Projekt, beruehrt: Sequence[Any]) -> tuple[Any, ...]:
    """Build the whole proposal where a part of it changes: once the town has a list of its own, the proposal holds no more."""
    klassen = dict.fromkeys(type(eintrag) for eintrag in beruehrt)
    return tuple(e for klasse in klassen if not projekt.read(klasse) for e in _read_liste(projekt, klasse))


_DEFINITIONEN = (Sozialindex, Verteilungsszenario)
"""They rest on figures, and no figure rests on them."""


def _build_eintraege(projekt: Projekt, unterschiede: Unterschiede) -> list[object]:
    """Build what an edited list stores: its records, levels that come along, and steps of agreements."""
    from sozialtool.ablauf.fassungen import renew_definition
    from sozialtool.ablauf.leistungen import collect_leistungen
    from sozialtool.ablauf.listenpruefung import new_ebenen
    from sozialtool.ablauf.vereinbarungen import renew, steps_of_change

    eintraege: list[object] = list(
        new_ebenen(projekt, (*unterschiede.neu, *(neu for _, neu in unterschiede.geaendert)))
    )
    eintraege += _adopt_vorschlag(projekt, _list_beruehrte(unterschiede))
    for platz, neu in enumerate(unterschiede.neu, start=1):
        eintraege += renew_definition(projekt, None, neu, platz) if isinstance(neu, _DEFINITIONEN) else [neu]
    for alt, neu in unterschiede.geaendert:
        if isinstance(neu, _DEFINITIONEN):
            eintraege += renew_definition(projekt, alt, neu)
        elif isinstance(neu, Indikator):
            neuer = renew(alt, neu)
            eintraege += [neuer, *steps_of_change(projekt, alt, neuer)]
        else:
            eintraege.append(neu)
    return [*eintraege, *collect_leistungen(eintraege)]
