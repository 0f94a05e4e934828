"""Plain values that screens and commands show: no frames, no engine behind them."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import attrs

from sozialtool.fach.indikator import Indikator
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.prozess import Baustein, Inhalt, Umsetzungsstand
from sozialtool.fach.raum import Ebene, Gebiet, Kommune
from sozialtool.projekt import Aenderung, Projekt

__all__ = [
    "Aenderung", "Ausgabe", "BausteinZeile", "EinleseErgebnis", "Fortschritt", "IndikatorZeile", "Kennzahl", "Monitoring",
    "NaechsterSchritt", "Projekt", "RaumZeile", "Stop", "Uebersicht",
]  # fmt: skip

Fortschritt = Callable[[int, int, str], None]
"""Called with (done, of, what is being done)."""
Stop = threading.Event
"""Set by the planner to stop long work; the work raises `Abgebrochen`."""


@attrs.frozen
class BausteinZeile:
    """One Baustein with what belongs to it and its dated sentences, newest first."""

    baustein: Baustein
    inhalte: tuple[Inhalt, ...]
    staende: tuple[Umsetzungsstand, ...]


@attrs.frozen
class NaechsterSchritt:
    """One open step, computed from the project.

    `ziel` is the area where it is done: ueberblick, raeume, indikatoren, daten, monitoring, planung or ausgabe. `stelle` says
    what is to be opened or marked there ("": the area itself): in raeume "gebietsstaende", in daten "datenuebersicht",
    "abfragen" or the key of a Quelle, in planung the key of a Planstelle, in ausgabe "drucksachen".
    """

    text: str
    ziel: str
    dringlich: bool = False
    stelle: str = ""


@attrs.frozen
class Uebersicht:
    """What the start screen shows."""

    kommune: Kommune
    gebietsstand: str
    bausteine: tuple[BausteinZeile, ...]
    naechste: tuple[NaechsterSchritt, ...]
    zuletzt: tuple[Aenderung, ...]


@attrs.frozen
class RaumZeile:
    """One area in tree order; `einwohner` is the newest known figure, `anteil` its share of the town in percent."""

    gebiet: Gebiet
    ebene: Ebene
    tiefe: int
    einwohner: float | None = None
    anteil: float | None = None
    hinweis: str = ""


@attrs.frozen
class IndikatorZeile:
    """One Indikator with the Merkmale that are missing: keys, and names with the Fachbereich for people."""

    indikator: Indikator
    handlungsfeld: str
    fehlende_merkmale: tuple[str, ...] = ()
    fehlende_namen: tuple[str, ...] = ()

    @property
    def vorhanden(self) -> bool:
        """Whether it can be computed from what is there."""
        return not self.fehlende_merkmale


@attrs.frozen
class Monitoring:
    """The released figures of all years, ready for the screen.

    `gebiete` is town first, then the areas of the planning level in their own order, "nicht zuzuordnen" last;
    `handlungsfelder` maps their keys to names.
    """

    jahr: int
    jahre: tuple[int, ...]
    gebiete: tuple[Gebiet, ...]
    indikatoren: tuple[Indikator, ...]
    handlungsfelder: dict[str, str]
    kennzahlen: dict[tuple[str, str, int], Kennzahl] = attrs.field(repr=False)
    sperrgruende: Callable[[str, int, str], str] = attrs.field(repr=False)
    saetze: Callable[[Kennzahl], str] = attrs.field(repr=False)
    beweise: Callable[[str, int, str], tuple[str, ...]] = attrs.field(repr=False, default=lambda _i, _j, _g: ())

    def zelle(self, gebiet: str, kennung: str, jahr: int | None = None) -> Kennzahl | None:
        """Return the figure of an area for an indicator; None where nothing was delivered."""
        return self.kennzahlen.get((gebiet, kennung, jahr or self.jahr))

    def satz(self, gebiet: str, kennung: str) -> str:
        """Say in one German sentence how the area stands against the town."""
        kennzahl = self.zelle(gebiet, kennung)
        return self.saetze(kennzahl) if kennzahl else "Für dieses Gebiet liegt keine Zahl vor."

    def warum_gesperrt(self, gebiet: str, kennung: str, jahr: int | None = None) -> str:
        """Say why a figure is kept secret; empty when it is not."""
        kennzahl = self.zelle(gebiet, kennung, jahr)
        if kennzahl is None or kennzahl.zeichen is not Zeichen.GEHEIM:
            return ""
        return self.sperrgruende(kennung, jahr or self.jahr, gebiet)

    def beweis(self, gebiet: str, kennung: str, jahr: int | None = None) -> tuple[str, ...]:
        """Say per cell behind a suppressed figure why, and what an outsider can know about it; empty when it is shown."""
        kennzahl = self.zelle(gebiet, kennung, jahr)
        if kennzahl is None or kennzahl.zeichen is not Zeichen.GEHEIM:
            return ()
        return self.beweise(kennung, jahr or self.jahr, gebiet)


@attrs.frozen
class Ausgabe:
    """One written output."""

    pfad: str
    jahr: int
    geschrieben_am: dt.datetime


@attrs.frozen
class EinleseErgebnis:
    """What one delivery brought; `fragen` and `abweichungen` are lines of text that say what it still waits for.

    `unlesbar` says that the file itself could not be used.
    """

    datei: str
    angenommen: bool
    werte: int = 0
    befunde: int = 0
    meldung: str = ""
    fragen: tuple[str, ...] = ()
    abweichungen: tuple[str, ...] = ()
    unlesbar: bool = False
