"""What deserves a second look in records that come in by hand, from a list or from outside: said, never refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from sozialtool.ablauf.bestandsgrenzen import find_unwahrscheinliches
from sozialtool.ablauf.ortspruefung import find_ortshinweise
from sozialtool.ablauf.personenhinweise import find_in, list_personenhinweise, read_strassennamen
from sozialtool.ablauf.planeintraege import name_eintrag, name_klasse, read_schluessel
from sozialtool.ablauf.plantafel import Plantafel, Tafelzeile
from sozialtool.ablauf.startfolge import find_startfragen
from sozialtool.fach.bedarf import Stimme
from sozialtool.fach.planung import Einrichtung
from sozialtool.fach.prozess import Baustein, Inhalt, Umsetzungsstand
from sozialtool.fach.schreibweise import format_anzahl
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.erhebung.listen import Unterschiede


_ZEICHEN = "! "


def _find_hinweise(eintrag: Any, strassen: Iterable[str], lagen: Mapping[str, str]) -> tuple[str, ...]:
    """Say what in one record may point to a person, and which figures and positions (`_find_lagen`) are unlikely."""
    fragen = _find_fragen(eintrag, lagen)
    return (*(hinweis.satz for hinweis in find_in(eintrag, strassen)), *(f"Bitte prüfen: {frage}" for frage in fragen))


def _find_fragen(eintrag: Any, lagen: Mapping[str, str]) -> tuple[str, ...]:
    if not isinstance(eintrag, Einrichtung):
        return ()
    return tuple(filter(None, (*find_unwahrscheinliches(eintrag), lagen.get(eintrag.schluessel))))


def _find_lagen(projekt: Projekt, eintraege: Iterable[Any]) -> dict[str, str]:
    """Key → what does not fit about the position, for the facilities among these records."""
    return find_ortshinweise(projekt, [e for e in eintraege if isinstance(e, Einrichtung)])


def check_eintraege(projekt: Projekt, paare: Iterable[tuple[Any, Any]]) -> tuple[str, ...]:
    """Say of (before or None, after) what deserves a look and did not stand there before."""
    strassen = read_strassennamen(projekt)
    paare, saetze = tuple(paare), []
    bisher, lagen = _find_lagen(projekt, (v for v, _ in paare)), _find_lagen(projekt, (n for _, n in paare))
    for vorher, nachher in paare:
        bekannt = _find_hinweise(vorher, strassen, bisher) if vorher is not None else ()
        neue = [satz for satz in _find_hinweise(nachher, strassen, lagen) if satz not in bekannt]
        neue += find_startfragen(projekt, vorher, nachher)
        saetze += [f"{name_klasse(type(nachher))} {name_eintrag(nachher)}: {satz}" for satz in neue]
    return tuple(saetze)


def check_eingabe(projekt: Projekt, klasse: type, werte: dict[str, Any], alt: Any = None) -> tuple[str, ...]:
    """Say what deserves a look in a record as `save_eintrag` takes it."""
    neu = attrs.evolve(alt, **werte) if alt is not None else klasse(**{n: w for n, w in werte.items() if w is not None})
    return check_eintraege(projekt, [(alt, neu)])


def check_unterschiede(projekt: Projekt, unterschiede: Unterschiede) -> tuple[str, ...]:
    """Say what deserves a look in an edited list, before it is taken over."""
    return check_eintraege(projekt, (*((None, neu) for neu in unterschiede.neu), *unterschiede.geaendert))


Bisher = Mapping[type[Any], Mapping[tuple[Any, ...], Any]]
"""Class → key → record, as they were."""


def read_wegtexte(projekt: Projekt) -> Bisher:
    """Read the records of the Bausteine before one of their sentences is written, for `check_seit`."""
    return {
        klasse: {read_schluessel(e): e for e in projekt.read(klasse)} for klasse in (Baustein, Inhalt, Umsetzungsstand)
    }


def check_seit(projekt: Projekt, bisher: Bisher) -> tuple[str, ...]:
    """Say what deserves a look in records that are new or changed since `bisher` was read."""
    paare = [(alte.get(read_schluessel(e)), e) for klasse, alte in bisher.items() for e in projekt.read(klasse)]
    return check_eintraege(projekt, [(alt, neu) for alt, neu in paare if alt != neu])


def mark_tafel(projekt: Projekt, tafel: Plantafel) -> Plantafel:
    """Put "!" before the rows of records that deserve a look, and say below them why; voices say it themselves."""
    strassen = read_strassennamen(projekt)
    lagen = _find_lagen(projekt, (z.eintrag for z in tafel.zeilen))
    hinweise = [
        () if isinstance(z.eintrag, Stimme) else _find_hinweise(z.eintrag, strassen, lagen) for z in tafel.zeilen
    ]
    anzahl = sum(map(bool, hinweise))
    if not anzahl:
        return tafel
    zeilen = tuple(_mark(z, h) if h else z for z, h in zip(tafel.zeilen, hinweise, strict=True))
    satz = f"{format_anzahl(anzahl, 'Eintrag', 'Einträge')}: bitte prüfen (!)."
    # A first column of fixed width would lose the end of a day.
    spalten = tuple(
        attrs.evolve(s, breite=s.breite + len(_ZEICHEN)) if s.breite and nr == 0 else s
        for nr, s in enumerate(tafel.spalten)
    )
    return attrs.evolve(tafel, spalten=spalten, zeilen=zeilen, hinweise=(satz, *tafel.hinweise))


def _mark(zeile: Tafelzeile, hinweise: tuple[str, ...]) -> Tafelzeile:
    erster, *rest = zeile.texte
    kopf = erster if erster.startswith(_ZEICHEN) else f"{_ZEICHEN}{erster}".rstrip()
    detail = (*zeile.detail[:1], *(f"! {h}" for h in hinweise), *zeile.detail[1:])
    return attrs.evolve(zeile, texte=(kopf, *rest), detail=detail)


def list_hinweise(projekt: Projekt) -> tuple[str, ...]:
    """List everything in the project that deserves a look: whom texts may point to, and unlikely figures and positions of the Bestand."""
    texte = [f"{h.kurz}: {'; '.join(h.was)}." for h in list_personenhinweise(projekt)]
    orte = projekt.read(Einrichtung)
    lagen = _find_lagen(projekt, orte)
    return (*texte, *(f"{name_eintrag(ort)}: {frage}" for ort in orte for frage in _find_fragen(ort, lagen)))
