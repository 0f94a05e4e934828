"""Bodies, meetings, the cycle and tasks as tables of text: the same for screen and sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sozialtool.ablauf.nachweise import describe_nachweis
from sozialtool.ablauf.plantafel import Plantafel, Tafelspalte, Tafelzeile
from sozialtool.ablauf.sitzungen import (
    Punktbild,
    describe_sitzung,
    list_aufgaben,
    list_gremien,
    list_sitzungen,
)
from sozialtool.ablauf.umlauf import Station, Umlauf, describe_umlauf
from sozialtool.fach.gremium import Aufgabe, Aufgabenstand, Gremienart, Gremium, Sitzung, title_of
from sozialtool.projekt import Projekt

_STATION = 11
"""Cells for one station of the cycle: "◦ 1 von 12"."""


def build_gremientafel(projekt: Projekt) -> Plantafel:
    """List the bodies with their place in the cycle."""
    zeilen = tuple(
        Tafelzeile(
            g.schluessel, (g.name, g.art.value, str(g.station or "–"), f" {g.turnus}"),
            (
                g.name, f"Mitglieder: {', '.join(g.mitglieder)}" if g.mitglieder else "Noch keine Mitglieder eingetragen.",
                f"Leitung: {g.leitung}" if g.leitung else "",
                "Sieht Zahlen, bevor sie endgültig hinausgehen." if g.sieht_zuerst else "",
            ),
            g,
        )
        for g in list_gremien(projekt)
    )  # fmt: skip
    spalten = (
        Tafelspalte("Gremium"),
        Tafelspalte("Art", 23),
        Tafelspalte("Station", 8, rechts=True),
        Tafelspalte(" Turnus", 18),
    )
    return Plantafel(
        "Gremien",
        spalten,
        zeilen,
        leer="Noch kein Gremium. u legt die üblichen an, mit einem Arbeitskreis je Sozialraum.",
    )


def build_sitzungstafel(projekt: Projekt, gremium: str = "") -> Plantafel:
    """List the meetings, the newest first; of one body where its key is given."""
    gremien = {g.schluessel: g for g in list_gremien(projekt)}
    zeilen = tuple(_sitzung(s, gremien.get(s.gremium)) for s in list_sitzungen(projekt, gremium))
    spalten = (Tafelspalte("Tag", 11), Tafelspalte("Gremium"), Tafelspalte("Nr.", 5, rechts=True), Tafelspalte(" Stand", 14), Tafelspalte("Schlüssel", 12))  # fmt: skip
    titel = f"Sitzungen · {gremien[gremium].name}" if gremium in gremien else "Sitzungen"
    return Plantafel(titel, spalten, zeilen, leer="Noch keine Sitzung. n legt die nächste an.")


def _sitzung(s: Sitzung, gremium: Gremium | None) -> Tafelzeile:
    name = gremium.name if gremium else s.gremium
    texte = (f"{s.datum:%d.%m.%Y}", name, str(s.nummer or ""), f" {s.stand.symbol} {s.stand.value}", s.schluessel)
    wo = ", ".join(t for t in (s.uhrzeit, s.ort) if t)
    wer = f"Anwesend: {', '.join(s.anwesend)}" if s.anwesend else ""
    return Tafelzeile(s.schluessel, texte, (title_of(s, gremium), wo, wer, s.bemerkung), s)


def build_punktetafel(projekt: Projekt, schluessel: str) -> Plantafel:
    """List the agenda of a meeting, each point with its Beschlüsse and tasks below it; errors as in `describe_sitzung`."""
    bild = describe_sitzung(projekt, schluessel)
    zeilen = tuple(zeile for punkt in bild.punkte for zeile in _punkt(punkt))
    lose = tuple(_aufgabe(a, "  ") for a in bild.aufgaben if not any(a in p.aufgaben for p in bild.punkte))
    spalten = (Tafelspalte("TOP", 4), Tafelspalte("Tagesordnung, Beschlüsse, Aufgaben"), Tafelspalte("Wie weit", 26))
    offen = tuple(f"Offen aus früheren Sitzungen: {a.text} – {a.zustaendig}" for a in bild.offene)
    return Plantafel(
        bild.titel,
        spalten,
        (*zeilen, *lose),
        offen,
        "Noch keine Tagesordnung. n trägt einen Punkt ein.",
        len(bild.punkte),
    )


def _punkt(bild: Punktbild) -> Iterator[Tafelzeile]:
    p = bild.punkt
    wer = f"Es trägt vor: {p.zustaendig}" if p.zustaendig else ""
    thema = f"Thema: {bild.thema.name}" if bild.thema else ""
    unterlage = f"Unterlage: {p.drucksache}" if p.drucksache else ""
    # A point whose only Beschluss is "vertagt" is not agreed: what they say of it is what they decided.
    arten = dict.fromkeys(b.art.value for b, _ in bild.beschluesse)
    stand = ", ".join(arten) or ("mit Ergebnis" if p.ergebnis else "offen")
    yield Tafelzeile(
        f"p{p.nummer}", (str(p.nummer), p.titel, stand), (p.titel, p.ergebnis, thema, unterlage, wer), p, fett=True
    )
    for b, nachweise in bild.beschluesse:
        betrifft = tuple(f"Betrifft: {describe_nachweis(nachweis)}" for nachweis in nachweise)
        anders = f"Abweichende Meinung: {b.abweichend}" if b.abweichend else ""
        yield Tafelzeile(
            f"b{b.nummer}",
            ("", f"Beschluss: {b.wortlaut}", b.art.value),
            (b.wortlaut, b.art.value, anders, *betrifft),
            b,
        )
    for a in bild.aufgaben:
        yield _aufgabe(a, "")


def _aufgabe(a: Aufgabe, vorweg: str) -> Tafelzeile:
    bis = f" bis {a.bis:%d.%m.%Y}" if a.bis else ""
    texte = (vorweg, f"Aufgabe: {a.text}", f"{a.stand.symbol} {a.stand.value}{bis}")
    return Tafelzeile(f"a{a.schluessel}", texte, (a.text, f"{a.zustaendig}{bis} – {a.stand.value}"), a)


def build_aufgabentafel(projekt: Projekt, heute: dt.date | None = None) -> Plantafel:
    """List all tasks, open ones first, the overdue ones marked."""
    tag = heute or dt.date.today()
    alle = sorted(list_aufgaben(projekt, nur_offene=False), key=lambda a: a.stand is not Aufgabenstand.OFFEN)
    zeilen = tuple(
        Tafelzeile(
            a.schluessel, (a.text, a.zustaendig, f"{a.bis:%d.%m.%Y}" if a.bis else "", _state(a, tag)),
            (a.text, f"Zuständig: {a.zustaendig}", f"Aus Sitzung {a.sitzung}" + (f", TOP {a.top}" if a.top else "") if a.sitzung else ""), a,
        )
        for a in alle
    )  # fmt: skip
    spalten = (Tafelspalte("Aufgabe"), Tafelspalte("Zuständig", 20), Tafelspalte("Bis", 11), Tafelspalte("Stand", 13))
    return Plantafel("Aufgaben", spalten, zeilen, leer="Noch keine Aufgabe.")


def _state(a: Aufgabe, heute: dt.date) -> str:
    return "! überfällig" if a.is_ueberfaellig(heute) else f"{a.stand.symbol} {a.stand.value}"


def build_umlauftafel(projekt: Projekt) -> Plantafel:
    """Show for each Thema how far it is at each station of the cycle."""
    umlaeufe = describe_umlauf(projekt)
    stationen = {s.nummer: s.name for u in umlaeufe for s in u.stationen}
    arten = {s.nummer: s.gremien[0].art for u in umlaeufe for s in u.stationen}
    zeilen = tuple(_umlauf(u, sorted(stationen)) for u in umlaeufe)
    spalten = (Tafelspalte("Thema"), *(Tafelspalte(f"{n} {_KURZ[arten[n]]}", _STATION) for n in sorted(stationen)))
    regeln = tuple(f"Station {n}: {stationen[n]}" for n in sorted(stationen))
    leer = "Noch kein Thema. n trägt eines ein; auf der Tagesordnung einer Sitzung wird es genannt."
    return Plantafel(
        "Umlauf der Themen", spalten, zeilen, ("√ beraten  ● geplant  ◦ teilweise  ○ offen", *regeln), leer
    )


_KURZ = {
    Gremienart.PLANUNGSRUNDE: "Planung", Gremienart.STEUERUNGSGRUPPE: "Steuerung", Gremienart.TRAEGERRUNDE: "Träger",
    Gremienart.STADTTEIL: "Stadtteil", Gremienart.VORSTAND: "Vorstand", Gremienart.AUSSCHUSS: "Ausschuss", Gremienart.RAT: "Rat",
    Gremienart.SONSTIGES: "Sonstige",
}  # fmt: skip
"""Heads of narrow columns."""


def _umlauf(u: Umlauf, nummern: list[int]) -> Tafelzeile:
    je = {s.nummer: s for s in u.stationen}
    texte = (u.thema.name, *(je[n].kurz if n in je else "" for n in nummern))
    if u.thema.abgeschlossen:
        schluss = f"Abgeschlossen am {u.thema.abgeschlossen:%d.%m.%Y}"
    else:
        schluss = f"Als Nächstes: {u.naechste.name}" if u.naechste else "Durch alle Stationen gegangen."
    weitere = tuple(f"Außerdem {b.gremium.name}, {b.sitzung.datum:%d.%m.%Y}" for b in u.weitere)
    return Tafelzeile(
        u.thema.schluessel,
        texte,
        (u.thema.name, schluss, *(f"! {satz}" for satz in u.hinweise), *(_say(s) for s in u.stationen), *weitere),
        u.thema,
    )


def _say(s: Station) -> str:
    wieviele = f", {s.gesehen} von {len(s.gremien)}" if len(s.gremien) > 1 else ""
    return f"{s.nummer} {s.name}: {s.lage.value}{wieviele}" + (f", {s.zuletzt:%d.%m.%Y}" if s.zuletzt else "")
