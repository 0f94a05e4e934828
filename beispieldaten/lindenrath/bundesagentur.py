"""Bundesagentur für Arbeit: cover and imprint, title cell with AGS, Merkmale in rows under group heads, `*` pairs.

Rows are Merkmale, columns are areas. A count of 1 or 2 is starred, and so is a second cell wherever a sum would reveal
it. Zero is stored as 0 and only *shown* as "-" by the number format.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from lindenrath.raum import AGS, MIT_REST, NAMEN, NZ
from lindenrath.soziales import stadtwert, werte_of
from lindenrath.werkstatt import Werkstatt, ende, mappe

ABSENDER = "Bundesagentur für Arbeit"
FORMAT = "* #,##0;* \\-_ #,##0;\\-"
GRUPPEN = (
    ("Sozialversicherungspflichtig Beschäftigte\nam Wohnort (Stichtag 30.06.)", "Insgesamt", "svb",
     {"Männer": "svb_maennlich", "Frauen": "svb_weiblich"}),
    ("Geringfügig Beschäftigte (Minijobber)\nam Wohnort (Stichtag 30.06.)", "Insgesamt", "minijob",
     {"im Nebenjob geringfügig Beschäftigte": "minijob_nebenjob"}),
    ("Arbeitslose (Bestand im Dezember)", "Insgesamt", "arbeitslose",
     {"Männer": "arbeitslose_maennlich", "Frauen": "arbeitslose_weiblich", "15 bis unter 25 Jahre": "arbeitslose_15_25",
      "55 Jahre und älter": "arbeitslose_ab_55", "Langzeitarbeitslose": "arbeitslose_lang",
      "Arbeitslose im Rechtskreis SGB III": "arbeitslose_sgb3", "Arbeitslose im Rechtskreis SGB II": "arbeitslose_sgb2"}),
    ("Grundsicherung für Arbeitsuchende (SGB II, Dezember)", "Regelleistungsberechtigte", "sgb2",
     {"unter 18 Jahre": "sgb2_unter_18", "unter 15 Jahre": "sgb2_unter_15",
      "erwerbsfähige Leistungsberechtigte": "sgb2_elb", "Langzeitleistungsbeziehende": "sgb2_lzb"}),
    ("Bedarfsgemeinschaften (SGB II, Dezember)", "Insgesamt", "bg",
     {"mit Kindern unter 18 Jahren": "bg_kinder", "Alleinerziehende": "bg_alleinerziehend"}),
)  # fmt: skip
_PAARE = (
    ("svb_maennlich", "svb_weiblich"),
    ("arbeitslose_maennlich", "arbeitslose_weiblich"),
    ("arbeitslose_sgb3", "arbeitslose_sgb2"),
)
_FUSSNOTE = (
    "*) Aus Gründen der statistischen Geheimhaltung werden Zahlenwerte von 1 oder 2 und Daten, aus denen rechnerisch auf "
    "einen solchen Zahlenwert geschlossen werden kann, anonymisiert."
)


def build_sterne(jahr: int) -> set[tuple[str, str]]:
    """Cells (Merkmal, Gebiet) that are starred, closed under sums over areas and exact pairs."""
    sterne: set[tuple[str, str]] = set()
    for _, _, ganzes, teile in GRUPPEN:
        for merkmal in (ganzes, *teile.values()):
            werte = {g: werte_of(g, jahr)[merkmal] for g in MIT_REST}
            klein = {g for g in MIT_REST if 1 <= werte[g] <= 2 or (ganzes, g) in sterne}
            sterne |= {(merkmal, g) for g in _pair(klein, werte)}
    for links, rechts in _PAARE:
        gemeinsam = {g for m, g in sterne if m in (links, rechts)}
        werte = {g: min(werte_of(g, jahr)[links], werte_of(g, jahr)[rechts]) for g in MIT_REST}
        sterne |= {(m, g) for g in _pair(gemeinsam, werte) for m in (links, rechts)}
    return sterne


def _pair(klein: set[str], werte: dict[str, int]) -> set[str]:
    """A single starred cell gets a partner: the smallest other one that is not zero."""
    if len(klein) != 1:
        return klein
    weitere = sorted((g for g in werte if g not in klein and werte[g] > 2), key=lambda g: (werte[g], g))
    return klein | set(weitere[:1])


def liefern(w: Werkstatt, jahr: int) -> None:
    """Write the labour market by Sozialraum of one year."""
    pfad = w.begin(
        f"{jahr}/Arbeitsmarkt-kleinraeumig_{AGS}_Lindenrath_{jahr}.xlsx",
        ABSENDER,
        zeichentabelle="ba",
        hinweis="Merkmale in Zeilen unter Gruppenköpfen, Gebiete in Spalten; * ist geheim und bleibt es",
    )
    with mappe(pfad, "Statistik der Bundesagentur für Arbeit") as buch:
        buch.add_worksheet("Deckblatt")
        _impressum(buch, jahr)
        _daten(w, buch, jahr)
        info = buch.add_worksheet("Statistik-Infoseite")
        info.write(1, 6, "Stand: 13.01.2023")
        info.write(2, 0, "Statistik-Infoseite")
        info.write(
            4, 0, "Abkürzungen und Zeichen, die in den Produkten der Statistik der BA vorkommen, werden erläutert."
        )


def _impressum(buch: Any, jahr: int) -> None:
    blatt = buch.add_worksheet("Impressum")
    zeilen = (
        ("Produktlinie/Reihe:", "Tabellen"), ("Produkt-ID:", 992), ("Titel:", "Arbeitsmarkt kleinräumig"),
        ("Region:", "Lindenrath, Stadt"), ("Berichtsjahr:", jahr), ("Erstellungsdatum:", f"15. Januar {jahr + 1}"),
        ("Periodizität:", "jährlich"), ("Nächster Veröffentlichungstermin:", f"15. Januar {jahr + 2}"),
        ("Hinweise:", f"Gebietsstand im Jahr {jahr}. Auswertung nach den von der Kommune übermittelten Sozialräumen."),
        ("Herausgeberin:", "Bundesagentur für Arbeit"), ("", "Statistik"),
    )  # fmt: skip
    blatt.write(0, 1, "Arbeitsmarkt kleinräumig")
    blatt.write(3, 0, "Impressum")
    for nummer, paar in enumerate(zeilen):
        blatt.write_row(5 + 2 * nummer, 0, paar)


def _daten(w: Werkstatt, buch: Any, jahr: int) -> None:
    blatt, fett = buch.add_worksheet("Daten"), buch.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    breite = len(MIT_REST) + 2
    blatt.write(0, breite, "Arbeitsmarkt kleinräumig")
    titel = "Beschäftigte, Arbeitslose und Leistungsberechtigte in der Grundsicherung\nnach Sozialräumen"
    blatt.merge_range(2, 0, 2, breite, titel, fett)
    blatt.merge_range(3, 0, 3, breite, f"{AGS} Lindenrath, Stadt (Gebietsstand im Jahr {jahr})")
    blatt.merge_range(4, 0, 4, 2, jahr)
    blatt.merge_range(6, 0, 7, 1, "Merkmale", fett)
    koepfe = [NAMEN[g] if g == NZ else f"{g} {NAMEN[g]}" for g in MIT_REST]
    for spalte, kopf in enumerate([*koepfe, "Insgesamt"], start=2):
        blatt.write(6, spalte, kopf, fett)
        blatt.write(7, spalte, spalte - 1)
    form = buch.add_format({"num_format": FORMAT, "align": "right"})
    zeile, sterne = 8, build_sterne(jahr)
    for gruppe, insgesamt, ganzes, teile in GRUPPEN:
        blatt.merge_range(zeile, 0, zeile, 1, gruppe, fett)
        blatt.write(zeile + 1, 0, insgesamt)
        _zeile(w, blatt, form, zeile + 1, ganzes, jahr, sterne)
        for nummer, (name, merkmal) in enumerate(teile.items()):
            blatt.write(zeile + 2 + nummer, 0, "dar." if nummer == 0 else "")
            blatt.write(zeile + 2 + nummer, 1, name)
            _zeile(w, blatt, form, zeile + 2 + nummer, merkmal, jahr, sterne)
        zeile += 2 + len(teile)
    blatt.write(zeile, breite, "© Statistik der Bundesagentur für Arbeit")
    blatt.merge_range(zeile + 1, 0, zeile + 1, breite, _FUSSNOTE)


def _zeile(
    w: Werkstatt, blatt: Any, form: Any, zeile: int, merkmal: str, jahr: int, sterne: set[tuple[str, str]]
) -> None:
    stand = dt.date(jahr, 6, 30) if merkmal.startswith(("svb", "minijob")) else ende(jahr)
    for spalte, gebiet in enumerate(MIT_REST, start=2):
        wert = werte_of(gebiet, jahr)[merkmal]
        if (merkmal, gebiet) in sterne:
            blatt.write(zeile, spalte, "*", form)
            w.note(gebiet, merkmal, stand, wert, zeichen="GEHEIM")
        else:
            blatt.write(zeile, spalte, wert, form)
            # The number format shows 0 as "-": nothing there.
            w.note(gebiet, merkmal, stand, wert, zeichen="" if wert else "NICHTS")
    blatt.write(zeile, 2 + len(MIT_REST), stadtwert(merkmal, jahr), form)
    w.note(AGS, merkmal, stand, stadtwert(merkmal, jahr))
