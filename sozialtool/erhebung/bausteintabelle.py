"""A council table of the Bausteine comes in: the three columns of a paper, or one line per text (baustein, art, text).

Source of the three columns: fach/regeln.md section 6 (council paper of Voerde, 15.08.2024).
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import attrs

from sozialtool.einlesen.lesen import read_rohmappe
from sozialtool.einlesen.worttabelle import Wortabsatz, read_worttabellen
from sozialtool.fach.felder import parse_datum
from sozialtool.fach.schreibweise import norm_wort
from sozialtool.fehler import DateiUnlesbar

_PUNKT = re.compile(r"^\s*(?:[–—\-•▪*●]\s+)")
_NUMMER = re.compile(r"^\s*(?:Baustein\s*)?\d\s*[.):]?\s+", re.IGNORECASE)
_TAG = re.compile(r"\s*\((\d{1,2}\.\d{1,2}\.\d{4})\)$")
_KOPFSUCHE = 30


@attrs.frozen
class Tabellensatz:
    """One text of the table: name of the Baustein, whether it is an Inhalt (else a sentence on where it stands), its day."""

    baustein: str
    inhalt: bool
    text: str
    datum: dt.date | None = None


_Zelle = tuple[str, ...]
"""The entries of a cell, without their points."""


def read_bausteintabelle(pfad: Path | str) -> tuple[Tabellensatz, ...]:
    """Read a table (docx, xlsx, ods, csv) in the order of its lines; a text with a day behind it in brackets keeps the day.

    Of a Word document the first table with the heads is read, and further ones that go on with other Bausteine (split at a page).

    Raises:
        DateiFehler: missing, locked or unreadable. DateiUnlesbar: BAUSTEINE-FREMD, there is no such table in it; BAUSTEINE-ZWEI, two that
            speak of the same Bausteine.
    """
    name = Path(pfad).name
    worttabellen = read_worttabellen(pfad)
    if worttabellen is None:
        try:
            blaetter = read_rohmappe(pfad).blaetter
        except DateiUnlesbar as fehler:
            if fehler.code != "LESEN-FREMD":
                raise
            abhilfe = "Einlesen lässt sich die Tabelle als Word (docx), Excel (xlsx, ods) oder csv."
            raise DateiUnlesbar(fehler.meldung, abhilfe, fehler.code) from None
        gelesen = (_read_tafel([[_split(_text(w)) for w in zeile] for zeile in b.zeilen], wort=False) for b in blaetter)
        return next((saetze for saetze in gelesen if saetze is not None), None) or _refuse(name)
    tafeln = [_read_tafel([[_to_zelle(z) for z in zeile] for zeile in t], wort=True) for t in worttabellen]
    return _join([saetze for saetze in tafeln if saetze is not None], name) or _refuse(name)


def _refuse(datei: str) -> NoReturn:
    raise DateiUnlesbar(
        f"In „{datei}“ steht keine Tabelle der Bausteine.",
        "Erwartet werden die Spalten Baustein, Inhalte, Umsetzungsstand – oder baustein, art (Inhalt oder Stand), text.",
        "BAUSTEINE-FREMD",
    )


def _join(tafeln: Sequence[tuple[Tabellensatz, ...]], datei: str) -> tuple[Tabellensatz, ...]:
    """Put a table that was split at a page together; which of two that speak of the same Baustein holds, only people know."""
    alle: list[Tabellensatz] = []
    for saetze in tafeln:
        doppelt = {norm_wort(s.baustein) for s in alle} & {norm_wort(s.baustein) for s in saetze}
        if doppelt:
            raise DateiUnlesbar(
                f"In „{datei}“ stehen zwei Tabellen mit denselben Bausteinen.",
                "Bitte in Word die Tabelle, die nicht gilt, löschen und die Datei unter anderem Namen speichern.",
                "BAUSTEINE-ZWEI",
            )
        alle += saetze
    return tuple(alle)


def _to_zelle(absaetze: Sequence[Wortabsatz]) -> _Zelle:
    """Every paragraph is an entry; lines inside one are only where it is no point of a list, or where points were typed."""
    zelle: list[str] = []
    for absatz in absaetze:
        zelle += [" ".join(absatz.text.split())] if absatz.liste else _split(absatz.text)
    return tuple(_PUNKT.sub("", eintrag) for eintrag in zelle)


def _find_spalten(zeile: Sequence[_Zelle], *, wort: bool) -> tuple[range, range, range, bool] | None:
    """Find name, second and third column, and whether it is the long form; in Word a head reaches up to the next one."""
    # Backwards, so that of two equal heads the first one counts.
    koepfe = {norm_wort(" ".join(zelle)): ort for ort, zelle in reversed(list(enumerate(zeile))) if zelle}
    grenzen = [*sorted(koepfe.values()), len(zeile)]

    def span(*anfaenge: str, ganz: bool = False) -> range | None:
        orte = [o for kopf, o in koepfe.items() if (kopf in anfaenge if ganz else kopf.startswith(anfaenge))]
        if not orte:
            return None
        return range(min(orte), next(g for g in grenzen if g > min(orte)) if wort else min(orte) + 1)

    name = span("baustein", "bausteine", ganz=True)
    lang = span("art", ganz=True), span("text", ganz=True)
    breit = span("inhalt"), span("umsetzungsstand")
    for (zweite, dritte), ist_lang in ((lang, True), (breit, False)):
        if name is not None and zweite is not None and dritte is not None:
            return name, zweite, dritte, ist_lang
    return None


def _read_tafel(zeilen: Sequence[Sequence[_Zelle]], *, wort: bool) -> tuple[Tabellensatz, ...] | None:
    """Read the rows below the heads; None where there are none."""
    for nummer, zeile in enumerate(zeilen[:_KOPFSUCHE]):
        spalten = _find_spalten(zeile, wort=wort)
        if spalten is not None:
            return tuple(_read(zeilen[nummer + 1 :], spalten, wort=wort))
    return None


def _read(
    zeilen: Sequence[Sequence[_Zelle]], spalten: tuple[range, range, range, bool], *, wort: bool
) -> Iterator[Tabellensatz]:  # fmt: skip
    *orte, lang = spalten
    name = ""
    for zeile in zeilen:
        kopf, zweite, dritte = (_cut(zeile, spanne) for spanne in orte)
        if kopf:
            name = _read_name(kopf)
        if not name or norm_wort(name) in ("baustein", "bausteine"):  # the head once more, on the next page
            continue
        if lang:
            yield from _build(name, dritte, inhalt=norm_wort(" ".join(zweite)).startswith("inhalt"))
            continue
        if kopf and not zweite and not dritte and not wort:
            return  # below the table; a table of Word has its own end
        yield from _build(name, zweite, inhalt=True)
        yield from _build(name, dritte, inhalt=False)


def _cut(zeile: Sequence[_Zelle], spanne: range) -> _Zelle:
    return tuple(itertools.chain.from_iterable(zeile[spanne.start : spanne.stop]))


def _read_name(kopf: _Zelle) -> str:
    """The name without its number and without how far it is, which the table of this program writes below it in brackets."""
    zeilen = itertools.takewhile(lambda zeile: not zeile.startswith("("), kopf)
    return _NUMMER.sub("", " ".join(zeilen)).strip()


def _text(wert: object) -> str:
    return wert.strip() if isinstance(wert, str) else ""


def _split(zelle: str) -> _Zelle:
    """Make one entry of each line of a cell; a line without a point behind one with a point goes on with it."""
    zeilen: list[str] = []
    mit_punkten = any(_PUNKT.match(zeile) for zeile in zelle.splitlines())
    for zeile in zelle.splitlines():
        if not zeile.strip():
            continue
        if mit_punkten and zeilen and not _PUNKT.match(zeile):
            zeilen[-1] += " " + zeile.strip()
        else:
            zeilen.append(_PUNKT.sub("", zeile).strip())
    return tuple(zeilen)


def _build(name: str, zelle: _Zelle, *, inhalt: bool) -> Iterator[Tabellensatz]:
    for zeile in zelle:
        tag = None if inhalt else _TAG.search(zeile)
        yield Tabellensatz(name, inhalt, _TAG.sub("", zeile) if tag else zeile, parse_datum(tag[1]) if tag else None)
