"""The Korrekturmitteilung as Word: which released figures are others now, in which paper they stand; nothing secret, old or new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.korrektur import (
    Korrekturbild,
    Korrekturzeile,
    find_korrekturen,
    list_stellen,
    name_kurz,
    say_nichts,
)
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.ablauf.wortdatei import keep_bearbeitet
from sozialtool.fach.schreibweise import format_anzahl, join_und
from sozialtool.fach.veroeffentlichung import name_korrektur
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ausgabe.briefbogen import Briefbogen
    from sozialtool.ausgabe.word import Dokument

_MEISTE = 300
"""Rows that somebody can read; a correction of inhabitants changes thousands."""
_KOPFNAMEN = 3
"""So many papers are named in a head."""
_ABGELEITET = (
    "Abgeleitete Angaben – Abstand zur Stadt, Rang, Veränderung, Index – ändern sich mit und stehen in der berichtigten Fassung der "
    "Anlage."
)


def issue_korrektur(
    projekt: Projekt,
    anlass: str = "",
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
    *,
    stand: dt.date | None = None,
    nummer: str = "",
    briefbogen: Path | None = None,
    grenzen_geprueft: bool = False,
    bekanntes_hinnehmen: bool = False,
    endgueltig: bool = False,
    begruendung: str = "",
) -> Path:
    """Write `ausgaben/<Jahr>/Korrekturmitteilung_<Jahr>.docx`; with `endgueltig` its figures are kept as a release.

    `anlass` says why (else the deliveries of which the new figures come); `nummer` is the paper it goes out with; the others are
    those of `vorlegen.ausgeben` and `drucksachenweg.issue_drucksache`.

    Raises:
        BedienFehler: KORREKTUR-KEINE, all released figures hold; BERATUNG-FEHLT. GeheimhaltungsFehler: as in `ausgeben`.
        DateiFehler: the letterhead cannot be used. DateiGesperrt: the notice is open in Word. Abgebrochen: stopped.
    """
    from sozialtool.ablauf.briefwahl import find_briefbogen
    from sozialtool.ablauf.hinausweg import Hinausweg

    tag = stand or dt.date.today()
    bild = find_korrekturen(projekt, fortschritt, stop)
    if not bild:
        raise BedienFehler(
            say_nichts(projekt, bild),
            " ".join(bild.hinweise),
            "KORREKTUR-KEINE",
        )
    jahr = bild.jahr
    weg = Hinausweg(projekt, tag, endgueltig, begruendung, grenzen_geprueft, bekanntes_hinnehmen)
    vorbehalt = weg.require_vorab(jahr)
    weg.require_ergebnis(bild.ergebnis)
    gewaehlt = _choose(bild)
    pfad = _write(projekt, gewaehlt, bild, jahr, tag, anlass.strip(), nummer, find_briefbogen(projekt, briefbogen))
    if endgueltig:
        stimmt = gewaehlt is bild and not bild.unvergleichbar
        _record(projekt, gewaehlt, jahr, pfad, nummer, tag, vorbehalt, stimmt=stimmt)
    return pfad


def _record(
    projekt: Projekt, bild: Korrekturbild, jahr: int, pfad: Path, nummer: str, tag: dt.date, vorbehalt: str, *, stimmt: bool
) -> None:  # fmt: skip
    """Keep a final notice: its figures as shown, the withdrawn ones as settled (to the disclosure control they are not shown)."""
    from sozialtool.ablauf.veroeffentlichungen import record_veroeffentlichung
    from sozialtool.geheimhaltung.festhalten import Auswahl

    record_veroeffentlichung(
        projekt, bild.ergebnis, jahr, pfad, nummer, tag, Auswahl(frozenset(z.ort for z in bild.zeilen)), vorbehalt,
        entfallen=frozenset(z.ort for z in bild.entfallen), stimmt=stimmt,
    )  # fmt: skip


def _choose(bild: Korrekturbild) -> Korrekturbild:
    """Where there are too many rows to read: those of the town, and those of the newest year."""
    if len(bild.zeilen) <= _MEISTE:
        return bild
    stadt, neuestes = bild.ergebnis.grundlage.kommune.ags, max(z.ort[1] for z in bild.zeilen)
    return attrs.evolve(bild, zeilen=tuple(z for z in bild.zeilen if z.ort[2] == stadt or z.ort[1] == neuestes))


def _write(
    projekt: Projekt, bild: Korrekturbild, alles: Korrekturbild, jahr: int, tag: dt.date, anlass: str, nummer: str, bogen: Briefbogen | None
) -> Path:  # fmt: skip
    from sozialtool.ablauf.projekte import make_folder
    from sozialtool.ablauf.veroeffentlichungen import keep_datei
    from sozialtool.ablauf.vorlegen import ausgaben_ordner
    from sozialtool.ausgabe.datei import check_ziel
    from sozialtool.ausgabe.word import Dokument

    pfad = ausgaben_ordner(projekt, jahr) / name_korrektur(jahr)
    titel = f"Korrekturmitteilung zum Sozialmonitoring {jahr}"
    dokument = Dokument(titel, tag, thema="Korrekturmitteilung", bogen=bogen)
    dokument.titel(
        titel, f"Stadt {projekt.kommune.name} · {tag:%d.%m.%Y}" + (f" · Drucksache {nummer}" if nummer else "")
    )
    dokument.ueberschrift("Anlass")
    dokument.absatz(anlass or _say_anlass(alles))
    _write_tabellen(projekt, dokument, bild.zeilen)
    _write_entfallene(dokument, bild.entfallen)
    dokument.ueberschrift("Was sonst gilt")
    dokument.absatz(_say_rest(projekt, bild, alles))
    make_folder(pfad.parent)
    check_ziel(pfad, ".docx")
    keep_datei(projekt, pfad)
    keep_bearbeitet(pfad)
    dokument.write(pfad)
    return pfad


def _say_anlass(bild: Korrekturbild) -> str:
    """Say that figures changed, and whose delivery it was."""
    lieferten = "hat" if len(bild.quellen) == 1 else "haben"
    woher = f" Berichtigt geliefert {lieferten}: {'; '.join(bild.quellen)}." if bild.quellen else ""
    was = (
        "Eine Zahl, die schon veröffentlicht ist, hat"
        if len(bild.zeilen) + len(bild.entfallen) == 1
        else "Zahlen, die schon veröffentlicht sind, haben"
    )
    return f"{was} sich durch eine Berichtigung der Quelle geändert.{woher}"


def _write_tabellen(projekt: Projekt, dokument: Dokument, zeilen: Sequence[Korrekturzeile]) -> None:
    """Write one table for all figures that stand in the same papers."""
    from sozialtool.ausgabe.word import Worttabelle

    gruppen: dict[frozenset[str], list[Korrekturzeile]] = {}
    for z in zeilen:
        gruppen.setdefault(frozenset(list_stellen(projekt, z.wo)), []).append(z)
    if gruppen:
        dokument.ueberschrift("Berichtigte Zahlen")
    breite = dokument.breite
    for eigene in gruppen.values():
        stellen = list_stellen(projekt, eigene[0].wo)
        dokument.ueberschrift(stellen[0] if len(stellen) == 1 else _name_gruppe(eigene[0]), 2)
        if len(stellen) > 1:
            dokument.liste(stellen)
        dokument.tabelle(Worttabelle(
            "Berichtigte Zahlen", f"Bisherige und berichtigte Zahlen in {join_und(stellen)}", ("Indikator", "Gebiet", "Jahr", "bisher", "richtig"),
            (breite - 11.7, 3.0, 1.5, 3.6, 3.6),
            tuple((f"{z.ort[0]} {z.indikator}", z.gebiet, str(z.ort[1]), z.write(z.alt, "\n"), z.write(z.neu, "\n")) for z in eigene if z.neu is not None),
            rechts=frozenset((3, 4)),
        ))  # fmt: skip


def _name_gruppe(zeile: Korrekturzeile) -> str:
    """Name several papers in one head; where each is found stands below it."""
    namen = list(dict.fromkeys(name_kurz(v) for v in zeile.wo))
    if len(namen) > _KOPFNAMEN:
        namen[_KOPFNAMEN - 1 :] = [f"{len(namen) - _KOPFNAMEN + 1} weitere"]
    return join_und(namen)


_WEG_VIELE = (
    "Diese Zahlen werden nach der Berichtigung nicht mehr ausgewiesen: Sie sind klein, aus ihnen ließe sich eine kleine "
    "zurückrechnen, oder sie liegen nicht mehr vor. Bitte die früheren Angaben nicht weiter verwenden."
)
_WEG_EINE = (
    "Diese Zahl wird nach der Berichtigung nicht mehr ausgewiesen: Sie ist klein, aus ihr ließe sich eine kleine zurückrechnen, "
    "oder sie liegt nicht mehr vor. Bitte die frühere Angabe nicht weiter verwenden."
)


def _write_entfallene(dokument: Dokument, zeilen: Sequence[Korrekturzeile]) -> None:
    """Name what is shown no more, without any value: with the old one beside it the new one could be guessed."""
    if not zeilen:
        return
    dokument.ueberschrift("Nicht mehr ausgewiesene Zahlen")
    dokument.absatz(_WEG_EINE if len({z.ort for z in zeilen}) == 1 else _WEG_VIELE)
    gruppen: dict[tuple[str, str], list[str]] = {}
    for z in zeilen:
        gruppen.setdefault((f"{z.ort[0]} {z.indikator}", str(z.ort[1])), []).append(z.gebiet)
    dokument.liste(
        [f"{indikator}, {jahr}: {', '.join(dict.fromkeys(gebiete))}" for (indikator, jahr), gebiete in gruppen.items()]
    )


def _say_rest(projekt: Projekt, bild: Korrekturbild, alles: Korrekturbild) -> str:
    """Say what holds of everything else that is out, and what nobody knows of it."""
    saetze = [_ABGELEITET]
    fehlen = len(alles.zeilen) - len(bild.zeilen)
    if fehlen:
        weitere = format_anzahl(
            fehlen,
            "weitere berichtigte Zahl eines früheren Jahres, die hier nicht genannt ist",
            "weitere berichtigte Zahlen früherer Jahre, die hier nicht einzeln genannt sind",
        )
        saetze.append(f"Dort {'steht' if fehlen == 1 else 'stehen'} auch {weitere}.")
    if alles.unvergleichbar:
        saetze.append(f"Nicht geprüft ist: {join_und(list_stellen(projekt, alles.unvergleichbar))}.")
    elif not fehlen:
        saetze.append("Alle anderen ausgewiesenen Zahlen gelten weiter.")
    return " ".join(saetze)
