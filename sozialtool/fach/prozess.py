"""The walk: six Bausteine of the G.I.B. with Inhalte and dated Umsetzungsstand (fach/regeln.md section 6).

Inhalte and sentences are lists with dates, not tied one to one: the council table of any day can be written again, and what
changed between two days can be told.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable, Sequence

import attrs

from sozialtool.fach.felder import feld


class Fortschritt(enum.Enum):
    """Where a Baustein or Inhalt stands."""

    OFFEN = "offen"
    LAEUFT = "läuft"
    VEREINBART = "vereinbart"
    FERTIG = "fertig"

    @property
    def symbol(self) -> str:
        """Sign on the screen; the word always stands beside it."""
        return {"offen": "○", "läuft": "●", "vereinbart": "√", "fertig": "√"}[self.value]


@attrs.frozen
class Baustein:
    """One of the six building blocks."""

    nummer: int = feld("Nummer", hilfe="1 bis 6.", beispiel="3", schluessel=True)
    name: str = feld(
        "Baustein",
        hilfe="Voller Name, wie im Beschluss.",
        beispiel="Gesamtstädtische und kleinräumige Analysen",
        pflicht=True,
    )
    kurzname: str = feld("Kurzname", hilfe="Für enge Stellen.", beispiel="Analysen", default="")
    fortschritt: Fortschritt = feld(
        "Fortschritt", hilfe="Wie weit der Baustein ist.", beispiel="läuft", default=Fortschritt.OFFEN
    )
    zustaendig: str = feld(
        "Zuständig", hilfe="Die Stelle oder Rolle, die ihn voranbringt; keine Person.", beispiel="Sozialplanung",
        default="",
    )  # fmt: skip
    naechster_schritt: str = feld(
        "Nächster Schritt", hilfe="Was als Nächstes geschieht.", beispiel="Ergebnisse mit der AG Wohlfahrt beraten",
        default="",
    )  # fmt: skip
    schritt_bis: dt.date | None = feld(
        "Nächster Schritt bis", hilfe="Bis wann.", beispiel="30.06.2026", default=None
    )  # fmt: skip


@attrs.frozen
class Inhalt:
    """What belongs to a Baustein; `seit` and `entfallen` make the list one with dates."""

    schluessel: str = feld(
        "Schlüssel", hilfe="Nummer des Bausteins, Punkt, laufende Nummer.", beispiel="3.1", schluessel=True
    )
    baustein: int = feld("Baustein", hilfe="Nummer des Bausteins, 1 bis 6.", beispiel="3", pflicht=True)
    text: str = feld("Inhalt", hilfe="Was zum Baustein gehört.", beispiel="Definition der Sozialräume", pflicht=True)
    fortschritt: Fortschritt = feld(
        "Fortschritt", hilfe="Wie weit der Inhalt ist.", beispiel="vereinbart", default=Fortschritt.OFFEN
    )
    reihenfolge: int = feld("Reihenfolge", hilfe="Platz im Baustein; 1 steht oben.", beispiel="1", default=0)
    seit: dt.date | None = feld(
        "Seit", hilfe="Tag, an dem er aufgenommen wurde; leer: von Anfang an.", beispiel="15.08.2024", default=None
    )
    entfallen: dt.date | None = feld(
        "Entfallen am", hilfe="Tag, ab dem er nicht mehr dazugehört; leer: gilt.", beispiel="01.01.2026", default=None
    )
    zustaendig: str = feld(
        "Zuständig", hilfe="Die Stelle oder Rolle; keine Person. Leer: wie der Baustein.", beispiel="Jugendhilfeplanung",
        default="",
    )  # fmt: skip
    naechster_schritt: str = feld(
        "Nächster Schritt", hilfe="Was als Nächstes geschieht.", beispiel="Varianten beraten", default=""
    )
    schritt_bis: dt.date | None = feld("Nächster Schritt bis", hilfe="Bis wann.", beispiel="30.06.2026", default=None)
    nachweise: tuple[str, ...] = feld(
        "Nachweise", hilfe="Was es beweist: Art und Schlüssel, zum Beispiel eine Sitzung oder eine Vereinbarung.",
        beispiel="Gebietsstand 2025; Sitzung PR-01", default=(),
    )  # fmt: skip

    def holds_on(self, tag: dt.date) -> bool:
        """Whether it belonged to the Baustein on a day."""
        return (self.seit is None or self.seit <= tag) and (self.entfallen is None or tag < self.entfallen)


@attrs.frozen
class Umsetzungsstand:
    """A dated sentence on where a Baustein stands; not tied one to one to its Inhalte.

    It holds from `datum` until `ueberholt`, when something newer took its place; it is kept all the same.
    """

    schluessel: str = feld(
        "Schlüssel", hilfe="Kurz und fest, zum Beispiel Jahr und Nummer.", beispiel="2026-01", schluessel=True
    )
    baustein: int = feld("Baustein", hilfe="Nummer des Bausteins, 1 bis 6.", beispiel="3", pflicht=True)
    datum: dt.date = feld("Datum", hilfe="Tag, an dem der Satz galt.", beispiel="14.11.2025", pflicht=True)
    text: str = feld(
        "Umsetzungsstand",
        hilfe="Ein Satz, wo der Baustein steht.",
        beispiel="Die Planungsgruppe ist eingerichtet.",
        pflicht=True,
    )
    ueberholt: dt.date | None = feld(
        "Überholt am", hilfe="Tag, ab dem der Satz nicht mehr gilt; leer: gilt.", beispiel="16.03.2026", default=None
    )
    nachweise: tuple[str, ...] = feld(
        "Nachweise", hilfe="Was es beweist: Art und Schlüssel, zum Beispiel eine Sitzung oder eine Veröffentlichung.",
        beispiel="Sitzung PR-01; Indikator A07", default=(),
    )  # fmt: skip
    reihenfolge: int = feld("Reihenfolge", hilfe="Platz unter den Sätzen desselben Tages; 1 steht oben.", beispiel="1",
                            default=0)  # fmt: skip

    def holds_on(self, tag: dt.date) -> bool:
        """Whether the sentence held on a day."""
        return self.datum <= tag and (self.ueberholt is None or tag < self.ueberholt)


@attrs.frozen
class Fortschrittsschritt:
    """From which day on a Baustein or Inhalt is how far: the history of the progress."""

    bezug: str = feld(
        "Bezug", hilfe="Nummer des Bausteins oder Schlüssel des Inhalts.", beispiel="3.1", schluessel=True
    )
    datum: dt.date = feld("Datum", hilfe="Seit wann.", beispiel="14.11.2024", schluessel=True)
    fortschritt: Fortschritt = feld(
        "Fortschritt", hilfe="Wie weit seit diesem Tag.", beispiel="vereinbart", pflicht=True
    )


def sort_staende(staende: Iterable[Umsetzungsstand]) -> list[Umsetzungsstand]:
    """Put the newest sentence first; those of one day by Baustein, there in their own order."""
    return sorted(staende, key=lambda s: (-s.datum.toordinal(), s.baustein, s.reihenfolge, natural_key(s.schluessel)))


def natural_key(schluessel: str) -> tuple[tuple[int, str], ...]:
    """Sort keys with numbers in them as people do: 3.2 before 3.10."""
    teile = re.split(r"(\d+)", schluessel.casefold())
    return tuple((int(teil), "") if teil.isdigit() else (-1, teil) for teil in teile)


def find_fortschritt(schritte: Sequence[Fortschrittsschritt], bezug: str, tag: dt.date) -> Fortschritt | None:
    """Return how far something was on a day: open before its first step; None where no step at all is recorded."""
    eigene = [s for s in schritte if s.bezug == bezug]
    bis_dahin = [s for s in eigene if s.datum <= tag]
    if bis_dahin:
        return max(bis_dahin, key=lambda s: s.datum).fortschritt
    return Fortschritt.OFFEN if eigene else None
