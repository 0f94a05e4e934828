"""A list edited in Excel comes back: read by the field descriptions, compared before anything is taken over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import attrs

from sozialtool.einlesen.lesen import read_rohmappe
from sozialtool.einlesen.rohblatt import Rohblatt, Rohmappe, Zellwert, adresse
from sozialtool.fach.felder import Feld, felder_of, schluessel_of
from sozialtool.fach.schreibweise import cut_zeilen, norm_wort
from sozialtool.fehler import DateiUnlesbar, DatenFehler, FeldFehler

T = TypeVar("T")
_MEISTE_FEHLER = 8
_KOPFSUCHE = 30


@attrs.frozen
class Unterschiede:
    """What an edited list would change.

    Attributes:
        neu: records that were not there.
        geaendert: (before, after) of records with the same key.
        entfernt: records that are missing in the edited list.
    """

    neu: tuple[Any, ...] = ()
    geaendert: tuple[tuple[Any, Any], ...] = ()
    entfernt: tuple[Any, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.neu or self.geaendert or self.entfernt)

    def join(self, andere: Iterable[Unterschiede]) -> Unterschiede:
        """Put these and others together: a workbook may hold several lists."""
        alle = (self, *andere)
        return Unterschiede(
            tuple(objekt for u in alle for objekt in u.neu),
            tuple(paar for u in alle for paar in u.geaendert),
            tuple(objekt for u in alle for objekt in u.entfernt),
        )

    def kurz(self) -> str:
        """Say in a few words how much would change."""
        teile = (
            f"{len(menge)} {wort}"
            for menge, wort in ((self.neu, "neu"), (self.geaendert, "geändert"), (self.entfernt, "entfernt"))
            if menge
        )
        return ", ".join(teile) or "keine Unterschiede"

    def zeilen(self) -> tuple[str, ...]:
        """Say line by line what would change, for the planner to read before taking it over."""
        zeilen = [f"neu: {_bezeichne(objekt)}" for objekt in self.neu]
        for alt, neu in self.geaendert:
            felder = "; ".join(
                f"{feld.titel}: „{feld.to_text(getattr(alt, feld.name))}“ → „{feld.to_text(getattr(neu, feld.name))}“"
                for feld in felder_of(type(alt))
                if _gleich(getattr(alt, feld.name)) != _gleich(getattr(neu, feld.name))
            )
            zeilen.append(f"geändert: {_bezeichne(alt)} – {felder}")
        zeilen += [f"entfernt: {_bezeichne(objekt)}" for objekt in self.entfernt]
        return tuple(zeilen)


def _bezeichne(objekt: Any) -> str:
    schluessel = " / ".join(str(getattr(objekt, name)) for name in schluessel_of(type(objekt)))
    name = getattr(objekt, "name", "")
    return f"{schluessel} ({name})" if name and name != schluessel else schluessel


def compare_listen(alt: Iterable[Any], neu: Iterable[Any]) -> Unterschiede:
    """Compare two lists of the same class by key; order and blanks around a text do not count as changes."""
    vorher = {_schluessel(objekt): objekt for objekt in alt}
    nachher = {_schluessel(objekt): objekt for objekt in neu}
    return Unterschiede(
        neu=tuple(objekt for schluessel, objekt in nachher.items() if schluessel not in vorher),
        geaendert=tuple(
            (vorher[schluessel], objekt)
            for schluessel, objekt in nachher.items()
            if schluessel in vorher and _werte(vorher[schluessel]) != _werte(objekt)
        ),
        entfernt=tuple(objekt for schluessel, objekt in vorher.items() if schluessel not in nachher),
    )


def _schluessel(objekt: Any) -> tuple[Any, ...]:
    return tuple(_gleich(getattr(objekt, name)) for name in schluessel_of(type(objekt)))


def _werte(objekt: Any) -> tuple[Any, ...]:
    return tuple(_gleich(getattr(objekt, feld.name)) for feld in felder_of(type(objekt)))


def _gleich(wert: Any) -> Any:
    """Reduce a value to what survives Excel: 15 digits of a number, a text without blanks around it."""
    if isinstance(wert, float):
        return float(f"{wert:.15g}")
    if isinstance(wert, str):
        return "\n".join(zeile.rstrip() for zeile in wert.strip().splitlines())
    if isinstance(wert, tuple):
        return tuple(_gleich(teil) for teil in wert)
    return wert


def is_liste(mappe: Rohmappe, klasse: type) -> bool:
    """Tell whether a workbook has the heads of this list on one of its sheets."""
    try:
        _find_kopf(mappe.blaetter, felder_of(klasse), "")
    except DateiUnlesbar:
        return False
    return True


@attrs.frozen
class Listenzeile:
    """One row of an edited list: its record, and the names of the fields whose cells were empty."""

    eintrag: Any
    leer: frozenset[str]


def read_liste(pfad: Path | str, klasse: type[T]) -> list[T]:
    """Read an edited list (xlsx, ods or csv) back into records of `klasse`, in the order of the rows; errors as `read_listenzeilen`."""
    return [zeile.eintrag for zeile in read_listenzeilen(pfad, klasse)]


def read_listenzeilen(pfad: Path | str, klasse: type) -> list[Listenzeile]:
    """Read an edited list with what was left empty in each row: an empty cell may mean a default (no Stand: "geplant").

    Raises:
        DateiFehler: the file is missing, locked or unreadable.
        DateiUnlesbar: LISTE-FREMD, no sheet has the heads of this list.
        DatenFehler: LISTE-WERTE, with sheet cell and field of everything that does not fit; LISTE-DOPPELT.
    """
    felder = felder_of(klasse)
    mappe = read_rohmappe(pfad)
    blatt, kopf = _find_kopf(mappe.blaetter, felder, Path(pfad).name)
    spalten = _ordne_spalten(blatt, kopf, felder)
    zeilen: list[Listenzeile] = []
    fehler: list[str] = []
    for zeile in range(kopf + 1, blatt.hoehe):
        leer = {f.name for f, spalte in zip(felder, spalten, strict=True) if _is_leer(blatt, zeile, spalte)}
        if len(leer) == len(felder):
            continue
        werte: dict[str, Any] = {}
        for feld, spalte in zip(felder, spalten, strict=True):
            try:
                werte[feld.name] = _read_zelle(blatt, zeile, spalte, feld)
            except FeldFehler as ursache:
                fehler.append(f"Zelle {adresse(zeile, spalte)}: {ursache}")
        if len(werte) == len(felder):
            zeilen.append(Listenzeile(klasse(**werte), frozenset(leer)))
    if fehler:
        raise _sammle(fehler, Path(pfad).name)
    _check_doppelte([zeile.eintrag for zeile in zeilen], Path(pfad).name)
    return zeilen


def _is_leer(blatt: Rohblatt, zeile: int, spalte: int) -> bool:
    ort, wert = (zeile, spalte), blatt.wert(zeile, spalte)
    return (
        (wert is None or (isinstance(wert, str) and not wert.strip()))
        and ort not in blatt.fehler
        and ort not in blatt.ohne_wert
    )


def _sammle(fehler: Sequence[str], datei: str) -> DatenFehler:
    return DatenFehler(
        "\n".join((f"In „{datei}“ passt nicht alles:", *cut_zeilen(fehler, _MEISTE_FEHLER))),
        "Bitte in Excel berichtigen, speichern und noch einmal einlesen. Es wurde nichts übernommen.",
        "LISTE-WERTE",
    )


def _find_kopf(blaetter: Sequence[Rohblatt], felder: Sequence[Feld], datei: str) -> tuple[Rohblatt, int]:
    """Find the row of heads: it holds the heads of all key fields and at least half of the others; the fullest such row.

    A workbook may hold several lists whose heads overlap.
    """
    schluessel = {norm_wort(feld.titel) for feld in felder if feld.schluessel}
    alle = {norm_wort(feld.titel) for feld in felder}
    treffer: list[tuple[int, Rohblatt, int]] = []
    for blatt in blaetter:
        for zeile in range(min(blatt.hoehe, _KOPFSUCHE)):
            gefunden = {norm_wort(str(wert)) for wert in blatt.zeilen[zeile] if isinstance(wert, str)}
            if schluessel <= gefunden and len(gefunden & alle) * 2 >= len(alle):
                treffer.append((len(gefunden & alle), blatt, zeile))
    if treffer:
        _, blatt, zeile = max(treffer, key=lambda t: t[0])  # the first of equals
        return blatt, zeile
    raise DateiUnlesbar(
        f"In „{datei}“ steht keine Liste mit den Überschriften {', '.join(f'„{f.titel}“' for f in felder[:4])} …",
        "Bitte die Datei nehmen, die sozialtool geschrieben hat, und ihre Überschriften stehen lassen.",
        "LISTE-FREMD",
    )


def _ordne_spalten(blatt: Rohblatt, kopf: int, felder: Sequence[Feld]) -> list[int]:
    """Return the column of each field; a deleted column would silently empty a field, so it is an error."""
    orte: dict[str, int] = {}
    for spalte, wert in enumerate(blatt.zeilen[kopf]):
        if isinstance(wert, str) and wert.strip():
            orte.setdefault(norm_wort(str(wert)), spalte)
    fehlend = [feld.titel for feld in felder if norm_wort(feld.titel) not in orte]
    if fehlend:
        raise DatenFehler(
            f"Im Blatt „{blatt.name}“ fehlen die Spalten: {', '.join(fehlend)}.",
            "Bitte die Liste noch einmal ausgeben und alle Spalten stehen lassen. Es wurde nichts übernommen.",
            "LISTE-SPALTE",
        )
    return [orte[norm_wort(feld.titel)] for feld in felder]


def _read_zelle(blatt: Rohblatt, zeile: int, spalte: int, feld: Feld) -> Any:
    """Read one cell as its field wants it; raise `FeldFehler`."""
    if (zeile, spalte) in blatt.fehler:
        raise FeldFehler(
            f"„{feld.titel}“ enthält den Fehler {blatt.fehler[zeile, spalte]}.", "Bitte den Wert neu eintragen."
        )
    if (zeile, spalte) in blatt.ohne_wert:
        raise FeldFehler(f"„{feld.titel}“ ist eine Formel ohne Ergebnis.", "Bitte in Excel öffnen und speichern.")
    wert = blatt.wert(zeile, spalte)
    if wert is None or (isinstance(wert, str) and not wert.strip()):
        return feld.from_text("")
    if feld.art in (dt.date, dt.datetime):
        return _read_datum(wert, feld)
    if isinstance(wert, dt.date | dt.time | dt.timedelta):
        raise FeldFehler(
            f"„{feld.titel}“: Excel hat hier ein Datum oder eine Uhrzeit gemacht.",
            "Bitte die Zelle als Text formatieren und neu eintragen.",
        )
    if isinstance(wert, bool) and feld.art is bool:
        return wert
    if isinstance(wert, int | float) and not isinstance(wert, bool):
        return _read_zahl(float(wert), feld)
    return feld.from_text(str(wert))


def _read_datum(wert: Zellwert, feld: Feld) -> dt.date | dt.datetime:
    if isinstance(wert, dt.datetime):
        return wert if feld.art is dt.datetime else wert.date()
    if isinstance(wert, dt.date):
        return dt.datetime.combine(wert, dt.time()) if feld.art is dt.datetime else wert
    gelesen = attrs.evolve(feld, art=dt.date).from_text(str(wert))
    return dt.datetime.combine(gelesen, dt.time()) if feld.art is dt.datetime else gelesen


def _read_zahl(wert: float, feld: Feld) -> Any:
    if feld.art is float:
        return wert
    if feld.art is int:
        if wert != int(wert):
            raise FeldFehler(
                f"„{feld.titel}“: {str(wert).replace('.', ',')} ist keine ganze Zahl.", "Bitte berichtigen."
            )
        return int(wert)
    return feld.from_text(f"{wert:.15g}".replace(".", ","))


def _check_doppelte(objekte: Sequence[Any], datei: str) -> None:
    gesehen: set[tuple[Any, ...]] = set()
    doppelt: list[str] = []
    for objekt in objekte:
        schluessel = _schluessel(objekt)
        if schluessel in gesehen:
            doppelt.append(" / ".join(str(teil) for teil in schluessel))
        gesehen.add(schluessel)
    if doppelt:
        raise DatenFehler(
            f"In „{datei}“ stehen Schlüssel mehrfach: {', '.join(doppelt[:_MEISTE_FEHLER])}.",
            "Jeder Schlüssel darf nur einmal vorkommen. Bitte eine der Zeilen löschen; es wurde nichts übernommen.",
            "LISTE-DOPPELT",
        )
