"""Council papers as rows of text for screen and command: the list, and the parts of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sozialtool.ablauf.drucksachen import Drucksachenbild, describe_drucksache, list_drucksachen
from sozialtool.ablauf.drucksachenwort import build_felder
from sozialtool.ablauf.plantafel import Plantafel, Tafelspalte, Tafelzeile
from sozialtool.ablauf.textfelder import Textfelder
from sozialtool.fach.drucksache import Beratungsschritt
from sozialtool.fach.schreibweise import format_anzahl
from sozialtool.projekt import Projekt

LEER = "Noch keine Drucksache. a beginnt eine zum Monitoring, mit Beratungsfolge und fertigen Texten."


def build_drucksachentafel(projekt: Projekt) -> Plantafel:
    """List the papers with what is frozen of them."""
    zeilen = []
    for d in list_drucksachen(projekt):
        bild = describe_drucksache(projekt, d.schluessel)
        # Figures stand in no title: nothing is computed for a list.
        felder = build_felder(projekt, bild, None, d.datum or dt.date.today())
        titel = felder.fill(d.name).text
        texte = (d.schluessel, titel, f"{d.datum:%d.%m.%Y}" if d.datum else "", _state(bild))
        zeilen.append(Tafelzeile(d.schluessel, texte, tuple(_describe(bild, titel, felder)), d))
    spalten = (Tafelspalte("Nummer", 10), Tafelspalte("Titel"), Tafelspalte("Datum", 11), Tafelspalte("Stand", 19))
    return Plantafel("Drucksachen", spalten, tuple(zeilen), (), LEER)


def _state(bild: Drucksachenbild) -> str:
    anzahl = len(bild.veroeffentlichungen)
    return f"√ {anzahl} festgehalten" if anzahl else "○ Entwurf"


def _describe(bild: Drucksachenbild, titel: str, felder: Textfelder) -> Iterator[str]:
    d = bild.drucksache
    yield f"{d.schluessel}: {titel} ({d.oeffentlichkeit.value})"
    folge = ", ".join(f"{b.gremium} {b.termin} ({b.aktion})" for b in bild.folge)
    yield f"Beratungsfolge: {folge}" if folge else "Noch keine Beratungsfolge."
    anlagen = ", ".join(f"{a.nummer} {felder.fill(a.name).text}" for a in bild.anlagen)
    texte = format_anzahl(len(bild.bausteine), "Textbaustein", "Textbausteine")
    yield f"{texte}; {'Anlage' if len(bild.anlagen) == 1 else 'Anlagen'}: {anlagen or 'keine'}"
    if bild.veroeffentlichungen:
        yield f"Festgehalten: {'; '.join(v.name for v in bild.veroeffentlichungen)}"


def build_teiletafel(projekt: Projekt, nummer: str) -> Plantafel:
    """List the parts of one paper: Beratungsfolge, text blocks, Anlagen; raise `BedienFehler` where there is none."""
    bild = describe_drucksache(projekt, nummer)
    d = bild.drucksache
    schritte = sorted(
        (b for b in projekt.read(Beratungsschritt) if b.drucksache == d.schluessel), key=lambda b: b.nummer
    )
    zeilen = [
        Tafelzeile(
            f"b{schritt.nummer}",
            ("Beratung", str(schritt.nummer), f"{b.gremium}, {b.termin}: {b.aktion}"),
            (b.gremium, f"{b.termin}: {b.aktion}"),
            schritt,
        )
        for schritt, b in zip(schritte, bild.folge, strict=True)
    ]
    zeilen += [
        Tafelzeile(
            f"t{t.nummer}",
            ("Text", str(t.nummer), f"{t.name}: {t.text}" if t.name else t.text),
            (t.name or f"Absatz {t.nummer}", t.text),
            t,
        )
        for t in bild.bausteine
    ]
    zeilen += [
        Tafelzeile(
            f"a{a.nummer}",
            ("Anlage", str(a.nummer), f"{a.name} ({a.datei})" if a.datei else a.name),
            (a.name, a.datei or "ohne Datei"),
            a,
        )
        for a in bild.anlagen
    ]
    spalten = (Tafelspalte("Teil", 9), Tafelspalte("Nr.", 4), Tafelspalte("Inhalt"))
    leer = "Noch nichts. b trägt eine Beratung ein, n einen Textbaustein, l eine Anlage."
    return Plantafel(f"Drucksache {d.schluessel}", spalten, tuple(zeilen), (), leer)
