"""The released table: the only thing that `ausgabe` takes."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from typing import NoReturn

import attrs
import polars as pl

from sozialtool.fehler import GeheimhaltungsFehler
from sozialtool.geheimhaltung.auftrag import Auftrag
from sozialtool.geheimhaltung.werte import Bekannt, Beweis, Grund, Ort, Sperrung

Zeile = tuple[str, int, str]
"""Key of a Kennzahl: Indikator, Jahr, Gebiet."""

_MARKE = object()
_INHALTE: weakref.WeakKeyDictionary[FreigegebeneTabelle, Inhalt] = weakref.WeakKeyDictionary()


@attrs.frozen
class Inhalt:
    """What a released table holds; `gruende`, `abhaengig`, `namen`, `befunde` serve the planner's screen.

    `gruende` has the true reason per cell; it is never printed. `auftrag` and `genutzt` (the base cells of the system) are
    kept for a later release, `bekannt` are secrets that earlier releases have disclosed,
    `intervalle` is what an outsider can compute about each suppressed cell.
    """

    kennzahlen: pl.DataFrame
    messwerte: pl.DataFrame
    protokoll: tuple[Sperrung, ...]
    beweis: Beweis
    gruende: Mapping[Ort, Grund]
    abhaengig: Mapping[Zeile, tuple[Ort, ...]]
    namen: Mapping[str, str]
    befunde: tuple[str, ...]
    auftrag: Auftrag
    genutzt: frozenset[Ort]
    bekannt: tuple[Bekannt, ...] = ()
    intervalle: Mapping[Ort, tuple[float, float]] = attrs.field(factory=dict)


class FreigegebeneTabelle:
    """Figures that may leave the house. Made by `freigeben` alone, and unchangeable.

    The content lies outside the object, so that it has no attribute to exchange; every access gives a fresh frame.
    """

    __slots__ = ("__weakref__",)

    def __init__(self, marke: object, inhalt: Inhalt) -> None:
        """Refuse everybody who is not `freigeben`; raise `GeheimhaltungsFehler`."""
        if marke is not _MARKE:
            raise GeheimhaltungsFehler(
                "Eine freigegebene Tabelle entsteht nur durch die Geheimhaltung.",
                "Bitte die Zahlen mit „freigeben“ prüfen lassen.",
                "GEHEIM-MARKE",
            )
        if self in _INHALTE:
            self._refuse()
        _INHALTE[self] = inhalt

    @property
    def kennzahlen(self) -> pl.DataFrame:
        """Released Kennzahlen (schema `rahmen.KENNZAHLEN`), rounded to what is shown, secrets null with GEHEIM."""
        return _INHALTE[self].kennzahlen.clone()

    @property
    def messwerte(self) -> pl.DataFrame:
        """Released base figures (schema `rahmen.MESSWERTE`), secrets null with GEHEIM."""
        return _INHALTE[self].messwerte.clone()

    @property
    def protokoll(self) -> tuple[Sperrung, ...]:
        """Every suppressed base cell with its interval; may be printed."""
        return _INHALTE[self].protokoll

    @property
    def beweis(self) -> Beweis:
        """Summary of the proof; may be printed."""
        return _INHALTE[self].beweis

    def _refuse(self, *_: object) -> NoReturn:
        raise GeheimhaltungsFehler(
            "Eine freigegebene Tabelle lässt sich nicht verändern oder nachbauen.",
            "Bitte neu freigeben.",
            "GEHEIM-FEST",
        )

    __setattr__ = _refuse
    __delattr__ = _refuse

    def __init_subclass__(cls) -> None:
        raise TypeError("FreigegebeneTabelle cannot be subclassed")

    def __reduce__(self) -> NoReturn:
        # Pickle, copy and deepcopy would rebuild the table without its maker.
        self._refuse()

    def __repr__(self) -> str:
        inhalt = _INHALTE.get(self)
        zeilen = 0 if inhalt is None else inhalt.kennzahlen.height
        return f"<FreigegebeneTabelle, {zeilen} Kennzahlen>"


def make_tabelle(inhalt: Inhalt) -> FreigegebeneTabelle:
    """Seal a checked content. For `freigabe` only; a test looks that nobody else calls it."""
    return FreigegebeneTabelle(_MARKE, inhalt)


def look_inside(tabelle: FreigegebeneTabelle) -> Inhalt:
    """Return the content with true reasons, for the planner's screen only; raise `GeheimhaltungsFehler` if foreign."""
    inhalt = _INHALTE.get(tabelle)
    if inhalt is None:
        raise GeheimhaltungsFehler(
            "Diese Tabelle ist nicht freigegeben worden.", "Bitte neu freigeben.", "GEHEIM-FREMD"
        )
    return inhalt
