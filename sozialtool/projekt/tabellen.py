"""One generic mapping: domain class ↔ table, made from the field descriptions of `fach`.

Text is TEXT, numbers are INTEGER or REAL, bool is 0/1, date and datetime are ISO text, a list of texts is JSON. An Enum is
stored by its NAME: the name is an identifier of the program, the value is German wording that may be polished later.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
import json
import math
import types
import typing
from collections.abc import Callable
from typing import Any

import attrs

from sozialtool.fach.abfrage import Abfrage, Datenbestand, Fachbereich
from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.beteiligung import Beteiligung
from sozialtool.fach.drucksache import Anlage, Beratungsschritt, Drucksache, Textbaustein
from sozialtool.fach.felder import Feld, feld, felder_of, hints_of
from sozialtool.fach.foerderung import Foerderaufruf
from sozialtool.fach.gremium import Aufgabe, Beschluss, Gremium, Sitzung, Tagesordnungspunkt, Thema
from sozialtool.fach.indikator import Bruch, Handlungsfeld, Indikator
from sozialtool.fach.karte import Umriss
from sozialtool.fach.messwert import Merkmal, Messwert
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
from sozialtool.fach.quelle import Importprofil, Quelle, Quellenbefund
from sozialtool.fach.raum import Ebene, Gebiet, Gebietsstand, Kommune, Raum, Raumzuordnung, Umsteiger
from sozialtool.fach.referenz import Referenzprofil, Referenzwert
from sozialtool.fach.schwelle import Schwelle
from sozialtool.fach.sozialindex import Indexfassung, Sozialindex
from sozialtool.fach.strasse import Strassenabschnitt, Strassenschreibweise
from sozialtool.fach.vereinbarung import Vereinbarung
from sozialtool.fach.veroeffentlichung import BekannteZahl, Geheimhaltungsregel, Veroeffentlichung
from sozialtool.fach.versorgung import Versorgungsmass
from sozialtool.fach.verteilung import Verteilungsszenario
from sozialtool.fach.ziel import Entwicklungsziel, Leitziel
from sozialtool.fehler import DatenFehler, ProjektFehler


@attrs.frozen
class Einstellung:
    """One setting of the project; `wert` is JSON."""

    name: str = feld("Name", schluessel=True)
    wert: str = feld("Wert", pflicht=True)


GESPEICHERT: tuple[type, ...] = (
    Kommune, Ebene, Gebiet, Gebietsstand, Umsteiger, Merkmal, Messwert, Indikator, Handlungsfeld, Bruch,
    Quelle, Quellenbefund, Importprofil, Baustein, Inhalt, Umsetzungsstand, Fortschrittsschritt, Einstellung,
    Gremium, Sitzung, Thema, Tagesordnungspunkt, Beschluss, Aufgabe, Beteiligung,
    Raum, Raumzuordnung, Strassenabschnitt, Strassenschreibweise, Fachbereich, Datenbestand, Abfrage, Vereinbarung,
    Schwelle, Einrichtung, Massnahme, Massnahmenkosten, Massnahmenleistung, Befragung, Befragungsfrage, Befragungszahl, Umriss,
    Sozialindex, Indexfassung, Verteilungsszenario, Referenzwert, Referenzprofil,
    Veroeffentlichung, BekannteZahl, Geheimhaltungsregel,
    Versorgungsmass, Stimme, Bedarf, Leitziel, Entwicklungsziel, Foerderaufruf,
    Drucksache, Beratungsschritt, Textbaustein, Anlage,
)  # fmt: skip
"""Every class that the project file keeps. A class added here gets its table when a project is next opened."""

Wandler = Callable[[Any], Any]


@attrs.frozen
class Spalte:
    """One column: SQL type, whether it may be empty, the two conversions and the default (`attrs.NOTHING`: none)."""

    name: str
    titel: str
    sql: str
    leer: bool
    to_sql: Wandler
    from_sql: Wandler
    default: object

    def encode(self, wert: object) -> Any:
        """Convert a Python value into what SQLite stores; raise `DatenFehler` when it is of the wrong kind."""
        if wert is None:
            if self.leer:
                return None
            raise DatenFehler(f"„{self.titel}“ ist leer.", "Bitte ausfüllen.", "PROJEKT-LEER")
        try:
            return self.to_sql(wert)
        except (TypeError, ValueError, AttributeError):
            raise DatenFehler(
                f"„{self.titel}“: {wert!r:.80} kann das Projekt nicht speichern.", "", "PROJEKT-WERT"
            ) from None

    def decode(self, wert: Any) -> Any:
        """Convert what SQLite stores back into the Python value."""
        return None if wert is None else self.from_sql(wert)

    def declare(self, *, as_key: bool = False, nachtraeglich: bool = False) -> str:
        """Write the column definition; every default of the class becomes the default of the column.

        A column that comes `nachtraeglich` and holds fractions goes without NOT NULL: SQLite 3.45 (that of Python 3.11 for
        Windows) refuses ADD COLUMN … REAL NOT NULL DEFAULT 0.5 in a table that has rows.
        """
        teile = [quote_name(self.name), self.sql]
        if not (self.leer or (nachtraeglich and self.sql == "REAL")):
            teile.append("NOT NULL")
        if self.default is not attrs.NOTHING and not as_key:
            teile.append(f"DEFAULT {quote_value(self.encode(self.default))}")
        return " ".join(teile)


@attrs.frozen
class Tabelle:
    """The table of one class."""

    klasse: type
    name: str
    spalten: tuple[Spalte, ...]
    schluessel: tuple[str, ...]

    @property
    def namen(self) -> tuple[str, ...]:
        """Names of the columns, in the order of the fields."""
        return tuple(spalte.name for spalte in self.spalten)

    def row_of(self, objekt: object) -> tuple[Any, ...]:
        """Return the column values of an object."""
        return tuple(spalte.encode(getattr(objekt, spalte.name)) for spalte in self.spalten)

    def object_of(self, zeile: tuple[Any, ...]) -> Any:
        """Build the object of a row that was selected in the order of `namen`; raise `ProjektFehler` if it cannot be."""
        paare = zip(self.spalten, zeile, strict=True)
        try:
            return self.klasse(**{spalte.name: spalte.decode(wert) for spalte, wert in paare})
        except (KeyError, ValueError) as fehler:
            raise ProjektFehler(
                f"Im Projekt steht ein Wert, den dieses Programm nicht kennt ({self.klasse.__name__}: {fehler}).",
                "Wurde es mit einer neueren Fassung von sozialtool bearbeitet, bitte diese verwenden.",
                "PROJEKT-WERT",
            ) from fehler

    def encode_key(self, schluessel: tuple[object, ...]) -> tuple[Any, ...]:
        """Convert the values of a key; raise TypeError when their number is wrong."""
        if len(schluessel) != len(self.schluessel):
            raise TypeError(f"{self.klasse.__name__} has the key {self.schluessel}, got {len(schluessel)} values")
        spalten = {spalte.name: spalte for spalte in self.spalten}
        return tuple(spalten[name].encode(wert) for name, wert in zip(self.schluessel, schluessel, strict=True))

    def key_of(self, zeile: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return the key in a row that was selected in the order of `namen`."""
        return tuple(zeile[self.namen.index(name)] for name in self.schluessel)

    def create_sql(self) -> str:
        """Write the CREATE TABLE statement."""
        teile = [spalte.declare(as_key=spalte.name in self.schluessel) for spalte in self.spalten]
        teile.append(f"PRIMARY KEY ({join_names(self.schluessel)})")
        return f"CREATE TABLE {quote_name(self.name)} ({', '.join(teile)}) STRICT, WITHOUT ROWID"

    def select_sql(self, bedingung: str = "") -> str:
        """Write the SELECT of all columns, in the order of the town (`reihenfolge`), then of the key."""
        folge = ("reihenfolge", *self.schluessel) if "reihenfolge" in self.namen else self.schluessel
        return f"SELECT {join_names(self.namen)} FROM {quote_name(self.name)} {bedingung} ORDER BY {join_names(folge)}"

    def upsert_sql(self) -> str:
        """Write the statement that inserts a row or changes it; an equal row is left alone and not logged."""
        rest = tuple(name for name in self.namen if name not in self.schluessel)
        platz = ", ".join("?" * len(self.namen))
        sql = f"INSERT INTO {quote_name(self.name)} ({join_names(self.namen)}) VALUES ({platz})"
        if not rest:
            return f"{sql} ON CONFLICT ({join_names(self.schluessel)}) DO NOTHING"
        setzen = ", ".join(f"{quote_name(name)} = excluded.{quote_name(name)}" for name in rest)
        anders = " OR ".join(
            f"{quote_name(self.name)}.{quote_name(name)} IS NOT excluded.{quote_name(name)}" for name in rest
        )
        return f"{sql} ON CONFLICT ({join_names(self.schluessel)}) DO UPDATE SET {setzen} WHERE {anders}"

    def key_condition(self) -> str:
        """Write `WHERE key = ? AND …`."""
        return "WHERE " + " AND ".join(f"{quote_name(name)} = ?" for name in self.schluessel)


