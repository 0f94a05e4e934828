"""On which page a head will stand, before any program has laid the document out: for a table of contents that is right at once.

Heights follow from the widths of Arial (`schrift`) and from sizes that we set ourselves; against LibreOffice they are right to a few
points a page. What belongs together is a unit; where it is doubtful whether one still fits on a page, it is told to begin a new one.
A table breaks between its rows where that saves a page, and where it is so long that keeping it whole would leave half a page empty.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import attrs

from sozialtool.ausgabe.berichtsform import KOPF_DANACH, KOPFMASSE
from sozialtool.ausgabe.schrift import umbrechen
from sozialtool.ausgabe.stuecke import Bild, Satz, Tafel
from sozialtool.ausgabe.wordteile import wortlaut

HOEHE = 728.0
"""Points of a page of A4 between margins of 2 cm (25.7 cm)."""
_BREITE = 17.0 / 2.54 * 96
_SICHER = 0.98
"""Beyond this part of a page a unit is moved to the next one rather than trusted to fit."""
_ZWEIFEL = (0.97, 1.02)
"""Where a table ends is sure if it ends there on pages of these parts of a height, too: an error in its rows adds up."""
_LEER = HOEHE / 3
"""A page with less on it looks as if something were missing."""
_ZEILE = 1.15
"""Height of a line of Arial, by its size."""
_NOTE = 8 * _ZEILE
_BRECHBAR, _WENIGE = 8, 3
"""A table of fewer rows stays whole; of one that breaks at least so many rows stand on its first and, unless it is long, on its last page."""


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


@attrs.frozen
class _Mass:
    """Height of a block in points, and the space that it wants before and behind it: of two that meet, the larger one counts."""

    davor: float
    hoehe: float
    danach: float


def _measure(block: Block) -> _Mass:
    """Measure a block as it stands whole (sizes and spaces: `berichtswort`, `berichtsform`)."""
    if isinstance(block, Kopf):
        groesse, davor = KOPFMASSE[block.stufe]
        return _Mass(davor, _zeilen(block.text, groesse, _BREITE - 40, fett=True) * groesse * _ZEILE, KOPF_DANACH)
    if isinstance(block, Absatz):
        if block.art == "klein":
            return _Mass(2, _zeilen(block.text, 8) * _NOTE, 2)
        return _Mass(0, _zeilen(block.text, 10, _BREITE - 26 if block.art == "punkt" else _BREITE) * 13.2, 4)
    noten = _noten_of(block)
    if isinstance(block, Tafelblock):
        return _Mass(4, _titel_of(block) + 4 + sum(_reihen_of(block.tafel)) + noten, 8 if block.noten else 2)
    bild = block.bild.bild.hoehe / 25.4 * 72 + 2.5
    if block.titel is None:
        return _Mass(6, bild, 4)
    return _Mass(6, bild + 4 + _titel_of(block) + noten, 8 if block.noten else 4)


def _titel_of(block: Tafelblock | Bildblock) -> float:
    return _zeilen(f"Abbildung 99: {block.titel.text}", 9, fett=True) * 9 * _ZEILE if block.titel is not None else 0.0


def _noten_of(block: Tafelblock | Bildblock) -> float:
    """What stands below a table or the caption of a picture: 4 behind a caption, 2 before and between notes."""
    davor = 2 if isinstance(block, Tafelblock) else 4
    if not block.noten:
        return davor + _NOTE if isinstance(block, Tafelblock) else 0.0  # an empty line keeps two tables apart
    return davor + sum(_zeilen(note.text, 8) * _NOTE + 2 for note in block.noten) - 2


def _reihen_of(tafel: Tafel) -> list[float]:
    """Height of the head and of every row, with its line."""
    reihen = []
    for nummer, zeile in enumerate((tafel.kopf, *tafel.zeilen)):
        platz = [breite / 2.54 * 96 - 10 for breite in tafel.breiten]
        fett = [nummer == 0 or (ort == 0 and tafel.namen_fett) or nummer - 1 in tafel.fett for ort in range(len(platz))]
        zeilen = max(_zeilen(text, 8.5, p, fett=f) for text, p, f in zip(zeile, platz, fett, strict=True))
        reihen.append(zeilen * 8.5 * _ZEILE + (4.5 if nummer == 0 else 2.0))
    return reihen


def _begins(block: Block) -> bool:
    """Whether it begins a new page by itself."""
    return isinstance(block, Kopf) and (block.stufe == 1 or block.neue_seite)


def _units(bloecke: Sequence[Block]) -> list[list[int]]:
    """Join heads with what follows them: that stands on the same page."""
    einheiten: list[list[int]] = []
    for nummer, block in enumerate(bloecke):
        if not nummer or _begins(block) or not isinstance(bloecke[nummer - 1], Kopf):
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


@attrs.frozen
class _Ort:
    """A place on a page: points used, the space wanted behind the last block (-1: nothing stands there yet), whether that is a point."""

    benutzt: float = 0.0
    danach: float = -1.0
    punkt: bool = False


@attrs.frozen
class _Einheit:
    """What stands together, from the block of this number on; `reihen` and `unter`: rows and notes of the table that it ends with."""

    erste: int
    bloecke: tuple[Block, ...]
    masse: tuple[_Mass, ...]
    reihen: tuple[float, ...] = ()
    unter: float = 0.0

    @property
    def lang(self) -> bool:
        """Whether its table is so long that it breaks rather than leave much of a page empty."""
        return bool(self.reihen) and sum(mass.hoehe for mass in self.masse) > HOEHE / 2

    def put(self, ort: _Ort) -> _Ort:
        """Return the place behind it when it stands whole."""
        for block, mass in zip(self.bloecke, self.masse, strict=True):
            punkt = isinstance(block, Absatz) and block.art == "punkt"
            luecke = 0.0 if punkt and ort.punkt else max(ort.danach, mass.davor)
            ort = _Ort(ort.benutzt + luecke + mass.hoehe, mass.danach, punkt)
        return ort

    def flow(self, ort: _Ort, hoehe: float) -> tuple[int, _Ort] | None:
        """Let its table break between rows on pages of a height: return pages turned and the place behind; None where it must not.

        The head stands again on every page, the notes below the last row: Word takes that along with them, LibreOffice does not.
        """
        if len(self.reihen) <= _BRECHBAR:
            return None
        ganz, (kopf, *mitte, letzte) = self.put(ort), self.reihen
        y = ganz.benutzt - self.unter - sum(self.reihen) + kopf
        if y + sum(mitte[:_WENIGE]) > hoehe:
            return None
        seiten = oben = 0
        for reihe in (*mitte, letzte + self.unter):
            if y + reihe > hoehe:
                seiten, y, oben = seiten + 1, kopf, 0
            y, oben = y + reihe, oben + 1
        if oben < _WENIGE and not self.lang:
            return None
        return seiten, attrs.evolve(ganz, benutzt=y)


def _build_einheit(bloecke: Sequence[Block], nummern: Sequence[int]) -> _Einheit:
    teile = tuple(bloecke[n] for n in nummern)
    masse, letzter = tuple(_measure(block) for block in teile), teile[-1]
    if not isinstance(letzter, Tafelblock):
        return _Einheit(nummern[0], teile, masse)
    return _Einheit(nummern[0], teile, masse, tuple(_reihen_of(letzter.tafel)), _noten_of(letzter))


@attrs.frozen
class _Weg:
    """One way to lay out the units so far: pages turned, breaks that nobody likes, the page of each unit and whether it was told to begin it."""

    seiten: int = 0
    unschoen: int = 0
    schritte: tuple[tuple[int, bool], ...] = ()

    def go(self, seiten: int, *, unschoen: bool, neu: bool) -> _Weg:
        """Add a unit that begins here (`neu`: on the next page) and ends `seiten` pages later."""
        beginn = self.seiten + neu
        return _Weg(beginn + seiten, self.unschoen + unschoen, (*self.schritte, (beginn, neu)))


def _list_folgen(einheit: _Einheit, ort: _Ort, weg: _Weg) -> Iterator[tuple[_Ort, _Weg]]:
    """List where a unit can go from a place: whole where it fits, else on a new page, or from here on into the next one."""
    ganz = einheit.put(ort)
    if ganz.benutzt <= HOEHE * _SICHER:
        yield ganz, weg.go(0, unschoen=False, neu=False)
        if ort.benutzt > _LEER and isinstance(einheit.bloecke[0], Kopf):
            yield einheit.put(_Ort()), weg.go(0, unschoen=True, neu=True)
        return
    leer = ort.danach < 0
    platz = HOEHE - ort.benutzt
    hier, *sonst = (einheit.flow(ort, HOEHE * teil) for teil in (1.0, *_ZWEIFEL))
    # Where it is doubtful on which page it ends, it begins on a new one; there at last it must stand as it can.
    gleich = [ende for ende in sonst if ende is not None and hier is not None and ende[0] == hier[0]]
    if hier is not None and (leer or len(gleich) == len(sonst)):
        # A row more or less may stand on the last page: what follows must fit in any case.
        unten = max(ende[1].benutzt for ende in (hier, *gleich))
        yield attrs.evolve(hier[1], benutzt=unten), weg.go(hier[0], unschoen=not einheit.lang, neu=False)
    if not leer:
        for danach, weiter in _list_folgen(einheit, _Ort(), attrs.evolve(weg, schritte=())):
            beginn = weg.go(0, unschoen=weiter.unschoen > weg.unschoen, neu=True)
            verschenkt = einheit.lang and hier is not None and platz > HOEHE / 4
            yield danach, attrs.evolve(beginn, seiten=weiter.seiten + 1, unschoen=beginn.unschoen + verschenkt)
    elif hier is None:
        yield (
            attrs.evolve(ganz, benutzt=ganz.benutzt % HOEHE),
            weg.go(int(ganz.benutzt // HOEHE), unschoen=False, neu=False),
        )


def _lay_out(einheiten: Sequence[_Einheit]) -> _Weg:
    """Find the way of units that takes the fewest pages, among those the one with the fewest breaks that nobody likes.

    A last page that is nearly empty is worse than a section that begins a page without need.
    """
    wege = {_Ort(): _Weg()}
    for einheit in einheiten:
        folgende: dict[_Ort, _Weg] = {}
        for ort, weg in wege.items():
            for wohin, weiter in _list_folgen(einheit, ort, weg):
                bisher = folgende.get(wohin)
                if bisher is None or (weiter.seiten, weiter.unschoen) < (bisher.seiten, bisher.unschoen):
                    folgende[wohin] = weiter
        wege = folgende
    ort = min(wege, key=lambda ort: (wege[ort].seiten, wege[ort].unschoen + 2 * (ort.benutzt < _LEER)))
    return wege[ort]


def plan(bloecke: Sequence[Block], erste: int) -> Seitenplan:
    """Lay blocks out on pages; `erste` is the number of the page that the first of them begins."""
    einheiten = [_build_einheit(bloecke, nummern) for nummern in _units(bloecke)]
    anfaenge = [n for n, einheit in enumerate(einheiten) if n == 0 or _begins(einheit.bloecke[0])]
    umbrueche: set[int] = set()
    seiten: dict[int, int] = {}
    for von, bis in itertools.pairwise((*anfaenge, len(einheiten))):
        weg = _lay_out(einheiten[von:bis])
        if von:
            umbrueche.add(einheiten[von].erste)
        for einheit, (seite, neu) in zip(einheiten[von:bis], weg.schritte, strict=True):
            umbrueche |= {einheit.erste} if neu else set()
            koepfe = (n for n, block in enumerate(einheit.bloecke, start=einheit.erste) if isinstance(block, Kopf))
            seiten |= dict.fromkeys(koepfe, erste + seite)
        erste += weg.seiten + 1
    return Seitenplan(frozenset(umbrueche), seiten)
