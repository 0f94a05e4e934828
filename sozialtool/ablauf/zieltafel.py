"""Goals and measures as rows of text for screen and command."""

from __future__ import annotations

from collections.abc import Sequence

from sozialtool.ablauf.controlling import URTEIL_ZEICHEN, Massnahmenbild, describe_regeln
from sozialtool.ablauf.leistungen import describe_leistungen
from sozialtool.ablauf.plangrundlage import Plangrundlage
from sozialtool.ablauf.plantafel import Plantafel, Tafelspalte, Tafelzeile
from sozialtool.ablauf.versorgungsbild import write_tag
from sozialtool.ablauf.zielbild import Zielbild, explain_start, to_wert, write_start, write_wert
from sozialtool.fach.planung import Massnahme, Massnahmenkosten, Urteil
from sozialtool.fach.schreibweise import format_dauer, format_zahl
from sozialtool.fach.ziel import Ampel, Leitziel
from sozialtool.projekt import Projekt
from sozialtool.rechnen.zielabgleich import REGEL

ZEICHEN = "√ auf dem Weg · ○ unentschieden, im Blick behalten · ! dahinter · – noch nicht zu sagen. h zeigt die Regeln."
LEISTUNG_WORT = {a: "im Blick behalten" if a is Ampel.UNKLAR else a.wort for a in Ampel}
GELD_WORT = {
    Ampel.GUT: "wie geplant", Ampel.UNKLAR: "weniger als geplant", Ampel.HINTER: "über dem Plan", Ampel.OFFEN: "noch nicht zu sagen",
}  # fmt: skip
"""What the light says of a service and of money; of a goal it says its own words."""


def build_zieltafel(projekt: Projekt, grundlage: Plangrundlage, bilder: Sequence[Zielbild]) -> Plantafel:
    """List Leitziele and below each the goals that serve it."""
    leitziele = projekt.read(Leitziel)
    zeilen = []
    for leitziel in leitziele:
        zeilen.append(
            Tafelzeile(
                f"l{leitziel.schluessel}", (leitziel.name, "", "", "", ""), _describe_leitziel(leitziel), leitziel, True
            )
        )
        zeilen += [_row(grundlage, b) for b in bilder if b.ziel.leitziel == leitziel.schluessel]
    bekannt = {z.schluessel for z in leitziele}
    zeilen += [_row(grundlage, b) for b in bilder if b.ziel.leitziel not in bekannt]
    return Plantafel(
        f"Ziele, Zahlen bis {grundlage.jahr}",
        (Tafelspalte("Ziel"), Tafelspalte("Sozialraum", 16), Tafelspalte("jetzt", 8, rechts=True), Tafelspalte("Ziel", 8, rechts=True),
         Tafelspalte("  Ampel", 18)),
        tuple(zeilen), (ZEICHEN, REGEL), "Noch kein Ziel. n trägt ein Entwicklungsziel ein, l ein Leitziel.", len(bilder),
    )  # fmt: skip


def _describe_leitziel(leitziel: Leitziel) -> tuple[str, ...]:
    wann = f"{leitziel.gremium} {write_tag(leitziel.beschlossen_am)}".strip()
    return (
        f"Leitziel {leitziel.schluessel}: {leitziel.name}",
        leitziel.begruendung,
        f"beschlossen: {wann}" if wann else "",
    )


def _row(grundlage: Plangrundlage, b: Zielbild) -> Tafelzeile:
    z = b.ziel
    stellen = _stellen(grundlage, b)
    jetzt = format_zahl(b.stand.jetzt.wert, stellen) if b.stand.jetzt else "–"
    texte = (
        f"  {z.schluessel} {z.name}",
        grundlage.name(z.gebiet),
        jetzt,
        format_zahl(z.zielwert, stellen, leer="–"),
        f"  {b.stand.ampel.zeichen} {b.stand.ampel.kurz}",
    )
    return Tafelzeile(z.schluessel, texte, describe_ziel(grundlage, b), b.eintrag)


def _stellen(grundlage: Plangrundlage, b: Zielbild) -> int:
    indikator = grundlage.indikatoren.get(b.ziel.indikator)
    return indikator.nachkommastellen if indikator else 1


