"""The streets of Lindenrath: 480 names, runs of house numbers, and the Straßenverzeichnis as the town hall sends it."""

from __future__ import annotations

import random
from typing import NamedTuple

from lindenrath.bevoelkerung import SEED, share_out
from lindenrath.bezirke import BEZIRKE, Bezirk
from lindenrath.raum import SOZIALRAEUME
from lindenrath.werkstatt import Werkstatt, mappe

ANZAHL = 480
DATEI = "register/Strassenverzeichnis_Lindenrath.xlsx"
GERADE, UNGERADE, ALLE = "gerade", "ungerade", ""


class Lauf(NamedTuple):
    """A run of house numbers of one street in one Bezirk, and the houses that stand there (number, Zusatz)."""

    strasse: str
    bezirk: str
    von: int | None
    von_zusatz: str
    bis: int | None
    bis_zusatz: str
    seite: str
    haeuser: tuple[tuple[int, str], ...]


_THEMEN = {
    ("01", "02", "03"): "Mühlen Gerber Schmiede Töpfer Weber Seiler Kloster Stifts Markt Brunnen Tor Wall Glocken Kirch Spital "
    "Salz Korn Fischer Färber Böttcher Bäcker Zunft Bahnhof Post Güter Signal Weichen Schiller Goethe Lessing Heine Uhland",
    ("04", "05"): "Rhein Deich Fähr Hafen Anker Schiffer Lotsen Netz Reiher Möwen Kiebitz Schwanen Storchen Otter Biber "
    "Schilf Weiden Erlen Kiesel Ufer Insel Segel Kranich Treidel",
    ("06", "07"): "Heide Ginster Birken Wacholder Kiefern Fichten Tannen Farn Moos Lerchen Amsel Drossel Finken Meisen "
    "Specht Eichen Buchen Ahorn Eschen Ulmen Hasel Holunder Schlehen Mohn Klee",
    ("08",): "Mozart Händel Haydn Schubert Brahms Beethoven Garn Leinen Seiden Kasernen Feld West Flieder Rosen Tulpen "
    "Nelken Astern Dahlien Veilchen",
    ("09",): "Zechen Knappen Steiger Schacht Flöz Stollen Kohlen Halden Förder Bergmanns Barbara Gruben Hauer Revier Lampen",
    ("10", "11", "12"): "Moor Kanal Schleusen Wiesen Apfel Birnen Kirsch Pflaumen Quitten Obst Stein Fels Berg Tal Höhen "
    "Sonnen Wein Reben Forst Jäger Hirsch Reh Dachs Fuchs Hasen Wald Quellen Linden",
}  # fmt: skip
_ENDUNGEN = ("straße", "weg", "gasse", "ring", "stieg", "winkel", "pfad", "allee")
_HAUPT = (
    ("Lindenrather Straße", ("0101", "0104", "0201", "0303", "1103", "1104")),
    ("Rheinfelder Straße", ("0103", "0203", "0501", "0502", "0401", "0403")),
    ("Holthauser Straße", ("0105", "0601", "0602", "0702", "0703")),
    ("Weststraße", ("0102", "0801", "0802", "0806", "0901")),
    ("Oberlindener Allee", ("0304", "1101", "1102", "1201", "1204")),
    ("Brünkhorster Landstraße", ("1105", "1107", "1003", "1001", "1002")),
    ("An der Kreisbahn", ("0205", "0206", "0306", "0805")),
    ("Deichring", ("0402", "0404", "0505", "0506")),
    ("Heidering", ("0701", "0704", "0705", "0706")),
    ("Glückaufring", ("0902", "0903", "0904", "0905")),
)
"""Streets through several Sozialräume, with the Bezirke along their house numbers."""
DOPPELT = "Gartenstraße"
"""Exists twice under two keys, in Brünkhorst and in Alt-Oberlinden."""
_DOPPELT_IN = ("1001", "1102")


def _namen(raum: str, anzahl: int, vergeben: set[str]) -> list[str]:
    """Draw names of one theme that are not taken yet."""
    worte = next(text for raeume, text in _THEMEN.items() if raum in raeume).split()
    zufall = random.Random(f"{SEED}:strassen:{raum}")
    zufall.shuffle(worte)
    frei = [wort + endung for endung in _ENDUNGEN for wort in worte if wort + endung not in vergeben]
    vergeben.update(frei[:anzahl])
    return frei[:anzahl]


def build_laeufe() -> tuple[tuple[Lauf, ...], dict[str, str]]:
    """Build all runs, and key → name of the streets; keys follow the alphabet, in steps of ten."""
    vergeben = {name for name, _ in _HAUPT} | {DOPPELT}
    roh: list[tuple[str, list[Lauf]]] = [(name, _along(name, bezirke)) for name, bezirke in _HAUPT]
    roh += [(DOPPELT, [_ganz(bezirk, 30)]) for bezirk in _DOPPELT_IN]
    ew = {raum.schluessel: raum.einwohner for raum in SOZIALRAEUME}
    wieviele = share_out(ANZAHL - len(roh), [bezirk.anteil * ew[bezirk.raum] for bezirk in BEZIRKE])
    for nummer, bezirk in enumerate(BEZIRKE):
        for stelle, name in enumerate(_namen(bezirk.raum, max(1, wieviele[nummer]), vergeben)):
            roh.append((name, _own(name, bezirk, stelle, nummer)))
    roh.sort(key=lambda paar: (paar[0], paar[1][0].bezirk))
    namen = {f"{10 * nummer:05d}": name for nummer, (name, _) in enumerate(roh, start=1)}
    laeufe = [
        lauf._replace(strasse=schluessel) for schluessel, (_, teile) in zip(namen, roh, strict=True) for lauf in teile
    ]
    return tuple(laeufe), namen