def quote_name(name: str) -> str:
    """Quote an identifier."""
    return '"' + name.replace('"', '""') + '"'


def join_names(namen: tuple[str, ...]) -> str:
    """Quote identifiers and join them with commas."""
    return ", ".join(quote_name(name) for name in namen)


def quote_value(wert: object) -> str:
    """Write a stored value as an SQL literal (for DEFAULT, which takes no parameters)."""
    if wert is None:
        return "NULL"
    if isinstance(wert, str):
        return "'" + wert.replace("'", "''") + "'"
    return repr(wert)


@functools.cache
def tabelle_of(klasse: type) -> Tabelle:
    """Return the table of a domain class; its name is the class name in small letters."""
    felder = felder_of(klasse)
    hints = hints_of(klasse)
    attribute = {attribut.name: attribut for attribut in attrs.fields(klasse)}
    spalten = tuple(_spalte_of(f, hints[f.name], attribute[f.name].default) for f in felder)
    schluessel = tuple(f.name for f in felder if f.schluessel)
    if not schluessel:
        raise TypeError(f"{klasse.__name__} has no described key and cannot be stored")
    return Tabelle(klasse, klasse.__name__.lower(), spalten, schluessel)


def _spalte_of(beschreibung: Feld, hint: object, default: Any) -> Spalte:
    leer = isinstance(hint, types.UnionType) and type(None) in typing.get_args(hint)
    wert = default.factory() if isinstance(default, attrs.Factory) else default  # type: ignore[arg-type]  # attrs types Factory as a function
    sql, to_sql, from_sql = _codec_of(beschreibung.art)
    return Spalte(beschreibung.name, beschreibung.titel, sql, leer, to_sql, from_sql, wert)


