"""One record of the planning, or of the rules of disclosure control, entered, changed or struck out by hand; checked as the lists from Excel are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import attrs

from sozialtool.ablauf.eintraege import list_anhang, require_entbehrlich
from sozialtool.ablauf.geheimpruefung import PRUEFER
from sozialtool.ablauf.gesamtpruefung import check_zusammen
from sozialtool.ablauf.kennzahlen import keep_ergebnis
from sozialtool.ablauf.leistungen import collect_leistungen
from sozialtool.fach.felder import felder_of, schluessel_of
from sozialtool.fach.prozess import Umsetzungsstand
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Aenderung, Projekt

E = TypeVar("E")


def read_schluessel(eintrag: Any) -> tuple[Any, ...]:
    """Return the key of a record."""
    return tuple(getattr(eintrag, name) for name in schluessel_of(type(eintrag)))


def find_eintrag(projekt: Projekt, klasse: type[E], *schluessel: Any) -> E:
    """Return a record by its key, whatever its case; raise `BedienFehler` where there is none."""
    gesucht = tuple(str(teil).strip().casefold() for teil in schluessel)
    alle = projekt.read(klasse)
    for eintrag in alle:
        if tuple(str(teil).casefold() for teil in read_schluessel(eintrag)) == gesucht:
            return eintrag
    vorhanden = ", ".join(" / ".join(map(str, read_schluessel(e))) for e in alle[:12])
    raise BedienFehler(
        f"„{' / '.join(map(str, schluessel))}“ gibt es nicht.",
        f"Vorhanden: {vorhanden}{' …' if len(alle) > 12 else ''}." if alle else "Es ist noch nichts eingetragen.",
    )


def save_eintrag(projekt: Projekt, klasse: type, werte: Mapping[str, Any], alt: Any = None) -> Aenderung:
    """Store a record made of typed values, or `alt` with these values instead of its own.

    Raises:
        BedienFehler: PLANUNG-EINTRAG, it does not fit the project, or its key is taken; says everything that is wrong.
    """
    if alt is not None:
        neu = attrs.evolve(alt, **werte)
    else:
        gesetzt = {name: wert for name, wert in werte.items() if not (wert is None and name == "reihenfolge")}
        neu = klasse(**gesetzt)
        vorhandene: list[Any] = projekt.read(klasse)
        if any(read_schluessel(da) == read_schluessel(neu) for da in vorhandene):
            raise BedienFehler(
                f"Den Schlüssel „{name_eintrag(neu, kurz=True)}“ gibt es schon.",
                "Bitte einen anderen wählen.",
                "PLANUNG-EINTRAG",
            )
    geprueft, fehler = _check(projekt, klasse, neu)
    if fehler:
        raise BedienFehler("\n".join(fehler), "Bitte berichtigen; es wurde nichts geändert.", "PLANUNG-EINTRAG")
    was = "eingetragen" if alt is None else "geändert"
    vorher = projekt.revision
    with projekt.change(f"{name_klasse(klasse)} {name_eintrag(neu)} {was}") as schreiber:
        schreiber.put(*geprueft, *collect_leistungen(geprueft))
    _keep(projekt, klasse, vorher)
    return projekt.verlauf(1)[0]


def _check(projekt: Projekt, klasse: type, neu: Any) -> tuple[list[Any], list[str]]:
    """Check a record as its list from Excel is checked."""
    if klasse in PRUEFER:
        return PRUEFER[klasse](projekt, [neu])
    listen, fehler = check_zusammen(projekt, {klasse: [neu]})
    return listen[klasse], fehler


def _keep(projekt: Projekt, klasse: type, vorher: object) -> None:
    """Keep the newest result: nothing of the planning enters a figure, rules of disclosure control do."""
    if klasse not in PRUEFER:
        keep_ergebnis(projekt, vorher)


def name_klasse(klasse: type) -> str:
    """Name a class as people do."""
    return _KLASSEN.get(klasse.__name__, klasse.__name__.replace("Massnahme", "Maßnahme"))


_KLASSEN = {
    "BekannteZahl": "Bekannte Zahl", "Massnahmenkosten": "Kosten", "Massnahmenleistung": "Leistung", "Befragungsfrage": "Frage", "Befragungszahl": "Auszählung",
    "Umsetzungsstand": "Satz", "Versorgungsmass": "Versorgung", "Foerderaufruf": "Förderaufruf",
}  # fmt: skip
"""Classes whose name is not the word that people use."""


def remove_eintrag(projekt: Projekt, eintrag: Any) -> Aenderung:
    """Strike a record out with what goes with it; undo brings it back.

    Raises:
        BedienFehler: something else still needs it.
    """
    require_entbehrlich(projekt, eintrag)
    anhang = list_anhang(projekt, eintrag)
    klasse, vorher = type(eintrag), projekt.revision
    with projekt.change(f"{name_klasse(klasse)} {name_eintrag(eintrag)} gestrichen") as s:
        for teil in (eintrag, *anhang):
            s.remove(type(teil), *read_schluessel(teil))
    _keep(projekt, klasse, vorher)
    return projekt.verlauf(1)[0]


def name_eintrag(eintrag: Any, *, kurz: bool = False) -> str:
    """Name a record in a message: its key, and what it is called."""
    schluessel = " / ".join(str(teil) for teil in read_schluessel(eintrag))
    if isinstance(eintrag, Umsetzungsstand):  # its key is made by the program and says nothing
        schluessel = f"zu Baustein {eintrag.baustein} vom {eintrag.datum:%d.%m.%Y}"
    name = next((str(getattr(eintrag, f.name)) for f in felder_of(type(eintrag)) if f.name in ("name", "text")), "")
    return schluessel if kurz or not name else f"{schluessel} „{name[:40]}“"