def _ganz(bezirk: str, bis: int) -> Lauf:
    return Lauf("", bezirk, None, "", None, "", ALLE, _haeuser(bezirk, 1, bis, ALLE))


def _own(name: str, bezirk: Bezirk, stelle: int, nummer: int) -> list[Lauf]:
    """A street of one Bezirk; every fifth is shared with the next Bezirk of the Sozialraum, by side or by number."""
    laenge = random.Random(f"{SEED}:laenge:{name}").randrange(14, 60, 2)
    nachbar = BEZIRKE[nummer + 1] if nummer + 1 < len(BEZIRKE) else bezirk
    if stelle % 5 != 2 or nachbar.raum != bezirk.raum:
        return [_ganz(bezirk.schluessel, laenge)]
    if nummer % 2:
        seiten = ((bezirk.schluessel, UNGERADE, 1), (nachbar.schluessel, GERADE, 2))
        return [Lauf("", wo, erste, "", None, "", s, _haeuser(name, erste, laenge, s)) for wo, s, erste in seiten]
    mitte = laenge // 2
    return [
        Lauf("", bezirk.schluessel, 1, "", mitte, "", ALLE, _haeuser(name, 1, mitte, ALLE)),
        Lauf("", nachbar.schluessel, mitte + 1, "", None, "", ALLE, _haeuser(name, mitte + 1, laenge, ALLE)),
    ]


def _along(name: str, bezirke: tuple[str, ...]) -> list[Lauf]:
    """A main street: a run per Bezirk; the second border lies in the middle of a number, as 44c and 44d."""
    laeufe = []
    for nummer, bezirk in enumerate(bezirke):
        von, bis = nummer * 40 + 1, nummer * 40 + 40
        haeuser = [h for h in _haeuser(name, von, bis, ALLE) if h[0] not in (von, bis)]
        von_zusatz = bis_zusatz = ""
        if nummer == 1:
            bis, bis_zusatz = bis + 4, "c"
            haeuser += [(bis, "a"), (bis, "c")]
        if nummer == 2:
            von, von_zusatz = von + 3, "d"
            haeuser = [h for h in haeuser if h[0] > von] + [(von, "d"), (von, "f")]
        letzter = nummer == len(bezirke) - 1
        ende = None if letzter and name not in _ENDET else bis
        laeufe.append(Lauf("", bezirk, von, von_zusatz, ende, bis_zusatz, ALLE, tuple(sorted(haeuser))))
    if name == _LUECKE:
        # Nobody thought of the even numbers above 120: one gap that the planner finds.
        letzte = laeufe.pop()
        laeufe += [letzte._replace(von=121, seite=UNGERADE, haeuser=tuple(h for h in letzte.haeuser if h[0] % 2))]
        laeufe += [letzte._replace(von=126, seite=GERADE, haeuser=tuple(h for h in letzte.haeuser if not h[0] % 2 and h[0] >= 126))]  # fmt: skip
    return laeufe


_ENDET = ("Deichring", "Heidering")
_LUECKE = "Glückaufring"


def _haeuser(name: str, von: int, bis: int, seite: str) -> tuple[tuple[int, str], ...]:
    """Houses along a run; a few have a Zusatz."""
    zufall = random.Random(f"{SEED}:haeuser:{name}:{von}")
    haeuser = []
    for nummer in range(von, bis + 1):
        if seite and (nummer % 2 == 0) != (seite == GERADE):
            continue
        haeuser.append((nummer, ""))
        if zufall.random() < 0.08:
            haeuser += [(nummer, "a"), (nummer, "b")]
    return tuple(haeuser)


def liefern(w: Werkstatt) -> None:
    """Write the Straßenverzeichnis."""
    laeufe, namen = build_laeufe()
    pfad = w.ziel / DATEI
    pfad.parent.mkdir(parents=True, exist_ok=True)
    bezirksnamen = {b.schluessel: b.name for b in BEZIRKE}
    with mappe(pfad, "Stadt Lindenrath, Bauamt") as buch:
        blatt = buch.add_worksheet("Straßen")
        fett = buch.add_format({"bold": True, "bottom": 1})
        blatt.set_column(0, 0, 11)
        blatt.set_column(1, 1, 28)
        blatt.set_column(8, 8, 22)
        blatt.write(0, 0, "Stadt Lindenrath · Straßenverzeichnis mit Statistischen Bezirken", fett)
        blatt.write(1, 0, "Stand 31.12.2025 · G = gerade, U = ungerade Hausnummern, leer = alle")
        kopf = ["Str.-Schl.", "Straßenname", "G/U", "von Nr.", "von Zus.", "bis Nr.", "bis Zus.", "Statistischer Bezirk", "Bezeichnung"]  # fmt: skip
        blatt.write_row(3, 0, kopf, fett)
        for zeile, lauf in enumerate(laeufe, start=4):
            seite = {GERADE: "G", UNGERADE: "U", ALLE: None}[lauf.seite]
            werte = (lauf.strasse, namen[lauf.strasse], seite, lauf.von, lauf.von_zusatz or None, lauf.bis,
                     lauf.bis_zusatz or None, lauf.bezirk, bezirksnamen[lauf.bezirk])  # fmt: skip
            for spalte, wert in enumerate(werte):
                if wert is not None:
                    blatt.write(zeile, spalte, wert)
        blatt.freeze_panes(4, 0)
        blatt.autofilter(3, 0, 3 + len(laeufe), len(kopf) - 1)
