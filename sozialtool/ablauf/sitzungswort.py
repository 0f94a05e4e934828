"""Invitation and minutes of a meeting as Word, to be written on there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sozialtool.ablauf.nachweise import describe_nachweis
from sozialtool.ablauf.sitzungen import Punktbild, Sitzungsbild, describe_sitzung
from sozialtool.fach.gremium import Aufgabe, Aufgabenstand
from sozialtool.orte import safe_name
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ausgabe.word import Dokument

ORDNER = "sitzungen"


def write_einladung(projekt: Projekt, schluessel: str, stand: dt.date | None = None) -> Path:
    """Write `sitzungen/Einladung_<Sitzung>.docx` and return its path; `stand` is the day of the letter (today unless given).

    Raises:
        BedienFehler: there is no such meeting; a file of that name that was not written here. DateiGesperrt: open in Word.
    """
    bild = describe_sitzung(projekt, schluessel)
    tag = stand or dt.date.today()
    dokument = _begin(projekt, bild, "Einladung", tag)
    dokument.absatz(f"{projekt.kommune.name}, {tag:%d.%m.%Y}")
    dokument.absatz(f"Hiermit lade ich zur {_number(bild).partition(':')[0]} ein.")
    _head(dokument, bild, einladung=True)
    dokument.ueberschrift("Tagesordnung")
    _agenda(dokument, bild)
    if bild.offene:
        dokument.ueberschrift("Offene Aufgaben aus früheren Sitzungen")
        _tasks(dokument, bild.offene, tag)
    dokument.absatz("Bitte um Nachricht, wenn jemand verhindert ist oder ein Punkt fehlt.")
    if bild.gremium.leitung:
        dokument.absatz(bild.gremium.leitung)
    return _write(projekt, bild, dokument, "Einladung")


def write_niederschrift(projekt: Projekt, schluessel: str, stand: dt.date | None = None) -> Path:
    """Write `sitzungen/Niederschrift_<Sitzung>.docx` and return its path; arguments and errors as in `write_einladung`."""
    bild = describe_sitzung(projekt, schluessel)
    tag = stand or dt.date.today()
    dokument = _begin(projekt, bild, "Niederschrift", tag)
    _head(dokument, bild, einladung=False)
    for punkt in bild.punkte:
        _write_punkt(dokument, punkt)
    if not bild.punkte:
        dokument.absatz("Zu dieser Sitzung steht noch keine Tagesordnung.")
    if bild.aufgaben:
        dokument.ueberschrift("Aufgaben")
        _tasks(dokument, bild.aufgaben, tag)
    if bild.offene:
        dokument.ueberschrift("Weiter offen aus früheren Sitzungen")
        _tasks(dokument, bild.offene, tag)
    dokument.absatz("Einwände bitte bis zur nächsten Sitzung an die Leitung des Gremiums.", klein=True)
    return _write(projekt, bild, dokument, "Niederschrift")


def _begin(projekt: Projekt, bild: Sitzungsbild, was: str, stand: dt.date) -> Dokument:
    from sozialtool.ausgabe.word import Dokument

    dokument = Dokument(
        f"{was} {bild.titel}", stand, thema=bild.gremium.name, urheber=bild.gremium.leitung or "Sozialplanung"
    )
    dokument.titel(was, f"{bild.gremium.name} · Stadt {projekt.kommune.name}")
    return dokument


def _number(bild: Sitzungsbild) -> str:
    zahl = f"{bild.sitzung.nummer}. Sitzung" if bild.sitzung.nummer else "Sitzung"
    return f"{zahl}: {bild.gremium.name}"


def _head(dokument: Dokument, bild: Sitzungsbild, *, einladung: bool) -> None:
    from sozialtool.ausgabe.word import Worttabelle

    s, g = bild.sitzung, bild.gremium
    zeilen = [("Sitzung", _number(bild)), ("Tag", f"{_weekday(s.datum)}, {s.datum:%d.%m.%Y}"), ("Uhrzeit", s.uhrzeit), ("Ort", s.ort),
              ("Leitung", g.leitung)]  # fmt: skip
    if einladung:
        zeilen.append(("Eingeladen", ", ".join(g.mitglieder)))
    else:
        zeilen += [
            ("Anwesend", ", ".join(s.anwesend)),
            ("Entschuldigt", ", ".join(s.entschuldigt)),
            ("Hinweis", s.bemerkung),
        ]
    gefuellt = tuple((titel, text) for titel, text in zeilen if text)
    breiten = (3.5, dokument.breite - 3.5)
    dokument.tabelle(Worttabelle("Angaben zur Sitzung", "Tag, Ort und wer dabei ist", (), breiten, gefuellt))


_TAGE = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


def _weekday(tag: dt.date) -> str:
    return _TAGE[tag.weekday()]


def _agenda(dokument: Dokument, bild: Sitzungsbild) -> None:
    from sozialtool.ausgabe.word import Worttabelle

    if not bild.punkte:
        dokument.absatz("Die Tagesordnung folgt.")
        return
    zeilen = tuple((str(p.punkt.nummer), p.punkt.titel, p.punkt.zustaendig, p.punkt.drucksache) for p in bild.punkte)
    breiten = (1.4, dokument.breite - 8.4, 4.0, 3.0)
    koepfe = ("TOP", "Titel", "Wer trägt vor", "Unterlage")
    dokument.tabelle(
        Worttabelle("Tagesordnung", "Nummer, Titel, wer vorträgt und welche Unterlage es gibt", koepfe, breiten, zeilen)
    )


def _write_punkt(dokument: Dokument, bild: Punktbild) -> None:
    p = bild.punkt
    dokument.ueberschrift(f"TOP {p.nummer}: {p.titel}")
    if p.drucksache:
        dokument.absatz(p.drucksache, vorweg="Unterlage:")
    if p.ergebnis:
        dokument.absatz(p.ergebnis)
    for vorweg, text in _decisions(bild):
        dokument.absatz(text, vorweg=vorweg)
    if not p.ergebnis and not bild.beschluesse:
        dokument.absatz("Dazu ist kein Ergebnis festgehalten.")


def _decisions(bild: Punktbild) -> Iterator[tuple[str, str]]:
    for beschluss, nachweise in bild.beschluesse:
        yield f"Beschluss ({beschluss.art.value}):", beschluss.wortlaut
        if beschluss.abweichend:
            yield "Abweichende Meinung:", beschluss.abweichend
        if nachweise:
            yield "Betrifft:", "; ".join(describe_nachweis(nachweis) for nachweis in nachweise)


def _tasks(dokument: Dokument, aufgaben: tuple[Aufgabe, ...], tag: dt.date) -> None:
    from sozialtool.ausgabe.word import Worttabelle

    zeilen = tuple((a.text, a.zustaendig, f"{a.bis:%d.%m.%Y}" if a.bis else "offen", _state(a, tag)) for a in aufgaben)
    breiten = (dokument.breite - 9.6, 4.2, 2.4, 3.0)
    koepfe = ("Aufgabe", "Zuständig", "Bis", "Stand")
    dokument.tabelle(Worttabelle("Aufgaben", "Was, wer, bis wann und wie weit", koepfe, breiten, zeilen))


def _state(aufgabe: Aufgabe, tag: dt.date) -> str:
    """Say how far a task was on the day of the document."""
    if aufgabe.is_open_on(tag):
        return Aufgabenstand.OFFEN.value
    wann = f" {aufgabe.erledigt_am:%d.%m.%Y}" if aufgabe.stand is Aufgabenstand.ERLEDIGT and aufgabe.erledigt_am else ""
    return f"{aufgabe.stand.value}{wann}"


def _write(projekt: Projekt, bild: Sitzungsbild, dokument: Dokument, was: str) -> Path:
    from sozialtool.ablauf.projekte import make_folder
    from sozialtool.ausgabe.datei import check_ziel

    pfad = projekt.pfad.parent / ORDNER / f"{was}_{safe_name(bild.sitzung.schluessel, 'Sitzung')}.docx"
    make_folder(pfad.parent)
    check_ziel(pfad, ".docx")
    dokument.write(pfad)
    return pfad
