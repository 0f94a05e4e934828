"""„Ungleiches ungleich behandeln“: how a sum of euros, places or posts may be distributed over the Sozialräume."""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal

import attrs

from sozialtool.fach.felder import Feld, feld
from sozialtool.fach.indikator import Zustand
from sozialtool.fehler import FeldFehler

_MEISTE_STUECKE = 10**14 - 1
"""A trillion euros to the cent: beyond, an amount has more digits than a number in Excel or in the project file keeps."""


class Schluesselart(enum.Enum):
    """After what the sum is divided."""

    KOEPFE = "nach Köpfen"
    BEDARF = "nach Fallzahl"
    INDEX = "nach Köpfen, gewichtet mit dem Index"
    STUFEN = "nach Köpfen, gewichtet nach Stufen des Index"


class Mitteleinheit(enum.Enum):
    """What is distributed, and the smallest piece that is given away whole."""

    EURO = "Euro (auf den Cent)"
    VOLLE_EURO = "Euro (volle Euro)"
    PLAETZE = "Plätze"
    STELLEN = "Stellen (auf Zehntel)"

    @property
    def teiler(self) -> int:
        """Number of smallest pieces in one."""
        return {"EURO": 100, "STELLEN": 10}.get(self.name, 1)

    @property
    def stellen(self) -> int:
        """Decimals of an amount."""
        return {"EURO": 2, "STELLEN": 1}.get(self.name, 0)

    @property
    def kurz(self) -> str:
        """Word or sign behind an amount."""
        return {"PLAETZE": "Plätze", "STELLEN": "Stellen"}.get(self.name, "€")

    @property
    def stueck(self) -> str:
        """What the smallest piece is called."""
        return {
            "EURO": "Cent", "VOLLE_EURO": "volle Euro", "PLAETZE": "ganze Plätze", "STELLEN": "zehntel Stellen",
        }[self.name]  # fmt: skip

    @property
    def wort(self) -> str:
        """What an amount is called."""
        return "Betrag" if self.kurz == "€" else "Anzahl"

    @property
    def je(self) -> int:
        """So many heads an amount per head is written for: a post per head would be 0.00."""
        return 1 if self.kurz == "€" else 1000

    @property
    def je_wort(self) -> str:
        """The same as a word."""
        return "je Kopf" if self.je == 1 else "je 1.000 Köpfe"

    def to_stuecke(self, betrag: float) -> int:
        """Count the smallest pieces of an amount.

        Raises:
            FeldFehler: the amount is negative, too large or does not consist of whole pieces.
        """
        stuecke = Decimal(f"{betrag:.15g}") * self.teiler
        if not 0 <= stuecke <= _MEISTE_STUECKE or stuecke != int(stuecke):
            raise FeldFehler(
                f"{betrag:.15g}".replace(".", ",") + f" lässt sich nicht in {self.stueck} teilen.",
                f"Bitte einen Betrag ohne Minus, mit höchstens {self.stellen} Nachkommastellen und unter einer Billion angeben."
                if self.stellen
                else "Bitte eine ganze Zahl ab null und unter einer Billion angeben.",
                "VERTEILUNG-BETRAG",
            )
        return int(stuecke)

    def to_betrag(self, stuecke: int) -> float:
        """Turn a number of pieces back into an amount."""
        return stuecke / self.teiler


