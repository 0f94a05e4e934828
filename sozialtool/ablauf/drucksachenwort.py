"""The council paper as Word, in the order of fach/regeln.md section 6, on the town's letterhead where there is one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.absaetze import split_absaetze
from sozialtool.ablauf.drucksachen import Drucksachenbild, describe_drucksache, find_monitoringanlagen
from sozialtool.ablauf.drucksachenfinanzen import OFFEN, Finanzjahr, compute_finanzen, write_euro
from sozialtool.ablauf.plangrundlage import Plangrundlage
from sozialtool.ablauf.textfelder import GEHEIM, Fuelltext, Stueckart, Textfelder, build_textfelder
from sozialtool.ablauf.wortdatei import Schriftstueck, keep_bearbeitet
from sozialtool.fach.drucksache import Finanzwirkung, Klimarelevanz
from sozialtool.fach.schreibweise import name_einige
from sozialtool.orte import safe_name
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ausgabe.briefbogen import Briefbogen
    from sozialtool.ausgabe.word import Dokument, Worttabelle


@attrs.define
class _Schreiber:
    """What is collected while the paper is written from top to bottom."""

    dokument: Dokument
    felder: Textfelder
    noten: list[str] = attrs.field(factory=list)
    hinweise: list[str] = attrs.field(factory=list)
    kennzahlen: set[tuple[str, int, str]] = attrs.field(factory=set)
    offen: list[str] = attrs.field(factory=list)
    geheim: bool = False

    def fill(self, text: str, wo: str) -> Fuelltext:
        """Fill a text and keep what has to be said about it; `wo` is where in the paper it stands."""
        gefuellt = self.felder.fill(text)
        hinweise = [f"{wo}{', ' if hinweis.startswith('{') else ': '}{hinweis}" for hinweis in gefuellt.hinweise]
        self.hinweise += hinweise
        self.offen += hinweise if gefuellt.offen else ()
        self.kennzahlen |= gefuellt.kennzahlen
        self.geheim |= any(s.text == GEHEIM for s in gefuellt.stuecke if s.art is Stueckart.FELD)
        return gefuellt

    def fehlt(self, was: str, rat: str) -> None:
        """Mark in the paper what nobody has said yet; so it does not go out."""
        self.dokument.absatz(f"[{was}: bitte angeben]")
        self.offen.append(f"{was}: {rat}")
        self.hinweise.append(self.offen[-1])

    def texte(self, text: str, wo: str) -> None:
        """Write a text line by line: paragraphs and points, footnotes as raised numbers."""
        for punkt, absatz in split_absaetze(text):
            gefuellt = self.fill(absatz, wo)
            laeufe = []
            for stueck in gefuellt.stuecke:
                if stueck.art is Stueckart.FUSSNOTE:
                    self.noten.append(stueck.text)
                    laeufe.append((str(len(self.noten)), True))
                else:
                    laeufe.append((stueck.text, False))
            self.dokument.fliesstext(laeufe, punkt=punkt)


def build_felder(projekt: Projekt, bild: Drucksachenbild, grundlage: Plangrundlage | None, tag: dt.date) -> Textfelder:
    """Collect what the texts of a paper may name: what every text may, its number, the number of its Anlage with the Monitoring."""
    anlage = next(iter(find_monitoringanlagen(bild)), None)
    weitere = {
        "Jahr": str(bild.jahr or ""),
        "Vorjahr": str(bild.jahr - 1) if bild.jahr else "",
        "Drucksache": bild.drucksache.schluessel,
        "Anlage Monitoring": f"Anlage {anlage.nummer}" if anlage is not None else "",
    }
    return build_textfelder(projekt, grundlage, stand=tag, weitere=weitere)


WEITERE = (("{Drucksache}", "Nummer der Drucksache"), ("{Anlage Monitoring}", "Nummer der Anlage mit dem Monitoring"))
"""Places that only a paper has."""


def write_drucksache(
    projekt: Projekt, nummer: str, grundlage: Plangrundlage | None, *, tag: dt.date, bogen: Briefbogen | None = None
) -> Schriftstueck:
    """Write `ausgaben/<Jahr>/Drucksache_<Jahr>.docx` (with its number where the year has several papers).

    A file that somebody went on writing in Word is kept beside it before another takes its place.

    Raises:
        BedienFehler: no such paper; a file of that name that was not written here. DateiGesperrt: it is open in Word.
    """
    from sozialtool.ablauf.projekte import make_folder
    from sozialtool.ablauf.veroeffentlichungen import keep_datei
    from sozialtool.ausgabe.datei import check_ziel
    from sozialtool.ausgabe.word import Dokument

    bild = describe_drucksache(projekt, nummer)
    d = bild.drucksache
    tag = d.datum or tag
    felder = build_felder(projekt, bild, grundlage, tag)
    titel = felder.fill(d.name).text
    wer = d.fachdienst or d.fachbereich or "Sozialplanung"
    s = _Schreiber(
        Dokument(f"Drucksache {d.schluessel}: {titel}", tag, thema="Drucksache", urheber=wer, bogen=bogen), felder
    )
    _write_kopf(s, projekt, bild, tag)
    s.fill(d.name, "Titel")
    s.dokument.titel(titel)
    _write_beschluss(s, d.beschlussvorschlag)
    _write_finanzen(s, projekt, bild, tag)
    _write_klima(s, bild)
    _write_sache(s, bild)
    _write_schluss(s, bild)
    pfad = find_pfad(projekt, bild)
    make_folder(pfad.parent)
    check_ziel(pfad, ".docx")
    keep_datei(projekt, pfad)
    aufgehoben = keep_bearbeitet(pfad)
    s.dokument.write(pfad)
    return Schriftstueck(
        pfad, tuple(dict.fromkeys(s.hinweise)), aufgehoben, tuple(dict.fromkeys(s.offen)), frozenset(s.kennzahlen)
    )


def find_pfad(projekt: Projekt, bild: Drucksachenbild) -> Path:
    """Say where a paper is written: the only one of its year needs no number in its name."""
    from sozialtool.ablauf.vorlegen import ausgaben_ordner
    from sozialtool.fach.drucksache import Drucksache

    sonst = projekt.kommune.berichtsjahr
    mehrere = sum((d.jahr or sonst) == bild.jahr for d in projekt.read(Drucksache)) > 1
    name = f"Drucksache_{bild.jahr}" + (f"_{safe_name(bild.drucksache.schluessel, 'Nummer')}" if mehrere else "")
    return ausgaben_ordner(projekt, bild.jahr) / f"{name}.docx"


def _tabelle(
    titel: str, beschreibung: str, kopf: tuple[str, ...], breiten: tuple[float, ...], zeilen: Iterable[tuple[str, ...]]
) -> Worttabelle:
    from sozialtool.ausgabe.word import Worttabelle

    return Worttabelle(titel, beschreibung, kopf, breiten, tuple(zeilen))


def _write_kopf(s: _Schreiber, projekt: Projekt, bild: Drucksachenbild, tag: dt.date) -> None:
    """Write number, öffentlich, date, Fachbereich, Fachdienst, then the Beratungsfolge."""
    d, breite = bild.drucksache, s.dokument.breite
    s.dokument.unterzeile(f"Stadt {projekt.kommune.name}")
    zeilen = [
        ("Drucksache", d.schluessel), ("Öffentlichkeit", d.oeffentlichkeit.value), ("Datum", f"{tag:%d.%m.%Y}"),
        ("Fachbereich", d.fachbereich), ("Fachdienst", d.fachdienst),
    ]  # fmt: skip
    gefuellt = [zeile for zeile in zeilen if zeile[1]]
    s.dokument.tabelle(
        _tabelle("Kopf der Drucksache", "Nummer, Öffentlichkeit, Datum und Stelle", (), (3.5, breite - 3.5), gefuellt)
    )
    s.dokument.ueberschrift("Beratungsfolge")
    if not bild.folge:
        s.dokument.absatz("Die Beratungsfolge steht noch nicht fest.")
        s.hinweise.append("Beratungsfolge: Noch ist kein Gremium eingetragen.")
        return
    # A paper goes out with the invitation to the first body; the days of those after it are often fixed later.
    ohne = [b.gremium for b in bild.folge if b.ohne_termin]
    if ohne:
        s.hinweise.append(
            f"Beratungsfolge: Noch ohne Termin: {name_einige(ohne)}. Bitte nachtragen, sobald er feststeht."
        )
    folge = [(b.gremium, b.termin, b.aktion) for b in bild.folge]
    breiten = (breite - 7.8, 3.4, 4.4)
    s.dokument.tabelle(
        _tabelle(
            "Beratungsfolge",
            "Gremien in der Reihenfolge der Beratung",
            ("Gremium", "Termin", "Beratungsaktion"),
            breiten,
            folge,
        )
    )


def _write_beschluss(s: _Schreiber, text: str) -> None:
    s.dokument.ueberschrift("Beschlussvorschlag")
    if text.strip():
        s.texte(text, "Beschlussvorschlag")
    else:
        s.fehlt("Beschlussvorschlag", "Bitte eintragen, was beschlossen oder zur Kenntnis genommen werden soll.")


def _write_finanzen(s: _Schreiber, projekt: Projekt, bild: Drucksachenbild, tag: dt.date) -> None:
    """Write the financial effects: none, or a table of years with what it rests on; her text beside it.

    Nobody's silence becomes a "Keine." to the council; measures or a text that she has named say enough by themselves.
    """
    d, kopf = bild.drucksache, "Finanzielle Auswirkungen"
    s.dokument.ueberschrift("Finanzielle und bilanzielle Auswirkungen")
    if d.finanzen is Finanzwirkung.KEINE:
        s.dokument.absatz("Keine.")
    elif d.finanzen is Finanzwirkung.MASSNAHMEN or (d.finanzen is Finanzwirkung.OFFEN and d.massnahmen):
        bild_geld = compute_finanzen(projekt, d, tag.year)
        if bild_geld.jahre:
            s.dokument.tabelle(_money(bild_geld.jahre, bild_geld.summe, s.dokument.breite))
        else:
            s.dokument.absatz(f"Ab {bild_geld.ab} sind keine Kosten eingetragen.")
        s.dokument.absatz(" ".join(bild_geld.grundlage), klein=True)
    elif not d.finanztext.strip():
        s.fehlt(kopf, "Bitte angeben: keine, aus den Maßnahmen, oder einen Text dazu.")
    s.texte(d.finanztext, kopf)


def _money(jahre: tuple[Finanzjahr, ...], summe: Finanzjahr, breite: float) -> Worttabelle:
    offen = any(j.offen for j in jahre)
    zeilen = []
    for j in (*jahre, *((summe,) if len(jahre) > 1 else ())):
        betraege = (j.kosten, j.eigen, j.dritt, *((j.offen,) if offen else ()))
        zeilen.append((str(j.jahr) if j.jahr else "zusammen", *(write_euro(b) for b in betraege)))
    kopf = ("Jahr", "Kosten", "Eigenmittel", "Drittmittel", *((OFFEN,) if offen else ()))
    rest = (breite - 3.2) / (len(kopf) - 1)
    return attrs.evolve(
        _tabelle(
            "Kosten je Jahr",
            "Kosten der Maßnahmen mit Eigen- und Drittmitteln",
            kopf,
            (3.2, *[rest] * (len(kopf) - 1)),
            zeilen,
        ),
        rechts=frozenset(range(1, len(kopf))),
    )


def _write_klima(s: _Schreiber, bild: Drucksachenbild) -> None:
    d, kopf = bild.drucksache, "Klimaschutzrelevanz"
    s.dokument.ueberschrift(kopf)
    if d.klima is Klimarelevanz.OFFEN:
        s.fehlt(kopf, "Bitte angeben: positiv, negativ oder keine.")
        s.texte(d.klimatext, kopf)
    else:
        s.texte(f"{d.klima.value.capitalize()}. {d.klimatext}".strip(), kopf)


def _write_sache(s: _Schreiber, bild: Drucksachenbild) -> None:
    """Write the Sachdarstellung from its blocks, then where its figures come from."""
    s.dokument.ueberschrift("Sachdarstellung")
    for baustein in bild.bausteine:
        name = baustein.name.strip()
        wo = f"Text {baustein.nummer}" + (f" „{name}“" if name else "")
        if name:
            s.dokument.ueberschrift(s.fill(baustein.name, wo).text, 2)
        s.texte(baustein.text, wo)
    if not bild.bausteine:
        s.fehlt("Sachdarstellung", "Bitte mindestens einen Text eintragen.")
    if s.kennzahlen or s.geheim:
        satz = f"Zahlen: Sozialmonitoring {bild.jahr}, Stand {s.felder.angaben['stand']}."
        geheim = " „geheim“: Die Zahl ist klein, oder aus ihr ließe sich eine kleine zurückrechnen." if s.geheim else ""
        s.dokument.absatz(satz + geheim, klein=True)


def _write_schluss(s: _Schreiber, bild: Drucksachenbild) -> None:
    """Write signature, footnotes, Anlagen."""
    d = bild.drucksache
    s.dokument.absatz("")
    s.dokument.absatz("gezeichnet" if d.unterschrift else "Unterschrift: ______________________________")
    if d.unterschrift:
        s.dokument.absatz(d.unterschrift)
    if s.noten:
        s.dokument.ueberschrift("Fußnoten", 2)
        for nummer, note in enumerate(s.noten, start=1):
            s.dokument.fliesstext([(str(nummer), True), (f" {note}", False)])
    s.dokument.ueberschrift("Anlagen")
    zeilen = [(f"Anlage {a.nummer}", s.fill(a.name, f"Anlage {a.nummer}").text, a.datei) for a in bild.anlagen]
    if not zeilen:
        s.dokument.absatz("Keine.")
        return
    breiten = (2.6, s.dokument.breite - 8.6, 6.0)
    s.dokument.tabelle(
        _tabelle("Anlagen", "Nummer, Bezeichnung und Datei", ("Nummer", "Bezeichnung", "Datei"), breiten, zeilen)
    )
