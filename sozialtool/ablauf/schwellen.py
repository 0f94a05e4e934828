"""Thresholds: which are agreed, what another value would do, and the decision; an agreed Mindestfallzahl is in force."""

from __future__ import annotations

import json
from collections.abc import Sequence

import attrs

from sozialtool import katalog
from sozialtool.ablauf.folgen import Folgen, preview_change
from sozialtool.ablauf.vereinbarungen import Beschluss, history_of
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.felder import felder_of
from sozialtool.fach.indikator import Zustand
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.schwelle import MINDESTFALLZAHL, Schwelle
from sozialtool.fach.vereinbarung import Gegenstand, Vereinbarung
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Projekt

_KLEINSTE = 2
"""A Mindestfallzahl of 1 would keep nothing secret."""


def list_schwellen(projekt: Projekt) -> tuple[Schwelle, ...]:
    """List the thresholds of the town: those that were decided, and the proposed ones of the catalogue."""
    eigene = {schwelle.schluessel: schwelle for schwelle in projekt.read(Schwelle)}
    alle = [eigene.pop(s.schluessel, s) for s in katalog.load_schwellen()]
    return tuple(sorted([*alle, *eigene.values()], key=lambda s: (s.reihenfolge, s.schluessel)))


def find_schwelle(projekt: Projekt, schluessel: str) -> Schwelle:
    """Return a threshold; "mindestfallzahl/Jugendamt" is made from the general one when it is asked for first.

    Raises:
        BedienFehler: there is no such threshold or Fachbereich.
    """
    alle = {schwelle.schluessel.casefold(): schwelle for schwelle in list_schwellen(projekt)}
    gesucht = schluessel.strip().casefold()
    if gesucht in alle:
        return alle[gesucht]
    art, _, fachbereich = schluessel.strip().partition("/")
    namen = {m.fachbereich.casefold(): m.fachbereich for m in projekt.read(Merkmal)}
    if art.casefold() != MINDESTFALLZAHL or fachbereich.casefold() not in namen:
        raise BedienFehler(
            f"Eine Schwelle „{schluessel}“ gibt es nicht.",
            f"Möglich sind: {', '.join(s.schluessel for s in alle.values())} oder mindestfallzahl/FACHBEREICH.",
        )
    name = namen[fachbereich.casefold()]
    return attrs.evolve(
        alle[MINDESTFALLZAHL], schluessel=f"{MINDESTFALLZAHL}/{name}", name=f"Mindestfallzahl {name}",
        zustand=Zustand.VORGESCHLAGEN, vereinbart_am=None, gremium="",
    )  # fmt: skip


def preview_schwelle(
    projekt: Projekt, schluessel: str, wert: float, jahr: int = 0,
    fortschritt: Fortschritt | None = None, stop: Stop | None = None,
) -> Folgen:  # fmt: skip
    """Compute what another value would do; only the Mindestfallzahl changes what may be shown.

    Raises:
        BedienFehler: no such threshold, or a value that makes no sense. Abgebrochen: stopped.
    """
    schwelle = _set_wert(find_schwelle(projekt, schluessel), wert)
    return preview_change(projekt, (), _affected(projekt, schwelle), jahr, fortschritt, stop)


def decide_schwelle(projekt: Projekt, schluessel: str, beschluss: Beschluss, wert: float | None = None) -> list[object]:
    """Build what is to be stored for a decision; an agreed Mindestfallzahl is set for the Merkmale in the same step.

    Raises:
        BedienFehler: no such threshold, an agreement without date, or a value that makes no sense.
    """
    alt = find_schwelle(projekt, schluessel)
    beschluss.check(projekt.kommune.berichtsjahr)
    neu = alt if wert is None else _set_wert(alt, wert)
    neu = attrs.evolve(neu, zustand=beschluss.zustand, vereinbart_am=beschluss.datum, gremium=beschluss.gremium.strip())
    merkmale = _affected(projekt, neu) if neu.zustand is Zustand.VEREINBART else []
    return [neu, _make_step(projekt, neu, beschluss), *merkmale]


def write_wert(schwelle: Schwelle) -> str:
    """Write the value with its unit: "3 Personen oder Fälle"."""
    zahl = next(feld for feld in felder_of(Schwelle) if feld.name == "wert").to_text(schwelle.wert)
    return f"{zahl} {schwelle.einheit}".strip()


def _set_wert(schwelle: Schwelle, wert: float) -> Schwelle:
    if schwelle.ist_mindestfallzahl and (wert != int(wert) or wert < _KLEINSTE):
        raise BedienFehler(
            "Die Mindestfallzahl muss eine ganze Zahl ab 2 sein.", "Üblich sind Werte von 3 bis 10.", "SCHWELLE-WERT"
        )
    if wert < 0:
        raise BedienFehler(f"„{schwelle.name}“ kann nicht kleiner als null sein.", "Bitte den Wert prüfen.")
    return attrs.evolve(schwelle, wert=float(wert))


def _affected(projekt: Projekt, schwelle: Schwelle) -> list[Merkmal]:
    """List the Merkmale that change, as they would be; a Fachbereich with a Mindestfallzahl of its own keeps it."""
    if not schwelle.ist_mindestfallzahl:
        return []
    eigene = {s.fachbereich for s in projekt.read(Schwelle) if s.fachbereich and s.zustand is Zustand.VEREINBART}
    gilt = [
        merkmal
        for merkmal in projekt.read(Merkmal)
        if merkmal.mindestfallzahl > 0
        and (merkmal.fachbereich == schwelle.fachbereich if schwelle.fachbereich else merkmal.fachbereich not in eigene)
    ]
    return [attrs.evolve(m, mindestfallzahl=int(schwelle.wert)) for m in gilt if m.mindestfallzahl != schwelle.wert]


_INHALT: Sequence[str] = ("name", "wert", "einheit", "regel")


def write_inhalt(schwelle: Schwelle) -> str:
    """Write the definition of a threshold as a step keeps it."""
    werte = {feld.name: feld.to_text(getattr(schwelle, feld.name)) for feld in felder_of(Schwelle)}
    return json.dumps({name: werte[name] for name in _INHALT}, ensure_ascii=False, sort_keys=True)


def _make_step(projekt: Projekt, schwelle: Schwelle, beschluss: Beschluss) -> Vereinbarung:
    bisher = history_of(projekt, Gegenstand.SCHWELLE, schwelle.schluessel)
    inhalt = write_inhalt(schwelle)
    return Vereinbarung(
        Gegenstand.SCHWELLE, schwelle.schluessel, len(bisher) + 1, schwelle.zustand,
        bisher[-1].fassung + (bisher[-1].inhalt != inhalt) if bisher else 1,
        schwelle.vereinbart_am, schwelle.gremium, beschluss.sitzung.strip(), beschluss.abweichend.strip(), inhalt,
    )  # fmt: skip
