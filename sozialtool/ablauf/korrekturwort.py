"""The Korrekturmitteilung as Word: which released figures are others now, in which paper they stand; nothing secret, old or new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.drucksachenwort import keep_bearbeitet
from sozialtool.ablauf.korrektur import Korrekturbild, Korrekturzeile, find_korrekturen, say_nichts, say_stelle
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.schreibweise import join_und
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ausgabe.briefbogen import Briefbogen
    from sozialtool.ausgabe.word import Dokument

_MEISTE = 300
"""Rows that somebody can read; a correction of inhabitants changes thousands."""


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
    from sozialtool.ablauf.drucksachenweg import find_briefbogen, require_hinaus
    from sozialtool.ablauf.umlauf import require_gesehen

    tag = stand or dt.date.today()
    bild = find_korrekturen(projekt, fortschritt, stop)
    if not bild:
        raise BedienFehler(
            say_nichts(projekt),
            " ".join(bild.hinweise),
            "KORREKTUR-KEINE",
        )
    jahr = max(v.jahr for z in (*bild.zeilen, *bild.entfallen) for v in z.wo)
    vorbehalt = require_gesehen(projekt, jahr, tag, begruendung) if endgueltig else ""
    require_hinaus(projekt, bild.ergebnis, grenzen_geprueft=grenzen_geprueft, bekanntes=bekanntes_hinnehmen)
    gewaehlt = _choose(bild)
    pfad = _write(projekt, gewaehlt, bild, jahr, tag, anlass.strip(), nummer, find_briefbogen(projekt, briefbogen))
    if endgueltig and gewaehlt.zeilen:
        from sozialtool.ablauf.veroeffentlichungen import record_veroeffentlichung
        from sozialtool.geheimhaltung.festhalten import Auswahl

        orte = frozenset(z.ort for z in gewaehlt.zeilen)
        record_veroeffentlichung(projekt, bild.ergebnis, jahr, pfad, nummer, tag, Auswahl(orte), vorbehalt)
    return pfad


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

    pfad = ausgaben_ordner(projekt, jahr) / f"Korrekturmitteilung_{jahr}.docx"
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
    dokument.absatz(_say_rest(bild, alles))
    make_folder(pfad.parent)
    check_ziel(pfad, ".docx")
    keep_datei(projekt, pfad)
    keep_bearbeitet(pfad)
    dokument.write(pfad)
    return pfad


def _say_anlass(bild: Korrekturbild) -> str:
    woher = f" Berichtigt geliefert haben: {'; '.join(bild.quellen)}." if bild.quellen else ""
    return f"Zahlen, die schon veröffentlicht sind, haben sich durch eine Berichtigung der Quelle geändert.{woher}"


def _write_tabellen(projekt: Projekt, dokument: Dokument, zeilen: Sequence[Korrekturzeile]) -> None:
    """Write one table for each place that a reader has in hand."""
    from sozialtool.ausgabe.word import Worttabelle

    gruppen: dict[str, list[Korrekturzeile]] = {}
    for z in zeilen:
        gruppen.setdefault(join_und([say_stelle(projekt, v) for v in z.wo]), []).append(z)
    if gruppen:
        dokument.ueberschrift("Berichtigte Zahlen")
    breite = dokument.breite
    for stelle, eigene in gruppen.items():
        dokument.ueberschrift(stelle, 2)
        dokument.tabelle(Worttabelle(
            "Berichtigte Zahlen", f"Bisherige und berichtigte Zahlen in {stelle}", ("Indikator", "Gebiet", "Jahr", "bisher", "richtig"),
            (breite - 11.7, 3.0, 1.5, 3.6, 3.6),
            tuple((f"{z.ort[0]} {z.indikator}", z.gebiet, str(z.ort[1]), _break(z.write(z.alt)), _break(z.write(z.neu))) for z in eigene if z.neu is not None),
            rechts=frozenset((3, 4)),
        ))  # fmt: skip


def _break(text: str) -> str:
    """Put what was counted on a line of its own."""
    return text.replace(" (", "\n(")


def _write_entfallene(dokument: Dokument, zeilen: Sequence[Korrekturzeile]) -> None:
    """Name what is shown no more, without any value: with the old one beside it the new one could be guessed."""
    if not zeilen:
        return
    dokument.ueberschrift("Nicht mehr ausgewiesene Zahlen")
    dokument.absatz(
        "Diese Zahlen werden nach der Berichtigung nicht mehr ausgewiesen: Sie sind klein, aus ihnen ließe sich eine kleine "
        "zurückrechnen, oder sie liegen nicht mehr vor. Bitte die früheren Angaben nicht weiter verwenden."
    )
    gruppen: dict[tuple[str, str], list[str]] = {}
    for z in zeilen:
        gruppen.setdefault((f"{z.ort[0]} {z.indikator}", str(z.ort[1])), []).append(z.gebiet)
    dokument.liste([f"{indikator}, {jahr}: {', '.join(gebiete)}" for (indikator, jahr), gebiete in gruppen.items()])


def _say_rest(bild: Korrekturbild, alles: Korrekturbild) -> str:
    abgeleitet = (
        "Abgeleitete Angaben – Abstand zur Stadt, Rang, Veränderung, Index – ändern sich mit und stehen in der berichtigten Fassung "
        "der Anlage."
    )
    fehlen = len(alles.zeilen) - len(bild.zeilen)
    if fehlen:
        return f"{abgeleitet} Dort stehen auch {fehlen} weitere berichtigte Zahlen früherer Jahre, die hier nicht einzeln genannt sind."
    return f"{abgeleitet} Alle anderen ausgewiesenen Zahlen gelten weiter."
