"""What can be filled into the texts of a council paper: a list to choose from, and how a text reads when it is filled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs

from sozialtool.ablauf.absaetze import split_absaetze
from sozialtool.ablauf.drucksachen import describe_drucksache
from sozialtool.ablauf.drucksachenweg import read_figures
from sozialtool.ablauf.drucksachenwort import WEITERE, build_felder
from sozialtool.ablauf.textfelder import ANGABEN, Stueckart, Textfelder, Textstueck
from sozialtool.ablauf.textformen import FORMEN
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Zeichen
from sozialtool.projekt import Projekt

_FUSSNOTE = "Fußnote:"
_NUR_RAUM, _NUR_STADT = ("vergleich",), ("name", "höchste", "niedrigste", "höher", "niedriger")
"""The town against itself says nothing; the others name Sozialräume or none."""
_VERLANGT: Mapping[str, Callable[[Kennzahl], object]] = {
    "vergleich": lambda k: k.stadtwert, "anzahl": lambda k: k.zaehler, "spanne": lambda k: k.unten, "veränderung": lambda k: k.vorjahr,
    "höher": lambda k: k.lage, "niedriger": lambda k: k.lage,
}  # fmt: skip
"""Word of a form → what of a figure it needs: no indicator has all of it (the inhabitants of a town have no interval)."""
_NUR_NAME = ("name",)
"""What an indicator has without any figure."""
WAS_TUN = (
    "Was fehlt, steht in eckigen Klammern da, was geheim ist, als Wort; endgültig geht die Drucksache so nicht hinaus. Bitte im Text "
    "ändern."
)


@attrs.frozen
class Platz:
    """A place that a text may name: what stands between the braces (without a year), what it means, words to find it by."""

    feld: str
    was: str
    suche: str
    zahl: bool = False

    def write(self, jahr: int = 0) -> str:
        """Write the place, for a figure of another year with it."""
        if not (jahr and self.zahl):
            return f"{{{self.feld}}}"
        kopf, trenner, form = self.feld.partition(":")
        return f"{{{kopf} {jahr}{trenner}{form}}}"


@attrs.frozen
class Vorschauabsatz:
    """One paragraph (or point of a list) in pieces."""

    punkt: bool
    stuecke: tuple[Textstueck, ...]


@attrs.frozen
class Textvorschau:
    """How a text reads: paragraphs, footnotes in their order, what could not be filled and what to do about it."""

    absaetze: tuple[Vorschauabsatz, ...]
    noten: tuple[str, ...]
    hinweise: tuple[str, ...]


def read_textfelder(
    projekt: Projekt, nummer: str, fortschritt: Fortschritt | None = None, stop: Stop | None = None
) -> Textfelder:
    """Compute and protect what the texts of a paper may name, as `issue_drucksache` does; `BedienFehler`: no such paper."""
    bild = describe_drucksache(projekt, nummer)
    grundlage = read_figures(projekt, bild, fortschritt, stop)
    return build_felder(projekt, bild, grundlage, bild.drucksache.datum or dt.date.today())


def list_plaetze(felder: Textfelder) -> tuple[Platz, ...]:
    """List the places that can be filled: names and years, then each indicator for the town and for every Sozialraum.

    What is secret is offered, since another year may show it; what an indicator or an area never has, is not.
    """
    return (*_list_angaben(felder), *_list_zahlen(felder))


def _list_angaben(felder: Textfelder) -> Iterator[Platz]:
    for wie, was in (*ANGABEN, *WEITERE):
        feld = wie[1:-1]
        if feld.startswith(_FUSSNOTE) or felder.angaben.get(feld.casefold()):
            yield Platz(feld, was, f"{feld} {was}")


def _list_zahlen(felder: Textfelder) -> Iterator[Platz]:
    grundlage = felder.grundlage
    if grundlage is None:
        return
    formen = {wort: (wie, was.partition(":")[0]) for wort, wie, was in FORMEN}
    reihen: dict[str, list[Kennzahl]] = {}
    for k in grundlage.kennzahlen.values():
        reihen.setdefault(k.indikator, []).append(k)
    for kennung, indikator in grundlage.indikatoren.items():
        je_gebiet = _find_formen(reihen.get(kennung, []), grundlage.stadt, grundlage.raeume)
        for gebiet in (grundlage.stadt, *grundlage.raeume):
            name = grundlage.name(gebiet)
            ist_stadt = gebiet == grundlage.stadt
            ort = "" if ist_stadt else f" {gebiet if set(name) & set(':{}') else name}"
            for wort, (wie, was) in formen.items():
                if wort in je_gebiet[gebiet]:
                    feld = f"{kennung}{ort}" + (f":{wie[1:-1].partition(':')[2]}" if wort else "")
                    wovon = f"{indikator.name} · {name}"
                    yield Platz(feld, f"{wovon}: {was}", f"{feld} {wovon} {was}", zahl=True)


def _find_formen(reihe: Sequence[Kennzahl], stadt: str, raeume: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return per area the forms that some year can fill; the rows are those of one indicator, of all years."""
    hat = {wort for wort, verlangt in _VERLANGT.items() if any(verlangt(k) is not None for k in reihe)}
    alle = frozenset(wort for wort, _, _ in FORMEN if wort not in _VERLANGT or wort in hat)
    da = {k.gebiet for k in reihe if k.wert is not None or k.zeichen is Zeichen.GEHEIM}
    formen = {raum: alle - {*_NUR_STADT} if raum in da else frozenset() for raum in raeume}
    reihung = alle & {*_NUR_STADT} if da & {*raeume} else frozenset(_NUR_NAME)
    formen[stadt] = (alle - {*_NUR_STADT, *_NUR_RAUM} if stadt in da else frozenset()) | reihung
    return formen


def preview_text(felder: Textfelder, text: str) -> Textvorschau:
    """Fill a text as the Word document will have it, line by line; footnotes become numbers in brackets."""
    absaetze, noten, hinweise = list[Vorschauabsatz](), list[str](), list[str]()
    for punkt, absatz in split_absaetze(text):
        gefuellt = felder.fill(absatz)
        stuecke = []
        for stueck in gefuellt.stuecke:
            if stueck.art is Stueckart.FUSSNOTE:
                noten.append(stueck.text)
                stuecke.append(attrs.evolve(stueck, text=f"[{len(noten)}]"))
            else:
                stuecke.append(stueck)
        absaetze.append(Vorschauabsatz(punkt, tuple(stuecke)))
        hinweise += gefuellt.hinweise
    rat = [WAS_TUN] if any(stueck.offen for fertig in absaetze for stueck in fertig.stuecke) else []
    return Textvorschau(tuple(absaetze), tuple(noten), (*dict.fromkeys(hinweise), *rat))
