"""Nachweise: what proves a statement, as a person writes it – "Sitzung PR-03", "Indikator A07", "Veröffentlichung 2025-1"."""

from __future__ import annotations

import enum

import attrs


class Nachweisart(enum.Enum):
    """What can be a proof; the value is the word with which it is written."""

    SITZUNG = "Sitzung"
    THEMA = "Thema"
    INDIKATOR = "Indikator"
    GEBIETSSTAND = "Gebietsstand"
    SCHWELLE = "Schwelle"
    INDEX = "Index"
    MITTELVERTEILUNG = "Mittelverteilung"
    VEROEFFENTLICHUNG = "Veröffentlichung"
    BETEILIGUNG = "Beteiligung"
    EINRICHTUNG = "Einrichtung"
    MASSNAHME = "Maßnahme"
    BEFRAGUNG = "Befragung"


@attrs.frozen
class Nachweis:
    """One proof: kind and key, with the title of what it leads to; `gefunden` is False where nothing has that key."""

    art: Nachweisart
    schluessel: str
    titel: str = ""
    gefunden: bool = True

    @property
    def text(self) -> str:
        """As it is written."""
        return f"{self.art.value} {self.schluessel}"


def parse_nachweis(text: str) -> Nachweis | None:
    """Read "Art Schlüssel", in any case; None where the first word names no kind or the key is missing."""
    wort, _, schluessel = " ".join(text.split()).partition(" ")
    for art in Nachweisart:
        if wort.casefold() == art.value.casefold() and schluessel:
            return Nachweis(art, schluessel)
    return None
