"""A field is described once: label, help, unit, choices, required.

From this description come the database column, the Excel column with its data validation, the form and table on the
screen, and the message when a value is wrong.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
import math
import re
import types
import typing
from typing import Any

import attrs

from sozialtool.fehler import FeldFehler


@attrs.frozen
class Feld:
    """One described field of a domain class.

    Attributes:
        name: ASCII name of the attribute and of the database column.
        titel: German label (column head in Excel, label in the form).
        art: Python type of the value: str, int, float, bool, datetime.date, an Enum, or tuple for a list of texts.
        hilfe: one German sentence that says what is meant.
        einheit: unit, where there is one.
        auswahl: allowed values (of an Enum: its values).
        pflicht: whether it must be filled.
        schluessel: whether it identifies the record.
        beispiel: how it may be filled, as a person types it; stands in the explanation of an Excel list.
        leer: what an empty cell or line means, where it is not simply an empty text: nothing, or the default.
        absaetze: whether it is a longer text of several paragraphs (lines).
    """

    name: str
    titel: str
    art: type
    hilfe: str = ""
    einheit: str = ""
    auswahl: tuple[str, ...] = ()
    pflicht: bool = False
    schluessel: bool = False
    beispiel: str = ""
    leer: Any = None
    absaetze: bool = False

    def to_text(self, wert: object) -> str:
        """Render a value as the planner reads and types it (dates 31.12.2025, decimals with comma)."""
        if wert is None:
            return ""
        if isinstance(wert, enum.Enum):
            return str(wert.value)
        if isinstance(wert, bool):
            return "ja" if wert else "nein"
        if isinstance(wert, dt.date):
            return wert.strftime("%d.%m.%Y")
        if isinstance(wert, float):
            text = f"{wert:.15g}".replace(".", ",")
            # An amount from a workbook may have thousandths: what is written here must be read again, not taken for thousands.
            return f"{text}0" if self.einheit == EURO and _ZWEIDEUTIG.fullmatch(text) else text
        if isinstance(wert, tuple):
            return "; ".join(str(teil) for teil in wert)
        return str(wert)

    def from_text(self, text: str) -> Any:
        """Read what a person typed; raise `FeldFehler` with a German message when it does not fit."""
        roh = text.strip()
        if not roh:
            if self.pflicht:
                raise FeldFehler(f"„{self.titel}“ ist leer.", "Bitte ausfüllen.", "FELD-LEER")
            return () if self.art is tuple else ("" if self.art is str else self.leer)
        try:
            return self._convert(roh)
        except ValueError:
            raise FeldFehler(
                f"„{self.titel}“: mit „{roh[:60]}“ kann hier nichts angefangen werden.", self._erwartet(), "FELD-WERT"
            ) from None

    def _convert(self, roh: str) -> Any:
        if issubclass(self.art, enum.Enum):
            for glied in self.art:
                if roh.casefold() == str(glied.value).casefold():
                    return glied
            raise ValueError
        if self.art is bool:
            if roh.casefold() in ("ja", "j", "wahr", "1", "x"):
                return True
            if roh.casefold() in ("nein", "n", "falsch", "0"):
                return False
            raise ValueError
        if self.art is int:
            return int(_digits(roh.replace(".", "") if _TAUSENDER.fullmatch(roh) else roh))
        if self.art is float and self.einheit == EURO:
            return parse_euro(roh)
        if self.art is float:
            # 51.720 is a latitude with three decimals: there are no thousands of degrees.
            deutsch = "," in roh or (self.einheit != "Grad" and _TAUSENDER.fullmatch(roh))
            zahl = float(_digits(roh.replace(".", "").replace(",", ".") if deutsch else roh))
            if not math.isfinite(zahl):
                raise ValueError
            return zahl
        if self.art is dt.date:
            return parse_datum(roh)
        if self.art is tuple:
            return tuple(teil.strip() for teil in roh.split(";") if teil.strip())
        if self.auswahl and roh not in self.auswahl:
            raise ValueError
        return roh

    def _erwartet(self) -> str:
        if self.auswahl:
            return "Möglich sind: " + ", ".join(self.auswahl) + "."
        erwartet = {
            int: "eine ganze Zahl",
            float: "eine Zahl",
            dt.date: "ein Datum wie 31.12.2025",
            bool: "ja oder nein",
        }
        if self.einheit == EURO:
            return "Erwartet wird ein Betrag in Euro wie 29.400,00 € oder 29400."
        return f"Erwartet wird {erwartet.get(self.art, 'ein Text')}."


EURO = "Euro"
"""Unit of the fields that hold an amount of money."""
_BETRAG = re.compile(
    r"([+\-−]?)([0-9]{1,15}|[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){1,4}|(?: [0-9]{3}){1,4}))(?:,([0-9]{1,15}|--?|[–—]))?",
    re.ASCII,
)
"""29400; 29.400; 29 400,00; 29.400,- – marks of thousands only where they belong."""
_BETRAG_PUNKT = re.compile(r"[+\-−]?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}", re.ASCII)
"""29400.5 and 29400.00 can be nothing but decimals; 29.400 is taken for thousands before."""
_ZWEIDEUTIG = re.compile(r"[+\-−]?[1-9][0-9]{0,2},[0-9]{3}", re.ASCII)
"""5,000 is five thousand in an English office and five in a German one, which writes two decimals; 5,0000 is five in both."""
_WAEHRUNG = re.compile(r"^(?:€|EUR|Euro)\s*|\s*(?:€|EUR|Euro)$", re.IGNORECASE)


def parse_euro(text: str) -> float:
    """Read an amount as people write it, in euros: "29.400,00 €", "EUR 29 400", "29400.5"; raise ValueError for what could mean two things.

    Blanks of any width may part the thousands. Refused are 1.23,45 and 5,000: a mark in a place where no German amount has one.
    """
    roh = _WAEHRUNG.sub("", " ".join(text.split()), count=1).strip()
    treffer = _BETRAG.fullmatch(roh)
    if treffer is None or _ZWEIDEUTIG.fullmatch(roh):
        if not _BETRAG_PUNKT.fullmatch(roh):
            raise ValueError(text)
        return float(roh.replace("−", "-"))
    vorzeichen, ganze, rest = treffer.groups()
    cent = rest if rest and rest.isdigit() else "0"
    return float(f"{vorzeichen.replace('−', '-')}{ganze.replace('.', '').replace(' ', '')}.{cent}")


_TAUSENDER = re.compile(r"[+\-−]?[1-9][0-9]{0,2}(\.[0-9]{3})+")
"""250.000 is a quarter of a million to whoever types it in a German office; 0.125 is not written with thousands."""


def _digits(text: str) -> str:
    """Refuse what Python takes for a number and a person does not: "nan", "inf", "1_000", "1e400"; raise ValueError."""
    if not re.fullmatch(r"[+\-−]?[0-9]*[.]?[0-9]*(e[+-]?[0-9]+)?", text):
        raise ValueError
    return text.replace("−", "-")


def parse_datum(text: str) -> dt.date:
    """Read 31.12.2025, 31.12.25 or 2025-12-31; raise ValueError otherwise."""
    for form in ("%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    raise ValueError(text)


def feld(
    titel: str,
    *,
    hilfe: str = "",
    einheit: str = "",
    auswahl: tuple[str, ...] = (),
    pflicht: bool = False,
    schluessel: bool = False,
    beispiel: str = "",
    absaetze: bool = False,
    default: Any = attrs.NOTHING,
) -> Any:
    """Describe an attribute of an attrs class; the type is taken from its annotation."""
    beschreibung = {
        "titel": titel, "hilfe": hilfe, "einheit": einheit, "auswahl": auswahl,
        "pflicht": pflicht or schluessel, "schluessel": schluessel, "beispiel": beispiel, "absaetze": absaetze,
    }  # fmt: skip
    return attrs.field(default=default, metadata={"feld": beschreibung})


def hints_of(klasse: type) -> dict[str, Any]:
    """Return the types of the attributes of a class; evaluating their annotations costs, so it is done once."""
    return _read_hints(klasse)


_read_hints = functools.cache(typing.get_type_hints)


def felder_of(klasse: type) -> tuple[Feld, ...]:
    """List the described fields of a domain class, in their order of definition."""
    return _read_felder(klasse)


@functools.cache
def _read_felder(klasse: type) -> tuple[Feld, ...]:
    hints = hints_of(klasse)
    felder = []
    for attribut in attrs.fields(klasse):
        if "feld" not in attribut.metadata:
            continue
        art = _plain_type(hints[attribut.name])
        angaben = dict(attribut.metadata["feld"])
        if issubclass(art, enum.Enum):
            angaben["auswahl"] = tuple(str(glied.value) for glied in art)
        if type(None) not in typing.get_args(hints[attribut.name]) and attribut.default is not attrs.NOTHING:
            angaben["leer"] = attribut.default
        felder.append(Feld(name=attribut.name, art=art, **angaben))
    return tuple(felder)


def schluessel_of(klasse: type) -> tuple[str, ...]:
    """List the names of the fields that identify a record of this class."""
    return tuple(feld.name for feld in felder_of(klasse) if feld.schluessel)


def _plain_type(hint: Any) -> type:
    """Reduce `X | None` to X and `tuple[...]` to tuple."""
    if isinstance(hint, types.UnionType):
        hint = next(teil for teil in typing.get_args(hint) if teil is not type(None))
    herkunft = typing.get_origin(hint)
    plain = herkunft or hint
    assert isinstance(plain, type)
    return plain
