"""What a Sozialbericht is written from: approved figures, the words of the planning beside them, what she chose to show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import attrs

from sozialtool.ausgabe.formate import VERMERK_BUCHSTABE
from sozialtool.ausgabe.seitenplan import Absatz, Tafelblock
from sozialtool.ausgabe.stuecke import Satz, Tafel
from sozialtool.ausgabe.tabelle import Grund, Tabelle, Zahl, Zeile, Zeilenart, Zellwert
from sozialtool.ausgabe.werkbank import Zahlenbank
from sozialtool.ausgabe.zeichen import legende
from sozialtool.fach.indikator import Indikator, Richtung
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Vermerk, Zeichen
from sozialtool.fach.schreibweise import LAGE_ZEICHEN, format_zahl

BREITE = 17.0
"""Centimetres that a table may take."""
_JE_FELD = 2
Fuelle = Callable[[str], tuple[str | Satz, ...]]
"""Fills places in a sentence; it is handed in from above (`ablauf.textfelder`)."""


@attrs.frozen
class Planliste:
    """A list of the planning as rows of words; `felder` says per row to which Handlungsfeld it belongs."""

    name: str
    kopf: tuple[str, ...]
    breiten: tuple[float, ...]
    zeilen: tuple[tuple[str, ...], ...] = ()
    felder: tuple[str, ...] = ()

    def of_feld(self, feld: str) -> tuple[tuple[str, ...], ...]:
        """Rows of one Handlungsfeld."""
        return tuple(zeile for zeile, eigenes in zip(self.zeilen, self.felder, strict=True) if eigenes == feld)


@attrs.frozen
class Berichtsstoff:
    """Everything that the chapters need.

    Attributes:
        bank: figures, sentences, methods.
        empfehlungen, ziele, massnahmen: lists of the planning; without rows where there is nothing.
        profile: heading → area → sentences: what there is, is said, needed, wanted and done in an area.
        fuelle: fills places such as {A07 Rheinfeld Nord} in a sentence of ours, as words and pieces.
    """

    bank: Zahlenbank
    empfehlungen: Planliste
    ziele: Planliste
    massnahmen: Planliste
    profile: tuple[tuple[str, Mapping[str, tuple[str, ...]]], ...]
    fuelle: Fuelle


@attrs.frozen
class Berichtswahl:
    """Which Handlungsfelder and Sozialräume get a chapter; empty: all of them."""

    felder: frozenset[str] = frozenset()
    raeume: frozenset[str] = frozenset()


def zellentext(wert: Zellwert) -> str:
    """Write a cell as text: a number with its signs, or the sign that says why there is none."""
    if isinstance(wert, Grund):
        return wert.symbol
    if not isinstance(wert, Zahl):
        return wert or ""
    text = Zeichen.NICHTS.symbol if wert.strich else format_zahl(wert.wert, wert.nachkommastellen or 0)
    if wert.vermerk is Vermerk.EINGESCHRAENKT:
        text = f"({text})"
    lage = f" {LAGE_ZEICHEN[wert.lage]}" if wert.lage is not None else ""
    return f"{text}{VERMERK_BUCHSTABE.get(wert.vermerk, '')}{lage}"


def differenztext(wert: Zellwert) -> str:
    """Write a change as text with its sign."""
    if isinstance(wert, Zahl):
        return format_zahl(wert.wert, wert.nachkommastellen or 0, plus=True)
    return zellentext(wert)


def figurtext(kennzahl: Kennzahl | None, indikator: Indikator) -> str:
    """Write a figure with its position for a bar or a tile; a suppressed one says so."""
    if kennzahl is None or kennzahl.wert is None:
        zeichen = (kennzahl.zeichen if kennzahl else None) or Zeichen.FEHLT
        return f"{zeichen.symbol} geheim" if zeichen is Zeichen.GEHEIM else zeichen.symbol
    lage = f" {LAGE_ZEICHEN[kennzahl.lage]}" if kennzahl.lage is not None else ""
    return f"{format_zahl(kennzahl.wert, indikator.nachkommastellen)}{lage}"


def satz(schluessel: str, name: str, text: str) -> Absatz:
    """Make a paragraph that is one generated sentence."""
    return Absatz((Satz(f"satz/{schluessel}", name, text),))


def make_tafelblock(
    schluessel: str, titel: str, kopf: tuple[str, ...], breiten: tuple[float, ...], zeilen: Iterable[tuple[str, ...]], *,
    rechts: Iterable[int] = (), fett: Iterable[int] = (), noten: Iterable[str] = (), namen_fett: bool = False,
) -> Tafelblock:  # fmt: skip
    """Make a table with caption and notes, each a piece."""
    tafel = Tafel(
        f"tafel/{schluessel}", titel, f"{len(kopf)} Spalten: {', '.join(' '.join(k.split()) for k in kopf)}", kopf, breiten, tuple(zeilen), frozenset(rechts), frozenset(fett), namen_fett,
    )  # fmt: skip
    return Tafelblock(tafel, Satz(f"titel/{schluessel}", f"Titel: {titel}", titel), make_noten(schluessel, noten))


def make_noten(schluessel: str, noten: Iterable[str]) -> tuple[Satz, ...]:
    """Make the notes below a table or picture."""
    return tuple(
        Satz(f"note{nummer}/{schluessel}", "Quelle und Zeichen", note)
        for nummer, note in enumerate(noten, start=1)
        if note
    )


def from_tabelle(schluessel: str, tabelle: Tabelle, breiten: tuple[float, ...]) -> Tafelblock:
    """Make a table of words from its neutral description."""
    zeilen = tuple(tuple(zellentext(zelle) for zelle in zeile.zellen) for zeile in tabelle.zeilen)
    kopf = tuple(spalte.titel for spalte in tabelle.spalten)
    return make_tafelblock(schluessel, tabelle.titel, kopf, breiten, zeilen, noten=tabelle.anmerkungen)


def legende_of(zellen: Iterable[Zellwert]) -> str:
    """Explain the signs that occur in these cells."""
    text = legende([Zeile(tuple(zellen), Zeilenart.GEBIET)])
    return f"{text}." if text else ""


def waehle_indikatoren(bank: Zahlenbank, feld: str, anzahl: int = _JE_FELD) -> list[Indikator]:
    """Choose the indicators of a Handlungsfeld that are drawn: those in which areas differ most, burdens before others."""
    raeume = [raum for raum in bank.bericht.raeume if not raum.ist_rest]
    alle = [
        i for i in list_indikatoren(bank, feld) if bank.zahlen.hat_gebiete(i.kennung, [r.schluessel for r in raeume])
    ]

    def gewicht(ind: Indikator) -> tuple[int, int]:
        jahr = bank.zahlen.jahr(ind.kennung, bank.bericht.jahr) or bank.bericht.jahr
        zeilen = [bank.zahlen.get(ind.kennung, jahr, raum.schluessel) for raum in raeume]
        rang = {Richtung.BELASTEND: 2, Richtung.ENTLASTEND: 1, Richtung.NEUTRAL: 0}[ind.richtung]
        return rang, sum(abs(z.lage or 0) for z in zeilen if z is not None)

    beste = sorted(alle, key=gewicht, reverse=True)[:anzahl]
    return [ind for ind in alle if ind in beste]


def list_indikatoren(bank: Zahlenbank, feld: str) -> list[Indikator]:
    """List the agreed indicators of a Handlungsfeld that have figures."""
    return [
        ind
        for ind in bank.bericht.vereinbarte
        if ind.handlungsfeld == feld and bank.zahlen.jahr(ind.kennung, bank.bericht.jahr) is not None
    ]
