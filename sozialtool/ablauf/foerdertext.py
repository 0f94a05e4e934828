"""The figures of a proof as text, and the notes below them: the same for page, sheet, screen and command."""

from __future__ import annotations

import datetime as dt

from sozialtool.ablauf.controlling import Massnahmenbild
from sozialtool.ablauf.foerdernachweis import Foerdernachweis, Nachweiszeile, list_aufrufe
from sozialtool.ablauf.plantafel import Plantafel, Tafelspalte, Tafelzeile
from sozialtool.ablauf.versorgungsbild import write_tag
from sozialtool.fach.foerderung import Foerderaufruf
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import LAGE_ZEICHEN, format_anzahl, format_dauer, format_zahl
from sozialtool.projekt import Projekt

GRUNDLAGE = (
    "Verhältnis: Sozialraum geteilt durch Stadt. Rang: 1 ist der höchste der ausgewiesenen Werte, in Klammern die Ränge, die der Zufall zulässt. "
    "Spanne: 95 % Zufallsspanne."
)
"""How ratio, rank and interval are to be read."""


def write_wert(zeile: Nachweiszeile, kennzahl: Kennzahl | None) -> str:
    """Write a figure without its unit, or the sign that says why there is none."""
    if kennzahl is None:
        return Zeichen.FEHLT.symbol
    if kennzahl.wert is None:
        return (kennzahl.zeichen or Zeichen.FEHLT).symbol
    return format_zahl(kennzahl.wert, zeile.indikator.nachkommastellen)


def write_verhaeltnis(zeile: Nachweiszeile) -> str:
    """Write "2,4-fach"; a sign where it cannot be said."""
    if zeile.zeichen is not None:
        return zeile.zeichen.symbol
    return Zeichen.SINNLOS.symbol if zeile.verhaeltnis is None else f"{format_zahl(zeile.verhaeltnis, 1)}-fach"


def write_rang(zeile: Nachweiszeile) -> str:
    """Write "1 von 12 (1–2)": the rank, how many Sozialräume have one, and those that chance allows."""
    k = zeile.kennzahl
    if k is None or zeile.zeichen is not None:
        return (zeile.zeichen or Zeichen.FEHLT).symbol
    if k.rang is None:
        return Zeichen.SINNLOS.symbol
    if k.rang_von is None or k.rang_bis is None or k.rang_von == k.rang_bis:
        return f"{k.rang} von {zeile.gereiht}"
    return f"{k.rang} von {zeile.gereiht} ({k.rang_von}–{k.rang_bis})"


def write_spanne(zeile: Nachweiszeile) -> str:
    """Write the 95 % limits: "28,1–34,4"."""
    k = zeile.kennzahl
    if k is None or zeile.zeichen is not None:
        return (zeile.zeichen or Zeichen.FEHLT).symbol
    if k.unten is None or k.oben is None:
        return Zeichen.SINNLOS.symbol
    stellen = zeile.indikator.nachkommastellen
    return f"{format_zahl(k.unten, stellen)}–{format_zahl(k.oben, stellen)}"


def write_jahr(zeile: Nachweiszeile) -> str:
    """Write the year, or the years that are pooled."""
    zusammen = max(zeile.indikator.jahre, 1)
    return str(zeile.jahr) if zusammen == 1 else f"{zeile.jahr - zusammen + 1}–{zeile.jahr % 100:02}"


def write_lage(zeile: Nachweiszeile) -> str:
    """Write the sign of the position against the town; the legend below the table has the words."""
    if zeile.zeichen is not None:
        return zeile.zeichen.symbol
    lage = zeile.kennzahl.lage if zeile.kennzahl is not None else None
    return "–" if lage is None else LAGE_ZEICHEN[lage]


def describe_quellen(nachweis: Foerdernachweis) -> str:
    """Name the sources, each with the indicators that rest on it."""
    je: dict[str, list[str]] = {}
    for zeile in nachweis.zeilen:
        kennungen = je.setdefault(zeile.indikator.quelle or "siehe Monitoring", [])
        if zeile.indikator.kennung not in kennungen:
            kennungen.append(zeile.indikator.kennung)
    teile = [f"{quelle} ({', '.join(kennungen)})" for quelle, kennungen in je.items()]
    return f"Quellen: {'; '.join(teile)}; eigene Berechnung."


def list_zeichen(nachweis: Foerdernachweis) -> str:
    """Explain the signs that occur in the figures."""
    zeichen = {z.zeichen for z in nachweis.zeilen if z.zeichen is not None}
    zeichen |= {z.stadt.zeichen for z in nachweis.zeilen if z.stadt is not None and z.stadt.zeichen is not None}
    if any(Zeichen.SINNLOS.symbol in (write_verhaeltnis(z), write_rang(z), write_spanne(z)) for z in nachweis.zeilen):
        zeichen.add(Zeichen.SINNLOS)
    worte = [f"{z.symbol} {z.value}" for z in Zeichen if z in zeichen]
    return f"Zeichen: {' · '.join(worte)}." if worte else ""


def describe_stadtweit(nachweis: Foerdernachweis) -> str:
    """Say how much there is for the whole town beside what is shown."""
    bedarfe, massnahmen = nachweis.stadtweit
    teile = [f"{bedarfe} {'Bedarf' if bedarfe == 1 else 'Bedarfe'}"] if bedarfe else []
    teile += [f"{massnahmen} {'Maßnahme' if massnahmen == 1 else 'Maßnahmen'}"] if massnahmen else []
    return f"Für die ganze Stadt gibt es dazu {' und '.join(teile)}." if teile else ""


