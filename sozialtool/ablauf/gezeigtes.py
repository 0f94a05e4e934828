"""What a release really showed: its Kennzahlen as they were printed, kept beside the pattern of suppression.

`Veroeffentlichung.inhalt` is for the disclosure control alone (it knows the secrets); this is what everybody has read, rounded as
it was read. A later correction is set against it.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sozialtool.fach.veroeffentlichung import Veroeffentlichung, name_korrektur, name_monitoring
from sozialtool.fehler import DatenFehler

if TYPE_CHECKING:
    from sozialtool.ablauf.kennzahlen import Ergebnis
    from sozialtool.geheimhaltung.festhalten import Auswahl

Ort = tuple[str, int, str]
"""Kennung, Jahr, Gebiet."""


class Gezeigt(NamedTuple):
    """A figure as it was shown; None where nothing stood there."""

    wert: float | None
    zaehler: float | None
    nenner: float | None

    def is_same(self, andere: Gezeigt) -> bool:
        """Whether somebody who reads both sees no difference."""
        return all(
            (a is None and b is None) or (a is not None and b is not None and abs(a - b) < _GLEICH)
            for a, b in zip(self, andere, strict=True)
        )


_GLEICH = 1e-9
_NICHTS = Gezeigt(None, None, None)


def read_heutige(ergebnis: Ergebnis) -> dict[Ort, Gezeigt]:
    """Return what the released table shows now; figures without a value are left out."""
    spalten = ergebnis.tabelle.kennzahlen.select("indikator", "jahr", "gebiet", "wert", "zaehler", "nenner")
    return {(i, j, g): Gezeigt(w, z, n) for i, j, g, w, z, n in spalten.iter_rows() if w is not None}


def pack_gezeigtes(ergebnis: Ergebnis, nur: Auswahl | None = None, entfallen: Collection[Ort] = ()) -> str:
    """Write what a release shows as text; with `nur` that part alone.

    Whatever earlier releases showed and a whole one shows no more stands in it without a value; a part says so of the places in
    `entfallen` alone, which it has to name to its readers.
    """
    heute = read_heutige(ergebnis)
    gezeigt = {ort: g for ort, g in heute.items() if nur is None or ort in nur.zeilen}
    if nur is None:
        entfallen = {ort for v in ergebnis.grundlage.bekanntes.veroeffentlichungen for ort in read_gezeigtes(v)}
    gezeigt |= {ort: _NICHTS for ort in entfallen if ort not in heute}
    zeilen = [[*ort, *g] for ort, g in sorted(gezeigt.items())]
    roh = json.dumps(zeilen, ensure_ascii=False, separators=(",", ":"))
    return base64.b85encode(zlib.compress(roh.encode(), 9)).decode("ascii")


def read_gezeigtes(v: Veroeffentlichung) -> dict[Ort, Gezeigt]:
    """Read back the figures that a release showed; nothing where it was kept by an older program; errors as in `read_stand`."""
    return {ort: gezeigt for ort, gezeigt in read_stand(v).items() if gezeigt.wert is not None}


def read_stand(v: Veroeffentlichung) -> dict[Ort, Gezeigt]:
    """Read back what a release showed, and without a value what it took back of earlier ones.

    Raises:
        DatenFehler: the text is damaged.
    """
    if not v.gezeigt:
        return {}
    try:
        zeilen = json.loads(zlib.decompress(base64.b85decode(v.gezeigt.encode("ascii"))))
        return {(str(i), int(j), str(g)): Gezeigt(w, z, n) for i, j, g, w, z, n in zeilen}
    except (ValueError, TypeError, zlib.error) as fehler:
        raise DatenFehler(
            f"Was die Veröffentlichung „{v.name}“ gezeigt hat, lässt sich nicht lesen.",
            "Bitte die Sicherung des Projekts verwenden oder das Programm erneuern.",
            "KORREKTUR-UNLESBAR",
        ) from fehler


class Stand(NamedTuple):
    """A figure as it stands in papers that are out, and those releases, oldest first."""

    gezeigt: Gezeigt
    wo: tuple[Veroeffentlichung, ...]


def is_monitoring(v: Veroeffentlichung) -> bool:
    """Whether a release is the Monitoring, which shows everything anew."""
    return v.datei.casefold() == name_monitoring(v.jahr).casefold()


def read_letzte(veroeffentlichungen: Iterable[Veroeffentlichung]) -> dict[Ort, tuple[Stand, ...]]:
    """Say what the releases (oldest first) leave a reader with: every figure as it stands somewhere, without what was taken back.

    A Monitoring and a notice say what holds from now on, whatever stood elsewhere. Another document – a proof for a funding call,
    the text of a paper – tells its own readers alone: what others have in hand still stands there, unless it is that document anew.
    """
    staende: dict[Ort, tuple[Stand, ...]] = {}
    for v in veroeffentlichungen:
        gilt = is_monitoring(v) or v.datei.casefold() == name_korrektur(v.jahr).casefold()
        for ort, gezeigt in read_stand(v).items():
            if gezeigt.wert is not None:
                staende[ort] = _add_stand(staende.get(ort, ()), gezeigt, v, allein=gilt)
            elif gilt:
                staende.pop(ort, None)
    return staende


def _add_stand(bisher: tuple[Stand, ...], gezeigt: Gezeigt, v: Veroeffentlichung, *, allein: bool) -> tuple[Stand, ...]:
    """Add a release to those that show a figure; `allein`: the value that it shows is the only one from now on."""
    gleiche = tuple(alt for stand in bisher if stand.gezeigt.is_same(gezeigt) for alt in stand.wo)
    andere = []
    for stand in () if allein else bisher:
        wo = tuple(alt for alt in stand.wo if (alt.datei, alt.jahr) != (v.datei, v.jahr))
        if wo and not stand.gezeigt.is_same(gezeigt):
            andere.append(Stand(stand.gezeigt, wo))
    return (*andere, Stand(gezeigt, (*gleiche, v)))


def find_unvergleichbare(veroeffentlichungen: Sequence[Veroeffentlichung]) -> tuple[Veroeffentlichung, ...]:
    """Find the releases (oldest first) of which nobody kept what they showed.

    A Monitoring that went out later shows everything anew and is compared in their place.
    """
    offen: list[Veroeffentlichung] = []
    for v in veroeffentlichungen:
        if not v.gezeigt:
            offen.append(v)
        elif is_monitoring(v):
            offen.clear()
    return tuple(offen)


def say_unvergleichbar(veroeffentlichungen: Iterable[Veroeffentlichung]) -> str:
    """Say that releases cannot be compared with today's figures, why, and what to do."""
    namen = "; ".join(v.name for v in veroeffentlichungen)
    return (
        f"Nicht zu vergleichen: {namen}. Damals hat das Programm noch nicht festgehalten, welche Zahlen hinausgingen. "
        "Bitte mit den heutigen Zahlen selbst vergleichen. Geht das Monitoring noch einmal endgültig hinaus, wird künftig "
        "mit ihm verglichen."
    )


