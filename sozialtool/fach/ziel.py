"""What is wanted: Leitziele, Entwicklungsziele with a start and a target, and what the controlling says of them.

Source: fach/regeln.md section 6 (Baustein 4: strategische Entwicklungsziele vereinbaren; Baustein 6: Erfolg feststellen). The rule of
the traffic light is our own and written out in `rechnen.zielabgleich`.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from sozialtool.fach.felder import feld
from sozialtool.fach.indikator import Zustand


@attrs.frozen
class Leitziel:
    """What the town wants in the long run."""

    schluessel: str = feld("Schlüssel", hilfe="Kurz und fest, zum Beispiel L1.", beispiel="L1", schluessel=True)
    name: str = feld("Leitziel", hilfe="In einem Satz.", beispiel="Kein Kind bleibt zurück.", pflicht=True)
    begruendung: str = feld(
        "Begründung", hilfe="Woher es kommt.", beispiel="Leitbild der Stadt, Abschnitt Familie", default=""
    )
    beschlossen_am: dt.date | None = feld(
        "Beschlossen am", hilfe="Tag der Sitzung.", beispiel="14.11.2024", default=None
    )
    gremium: str = feld("Gremium", hilfe="Wer es beschlossen hat.", beispiel="Rat der Stadt", default="")
    reihenfolge: int = feld("Reihenfolge", hilfe="Platz in der Liste; 1 steht oben.", beispiel="1", default=0)


@attrs.frozen
class Entwicklungsziel:
    """A goal for one area: which indicator, from which value in which year, to which value until when.

    The start (value, limits of chance) is filled from released figures once and stays as it was then; `start_fuer` says for which
    indicator, area and year, "" where it was typed by hand (`ablauf.startfolge`).
    """

    schluessel: str = feld("Schlüssel", hilfe="Kurz und fest, zum Beispiel Z2.", beispiel="Z2", schluessel=True)
    name: str = feld(
        "Entwicklungsziel",
        hilfe="Was anders werden soll.",
        beispiel="Weniger Kinder leben von Grundsicherung",
        pflicht=True,
    )
    gebiet: str = feld("Sozialraum", hilfe="Schlüssel, Name oder „Stadt“.", beispiel="Rheinfeld Nord", pflicht=True)
    leitziel: str = feld("Leitziel", hilfe="Schlüssel des Leitziels.", beispiel="L1", default="")
    indikator: str = feld("Indikator", hilfe="Kennung; woran man es sieht.", beispiel="A07", default="")
    startjahr: int | None = feld("Startjahr", hilfe="Von wann der Startwert ist.", beispiel="2023", default=None)
    startwert: float | None = feld(
        "Startwert", hilfe="Wird aus den veröffentlichten Zahlen gefüllt und bleibt dann stehen.", beispiel="32,4",
        default=None,
    )  # fmt: skip
    start_von: float | None = feld(
        "Startwert von", hilfe="Untere Grenze der Zufallsspanne des Startwerts.", beispiel="29,4", default=None
    )
    start_bis: float | None = feld(
        "Startwert bis", hilfe="Obere Grenze der Zufallsspanne des Startwerts.", beispiel="35,5", default=None
    )
    start_fuer: str = feld(
        "Startwert gilt für", hilfe="Setzt das Programm, wenn es den Startwert füllt; leer: selbst eingetragen.",
        beispiel="A07 / 04 / 2023", default="",
    )  # fmt: skip
    zielwert: float | None = feld("Zielwert", hilfe="Was erreicht werden soll.", beispiel="27,0", default=None)
    ziel_bis: dt.date | None = feld("Bis wann", hilfe="Tag, an dem der Zielwert erreicht sein soll.",
                                    beispiel="31.12.2029", default=None)  # fmt: skip
    bedarfe: tuple[str, ...] = feld("Bedarfe", hilfe="Schlüssel der Bedarfe dahinter.", beispiel="B3", default=())
    zustand: Zustand = feld(
        "Zustand", hilfe="Ob es vereinbart ist.", beispiel="vereinbart", default=Zustand.VORGESCHLAGEN
    )
    beschlossen_am: dt.date | None = feld(
        "Beschlossen am", hilfe="Tag der Sitzung.", beispiel="20.11.2024", default=None
    )
    gremium: str = feld("Gremium", hilfe="Wer es beschlossen hat.", beispiel="Ausschuss für Soziales", default="")
    bemerkung: str = feld(
        "Bemerkung", hilfe="Was sonst zu wissen ist.", beispiel="mit dem Jobcenter beraten", default=""
    )
    reihenfolge: int = feld("Reihenfolge", hilfe="Platz in der Liste; 1 steht oben.", beispiel="1", default=0)


class Ampel(enum.Enum):
    """The traffic light of the controlling: sign and word, a colour never stands alone."""

    GUT = ("√", "auf dem Weg", "auf dem Weg")
    UNKLAR = ("○", "nicht zu unterscheiden", "unentschieden")
    HINTER = ("!", "hinter dem Weg", "dahinter")
    OFFEN = ("–", "noch nicht zu sagen", "offen")

    def __init__(self, zeichen: str, wort: str, kurz: str) -> None:
        self.zeichen = zeichen
        self.wort = wort
        self.kurz = kurz

    @property
    def text(self) -> str:
        """Sign and word together."""
        return f"{self.zeichen} {self.wort}"


@attrs.frozen
class Wert:
    """A figure of one year with its limits of chance; None for limits where there are none."""

    jahr: int
    wert: float
    unten: float | None = None
    oben: float | None = None


@attrs.frozen
class Zielstand:
    """Where a goal stands.

    Attributes:
        jetzt: the figure that is compared; None where there is none.
        soll: value of the straight line from start to target in that year.
        ampel: what the rule says.
        abstand: `jetzt` minus `soll`, with its 95 % limits.
        grund: why it cannot be said; "" otherwise.
    """

    jetzt: Wert | None
    soll: float | None
    ampel: Ampel
    abstand: tuple[float, float, float] | None = None
    grund: str = ""
