"""Needs with their evidence and the priority that the agreed rule gives them; every step of the calculation is shown."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from sozialtool.ablauf.befragungsbild import Fragenbild, build_fragenbilder, describe_frage
from sozialtool.ablauf.belege import Beleg, Belegart, build_belegregister, describe_versorgungsbeleg
from sozialtool.ablauf.indexwerte import read_merkmal
from sozialtool.ablauf.plangrundlage import Plangrundlage
from sozialtool.ablauf.plantafel import Plantafel, Tafelspalte, Tafelzeile
from sozialtool.ablauf.schwellen import find_schwelle
from sozialtool.ablauf.stimmen import list_bedenkliche
from sozialtool.ablauf.versorgungsbild import read_regel, write_tag
from sozialtool.fach.bedarf import Bedarf, Prioritaet, Stimme
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.planung import Befragungsfrage, Einrichtung
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.fach.versorgung import Versorgungslage, Versorgungsmass
from sozialtool.fach.ziel import Entwicklungsziel
from sozialtool.projekt import Projekt
from sozialtool.rechnen.bedarf import HOECHSTENS, Gewichte, Punkte, judge_gruppe, judge_lage, rank
from sozialtool.rechnen.versorgung import Regel


@attrs.frozen
class Belegsatz:
    """One piece of evidence in a sentence; `stimme` is the key of the voice that is quoted, "" for none."""

    art: Belegart
    text: str
    stimme: str = ""


@attrs.frozen
class Bedarfsbild:
    """A need: its evidence in sentences, its points, its priority, the goals that follow from it."""

    bedarf: Bedarf
    belege: tuple[Belegsatz, ...]
    punkte: Punkte
    prioritaet: Prioritaet
    anteil: float | None
    rechnung: tuple[str, ...]
    ziele: tuple[str, ...] = ()


_GESPERRT = " – nennt vielleicht eine Person und zählt bis dahin nicht als Beleg"


def _key_stimme(beleg: Beleg) -> str:
    return str(beleg.eintrag.schluessel) if isinstance(beleg.eintrag, Stimme) else ""


OHNE_BELEG = "Nicht beurteilt: Es gibt noch keinen Beleg, der zählt."
STADTWEIT = (
    "Lage: Die Regel setzt Sozialräume gegen die Stadt; die ganze Stadt lässt sich so nicht einordnen. Wie dringend ein stadtweiter Bedarf "
    "ist, beurteilt das Gremium anhand der Belege."
)


_NICHT = "Nicht gerechnet wird eine Priorität ohne Beleg und für die ganze Stadt, die keine Lage gegen sich selbst hat."


def read_gewichte(projekt: Projekt) -> Gewichte:
    """Return the agreed (or proposed) weights and limits of the rule."""
    lage, gruppe, belege, hoch, mittel = (
        find_schwelle(projekt, f"bedarf_{name}").wert for name in ("lage", "gruppe", "belege", "hoch", "mittel")
    )
    return Gewichte(lage, gruppe, belege, hoch / 100, mittel / 100)


def build_bedarfsbilder(projekt: Projekt, grundlage: Plangrundlage) -> tuple[Bedarfsbild, ...]:
    """Judge every need; the most urgent first, else in the order of their keys."""
    register, fragen, gewichte = build_belegregister(projekt), build_fragenbilder(projekt), read_gewichte(projekt)
    ziele, regel = projekt.read(Entwicklungsziel), read_regel(projekt)
    gesperrt = {stimme.schluessel for stimme, _ in list_bedenkliche(projekt)}
    bilder = []
    for b in projekt.read(Bedarf):
        belege = [beleg for s in b.belege if (beleg := register.find(s)) is not None]
        offen = [
            beleg for beleg in belege if isinstance(beleg.eintrag, Stimme) and beleg.eintrag.schluessel in gesperrt
        ]
        saetze = tuple(
            Belegsatz(beleg.art, text + (_GESPERRT if beleg in offen else ""), _key_stimme(beleg))
            for beleg in belege
            for text in describe_beleg(grundlage, fragen, b, beleg, regel)
        )
        punkte, rechnung = _count(grundlage, b, [beleg for beleg in belege if beleg not in offen])
        prioritaet, anteil = rank(punkte, gewichte)
        folgen = tuple(f"{z.schluessel} {z.name}" for z in ziele if b.schluessel in z.bedarfe)
        bilder.append(
            Bedarfsbild(
                b,
                saetze,
                punkte,
                prioritaet,
                anteil,
                (*rechnung, _sum_up(punkte, gewichte, prioritaet, anteil)),
                folgen,
            )
        )
    return tuple(sorted(bilder, key=lambda x: (-(x.anteil if x.anteil is not None else -1), x.bedarf.schluessel)))


def _areas(grundlage: Plangrundlage, bedarf: Bedarf) -> tuple[str, ...]:
    return bedarf.gebiete or (grundlage.stadt,)


def describe_beleg(
    grundlage: Plangrundlage, fragen: Sequence[Fragenbild], bedarf: Bedarf, beleg: Beleg, regel: Regel
) -> list[str]:  # fmt: skip
    """Show one piece of evidence with its figure, for each area of the need."""
    eintrag = beleg.eintrag
    orte = _areas(grundlage, bedarf)
    if isinstance(eintrag, Indikator):
        return [
            f"{eintrag.kennung} {eintrag.name}, {grundlage.name(g)} {grundlage.jahr}: {grundlage.write(g, eintrag.kennung)}."
            for g in orte
        ]
    if isinstance(eintrag, Versorgungsmass):
        bild = grundlage.find_versorgung(eintrag.schluessel)
        zeilen = {z.gebiet.schluessel: z for z in bild.zeilen} if bild else {}
        ohne = "wird nur für die Stadt und ihre Sozialräume gerechnet"
        return [
            describe_versorgungsbeleg(bild, zeilen[g], regel)
            if bild and g in zeilen
            else f"{eintrag.name}, {grundlage.name(g)}: {ohne}."
            for g in orte
        ]
    if isinstance(eintrag, Befragungsfrage):
        bilder = [f for f in fragen if f.frage == eintrag]
        return [describe_frage(f, g, grundlage.name(g)) for f in bilder for g in orte]
    if isinstance(eintrag, Stimme):
        return [
            f"„{eintrag.text}“ ({', '.join(filter(None, (eintrag.wer, eintrag.art.value, write_tag(eintrag.datum))))})"
        ]
    assert isinstance(eintrag, Einrichtung)
    menge = f", {format_zahl(eintrag.plaetze)} Plätze" if eintrag.plaetze is not None else ""
    rest = "; ".join(filter(None, (eintrag.urteil.value if eintrag.geprueft_am else "", eintrag.bemerkung)))
    return [f"{eintrag.schluessel} {eintrag.name} ({eintrag.art}{menge}){f': {rest}' if rest else ''}."]


def _count(grundlage: Plangrundlage, bedarf: Bedarf, belege: Sequence[Beleg]) -> tuple[Punkte, tuple[str, ...]]:
    """Count the points of a need and say how."""
    orte = _areas(grundlage, bedarf)
    if not belege:
        return Punkte(None, None, None), (OHNE_BELEG,)
    if tuple(orte) == (
        grundlage.stadt,
    ):  # nothing to set the town against: neither its position nor its share of itself says anything
        lage, warum_lage = None, STADTWEIT
        gruppe, warum_gruppe = None, "Größe der Gruppe: zählt stadtweit nicht mit, es ist immer die ganze."
    else:
        lage, warum_lage = _count_lage(grundlage, orte, belege)
        gruppe, warum_gruppe = _count_gruppe(grundlage, bedarf, orte)
    arten = {beleg.art for beleg in belege}
    anzahl = min(HOECHSTENS, max(len(arten) - 1, 0))
    namen = ", ".join(art.value for art in Belegart if art in arten) or "keine"
    return Punkte(lage, gruppe, anzahl), (warum_lage, warum_gruppe, f"Belege: {anzahl} von 2 (Arten: {namen}).")


def _count_lage(grundlage: Plangrundlage, orte: Sequence[str], belege: Sequence[Beleg]) -> tuple[int | None, str]:
    lagen: list[tuple[int, str]] = []
    offen, ohne_spanne = False, list[str]()
    for beleg in belege:
        for gebiet in orte:
            if isinstance(beleg.eintrag, Indikator):
                k = grundlage.find(gebiet, beleg.eintrag.kennung)
                offen |= k is None or k.wert is None
                if k is not None and k.wert is not None and k.lage is None and gebiet != grundlage.stadt:
                    ohne_spanne.append(beleg.eintrag.kennung)
                if k is not None and k.lage is not None:
                    lagen.append(
                        (
                            judge_lage(k.lage, beleg.eintrag.richtung),
                            f"{beleg.eintrag.kennung} in {grundlage.name(gebiet)}",
                        )
                    )
            elif isinstance(beleg.eintrag, Versorgungsmass):
                bild = grundlage.find_versorgung(beleg.eintrag.schluessel)
                zeile = next((z for z in bild.zeilen if z.gebiet.schluessel == gebiet), None) if bild else None
                offen |= zeile is None or zeile.lage is Versorgungslage.OFFEN
                if zeile is not None and zeile.lage not in (Versorgungslage.OFFEN, Versorgungslage.KEINE):
                    lagen.append((int(zeile.lage is Versorgungslage.LUECKE), f"Versorgung in {grundlage.name(gebiet)}"))
    kennungen = ", ".join(dict.fromkeys(ohne_spanne))
    rest = f" Ohne Zufallsspanne lässt sich nicht einordnen: {kennungen}." if ohne_spanne else ""
    if not lagen and ohne_spanne:
        return None, f"Lage: nicht zu sagen.{rest}"
    if not lagen and offen:
        return None, "Lage: nicht zu sagen, der Wert ist geheim, fehlt oder wird hier nicht gerechnet."
    if not lagen:
        return 0, "Lage: 0 von 2 (kein Beleg aus Zahlen)."
    punkte, warum = max(lagen, key=lambda paar: paar[0])
    return punkte, f"Lage: {punkte} von 2 ({warum}).{rest}"


def _count_gruppe(grundlage: Plangrundlage, bedarf: Bedarf, orte: Sequence[str]) -> tuple[int | None, str]:
    if not bedarf.gruppe:
        return None, "Größe der Gruppe: nicht angegeben, zählt nicht mit."
    zahlen = read_merkmal(grundlage.ergebnis, bedarf.gruppe, grundlage.jahr)
    hier = [zahlen.get(g) for g in orte]
    stadt = zahlen.get(grundlage.stadt)
    if not stadt or any(z is None for z in hier):
        return None, f"Größe der Gruppe: „{bedarf.gruppe}“ ist geheim oder nicht veröffentlicht, zählt nicht mit."
    gleich = _share_evenly(grundlage, orte)
    if gleich is None:
        return (
            None,
            "Größe der Gruppe: Die Gebiete liegen auf verschiedenen Ebenen und wären doppelt gezählt, zählt nicht mit.",
        )
    menge = sum(z for z in hier if z is not None)
    punkte = judge_gruppe(menge / stadt, gleich)
    was = next((m.einheit for m in grundlage.ergebnis.grundlage.merkmale if m.schluessel == bedarf.gruppe), "Personen")
    anteil = f"{format_zahl(menge)} {was}, {format_zahl(100 * menge / stadt, 1)} % der Stadt"
    return punkte, f"Größe: {punkte} von 2 ({anteil}; gleichmäßig verteilt wären es {format_zahl(100 * gleich, 1)} %)."


def _share_evenly(grundlage: Plangrundlage, orte: Sequence[str]) -> float | None:
    """Return the share of the town that these areas would have among all of their own level; None where levels are mixed."""
    if tuple(orte) == (grundlage.stadt,):
        return 1.0
    ebenen = {grundlage.gebiete[g].ebene for g in orte if g in grundlage.gebiete}
    if len(ebenen) != 1:
        return None
    return len(orte) / max(1, sum(g.ebene in ebenen and not g.ist_rest for g in grundlage.gebiete.values()))


def _sum_up(punkte: Punkte, gewichte: Gewichte, prioritaet: Prioritaet, anteil: float | None) -> str:
    teile = [(punkte.lage, gewichte.lage), (punkte.gruppe, gewichte.gruppe), (punkte.belege, gewichte.belege)]
    text = " + ".join(f"{p} × {format_zahl(g, 1).removesuffix(',0')}" for p, g in teile if p is not None)
    if anteil is None:
        return "Priorität: nicht zu sagen."
    return f"Zusammen: {text} = {format_zahl(100 * anteil)} % der möglichen Punkte, Priorität {prioritaet.value}."


def build_bedarfstafel(projekt: Projekt, grundlage: Plangrundlage, bilder: Sequence[Bedarfsbild]) -> Plantafel:
    """List the needs, the most urgent first."""
    zeilen = tuple(
        Tafelzeile(
            b.bedarf.schluessel,
            (
                f"{b.bedarf.schluessel} {b.bedarf.name}", ", ".join(grundlage.name(g) for g in _areas(grundlage, b.bedarf)),
                f"{b.prioritaet.value} {format_zahl(100 * b.anteil)}" if b.anteil is not None else "offen", f"  {b.bedarf.stand.value}",
            ),
            describe_bedarf(grundlage, b),
            b.bedarf,
        )
        for b in bilder
    )  # fmt: skip
    spalten = (
        Tafelspalte("Bedarf"),
        Tafelspalte("Sozialräume", 24),
        Tafelspalte("Priorität", 11, rechts=True),
        Tafelspalte("  Stand", 12),
    )
    return Plantafel(
        f"Bedarfe, Zahlen von {grundlage.jahr}",
        spalten,
        zeilen,
        describe_regel(projekt),
        "Noch kein Bedarf. n trägt einen ein.",
    )


def describe_regel(projekt: Projekt) -> tuple[str, ...]:
    """Say the rule of the priority in words, with the weights in force."""
    schwellen = [find_schwelle(projekt, f"bedarf_{name}") for name in ("lage", "gruppe", "belege", "hoch", "mittel")]
    saetze = [f"{s.name} ({s.wert:g} {s.einheit}, {s.zustand.value}): {s.regel}" for s in schwellen]
    return (
        "Priorität: Punkte für Lage, Größe der Gruppe und Belege, gewichtet; h zeigt die Rechnung.",
        *saetze,
        _NICHT,
    )


def describe_bedarf(grundlage: Plangrundlage, b: Bedarfsbild) -> tuple[str, ...]:
    """Say what is needed where and for whom, what is recommended, on which evidence, how it was ranked."""
    bedarf = b.bedarf
    wer = f" für {', '.join(bedarf.zielgruppe)}" if bedarf.zielgruppe else ""
    wo = ", ".join(grundlage.name(g) for g in _areas(grundlage, bedarf))
    saetze = [f"{bedarf.schluessel} {bedarf.name}{wer} · {wo} · {bedarf.stand.value} {write_tag(bedarf.datum)}".strip()]
    saetze += [f"Empfehlung: {bedarf.empfehlung}."] if bedarf.empfehlung else []
    saetze.append(b.rechnung[-1])
    saetze += [beleg.text for beleg in b.belege] or ["Noch ohne Beleg."]
    saetze += [f"Ziele: {'; '.join(b.ziele)}."] if b.ziele else []
    return (*saetze, *b.rechnung[:-1])
