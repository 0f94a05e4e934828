"""Zuordnung: which cell of a file belongs to which Gebiet, Merkmal and Stand – as rules that outlive the file.

Rules name header texts and labels, never cell addresses or years, so that next year's file is read by the same rules.
"""

from __future__ import annotations

import enum
import functools
import json
import types
import typing
from typing import Any

import attrs

from sozialtool.einlesen.rohblatt import Leseart
from sozialtool.fach.messwert import Zeichenbedeutung


class Rolle(enum.Enum):
    """What a column says."""

    OFFEN = "offen"
    WERT = "Werte"
    GEBIET = "Gebiet"
    GEBIETSCODE = "Gebietsschlüssel"
    MERKMAL = "Merkmal"
    STAND = "Stand"
    NOTIZ = "Notiz"
    NICHT = "nicht einlesen"


class Ort(enum.Enum):
    """Where a coordinate that holds for a whole table is written."""

    OFFEN = "offen"
    TABELLE = "in der Tabelle"
    TITEL = "im Titel"
    BLATT = "im Blattnamen"
    DATEI = "im Dateinamen"
    FUSSNOTE = "unter der Tabelle"
    FEST = "fest"


@attrs.frozen
class Fundort:
    """Where Gebiet or Stand of a table is found, and its pattern there (text with "#" instead of the date).

    `wert` is used with FEST only: a Gebiet key, or a date that the planner typed for this one file. A typed date never
    goes into a profile.
    """

    ort: Ort = Ort.OFFEN
    muster: str = ""
    wert: str = ""


@attrs.frozen
class Spaltenregel:
    """Rule for all columns with this header key (`einlesen.schluessel.column_keys`).

    `text` is the header as the file writes it. `merkmal` empty with role WERT: the Merkmal comes from the row.
    `frueher` is the Merkmal that the column had under its former name; only a proposal. `faktor` multiplies (header "in 1.000": 1000); 0 means that nobody has said yet, and nothing is multiplied. `tausenderpunkt` is the planner's decision for text numbers, None: undecided.
    """

    kopf: str
    rolle: Rolle
    merkmal: str = ""
    gebiet: str = ""
    text: str = ""
    faktor: float = 0.0
    tausenderpunkt: bool | None = None
    frueher: str = ""


@attrs.frozen
class Zeilenregel:
    """Answer for one label text: `art` is gebiet or merkmal; `ziel` a key, empty: not imported.

    The text "*" of art gebiet stands for all areas that the project does not know.
    """

    art: str
    text: str
    ziel: str = ""


@attrs.frozen
class Tabellenregel:
    """Rules for one kind of table, found again by its headers (and title and sheet, years and areas left out)."""

    blatt: str
    titel: str
    kopf: tuple[str, ...]
    spalten: tuple[Spaltenregel, ...]
    zeilen: tuple[Zeilenregel, ...] = ()
    labels: tuple[str, ...] = ()
    gebiet: Fundort = Fundort()
    stand: Fundort = Fundort()
    einlesen: bool = True

    def spalte(self, kopf: str) -> Spaltenregel | None:
        """Return the rule of a header key, or None."""
        return next((regel for regel in self.spalten if regel.kopf == kopf), None)

    def zeile(self, art: str, text: str) -> Zeilenregel | None:
        """Return the answer for a label text, or None."""
        return next((regel for regel in self.zeilen if regel.art == art and regel.text == text), None)

    def has_rolle(self, *rollen: Rolle) -> bool:
        """Whether one of the columns has one of these roles."""
        return any(regel.rolle in rollen for regel in self.spalten)


@attrs.frozen
class Zuordnung:
    """Rules for a whole file.

    `zeichen` are the signs of this source (they outrank the shipped ones); `hingenommen` are findings of this one file
    that the planner accepts ("CODE@Blatt!Zelle").
    """

    tabellen: tuple[Tabellenregel, ...] = ()
    zeichen: tuple[Zeichenbedeutung, ...] = ()
    leseart: Leseart | None = None
    hingenommen: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Write as JSON, the same rules always as the same text."""
        return json.dumps(_destructure(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Zuordnung:
        """Read what `to_json` wrote; unknown fields are passed over, missing ones take their default."""
        return _read_zuordnung(text)


@functools.lru_cache(maxsize=128)
def _read_zuordnung(text: str) -> Zuordnung:
    """Every file is compared with every saved profile, so each is read again and again; what comes out cannot be changed."""
    gelesen = _structure(Zuordnung, json.loads(text))
    assert isinstance(gelesen, Zuordnung)
    return gelesen


def _destructure(wert: Any) -> Any:
    if attrs.has(type(wert)):
        return {a.name: _destructure(getattr(wert, a.name)) for a in attrs.fields(type(wert))}
    if isinstance(wert, enum.Enum):
        return wert.name
    if isinstance(wert, tuple):
        return [_destructure(teil) for teil in wert]
    return wert


def _structure(art: Any, wert: Any) -> Any:
    if isinstance(art, types.UnionType):
        innen = [teil for teil in typing.get_args(art) if teil is not type(None)]
        return None if wert is None else _structure(innen[0], wert)
    if typing.get_origin(art) is tuple:
        return tuple(_structure(typing.get_args(art)[0], teil) for teil in wert)
    if isinstance(art, type) and issubclass(art, enum.Enum):
        return art[wert]
    if isinstance(art, type) and attrs.has(art):
        return art(**{name: _structure(typ, wert[name]) for name, typ in _types_of(art).items() if name in wert})
    return wert


@functools.cache
def _types_of(art: type) -> dict[str, Any]:
    """Name → type of each field; resolving what is written as text costs more than all the rest of reading."""
    hints = typing.get_type_hints(art)
    return {a.name: hints[a.name] for a in attrs.fields(art)}
