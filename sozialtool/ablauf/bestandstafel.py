"""Inventory and supply as rows of text for screen and command."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sozialtool.ablauf.entfernungen import find_lage
from sozialtool.ablauf.entfernungstafel import describe_entfernung
from sozialtool.ablauf.plantafel import Plantafel, Tafelspalte, Tafelzeile
from sozialtool.ablauf.versorgungsbild import Versorgungsbild, list_masse, write_tag
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.planung import Einrichtung
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import LAGE_ZEICHEN, format_zahl
from sozialtool.fach.versorgung import Versorgungslage, Versorgungszeile, Zaehlweise
from sozialtool.projekt import Projekt


def build_bestandstafel(projekt: Projekt, gebiet: str = "", art: str = "") -> Plantafel:
    """List the inventory, by area and kind; `gebiet` and `art` narrow it."""
    gebiete = {g.schluessel: g for g in projekt.read(Gebiet)}
    folge = {schluessel: (g.reihenfolge, g.schluessel) for schluessel, g in gebiete.items()}
    alle = [e for e in projekt.read(Einrichtung) if gebiet in ("", e.gebiet) and art in ("", e.art)]
    alle.sort(key=lambda e: (folge.get(e.gebiet, (0, "")), e.art, e.name))
    arten = Counter(e.art for e in alle)
    mit_plaetzen = {a for m in list_masse(projekt) if m.zaehlt is Zaehlweise.PLAETZE for a in m.arten}
    ohne = sum(e.plaetze is None for e in alle if e.art in mit_plaetzen)
    hinweise = [f"{len(alle)} Einträge, {len(arten)} Arten{_count_lagen(alle)}."] if alle else []
    return Plantafel(
        "Bestand",
        (Tafelspalte("Sozialraum", 19), Tafelspalte("Name"), Tafelspalte("Art", 22), Tafelspalte("Plätze", 8, rechts=True)),
        tuple(_row(e, gebiete) for e in alle),
        (*hinweise, *([f"{ohne} Einrichtungen ohne Zahl der Plätze."] if ohne else [])),
        "Noch kein Bestand. x gibt eine leere Liste nach Excel, r liest sie ausgefüllt zurück, n trägt einen Ort ein.",
    )  # fmt: skip


def _count_lagen(alle: Sequence[Einrichtung]) -> str:
    """Say how many positions are missing; "" where nobody has written one down."""
    ohne = sum(find_lage(e) is None for e in alle)
    return "" if ohne == len(alle) else f"; {ohne} ohne Lage"


def _row(e: Einrichtung, gebiete: dict[str, Gebiet]) -> Tafelzeile:
    wo = gebiete[e.gebiet].name if e.gebiet in gebiete else e.gebiet
    alter = (
        ""
        if e.alter_von is None and e.alter_bis is None
        else f"{e.alter_von or 0} bis unter {e.alter_bis or '…'} Jahre"
    )
    wer = "; ".join(filter(None, ("; ".join(e.zielgruppe), alter)))
    rest = " · ".join(filter(None, (
        f"bezahlt aus: {'; '.join(e.finanzierung)}" if e.finanzierung else "", f"barrierefrei: {e.barrierefrei.value}",
        f"Stand {write_tag(e.stand)}" if e.stand else "", e.bemerkung,
    )))  # fmt: skip
    texte = (wo, e.name, e.art, format_zahl(e.plaetze))
    traeger = f"Träger: {e.traeger or 'nicht genannt'}" + (f" · für: {wer}" if wer else "")
    return Tafelzeile(e.schluessel, texte, (f"{e.schluessel} {e.name}", traeger, rest), e)


def build_versorgungstafel(bild: Versorgungsbild) -> Plantafel:
    """One measure in all areas, with the figures of the area beside it."""
    neben = tuple(bild.mass.indikatoren[:2])
    was = "Plätze" if bild.mass.zaehlt is Zaehlweise.PLAETZE else "Orte"
    spalten = (
        Tafelspalte("Sozialraum"), Tafelspalte(was, 8, rechts=True), Tafelspalte("Gruppe", 7, rechts=True),
        Tafelspalte(f"je {bild.mass.je}", 8, rechts=True), Tafelspalte(" gegen die Stadt", 23),
        *(Tafelspalte(kennung, 8, rechts=True) for kennung in neben),
    )  # fmt: skip
    zeilen = tuple(_supply_row(bild, zeile, neben) for zeile in bild.zeilen)
    return Plantafel(f"{bild.mass.name} {bild.jahr}", spalten, zeilen, bild.hinweise)


def _supply_row(bild: Versorgungsbild, z: Versorgungszeile, neben: Sequence[str]) -> Tafelzeile:
    stadt = z is bild.stadt
    mindestens = "ab " if z.ohne_zahl else ""
    texte = (
        z.gebiet.name, mindestens + format_zahl(z.menge), format_zahl(z.gruppe, leer=z.zeichen.symbol if z.zeichen else "–"), format_zahl(z.wert, bild.mass.stellen, leer="–"),
        "" if stadt else f" {z.lage.text}", *(write_kennzahl(bild.kennzahlen.get((z.gebiet.schluessel, k))) for k in neben),
    )  # fmt: skip
    return Tafelzeile(z.gebiet.schluessel, texte, describe_versorgung(bild, z), z, stadt)


def write_kennzahl(k: Kennzahl | None) -> str:
    """Write a released figure with the sign of its position; its reason where there is none."""
    if k is None:
        return "–"
    if k.wert is None:
        return k.zeichen.symbol if k.zeichen else "–"
    zeichen = LAGE_ZEICHEN[k.lage] if k.lage else ""
    return f"{format_zahl(k.wert, 1)}{zeichen:>2}"


def describe_versorgung(bild: Versorgungsbild, z: Versorgungszeile) -> tuple[str, ...]:
    """Say in sentences what there is, what the rule says, and who offers it."""
    mass = bild.mass
    kopf = f"{z.gebiet.name}: {format_zahl(z.wert, mass.stellen, leer='–')} {mass.einheit}"
    if z is not bild.stadt:
        kopf += f" (Stadt: {format_zahl(bild.stadt.wert, mass.stellen, leer='–')}) – {z.lage.wort}"
    elif z.lage is Versorgungslage.KEINE:
        kopf += " – in der ganzen Stadt keine"
    saetze = [f"{kopf}."]
    if z.grund:
        saetze.append(z.grund)
    if z.abstand is not None and z.lage not in (Versorgungslage.WIE_STADT, Versorgungslage.HIER_KEINE):
        was = "Plätze" if mass.zaehlt is Zaehlweise.PLAETZE else "Orte"
        mehr = "mehr" if z.abstand > 0 else "weniger"
        saetze.append(
            f"Rechnerisch {format_zahl(abs(z.abstand), 1)} {was} {mehr}, als es mit der Versorgung der Stadt wären."
        )
    if z is not bild.stadt:
        namen = ", ".join(f"{o.name} ({o.traeger})" if o.traeger else o.name for o in z.orte)
        saetze.append(f"Da sind: {namen}." if namen else "Dafür ist hier nichts verzeichnet.")
    return (*saetze, *filter(None, [describe_entfernung(bild, z)]))


def list_auffaellige(bilder: Sequence[Versorgungsbild]) -> tuple[tuple[Versorgungsbild, Versorgungszeile], ...]:
    """List gaps and possible double offers of all measures, in their order."""
    zeigt = (Versorgungslage.LUECKE, Versorgungslage.DOPPELT)
    return tuple((bild, z) for bild in bilder for z in bild.zeilen[1:] if z.lage in zeigt)


def build_auffaelligentafel(bilder: Sequence[Versorgungsbild]) -> Plantafel:
    """All gaps and possible double offers of the town in one list."""
    zeilen = tuple(
        Tafelzeile(
            f"{bild.mass.schluessel}@{z.gebiet.schluessel}",
            (
                z.lage.text,
                z.gebiet.name,
                bild.mass.name,
                f"{format_zahl(z.wert, bild.mass.stellen)} / {format_zahl(bild.stadt.wert, bild.mass.stellen)}",
            ),
            describe_versorgung(bild, z),
            (bild, z),
        )
        for bild, z in list_auffaellige(bilder)
    )
    spalten = (
        Tafelspalte("Was", 22), Tafelspalte("Sozialraum", 19), Tafelspalte("Wofür"), Tafelspalte("hier / Stadt", 14, rechts=True),
    )  # fmt: skip
    nicht = tuple(f"{bild.mass.name}: {bild.nicht_gerechnet}" for bild in bilder if bild.nicht_gerechnet)
    hinweise = (*nicht, *bilder[0].hinweise[1:3]) if bilder else ()
    return Plantafel("Lücken und mögliche Doppelungen", spalten, zeilen, hinweise, _say_keine(bilder))


def _say_keine(bilder: Sequence[Versorgungsbild]) -> str:
    """Say what an empty list of gaps means: none is there, or none could be found since something was not computed."""
    if not any(bild.stadt.orte for bild in bilder):
        return "Im Bestand steht noch nichts, was gezählt wird."
    zeilen = [z for bild in bilder for z in bild.zeilen[1:]]
    offen = sum(z.lage is Versorgungslage.OFFEN for z in zeilen)
    if offen == len(zeilen):
        return "Nicht zu sagen: Es ist nichts gerechnet."
    return (
        f"Nach der Regel keine, soweit gerechnet ist; bei {offen} von {len(zeilen)} ist es nicht zu sagen."
        if offen
        else "Nach der Regel keine."
    )
