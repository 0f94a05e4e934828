"""On which page a head will stand, before any program has laid the document out: for a table of contents that is right at once.

Heights follow from the widths of Arial (`schrift`) and from sizes that we set ourselves; Word and LibreOffice differ by a few percent. What
belongs together is a unit; where it is doubtful whether one still fits on a page, it is told to begin a new one.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from sozialtool.ausgabe.berichtsform import KOPF_DANACH, KOPFMASSE
from sozialtool.ausgabe.schrift import umbrechen
from sozialtool.ausgabe.stuecke import Bild, Satz, Tafel
from sozialtool.ausgabe.wordteile import wortlaut

HOEHE = 728.0
"""Points of a page of A4 between margins of 2 cm (25.7 cm)."""
_BREITE = 17.0 / 2.54 * 96
_SICHER = 0.975
"""Beyond this part of a page a unit is moved to the next one rather than trusted to fit."""


@attrs.frozen
class Kopf:
    """A head of level 1 to 3; a first level begins a new page, others where `neue_seite` says so."""

    text: str
    stufe: int = 1
    neue_seite: bool = False


@attrs.frozen
class Absatz:
    """A paragraph of her words (str) and pieces.

    `art`: "", "punkt" for a list, "klein" for a source, "titel", "unter", "stadt" for the first line of the first page.
    """

    teile: tuple[str | Satz, ...]
    art: str = ""

    @property
    def text(self) -> str:
        """All of it as one text."""
        return "".join(teil if isinstance(teil, str) else teil.text for teil in self.teile)


@attrs.frozen
class Tafelblock:
    """A table below its caption, with notes under it."""

    tafel: Tafel
    titel: Satz
    noten: tuple[Satz, ...] = ()


@attrs.frozen
class Bildblock:
    """A picture above its caption (None on the first page), with notes under it."""

    bild: Bild
    titel: Satz | None
    noten: tuple[Satz, ...] = ()


Block = Kopf | Absatz | Tafelblock | Bildblock


def _zeilen(text: str, punkte: float, breite: float = _BREITE, *, fett: bool = False) -> int:
    return len(umbrechen(wortlaut(text), breite, punkte, fett=fett))


def hoehe_of(block: Block) -> float:
    """Estimate the height of a block in points."""
    if isinstance(block, Kopf):
        groesse, davor = KOPFMASSE[block.stufe]
        return _zeilen(block.text, groesse, _BREITE - 40, fett=True) * groesse * 1.16 + davor + KOPF_DANACH
    if isinstance(block, Absatz):
        groesse = 8 if block.art == "klein" else 10
        breite = _BREITE - 26 if block.art == "punkt" else _BREITE
        return _zeilen(block.text, groesse, breite) * groesse * 1.15 * (1.0 if block.art == "klein" else 1.15) + (
            1 if block.art == "punkt" else 5
        )
    noten = sum(_zeilen(note.text, 8) * 9.3 + 4 for note in block.noten) + 6
    titel = _zeilen(f"Abbildung 99: {block.titel.text}", 9, fett=True) * 10.4 + 8 if block.titel is not None else 0.0
    if isinstance(block, Bildblock):
        return block.bild.bild.hoehe / 25.4 * 72 + 8 + titel + noten
    return _hoehe_tafel(block.tafel) + titel + noten


def _hoehe_tafel(tafel: Tafel) -> float:
    hoehe = 0.0
    for nummer, zeile in enumerate((tafel.kopf, *tafel.zeilen)):
        platz = [breite / 2.54 * 96 - 10 for breite in tafel.breiten]
        fett = [nummer == 0 or (ort == 0 and tafel.namen_fett) or nummer - 1 in tafel.fett for ort in range(len(platz))]
        hoehe += max(_zeilen(text, 8.5, p, fett=f) for text, p, f in zip(zeile, platz, fett, strict=True)) * 9.8 + (
            4.6 if nummer == 0 else 2.1
        )
    return hoehe  # fmt: skip


def _units(bloecke: Sequence[Block]) -> list[list[int]]:
    """Join heads with what follows them: that stands on the same page."""
    einheiten: list[list[int]] = [[]]
    for nummer in range(len(bloecke)):
        davor = bloecke[nummer - 1] if nummer else None
        if einheiten[-1] and not isinstance(davor, Kopf):
            einheiten.append([])
        einheiten[-1].append(nummer)
    return einheiten


@attrs.frozen
class Inhaltsmass:
    """How the lines of the contents stand: per level size, space before and behind, in points."""

    stufen: dict[int, tuple[float, float, float]]

    def measure(self, koepfe: Sequence[Kopf]) -> float:
        """Return the height of the contents of these heads in points."""
        masse = (self.stufen[kopf.stufe] for kopf in koepfe)
        return 30.0 + sum(groesse * 1.15 + davor + danach for groesse, davor, danach in masse)

    def count_seiten(self, koepfe: Sequence[Kopf]) -> int:
        """Say how many pages the contents of these heads take; where it is doubtful, one more is never assumed."""
        return int(self.measure(koepfe) // HOEHE) + 1


WEIT = Inhaltsmass({1: (10.0, 5.0, 1.0), 2: (9.0, 0.0, 1.0)})
_ENG = Inhaltsmass({1: (9.5, 2.0, 0.5), 2: (8.5, 0.0, 0.0)})


def choose_inhaltsmass(koepfe: Sequence[Kopf]) -> Inhaltsmass:
    """Set the contents closer where that surely saves a page: a few lines alone on one look lost."""
    return _ENG if _ENG.measure(koepfe) <= (WEIT.count_seiten(koepfe) - 1) * HOEHE * _SICHER else WEIT


@attrs.frozen
class Seitenplan:
    """Numbers of blocks that must begin a new page, and the page of every head by its number."""

    umbrueche: frozenset[int]
    seiten: dict[int, int]


def plan(bloecke: Sequence[Block], erste: int) -> Seitenplan:
    """Lay blocks out on pages; `erste` is the number of the page that the first of them begins."""
    seite, benutzt = erste, 0.0
    umbrueche: set[int] = set()
    seiten: dict[int, int] = {}
    for nummer, einheit in enumerate(_units(bloecke)):
        kopf = bloecke[einheit[0]]
        hoehe = sum(hoehe_of(bloecke[n]) for n in einheit)
        neu = isinstance(kopf, Kopf) and (kopf.stufe == 1 or kopf.neue_seite)
        lang = isinstance(bloecke[einheit[-1]], Tafelblock) and hoehe > HOEHE / 2
        passt = benutzt + (min(hoehe, HOEHE / 4) if lang else hoehe) <= HOEHE * _SICHER
        if nummer and (neu or not passt):
            umbrueche.add(einheit[0])
            seite, benutzt = seite + 1, 0.0
        seiten |= {n: seite for n in einheit if isinstance(bloecke[n], Kopf)}
        benutzt += hoehe
        while benutzt > HOEHE:
            seite, benutzt = seite + 1, benutzt - HOEHE
    return Seitenplan(frozenset(umbrueche), seiten)
