"""Read the shipped catalogue: one TOML file per class, one tuple of `fach` values per loader.

A file holds an array of tables; keys are the field names of the class, enumerations are written by their German value,
`reihenfolge` is the position in the file unless it is given. Every loader reads its file once per process. A damaged
catalogue (unknown key, wrong value, key twice) raises `DatenFehler` with file and entry.
"""

from __future__ import annotations

import enum
import functools
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from sozialtool.fach.beteiligung import Beteiligungsregel
from sozialtool.fach.drucksache import Textbaustein
from sozialtool.fach.felder import Feld, felder_of, schluessel_of
from sozialtool.fach.gremium import Gremium
from sozialtool.fach.indikator import Bruch, Handlungsfeld, Indikator
from sozialtool.fach.messwert import Merkmal, Vermerk, Zeichen, Zeichenbedeutung, Zeichentabelle
from sozialtool.fach.prozess import Baustein, Inhalt
from sozialtool.fach.schwelle import Schwelle
from sozialtool.fach.versorgung import Versorgungsmass
from sozialtool.fehler import DatenFehler

T = TypeVar("T")
_ORDNER = Path(__file__).resolve().parent


@functools.cache
def load_merkmale() -> tuple[Merkmal, ...]:
    """Return all Merkmale in the order of their departments."""
    return read_katalog(_ORDNER / "merkmale.toml", Merkmal)


@functools.cache
def load_indikatoren() -> tuple[Indikator, ...]:
    """Return the 73 indicators and their variants.

    A variant is another age limit or another denominator of the same indicator; its Kennung is that of the indicator
    plus a letter (B02a). The first three characters of all Kennungen are the 73 of the starting catalogue.
    """
    return read_katalog(_ORDNER / "indikatoren.toml", Indikator)


@functools.cache
def load_handlungsfelder() -> tuple[Handlungsfeld, ...]:
    """Return the ten Handlungsfelder in their order."""
    return read_katalog(_ORDNER / "handlungsfelder.toml", Handlungsfeld)


@functools.cache
def load_brueche() -> tuple[Bruch, ...]:
    """Return the known breaks in definition, per Merkmal and year."""
    return read_katalog(_ORDNER / "brueche.toml", Bruch)


@functools.cache
def load_bausteine() -> tuple[Baustein, ...]:
    """Return the six Bausteine of the G.I.B. (Bartling et al. 2019), all open."""
    return read_katalog(_ORDNER / "bausteine.toml", Baustein)


@functools.cache
def load_beteiligungsregeln() -> tuple[Beteiligungsregel, ...]:
    """Return where participation is recommended and where it is indispensable (fach/regeln.md section 6, FSA)."""
    return read_katalog(_ORDNER / "beteiligungsregeln.toml", Beteiligungsregel)


@functools.cache
def load_gremien() -> tuple[Gremium, ...]:
    """Return the usual bodies and their places in the cycle (fach/regeln.md section 6: Hilden, Paderborn)."""
    return read_katalog(_ORDNER / "gremien.toml", Gremium)


@functools.cache
def load_inhalte() -> tuple[Inhalt, ...]:
    """Return what belongs to the Bausteine, as the council paper of Voerde (17/801, 15.08.2024) lists it."""
    return read_katalog(_ORDNER / "inhalte.toml", Inhalt)


@functools.cache
def load_schwellen() -> tuple[Schwelle, ...]:
    """Return the thresholds that every town agrees on, all proposed."""
    return read_katalog(_ORDNER / "schwellen.toml", Schwelle)


@functools.cache
def load_textbausteine() -> tuple[Textbaustein, ...]:
    """Return the blocks that the Sachdarstellung of a paper on the Monitoring begins with."""
    return read_katalog(_ORDNER / "textbausteine.toml", Textbaustein)


@functools.cache
def load_versorgungsmasse() -> tuple[Versorgungsmass, ...]:
    """Return what supply is measured by, as a proposal for every town."""
    return read_katalog(_ORDNER / "versorgungsmasse.toml", Versorgungsmass)