def describe_wer(nachweis: Foerdernachweis, bild: Massnahmenbild) -> str:
    """Say who does it, where, when, and how far it is."""
    m = bild.massnahme
    wann = format_dauer(m.beginn, m.ende)
    return f"{nachweis.name_orte(m.gebiete)}; {m.verantwortlich}; {wann}, {m.stand.value}"


def describe_kosten(bild: Massnahmenbild) -> str:
    """Say in one short sentence what it costs and what others pay."""
    if not bild.kosten:
        return "Kosten noch nicht eingetragen."
    jahre = sorted(k.jahr for k in bild.kosten)
    woher = list(dict.fromkeys(k.foerderprogramm for k in bild.kosten if k.foerderprogramm))
    wann = f"{jahre[0]}–{jahre[-1] % 100:02}" if jahre[0] != jahre[-1] else str(jahre[0])
    quelle = f" ({', '.join(woher)})" if woher else ""
    dritte = f", davon Dritte {format_zahl(bild.geld.dritt)} €" if bild.geld.dritt else ""
    return f"Kosten {wann}: {format_zahl(bild.geld.gesamt)} €{dritte}{quelle}."


def build_foerdertafel(nachweis: Foerdernachweis) -> Plantafel:
    """List the figures of a proof for screen and command; needs and measures stand in the notes."""
    zeilen = tuple(
        Tafelzeile(
            f"{z.indikator.kennung} {z.gebiet.schluessel}",
            (
                f"{z.indikator.kennung} {z.indikator.name}", z.gebiet.name, write_wert(z, z.kennzahl), write_wert(z, z.stadt), write_verhaeltnis(z),
                write_rang(z).replace(" von ", "/"), f"  {write_jahr(z)}",
            ),
            (*z.saetze, f"Rang {write_rang(z)}. Spanne {write_spanne(z)}. Quelle: {z.indikator.quelle or 'siehe Monitoring'}."),
        )
        for z in nachweis.zeilen
    )  # fmt: skip
    spalten = (
        Tafelspalte("Indikator"), Tafelspalte("Sozialraum", 14), Tafelspalte("Wert", 6, rechts=True), Tafelspalte("Stadt", 6, rechts=True),
        Tafelspalte("Verhält.", 9, rechts=True), Tafelspalte("Rang", 13, rechts=True), Tafelspalte("  Jahr", 10),
    )  # fmt: skip
    bedarfe = format_anzahl(len(nachweis.bedarfe), "Bedarf", "Bedarfe")
    massnahmen = format_anzahl(len(nachweis.massnahmen), "Maßnahme", "Maßnahmen")
    hinweise = (
        f"{bedarfe} und {massnahmen} in {', '.join(nachweis.orte)} gehören dazu.",
        *nachweis.fehlend,
        *(f"Bedarf {b.bild.bedarf.schluessel} {b.bild.bedarf.name}: {' '.join(b.belege)}" for b in nachweis.bedarfe),
        *(
            f"Maßnahme {m.massnahme.schluessel} {m.massnahme.name}: {describe_wer(nachweis, m)}."
            for m in nachweis.massnahmen
        ),
        GRUNDLAGE,
        *filter(None, (list_zeichen(nachweis), describe_stadtweit(nachweis))),
    )
    a = nachweis.aufruf
    leer = "Noch kein Indikator, der sich nachweisen lässt; der Aufruf nennt sie mit ihrer Kennung."
    return Plantafel(f"{a.schluessel} {a.name}, Zahlen bis {nachweis.jahr}", spalten, zeilen, hinweise, leer)


def write_stand(aufruf: Foerderaufruf) -> str:
    """Write "beantragt (27.04.2026)": what became of a call, and when."""
    return aufruf.stand.value + (f" ({aufruf.stand_am:%d.%m.%Y})" if aufruf.stand_am else "")


def build_aufruftafel(projekt: Projekt, heute: dt.date | None = None) -> Plantafel:
    """List the calls, a deadline marked that has passed while nobody said what became of it; nothing is computed."""
    tag = heute or dt.date.today()
    namen = {g.schluessel: g.name for g in projekt.read(Gebiet)}
    zeilen = []
    for a in list_aufrufe(projekt):
        orte = ", ".join(namen.get(g, g) for g in a.gebiete) or "noch keiner"
        vorbei = a.is_ueberfaellig(tag)
        detail = (
            " · ".join(filter(None, (f"{a.schluessel} {a.name}", a.stelle))),
            "! Die Frist ist vorbei. Was ist daraus geworden? Bitte den Stand eintragen (Enter)." if vorbei else "",
            f"Stand: {write_stand(a)}.",
            f"Für {orte}. Verlangt: {', '.join((*a.indikatoren, *a.weitere)) or 'noch nichts eingetragen'}.",
            a.begruendung,
        )
        texte = (
            f"{a.schluessel} {a.name}",
            orte,
            f"{'! ' if vorbei else '  '}{write_tag(a.frist)}",
            a.stand.value,
            str(len(a.indikatoren)),
        )
        zeilen.append(Tafelzeile(a.schluessel, texte, tuple(filter(None, detail)), a))
    spalten = (
        Tafelspalte("Förderaufruf"), Tafelspalte("Sozialräume"), Tafelspalte("  Frist", 13),
        Tafelspalte("Stand", 17), Tafelspalte("Indik.", 7, rechts=True),
    )  # fmt: skip
    return Plantafel(
        "Förderaufrufe", spalten, tuple(zeilen), (), "Noch kein Förderaufruf. n trägt einen ein, r liest eine Liste."
    )
