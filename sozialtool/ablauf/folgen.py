"""What a changed definition does, before anybody confirms it.

Everything is computed twice, as it is and as it would be, and both go through the disclosure control **together**: what is
shown here can be noted down or taken along without giving away a figure that the Monitoring keeps secret, not even by
comparing the old rate with the new one (fach/regeln.md section 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import attrs

from sozialtool import orte
from sozialtool.ablauf.unterschiede import describe_unterschiede
from sozialtool.ablauf.vereinbarungen import changes_definition, check_definition, find_fehlende
from sozialtool.ablauf.werte import Ausgabe, Fortschritt, Stop
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Merkmal, Zeichen
from sozialtool.fach.veroeffentlichung import Veroeffentlichung, name_aufgehoben, name_monitoring
from sozialtool.fehler import BedienFehler, DatenFehler
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ablauf.kennzahlen import Ergebnis, Grundlage
    from sozialtool.ausgabe.bericht import Indexblatt
    from sozialtool.erhebung.listen import Unterschiede

_BISHER = "__bisher"
"""Behind the Kennung of an indicator: the same one as it is defined now."""
RECHNET = (
    "zaehler",
    "nenner",
    "faktor",
    "jahre",
    "stufe",
    "nachkommastellen",
    "intervall",
    "streuung",
    "fallzahl",
    "kleinste_ebene",
)
"""Fields of an indicator on which its figures depend."""


@attrs.frozen
class Wertwechsel:
    """A released figure of one area before and after; `zeichen` says why there is none, `differenz` needs both."""

    gebiet: str
    alt: float | None
    neu: float | None
    alt_zeichen: Zeichen | None = None
    neu_zeichen: Zeichen | None = None

    @property
    def differenz(self) -> float | None:
        """New minus old, in the unit of the indicator."""
        return None if self.alt is None or self.neu is None else self.neu - self.alt

    @property
    def anders(self) -> bool:
        """Whether anything is to be seen of the change."""
        return (self.alt, self.alt_zeichen) != (self.neu, self.neu_zeichen)


@attrs.frozen
class Indikatorfolge:
    """What happens to one indicator.

    `unterschiede` says in words what is defined in another way (empty: only its figures change); `fehlt_vorher` and
    `fehlt_nachher` name Merkmale without figures; `werte` has one line per area of the planning level, the town first;
    `weitere_jahre` are other years in which a figure changes.
    """

    alt: Indikator
    neu: Indikator
    unterschiede: tuple[str, ...]
    fehlt_vorher: tuple[str, ...] = ()
    fehlt_nachher: tuple[str, ...] = ()
    werte: tuple[Wertwechsel, ...] = ()
    weitere_jahre: tuple[int, ...] = ()

    @property
    def neu_vereinbaren(self) -> bool:
        """Whether an agreement falls with this change."""
        return self.alt.zustand is Zustand.VEREINBART and bool(self.unterschiede)


@attrs.frozen
class Indexwechsel:
    """The Statusindex of one Sozialraum before and after."""

    gebiet: str
    alt: float | None
    neu: float | None
    klasse_alt: str
    klasse_neu: str


@attrs.frozen
class Folgen:
    """Everything that a change would do; `papiere` are written outputs, which keep the definition they were made with."""

    jahr: int
    indikatoren: tuple[Indikatorfolge, ...]
    index: tuple[Indexwechsel, ...] = ()
    papiere: tuple[Ausgabe, ...] = ()


def preview_change(
    projekt: Projekt,
    indikatoren: Iterable[Indikator] = (),
    merkmale: Iterable[Merkmal] = (),
    jahr: int = 0,
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
) -> Folgen:
    """Compute what changed indicators and Merkmale would do; nothing is stored.

    Args:
        projekt: the project as it is.
        indikatoren: indicators as they would be; each must exist.
        merkmale: Merkmale as they would be (another Mindestfallzahl, other parts); each must exist.
        jahr: the year that is shown; 0: the Berichtsjahr.
        fortschritt: called with (done, of, what).
        stop: checked between the steps.

    Raises:
        BedienFehler: an indicator or Merkmal does not exist. FormelFehler: a formula cannot be computed or protected.
        Abgebrochen: stopped.
    """
    neue_merkmale = {m.schluessel: m for m in merkmale}
    paare = [(_require(projekt, neu), check_definition(projekt, neu)) for neu in indikatoren]
    _require_merkmale(projekt, neue_merkmale)
    jahr = jahr or projekt.kommune.berichtsjahr
    folgen, index = _compute_folgen(projekt, paare, neue_merkmale, jahr, fortschritt, stop)
    return Folgen(jahr, folgen, index, _list_papiere(projekt))


def _list_papiere(projekt: Projekt) -> tuple[Ausgabe, ...]:
    """List the Monitorings as they lie in their folders, and those kept because they went out."""
    from sozialtool.ablauf.vorlegen import ausgaben

    namen = {name_aufgehoben(name_monitoring(v.jahr), v.schluessel).casefold() for v in projekt.read(Veroeffentlichung)}
    return tuple(
        a
        for a in ausgaben(projekt)
        if orte.als_pfad(a.pfad).name.casefold() in namen | {name_monitoring(a.jahr).casefold()}
    )


def preview_liste(
    projekt: Projekt, unterschiede: Unterschiede, fortschritt: Fortschritt | None = None, stop: Stop | None = None
) -> Folgen | None:
    """Compute what an edited list of indicators or Merkmale would do; None where no definition in it changes.

    Raises:
        As `preview_change`.
    """
    indikatoren = [n for a, n in unterschiede.geaendert if isinstance(n, Indikator) and changes_definition(a, n)]
    merkmale = [n for a, n in unterschiede.geaendert if isinstance(n, Merkmal) and _matters(a, n)]
    if not indikatoren and not merkmale:
        return None
    return preview_change(projekt, indikatoren, merkmale, 0, fortschritt, stop)


def _matters(alt: Merkmal, neu: Merkmal) -> bool:
    """Whether figures can depend on what is different between two versions of a Merkmal."""
    return any(
        getattr(alt, f) != getattr(neu, f) for f in ("art", "teil_von", "gruppe", "mindestfallzahl", "summe_aus")
    )


def _require(projekt: Projekt, neu: Indikator) -> Indikator:
    alt = projekt.get(Indikator, neu.kennung)
    if alt is None:
        raise BedienFehler(f"Einen Indikator {neu.kennung} gibt es nicht.", "Bitte die Kennung prüfen.")
    return alt


def _require_merkmale(projekt: Projekt, neue: Iterable[str]) -> None:
    fremd = [name for name in neue if projekt.get(Merkmal, name) is None]
    if fremd:
        raise BedienFehler(f"Ein Merkmal „{fremd[0]}“ gibt es nicht.", "Bitte den Schlüssel prüfen.")


def _compute_folgen(
    projekt: Projekt, paare: Sequence[tuple[Indikator, Indikator]], merkmale: dict[str, Merkmal], jahr: int,
    fortschritt: Fortschritt | None, stop: Stop | None,
) -> tuple[tuple[Indikatorfolge, ...], tuple[Indexwechsel, ...]]:  # fmt: skip
    """Compute before and after where figures can change at all; else only say what is defined in another way."""
    from sozialtool.ablauf.kennzahlen import compute, read_grundlage

    rechnend = [(alt, neu) for alt, neu in paare if any(getattr(alt, f) != getattr(neu, f) for f in RECHNET)]
    if not projekt.count_messwerte() or not (rechnend or merkmale):
        return tuple(_describe(projekt, alt, neu) for alt, neu in paare), ()
    try:
        vorher = compute(projekt, fortschritt, stop)
    except DatenFehler:  # nothing could be computed until now
        vorher = None
    grundlage = vorher.grundlage if vorher is not None else read_grundlage(projekt)
    nachher = _compute_nachher(projekt, _change_grundlage(grundlage, rechnend, merkmale), rechnend, fortschritt, stop)
    vergleich = _Vergleich(grundlage, _read(vorher), _read(nachher), jahr)
    folgen = [
        _add_werte(_describe(projekt, alt, neu), vergleich, gemeinsam=(alt, neu) in rechnend) for alt, neu in paare
    ]
    genannt = {neu.kennung for _, neu in paare}
    andere = [Indikatorfolge(i, i, ()) for i in grundlage.indikatoren if i.kennung not in genannt]
    folgen += [
        f for f in (_add_werte(f, vergleich) for f in andere) if f.weitere_jahre or any(w.anders for w in f.werte)
    ]
    return tuple(folgen), _compare_index(vorher, nachher, jahr)


def _describe(projekt: Projekt, alt: Indikator, neu: Indikator) -> Indikatorfolge:
    vorher, nachher = find_fehlende(projekt, (alt, neu))
    unterschiede = describe_unterschiede(alt, neu, projekt.read(Merkmal)) if changes_definition(alt, neu) else ()
    return Indikatorfolge(alt, neu, unterschiede, vorher.fehlende_namen, nachher.fehlende_namen)


# -- computing ------------------------------------------------------------------------------------------------------


def _change_grundlage(
    grundlage: Grundlage, paare: Sequence[tuple[Indikator, Indikator]], merkmale: dict[str, Merkmal]
) -> Grundlage:
    """Exchange what changes."""
    neue = {neu.kennung: neu for _, neu in paare}
    stehen = [neue.pop(i.kennung, i) for i in grundlage.indikatoren]
    return attrs.evolve(
        grundlage,
        indikatoren=(*stehen, *neue.values()),
        merkmale=tuple(merkmale.get(m.schluessel, m) for m in grundlage.merkmale),
    )


def _compute_nachher(
    projekt: Projekt, grundlage: Grundlage, paare: Sequence[tuple[Indikator, Indikator]],
    fortschritt: Fortschritt | None, stop: Stop | None,
) -> Ergebnis:  # fmt: skip
    """Compute and protect the new figures together with the old ones, which stand under another Kennung."""
    from sozialtool.ablauf.kennzahlen import Ergebnis, compute_frames, release

    melde = fortschritt or (lambda _fertig, _von, _was: None)
    alte = tuple(attrs.evolve(alt, kennung=alt.kennung + _BISHER) for alt, _ in paare)
    beide = attrs.evolve(grundlage, indikatoren=(*grundlage.indikatoren, *alte))
    messwerte, kennzahlen = compute_frames(projekt, beide, melde)
    melde(2, 3, "Geheimhaltung prüfen")
    return Ergebnis(grundlage, release(beide, messwerte, kennzahlen, melde, stop))


# -- comparing ------------------------------------------------------------------------------------------------------

Tafel = dict[tuple[str, str, int], Kennzahl]
"""(Kennung, area, year) → released figure."""


@attrs.frozen
class _Vergleich:
    grundlage: Grundlage
    vorher: Tafel
    nachher: Tafel
    jahr: int

    @property
    def jahre(self) -> list[int]:
        return sorted({jahr for _, _, jahr in (*self.vorher, *self.nachher)})


def _read(ergebnis: Ergebnis | None) -> Tafel:
    if ergebnis is None:
        return {}
    zeilen = ergebnis.tabelle.kennzahlen.select(Kennzahl._fields).iter_rows()
    kennzahlen = (Kennzahl.from_zeile(zeile) for zeile in zeilen)
    return {(k.indikator, k.gebiet, k.jahr): k for k in kennzahlen}


def _add_werte(folge: Indikatorfolge, vergleich: _Vergleich, *, gemeinsam: bool = False) -> Indikatorfolge:
    """Set the figures of the year side by side, and name the other years in which something changes."""

    def lines(jahr: int) -> tuple[Wertwechsel, ...]:
        zeilen = (
            _compare(vergleich, folge.neu.kennung, g.schluessel, g.name, jahr, gemeinsam=gemeinsam)
            for g in vergleich.grundlage.ordered_gebiete()
        )
        return tuple(zeile for zeile in zeilen if zeile is not None)

    andere = [j for j in vergleich.jahre if j != vergleich.jahr and any(zeile.anders for zeile in lines(j))]
    return attrs.evolve(folge, werte=lines(vergleich.jahr), weitere_jahre=tuple(andere))


def _compare(
    vergleich: _Vergleich, kennung: str, gebiet: str, name: str, jahr: int, *, gemeinsam: bool
) -> Wertwechsel | None:
    """Compare one cell. With `gemeinsam` both figures are of one protected table; else a number stands beside a number only.

    Two patterns that are safe each by itself need not be safe side by side: where one side is secret, of the other
    only that it is shown may be seen.
    """
    neu = vergleich.nachher.get((kennung, gebiet, jahr))
    bisher = vergleich.vorher.get((kennung, gebiet, jahr))
    alt = vergleich.nachher.get((kennung + _BISHER, gebiet, jahr)) if gemeinsam else bisher
    if alt is None and neu is None:
        return None
    alt_wert, alt_zeichen = _value(alt)
    neu_wert, neu_zeichen = _value(neu)
    if bisher is not None and bisher.zeichen is Zeichen.GEHEIM:
        alt_wert, alt_zeichen = None, Zeichen.GEHEIM
    if not gemeinsam and Zeichen.GEHEIM in (alt_zeichen, neu_zeichen):
        alt_wert = neu_wert = None
    return Wertwechsel(name, alt_wert, neu_wert, alt_zeichen, neu_zeichen)


def _value(kennzahl: Kennzahl | None) -> tuple[float | None, Zeichen | None]:
    if kennzahl is None:
        return None, Zeichen.FEHLT
    return kennzahl.wert, kennzahl.zeichen


def _compare_index(vorher: Ergebnis | None, nachher: Ergebnis, jahr: int) -> tuple[Indexwechsel, ...]:
    """Compare the Statusindex, which is made of released rates alone; empty where nothing of it changes."""
    from sozialtool.ablauf.bericht import build_index

    alt = build_index(vorher, jahr) if vorher is not None else None
    neu = build_index(nachher, jahr)
    tafel_alt = {str(zeile[0]): zeile for zeile in alt.zeilen} if alt else {}
    tafel_neu = {str(zeile[0]): zeile for zeile in neu.zeilen} if neu else {}
    wechsel = []
    for name in {**tafel_alt, **tafel_neu}:
        wert_alt, klasse_alt = _index_of(alt, tafel_alt.get(name))
        wert_neu, klasse_neu = _index_of(neu, tafel_neu.get(name))
        wechsel.append(Indexwechsel(name, wert_alt, wert_neu, klasse_alt, klasse_neu))
    anders = any((w.alt, w.klasse_alt) != (w.neu, w.klasse_neu) for w in wechsel)
    return tuple(wechsel) if anders else ()


def _index_of(
    blatt: Indexblatt | None, zeile: tuple[str | float | None, ...] | None
) -> tuple[float | None, str]:  # fmt: skip
    """Return index and status of an area."""
    if blatt is None or zeile is None:
        return None, "ohne Index"
    wert, status = (zeile[blatt.spalten.index(name)] for name in ("Index", "Status"))
    return (wert if isinstance(wert, float) else None), str(status)