@functools.cache
def load_zeichentabellen() -> tuple[Zeichentabelle, ...]:
    """Return the proposed sign tables: din, ba, it_nrw, destatis, fachbereich."""
    pfad = _ORDNER / "zeichentabellen.toml"
    return tuple(_build_zeichentabelle(eintrag, pfad) for eintrag in _read_eintraege(pfad, "zeichentabelle"))


def read_katalog(pfad: Path, klasse: type[T]) -> tuple[T, ...]:
    """Read an array of tables named like the class into values of that class.

    Raises:
        DatenFehler: unknown or missing key, a value that does not fit its field, or a record twice.
    """
    felder = {feld.name: feld for feld in felder_of(klasse)}
    schluessel = schluessel_of(klasse)
    werte: dict[tuple[Any, ...], T] = {}
    for nummer, eintrag in enumerate(_read_eintraege(pfad, klasse.__name__.lower()), start=1):
        if "reihenfolge" in felder:
            eintrag.setdefault("reihenfolge", nummer)
        wert = _build(eintrag, klasse, felder, pfad)
        kennung = tuple(getattr(wert, name) for name in schluessel)
        if kennung in werte:
            raise _fehler(pfad, f"der Eintrag {kennung} steht zweimal darin")
        werte[kennung] = wert
    return tuple(werte.values())


def _read_eintraege(pfad: Path, name: str) -> list[dict[str, Any]]:
    try:
        inhalt = tomllib.loads(pfad.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as grund:
        raise _fehler(pfad, str(grund)) from grund
    eintraege = inhalt.get(name)
    if not isinstance(eintraege, list) or set(inhalt) != {name}:
        raise _fehler(pfad, f"erwartet wird eine Liste [[{name}]] und sonst nichts")
    return eintraege


def _build(eintrag: dict[str, Any], klasse: type[T], felder: dict[str, Feld], pfad: Path) -> T:
    fremd = sorted(set(eintrag) - set(felder))
    if fremd:
        raise _fehler(pfad, f"unbekannte Angabe {', '.join(fremd)} in {_name_of(eintrag)}")
    try:
        return klasse(**{name: _convert(felder[name], wert) for name, wert in eintrag.items()})
    except (TypeError, ValueError) as grund:
        raise _fehler(pfad, f"{_name_of(eintrag)}: {grund}") from grund


def _convert(feld: Feld, wert: Any) -> Any:
    if issubclass(feld.art, enum.Enum):
        return feld.art(wert)
    if feld.art is tuple and isinstance(wert, list):
        return tuple(wert)
    if feld.art is float and type(wert) is int:
        return float(wert)
    if type(wert) is not feld.art:
        raise ValueError(f"{feld.name} ist {wert!r}")
    return wert


def _build_zeichentabelle(eintrag: dict[str, Any], pfad: Path) -> Zeichentabelle:
    try:
        zeichen = tuple(_build_bedeutung(teil) for teil in eintrag["zeichen"])
        return Zeichentabelle(eintrag["schluessel"], eintrag["name"], zeichen)
    except (KeyError, TypeError) as grund:
        raise _fehler(pfad, f"{_name_of(eintrag)}: {grund}") from grund


def _build_bedeutung(teil: dict[str, str]) -> Zeichenbedeutung:
    zeichen = Zeichen[teil["zeichen"]] if "zeichen" in teil else None
    return Zeichenbedeutung(teil["text"], zeichen, Vermerk[teil.get("vermerk", "KEINER")])


def _name_of(eintrag: dict[str, Any]) -> str:
    return str(
        eintrag.get("schluessel") or eintrag.get("kennung") or eintrag.get("name") or next(iter(eintrag.values()))
    )


def _fehler(pfad: Path, grund: str) -> DatenFehler:
    return DatenFehler(
        f"Der Katalog „{pfad.name}“ ist beschädigt: {grund}.",
        "Bitte sozialtool noch einmal vollständig entpacken.",
        "KATALOG-DEFEKT",
    )