def find_zeigende(ergebnis: Ergebnis, bis: int) -> Veroeffentlichung | None:
    """Find the newest release that has shown everything that today's released table shows of the years up to `bis`.

    Kennzahlen as they were printed, and every base figure with the same value, on the same boundaries: a document with
    figures of this table then tells nobody anything new. None where no release has.
    """
    heute = {ort: g for ort, g in read_heutige(ergebnis).items() if ort[1] <= bis}
    for v in reversed(ergebnis.grundlage.bekanntes.veroeffentlichungen):
        damals = read_gezeigtes(v)
        if (
            all(ort in damals and damals[ort].is_same(g) for ort, g in heute.items())
            and _has_same_grenzen(ergebnis, v)
            and _has_shown_grundzahlen(ergebnis, v, bis)
        ):
            return v
    return None


def _has_same_grenzen(ergebnis: Ergebnis, v: Veroeffentlichung) -> bool:
    from sozialtool.ablauf.veroeffentlichungen import compare_plaene

    alt, neu = ergebnis.grundlage.bekanntes.plaene.get(v.gebietsstand), ergebnis.grundlage.plan
    if alt is None or neu is None:
        return alt is neu
    return not compare_plaene(alt, neu)[0]


def _has_shown_grundzahlen(ergebnis: Ergebnis, v: Veroeffentlichung, bis: int) -> bool:
    from sozialtool.geheimhaltung.festhalten import thaw
    from sozialtool.geheimhaltung.tabelle import look_inside

    inhalt, damals = look_inside(ergebnis.tabelle), thaw(v.inhalt, v.name)
    werte, alte = inhalt.auftrag.bestand.werte, damals.auftrag.bestand.werte
    gezeigt = damals.auftrag.offen - damals.gesperrt
    return all(
        ort in gezeigt and alte[ort].wert == werte[ort].wert
        for ort in inhalt.auftrag.offen
        if ort.jahr <= bis and ort not in inhalt.gruende and ort in werte and werte[ort].wert is not None
    )
