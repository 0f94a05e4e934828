"""The end of a Sozialbericht: how it came about, methods, secrecy, definitions, sources, signs; and its first page."""

from __future__ import annotations

from collections.abc import Iterator

from sozialtool.ausgabe.berichtsbilder import build_titelkarte
from sozialtool.ausgabe.berichtsstoff import Berichtsstoff, from_tabelle, make_tafelblock, satz, zellentext
from sozialtool.ausgabe.blaetter.erklaerung import (
    METHODEN,
    describe_brueche,
    describe_indikatoren,
    describe_verfahren,
)
from sozialtool.ausgabe.seitenplan import Absatz, Bildblock, Block, Kopf, Tafelblock
from sozialtool.ausgabe.stuecke import Satz
from sozialtool.ausgabe.werkbank import Zahlenbank
from sozialtool.ausgabe.zeichen import ORT_TREND, ZEICHEN_WORTE
from sozialtool.fach.quelle import Quelle
from sozialtool.fach.schreibweise import format_anzahl

BEWEIS = "Prüfung der Geheimhaltung"
"""What the sentence is called that says against which rule and together with which earlier papers the figures were checked."""
_GEHEIM = (
    "Kleine Zahlen können einzelne Menschen erkennbar machen. Solche Zahlen stehen hier nicht (•), auch nicht die Zahlen, aus denen man "
    "sie durch Abziehen, Teilen oder Vergleichen gewinnen könnte."
)


def build_schluss(stoff: Berichtsstoff) -> Iterator[Block]:
    """Write method and sources."""
    bank = stoff.bank
    yield Kopf("Methode")
    yield Kopf("Wie gerechnet wird", 2)
    for grundsatz in METHODEN:
        yield Absatz((grundsatz.write(verweis=False),))
    yield Kopf("Was geheim bleibt", 2)
    yield Absatz((_GEHEIM,))
    beweis = bank.bericht.tabelle.beweis
    if beweis.text:
        yield satz("beweis", BEWEIS, beweis.text)
    verfahren = describe_verfahren(bank)
    if verfahren is not None:
        yield Kopf("Verfahren", 2)
        texte = [[zellentext(zelle) for zelle in zeile.zellen] for zeile in verfahren.zeilen]
        zeilen = [(titel, f"{was} {vorbehalt}", quelle) for _, titel, was, quelle, vorbehalt in texte]
        kopf = ("Verfahren", "Was gerechnet wird und was es nicht sagt", "Quelle")
        yield make_tafelblock("verfahren", "Verfahren", kopf, (4.4, 9.2, 3.4), zeilen, namen_fett=True)
    yield from _quellen(stoff)


def _quellen(stoff: Berichtsstoff) -> Iterator[Block]:
    bank = stoff.bank
    yield Kopf("Quellen und Zeichen")
    yield Kopf("Zeichen", 2)
    zeilen = tuple(zeile for zeile in ZEICHEN_WORTE if zeile[2] != ORT_TREND)  # no table of a report has that column
    yield make_tafelblock(
        "zeichen", "Zeichen in Tabellen und Bildern", ("Zeichen", "Bedeutung", "Ort"), (2.0, 10.0, 5.0), zeilen
    )
    yield Kopf("Indikatoren und ihre Rechnung", 2)
    texte = [[zellentext(zelle) for zelle in zeile.zellen] for zeile in describe_indikatoren(bank).zeilen]
    rechnung = [(f"{nr} {name}", f"{wie}\nQuelle: {quelle}", wissen) for nr, name, wie, quelle, wissen in texte]
    kopf = ("Indikator", "Rechnung und Quelle", "Was man wissen muss")
    titel = "Indikatoren und ihre Rechnung"
    yield make_tafelblock("indikatoren", titel, kopf, (4.4, 5.6, 7.0), rechnung, namen_fett=True)
    brueche = describe_brueche(bank)
    if brueche is not None:
        yield Kopf("Brüche in den Reihen", 2)
        yield from_tabelle("brueche", brueche, (1.4, 5.6, 6.0, 4.0))
    if bank.bericht.quellen:
        yield Kopf("Gelieferte Dateien", 2)
        yield _list_quellen(bank)


def _list_quellen(bank: Zahlenbank) -> Tafelblock:
    """One row per sender: from when the figures are, how many files."""
    je: dict[str, list[Quelle]] = {}
    for quelle in bank.bericht.quellen:
        je.setdefault(quelle.absender.partition(": ")[0] or "nicht angegeben", []).append(quelle)
    zeilen = []
    for absender, quellen in sorted(je.items()):
        tage = sorted(q.stand for q in quellen if q.stand)
        stand = (
            " bis ".join(f"{tag:%d.%m.%Y}" for tag in dict.fromkeys((tage[0], tage[-1]))) if tage else "nicht angegeben"
        )
        zeilen.append((absender, stand, format_anzahl(len(quellen), "Datei", "Dateien")))
    return make_tafelblock(
        "quellen", "Woher die Zahlen kommen", ("Von wem", "Stand der Daten", "Geliefert"), (7.0, 6.5, 3.5), zeilen
    )


def build_titel(stoff: Berichtsstoff) -> Iterator[Block]:
    """Write the first page."""
    bericht = stoff.bank.bericht
    yield Absatz((f"Stadt {bericht.kommune.name}",), "stadt")
    yield Absatz(stoff.fuelle("Sozialbericht {Jahr}"), "titel")
    yield Absatz(stoff.fuelle("Wie die Menschen in {Stadt} leben, nach Themen und Sozialräumen"), "unter")
    bild = build_titelkarte(stoff.bank)
    if bild is not None:
        yield Bildblock(bild, None)
    stand = f"Gebietsstand: {bericht.gebietsstand_kurz}" if bericht.gebietsstand_kurz else ""
    for schluessel, text in (
        ("drucksache", bericht.anlage),
        ("stand", f"Stand {bericht.stand:%d.%m.%Y}"),
        ("gebietsstand", stand),
    ):
        if text:
            yield Absatz((Satz(f"kopf/{schluessel}", "Angaben zum Bericht", text),), "unter")
    yield Absatz(("Herausgegeben von der Sozialplanung",), "unter")