def describe_ziel(grundlage: Plangrundlage, b: Zielbild) -> tuple[str, ...]:
    """Say in sentences what the goal is, where it started, where it stands, what serves it."""
    z, stellen = b.ziel, _stellen(grundlage, b)
    indikator = grundlage.indikatoren.get(z.indikator)
    woran = f"{z.indikator} {indikator.name}" if indikator else "noch kein Indikator"
    bis = f" bis {write_tag(z.ziel_bis)}" if z.ziel_bis else ""
    ziel = f"Ziel{bis}: {format_zahl(z.zielwert, stellen, leer='–')}"
    saetze = [
        f"{z.schluessel} {z.name} ({grundlage.name(z.gebiet)}, {z.zustand.value})",
        f"{woran}. {_say_start(b)}. {ziel}.",
    ]
    saetze += _say_anders(grundlage, b, stellen)
    stand = b.stand
    if stand.jetzt and stand.soll is not None:
        saetze.append(
            f"{stand.jetzt.jahr}: {write_wert(stand.jetzt, stellen)}, auf der Linie wären es {format_zahl(stand.soll, stellen)} – {stand.ampel.wort}."
        )
    if stand.grund:
        saetze.append(stand.grund)
    if indikator and b.eintrag.startwert is None and not explain_start(grundlage, z):
        saetze.append("„Startwerte füllen“ (s; „planung startwerte“) holt ihn aus den veröffentlichten Zahlen.")
    namen = ", ".join(f"{m.schluessel} {m.name}" for m in b.massnahmen)
    saetze.append(f"Maßnahmen: {namen}." if namen else "Noch keine Maßnahme.")
    return tuple(saetze)


def _say_anders(grundlage: Plangrundlage, b: Zielbild, stellen: int) -> list[str]:
    """Say where the start is not what is released for its year by now: typed in, or the figure was delivered anew."""
    z = b.ziel
    k = None if z.startwert is None or z.startjahr is None else grundlage.find(z.gebiet, z.indikator, z.startjahr)
    if k is None or k.wert is None or z.startwert is None:
        return []
    veroeffentlicht = format_zahl(k.wert, stellen)
    if veroeffentlicht == format_zahl(z.startwert, stellen):
        return []
    return [f"Bitte prüfen: Für {z.startjahr} ist heute {veroeffentlicht} veröffentlicht, nicht der Startwert."]


def _say_start(b: Zielbild) -> str:
    if b.ziel.startwert is not None:
        return write_start(b.ziel)
    return "Start fehlt" if b.eintrag.startwert is None else f"Start {b.ziel.startjahr}: geheim"


def build_massnahmentafel(projekt: Projekt, grundlage: Plangrundlage, bilder: Sequence[Massnahmenbild]) -> Plantafel:
    """List the measures with their lights side by side."""
    spalten = (
        Tafelspalte("Maßnahme"), Tafelspalte("Stand", 13), Tafelspalte("Leist.", 7),
        Tafelspalte("Geld", 6), Tafelspalte("Ziel", 6), Tafelspalte("Teiln.", 7), Tafelspalte("Fach", 5),
    )  # fmt: skip
    zeilen = tuple(
        Tafelzeile(
            b.massnahme.schluessel,
            (
                f"{b.massnahme.schluessel} {b.massnahme.name}", b.massnahme.stand.value,
                b.leistung.zeichen, b.ausgaben.zeichen, b.wirkung.zeichen, URTEIL_ZEICHEN[b.massnahme.nutzerurteil],
                URTEIL_ZEICHEN[b.massnahme.fachurteil],
            ),
            describe_massnahme(grundlage, b),
            b.massnahme,
        )
        for b in bilder
    )  # fmt: skip
    return Plantafel(
        "Maßnahmen",
        spalten,
        zeilen,
        (ZEICHEN, *describe_regeln(projekt), REGEL),
        "Noch keine Maßnahme. n trägt eine ein, r liest eine Liste.",
    )