@attrs.frozen
class Verteilungsszenario:
    """One way to distribute a sum; every assumption is a field and stands on the sheet.

    `stufen` are factors per class of the index, from the least burdened on. `mindestens` and `hoechstens` hold for each
    Sozialraum (`hoechstens` 0: no cap). `jahr` 0 means the Berichtsjahr.
    """

    schluessel: str = feld("Schlüssel", beispiel="ganztag-a", hilfe="Kurz und fest.", schluessel=True)
    name: str = feld("Name", beispiel="Ganztag: nach Index", hilfe="Wie es in Tabellen und Texten heißt.", pflicht=True)
    summe: float = feld("Summe", beispiel="250.000", hilfe="Was zu verteilen ist.", pflicht=True)
    einheit: Mitteleinheit = feld(
        "Einheit",
        beispiel="Euro (auf den Cent)",
        hilfe="Was verteilt wird und wie weit es sich teilen lässt.",
        default=Mitteleinheit.EURO,
    )
    art: Schluesselart = feld(
        "Verteilt wird",
        beispiel="nach Köpfen",
        hilfe="Wonach sich richtet, wer wie viel bekommt.",
        default=Schluesselart.KOEPFE,
    )
    koepfe: str = feld(
        "Köpfe", beispiel="ew_6_10", hilfe="Merkmal, das die Personen zählt, um die es geht.", default="ew"
    )
    bedarf: str = feld(
        "Fallzahl", beispiel="sgb2_unter_18", hilfe="Merkmal, nach dem verteilt wird (nur nach Fallzahl).", default=""
    )
    index: str = feld("Index", beispiel="SI1", hilfe="Kennung des Index (nur nach Index oder Stufen).", default="")
    hoechstfaktor: float = feld(
        "Höchster Faktor",
        beispiel="2",
        hilfe="Je Kopf bekommt das Gebiet mit dem höchsten Index so viel Mal mehr als das mit dem niedrigsten.",
        default=2.0,
    )
    stufen: tuple[str, ...] = feld(
        "Faktoren der Stufen", beispiel="1; 1,5; 2", hilfe="Je Klasse des Index ein Faktor, die am wenigsten belastete zuerst.",
        default=("1", "1,5", "2"),
    )  # fmt: skip
    anteil_koepfe: float = feld(
        "Davon nach Köpfen", einheit="%", beispiel="50", hilfe="So viel Prozent werden vorab nach Köpfen verteilt.",
        default=0.0,
    )  # fmt: skip
    mindestens: float = feld("Mindestens je Gebiet", beispiel="5.000", hilfe="Sockel; 0: keiner.", default=0.0)
    hoechstens: float = feld("Höchstens je Gebiet", beispiel="60.000", hilfe="Obergrenze; 0: keine.", default=0.0)
    ausgenommen: tuple[str, ...] = feld(
        "Ausgenommene Gebiete",
        beispiel="Gewerbegebiet",
        hilfe="Schlüssel der Gebiete, die nichts bekommen.",
        default=(),
    )
    jahr: int = feld("Jahr", beispiel="2025", hilfe="Jahr der Zahlen; 0: das Berichtsjahr.", default=0)
    vergleich: str = feld(
        "Vergleich mit", beispiel="ganztag-koepfe", hilfe="Szenario, gegen das Gewinn und Verlust gerechnet werden.",
        default="",
    )  # fmt: skip
    hinweis: str = feld(
        "Hinweis", beispiel="Entwurf für die Planungsrunde", hilfe="Was man beim Lesen wissen muss.", default=""
    )
    zustand: Zustand = feld(
        "Zustand", beispiel="vorgeschlagen", hilfe="Wie weit die Beratung ist.", default=Zustand.VORGESCHLAGEN
    )
    vereinbart_am: dt.date | None = feld("Vereinbart am", beispiel="04.03.2026", hilfe="Tag der Sitzung.", default=None)
    gremium: str = feld("Gremium", beispiel="Planungsrunde", hilfe="Wer beschlossen hat.", default="")
    reihenfolge: int = feld("Reihenfolge", beispiel="1", hilfe="1 steht oben.", default=0)

    @property
    def faktoren(self) -> tuple[float, ...]:
        """The factors of the classes.

        Raises:
            FeldFehler: one of them is no number greater than or equal to zero.
        """
        return tuple(read_faktor(text) for text in self.stufen)


def read_faktor(text: str) -> float:
    """Read a factor that is not negative; raise `FeldFehler` otherwise."""
    faktor = float(Feld("stufen", "Faktoren der Stufen", float, pflicht=True).from_text(text))
    if faktor < 0:
        raise FeldFehler(f"Der Faktor „{text}“ ist negativ.", "Bitte Faktoren ab null angeben.", "VERTEILUNG-FAKTOR")
    return faktor