def _codec_of(art: type) -> tuple[str, Wandler, Wandler]:
    if issubclass(art, enum.Enum):
        return "TEXT", functools.partial(_enum_name, art), art.__getitem__
    feste: dict[type, tuple[str, Wandler, Wandler]] = {
        str: ("TEXT", _text, str),
        bool: ("INTEGER", _truth, bool),
        int: ("INTEGER", _whole, int),
        float: ("REAL", _number, float),
        dt.date: ("TEXT", _date, dt.date.fromisoformat),
        dt.datetime: ("TEXT", dt.datetime.isoformat, dt.datetime.fromisoformat),
        tuple: ("TEXT", _texts, lambda text: tuple(json.loads(text))),
    }
    return feste[art]


def _enum_name(art: type, wert: object) -> str:
    if not isinstance(wert, art):
        raise TypeError
    return str(wert.name)  # type: ignore[attr-defined]  # art is an Enum, see _codec_of


def _text(wert: object) -> str:
    if not isinstance(wert, str):
        raise TypeError
    wert.encode()  # a lone surrogate (damaged file name) is a ValueError here instead of a crash inside SQLite
    return wert


def _truth(wert: object) -> int:
    if not isinstance(wert, bool):
        raise TypeError
    return int(wert)


def _whole(wert: object) -> int:
    if not isinstance(wert, int) or abs(wert) >= 2**63:
        raise TypeError
    return int(wert)


def _number(wert: object) -> float:
    # SQLite turns NaN into NULL without a word: a missing value without a reason.
    if not isinstance(wert, int | float) or not math.isfinite(wert):
        raise TypeError
    return float(wert)


def _date(wert: object) -> str:
    if not isinstance(wert, dt.date) or isinstance(wert, dt.datetime):
        raise TypeError
    return wert.isoformat()


def _texts(wert: object) -> str:
    if not isinstance(wert, tuple):
        raise TypeError
    return json.dumps([_text(teil) for teil in wert], ensure_ascii=False)


def stored_table(klasse: type) -> Tabelle:
    """Return the table of a class that the project keeps; TypeError for any other class."""
    if klasse not in GESPEICHERT:
        raise TypeError(f"{klasse.__name__} is not stored in the project; see projekt.tabellen.GESPEICHERT")
    return tabelle_of(klasse)