def describe_massnahme(grundlage: Plangrundlage, b: Massnahmenbild) -> tuple[str, ...]:
    """Say in sentences what is done, by whom, for how much, and how it goes."""
    m = b.massnahme
    wo = ", ".join(grundlage.name(g) for g in m.gebiete) or "ganze Stadt"
    wann = format_dauer(m.beginn, m.ende)
    saetze = [f"{m.schluessel} {m.name} · {wo} · {wann}"]
    mit = f", mit {'; '.join(m.partner)}" if m.partner else ""
    saetze.append(f"{m.verantwortlich}{mit}.")
    if m.leistung:
        jahr = f" {m.leistung_jahr}" if m.leistung_jahr else ""
        ist = f"{format_zahl(m.leistung_ist, leer='–')} von {format_zahl(m.leistung_ziel, leer='–')}"
        saetze.append(f"Leistung{jahr}: {m.leistung}: {ist} – {LEISTUNG_WORT[b.leistung]}.")
    verlauf = describe_leistungen(b.leistungen)
    saetze += [f"Über die Jahre: {verlauf}."] if verlauf else []
    saetze.append(describe_geld(b))
    if b.ziel:
        saetze.append(f"Ziel {b.ziel.ziel.schluessel} {b.ziel.ziel.name}: {b.ziel.stand.ampel.wort}.")
    saetze += describe_wirkung(grundlage, m)
    for wer, urteil, warum in (
        ("Teilnehmende", m.nutzerurteil, m.zufriedenheit),
        ("Fachkräfte", m.fachurteil, m.fachsicht),
    ):
        if warum or urteil is not Urteil.OFFEN:  # the sign in the table never stands alone
            saetze.append(f"{wer} ({urteil.value}): {warum}" if warum else f"{wer}: {urteil.value}.")
    return tuple(saetze)


def describe_wirkung(grundlage: Plangrundlage, m: Massnahme) -> list[str]:
    """Set the measure's own indicator of effect, with its limits of chance, against its target in each of its areas."""
    ind = grundlage.indikatoren.get(m.wirkung)
    if ind is None:
        return [f"Wirkung: {m.wirkung} ist nicht vereinbart."] if m.wirkung else []
    werte = []
    for gebiet in m.gebiete or (grundlage.stadt,):
        k = grundlage.find(gebiet, m.wirkung)
        wert = (
            write_wert(to_wert(k), ind.nachkommastellen)
            if k and k.wert is not None
            else grundlage.write(gebiet, m.wirkung)
        )
        werte.append(f"{grundlage.name(gebiet)} {wert}")
    bis = f" bis {m.wirkung_jahr}" if m.wirkung_jahr else ""
    ziel = f"; Ziel{bis}: {format_zahl(m.wirkung_ziel, ind.nachkommastellen)}" if m.wirkung_ziel is not None else ""
    einheit = f" in {ind.einheit}" if ind.einheit else ""
    return [f"Wirkung: {ind.kennung} {ind.name}{einheit}, {grundlage.jahr}: {', '.join(werte)}{ziel}."]


def describe_geld(b: Massnahmenbild, *, urteil: bool = True) -> str:
    """Say what it costs, who pays, and what has been spent so far."""
    if not b.kosten:
        return "Kosten: noch nicht eingetragen."
    g, jahre = b.geld, sorted(k.jahr for k in b.kosten)
    woher = list(dict.fromkeys(k.foerderprogramm for k in b.kosten if k.foerderprogramm))
    spanne = f"{jahre[0]} bis {jahre[-1]}" if jahre[0] != jahre[-1] else str(jahre[0])
    text = f"Kosten {spanne}: {_euro(g.gesamt)}, davon eigene Mittel {_euro(g.eigen)}, Dritte {_euro(g.dritt)}"
    text += f" ({'; '.join(woher)})" if woher else ""
    text += f", noch nicht zugeordnet {_euro(g.offen)}." if abs(g.offen) >= 1 else "."
    if g.jahre:
        text += f" Ausgegeben bis {max(g.jahre)}: {_euro(g.ausgegeben)} von {_euro(g.plan)}{f' – {GELD_WORT[b.ausgaben]}' if urteil else ''}."
    return text


def _euro(betrag: float) -> str:
    return f"{format_zahl(betrag)} €"


def write_kosten(k: Massnahmenkosten) -> str:
    """Write one year of the money of a measure."""
    teile = [f"{k.jahr}: {_euro(k.kosten)}"]
    teile += [f"eigen {_euro(k.eigenmittel)}"] if k.eigenmittel is not None else []
    teile += [f"Dritte {_euro(k.drittmittel)}"] if k.drittmittel is not None else []
    teile += [f"ausgegeben {_euro(k.ausgegeben)}"] if k.ausgegeben is not None else []
    return " · ".join(teile)
