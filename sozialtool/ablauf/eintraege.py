"""What belongs together among the records of process and planning: what goes with a deleted one, what still needs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.beteiligung import Beteiligung
from sozialtool.fach.drucksache import Anlage, Beratungsschritt, Drucksache, Textbaustein
from sozialtool.fach.felder import felder_of
from sozialtool.fach.foerderung import Foerderaufruf
from sozialtool.fach.gremium import Aufgabe, Beschluss, Gremium, Sitzung, Tagesordnungspunkt, Thema
from sozialtool.fach.planung import (
    Befragung,
    Befragungsfrage,
    Befragungszahl,
    Einrichtung,
    Massnahme,
    Massnahmenkosten,
    Massnahmenleistung,
)
from sozialtool.fach.schreibweise import name_einige
from sozialtool.fach.ziel import Entwicklungsziel, Leitziel
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Projekt

PFLEGBAR: dict[str, type[Any]] = {
    "gremium": Gremium, "sitzung": Sitzung, "thema": Thema, "top": Tagesordnungspunkt, "beschluss": Beschluss, "aufgabe": Aufgabe,
    "beteiligung": Beteiligung, "drucksache": Drucksache, "beratungsschritt": Beratungsschritt, "textbaustein": Textbaustein, "anlage": Anlage,
    "einrichtung": Einrichtung, "stimme": Stimme, "bedarf": Bedarf, "leitziel": Leitziel, "ziel": Entwicklungsziel, "massnahme": Massnahme,
    "kosten": Massnahmenkosten, "leistung": Massnahmenleistung, "befragung": Befragung, "frage": Befragungsfrage, "auszaehlung": Befragungszahl,
    "foerderaufruf": Foerderaufruf,
}  # fmt: skip
"""Word of the command line → class."""
_Bezuege = Mapping[type, tuple[tuple[type[Any], str], ...]]
_GEHOERT: _Bezuege = {
    Massnahme: ((Massnahmenleistung, "massnahme"),),
    Sitzung: ((Tagesordnungspunkt, "sitzung"), (Beschluss, "sitzung")),
    Drucksache: ((Beratungsschritt, "drucksache"), (Textbaustein, "drucksache"), (Anlage, "drucksache")),
}
"""Class → what goes with it when it is deleted, and the field that names it."""
_BRAUCHT: _Bezuege = {
    Gremium: ((Sitzung, "gremium"), (Beratungsschritt, "gremium")), Thema: ((Tagesordnungspunkt, "thema"),),
    Sitzung: ((Aufgabe, "sitzung"), (Beratungsschritt, "sitzung")),
}  # fmt: skip
"""Class → what must not lose it, and the field that names it."""


def _find(projekt: Projekt, eintrag: Any, wovon: _Bezuege) -> list[Any]:
    return [
        anderer
        for klasse, feld in wovon.get(type(eintrag), ())
        for anderer in projekt.read(klasse)
        if getattr(anderer, feld) == eintrag.schluessel
    ]


def list_anhang(projekt: Projekt, eintrag: Any) -> list[Any]:
    """List what goes with a record when it is deleted: the agenda and the Beschlüsse of a meeting."""
    return _find(projekt, eintrag, _GEHOERT)


def require_entbehrlich(projekt: Projekt, eintrag: Any) -> None:
    """Refuse to delete what something else still needs.

    Raises:
        BedienFehler: names what needs it.
    """
    noetig = [_name_bedarf(e) for e in _find(projekt, eintrag, _BRAUCHT)]
    if noetig:
        raise BedienFehler(
            f"„{eintrag.schluessel}“ wird noch gebraucht: {name_einige(noetig, 3, '; ')}.",
            "Bitte erst diese streichen oder anders zuordnen.",
        )


def _name_bedarf(eintrag: Any) -> str:
    """Name what still needs something, by what a person looks for."""
    if isinstance(eintrag, Beratungsschritt):
        return f"Beratungsfolge der Drucksache {eintrag.drucksache}"
    return (
        f"{type(eintrag).__name__} {eintrag.sitzung if isinstance(eintrag, Tagesordnungspunkt) else eintrag.schluessel}"
    )


def require_pflicht(klasse: type[Any], werte: Mapping[str, Any]) -> None:
    """Refuse a new record without what it must have.

    Raises:
        BedienFehler: names what is missing.
    """
    fehlt = [f.titel for f in felder_of(klasse) if f.pflicht and f.name not in werte]
    if fehlt:
        raise BedienFehler(f"Es fehlt: {', '.join(fehlt)}.", "Bitte angeben, zum Beispiel name=Trägerrunde.")
