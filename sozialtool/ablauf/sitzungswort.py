"""Invitation and minutes of a meeting as Word, to be written on there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sozialtool.ablauf.absaetze import split_absaetze
from sozialtool.ablauf.briefwahl import find_briefbogen
from sozialtool.ablauf.nachweise import describe_nachweis
from sozialtool.ablauf.sitzungen import Punktbild, Sitzungsbild, describe_sitzung
from sozialtool.ablauf.wortdatei import Schriftstueck, keep_bearbeitet
from sozialtool.fach.gremium import Aufgabe, Aufgabenstand, Sitzungsstand
from sozialtool.orte import safe_name
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ausgabe.briefbogen import Briefbogen
    from sozialtool.ausgabe.word import Dokument

ORDNER = "sitzungen"
_ERGAENZEN = "(bitte ergänzen)"


def write_einladung(
    projekt: Projekt, schluessel: str, stand: dt.date | None = None, *, briefbogen: Path | None = None, ohne_briefbogen: bool = False
) -> Schriftstueck:  # fmt: skip
    """Write `sitzungen/Einladung_<Sitzung>.docx`; what somebody went on writing in Word is kept beside it.

    Args:
        projekt: the project.
        schluessel: key of the meeting.
        stand: day of the letter (today unless given).
        briefbogen: a letterhead (the one beside the project unless given).
        ohne_briefbogen: take none.

    Raises:
        BedienFehler: there is no such meeting; a file of that name that was not written here. DateiGesperrt: open in Word.
        DateiFehler: the letterhead cannot be used.
    """
    bild = describe_sitzung(projekt, schluessel)
    tag = stand or dt.date.today()
    bogen = find_briefbogen(projekt, briefbogen, ohne=ohne_briefbogen)
    dokument = _begin(projekt, bild, "Einladung", tag, bogen)
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
    return _write(projekt, bild, dokument, "Einladung", bogen.hinweise if bogen else ())


def write_niederschrift(
    projekt: Projekt, schluessel: str, stand: dt.date | None = None, *, briefbogen: Path | None = None, ohne_briefbogen: bool = False
) -> Schriftstueck:  # fmt: skip
    """Write `sitzungen/Niederschrift_<Sitzung>.docx`; arguments and errors as in `write_einladung`."""
    bild = describe_sitzung(projekt, schluessel)
    tag = stand or dt.date.today()
    bogen = find_briefbogen(projekt, briefbogen, ohne=ohne_briefbogen)
    dokument = _begin(projekt, bild, "Niederschrift", tag, bogen)
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
    return _write(
        projekt, bild, dokument, "Niederschrift", (*_say_offenes(bild, tag), *(bogen.hinweise if bogen else ()))
    )


def _say_offenes(bild: Sitzungsbild, tag: dt.date) -> Iterator[str]:
    """Say what minutes cannot say yet: that the meeting took place, who was there."""
    s = bild.sitzung
    kommt = f"ihr Tag ({s.datum:%d.%m.%Y}) kommt erst noch" if s.datum > tag else ""
    if s.stand is not Sitzungsstand.GEHALTEN:
        yield (
            f"Die Sitzung {s.schluessel} steht als „{s.stand.value}“ und nicht als gehalten{f'; {kommt}' if kommt else ''}. "
            "Hat sie stattgefunden, bitte bei ihr „gehalten“ eintragen: Erst dann gilt als beraten, was auf der Tagesordnung stand."
        )
    elif kommt:
        yield f"Die Sitzung {s.schluessel} steht als gehalten, aber {kommt}. Bitte Stand und Datum prüfen."
    if not _is_anwesenheit(bild):
        yield f"Wer anwesend war, ist nicht eingetragen: In der Niederschrift steht dort „{_ERGAENZEN}“."


def _is_anwesenheit(bild: Sitzungsbild) -> bool:
    """Whether somebody said who was there. All members at a meeting not yet held were only proposed (by earlier versions)."""
    s = bild.sitzung
    return bool(s.anwesend) and (s.stand is Sitzungsstand.GEHALTEN or s.anwesend != bild.gremium.mitglieder)


def _begin(projekt: Projekt, bild: Sitzungsbild, was: str, stand: dt.date, bogen: Briefbogen | None) -> Dokument:
    from sozialtool.ausgabe.word import Dokument

    dokument = Dokument(
        f"{was} {bild.titel}",
        stand,
        thema=bild.gremium.name,
        urheber=bild.gremium.leitung or "Sozialplanung",
        bogen=bogen,
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
        bekannt = _is_anwesenheit(bild)
        zeilen += [
            ("Mitglieder", "" if bekannt else ", ".join(g.mitglieder)),
            ("Anwesend", ", ".join(s.anwesend) if bekannt else _ERGAENZEN),
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
        _write_absaetze(dokument, p.ergebnis)
    for vorweg, text in _decisions(bild):
        _write_absaetze(dokument, text, vorweg)
    if not p.ergebnis and not bild.beschluesse:
        dokument.absatz("Dazu ist kein Ergebnis festgehalten.")


def _write_absaetze(dokument: Dokument, text: str, vorweg: str = "") -> None:
    """Write a text line by line: paragraphs, the first one behind its bold beginning, and points of a list."""
    for punkt, absatz in split_absaetze(text):
        if punkt and vorweg:
            dokument.absatz("", vorweg=vorweg)
        if punkt:
            dokument.liste([absatz])
        else:
            dokument.absatz(absatz, vorweg=vorweg)
        vorweg = ""


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
    breiten = (dokument.breite - 9.6, 3.8, 2.8, 3.0)
    koepfe = ("Aufgabe", "Zuständig", "Bis", "Stand")
    dokument.tabelle(Worttabelle("Aufgaben", "Was, wer, bis wann und wie weit", koepfe, breiten, zeilen))


def _state(aufgabe: Aufgabe, tag: dt.date) -> str:
    """Say how far a task was on the day of the document."""
    if aufgabe.is_open_on(tag):
        return Aufgabenstand.OFFEN.value
    wann = f" {aufgabe.erledigt_am:%d.%m.%Y}" if aufgabe.stand is Aufgabenstand.ERLEDIGT and aufgabe.erledigt_am else ""
    return f"{aufgabe.stand.value}{wann}"


def _write(
    projekt: Projekt, bild: Sitzungsbild, dokument: Dokument, was: str, hinweise: tuple[str, ...]
) -> Schriftstueck:
    from sozialtool.ablauf.projekte import make_folder
    from sozialtool.ausgabe.datei import check_ziel

    pfad = projekt.pfad.parent / ORDNER / f"{was}_{safe_name(bild.sitzung.schluessel, 'Sitzung')}.docx"
    make_folder(pfad.parent)
    check_ziel(pfad, ".docx")
    aufgehoben = keep_bearbeitet(pfad)
    dokument.write(pfad)
    return Schriftstueck(pfad, hinweise, aufgehoben)
