"""Rules of disclosure control and figures known from outside as rows of text, for screen and command."""

from __future__ import annotations

from collections import Counter

from sozialtool.ablauf.plantafel import Plantafel, Tafelspalte, Tafelzeile
from sozialtool.ablauf.veroeffentlichungen import describe_geheimhaltungsregel, find_ebene
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Ebene, Gebiet
from sozialtool.fach.veroeffentlichung import BekannteZahl, Geheimhaltungsregel
from sozialtool.projekt import Projekt

_OHNE = "Für Quellen ohne Regel gilt: Anzahlen unter der Mindestfallzahl des Merkmals sind geheim, auch „alle“; eine Null wird gezeigt."


def build_regeltafel(projekt: Projekt) -> Plantafel:
    """List what each source asks for."""
    ebenen = projekt.read(Ebene)
    merkmale = Counter(m.fachbereich.strip().casefold() for m in projekt.read(Merkmal))
    regeln = sorted(projekt.read(Geheimhaltungsregel), key=lambda r: r.fachbereich.casefold())
    zeilen = []
    for r in regeln:
        ebene = find_ebene(r.ab_ebene, ebenen) if r.ab_ebene else None
        anzahl = merkmale[r.fachbereich.strip().casefold()]
        trifft = f"Gilt für {anzahl} Merkmale." if anzahl else "Trifft kein Merkmal: Diese Quelle liefert nichts."
        texte = (r.fachbereich, r.verlangt_von, r.verfahren.value, ebene.name if ebene else r.ab_ebene or "jede")
        zeilen.append(
            Tafelzeile(r.fachbereich, texte, (r.fachbereich, describe_geheimhaltungsregel(r, ebenen), trifft), r)
        )
    return Plantafel(
        "Regeln der Geheimhaltung",
        (Tafelspalte("Quelle"), Tafelspalte("Verlangt von"), Tafelspalte("Verfahren", 14), Tafelspalte("Nur ab Ebene", 14)),
        tuple(zeilen),
        (_OHNE,),
        "Noch keine Regel. n trägt ein, was eine Quelle verlangt (kleinste Ebene, Runden, Geldbeträge).",
    )  # fmt: skip


def build_bekanntentafel(projekt: Projekt) -> Plantafel:
    """List the figures that others publish."""
    gebiete = {g.schluessel: g.name for g in projekt.read(Gebiet)}
    merkmale = {m.schluessel: m.name for m in projekt.read(Merkmal)}
    zeilen = []
    for z in sorted(projekt.read(BekannteZahl), key=lambda z: (z.gebiet, z.merkmal, z.jahr)):
        jahr = str(z.jahr) if z.jahr else "jedes"
        name, wo = merkmale.get(z.merkmal, z.merkmal), gebiete.get(z.gebiet, z.gebiet)
        detail = (
            f"{name}, {wo}",
            f"Steht in: {z.quelle}. Diese Zahl wird deshalb nie gesperrt, und andere sind neben ihr geschützt.",
        )
        zeilen.append(Tafelzeile(f"{z.gebiet}|{z.merkmal}|{z.jahr}", (wo, name, jahr, z.quelle), detail, z))
    return Plantafel(
        "Von außen bekannte Zahlen",
        (Tafelspalte("Gebiet", 18), Tafelspalte("Merkmal"), Tafelspalte("Jahr", 6), Tafelspalte("Wo bekannt", 24)),
        tuple(zeilen),
        ("Nur eintragen, was wirklich jeder nachlesen kann.",),
        "Noch keine. n trägt eine Zahl ein, die Kreis oder Land veröffentlicht.",
    )  # fmt: skip
