"""Statistische Bezirke, the smallest areas of Lindenrath, and what is made of them: Schulbezirke and Gebietsstände.

They nest in the Sozialräume; each lies in one Stimmbezirk and one Schulbezirk as a whole. Who takes 013 and 021 apart finds
parts of two Sozialräume.
"""

from __future__ import annotations

from typing import NamedTuple

from lindenrath.raum import ORTSTEILE, SOZIALRAEUME

BEZIRK, SCHULBEZIRK = "bezirk", "schulbezirk"
ALT, NEU = "2016", "2025"


class Bezirk(NamedTuple):
    """A smallest area: share of the Sozialraum's people, what lives there, and where it votes and goes to school.

    `art`: "f" families in new houses, "a" old people, "d" dense blocks with many small households, "" a mixture.
    """

    schluessel: str
    name: str
    raum: str
    anteil: float
    art: str
    stimmbezirk: str
    schulbezirk: str


_LISTE = """
01 Markt 19 d 001 GS1 | Stiftsviertel 23 a 001 GS1 | Am Lindentor 11  001 GS1 | Wallgärten 26 a 002 GS1 | Mühlengraben 21  002 GS2
02 Gleisdreieck 27 d 003 GS1 | Postviertel 22 d 003 GS1 | Güterbahnhof 2  003 GS1 | Schillerpark 20  004 GS1 | Kolpingviertel 17 d 004 GS2 | Südring 12 a 004 GS2
03 Am Marienhospital 15 a 005 GS2 | Kapellenfeld 18  005 GS2 | Klosterhof 13 d 005 GS2 | Rosenhang 21 f 006 GS2 | Ziegelei 16  006 GS2 | Lohgerberviertel 17 d 006 GS5
04 Alter Hafen 14 d 007 GS3 | Deichsiedlung 19  007 GS3 | Hochhausring 22 d 007 GS3 | Kiesgrube 2  008 GS3 | Nordhöfe 17 d 008 GS3 | Reihersiedlung 15 f 008 GS3 | Rheinblick 11  008 GS3
05 Fährdamm 16 d 009 GS3 | Weidenpark 21 f 009 GS3 | Südhöfe 17 d 009 GS3 | Altrhein 12  010 GS3 | Bürgergärten 19 a 010 GS5 | Deichkrone 15 f 010 GS5
06 Dorfkern 24 a 011 GS4 | Kirchkamp 18  011 GS4 | Mühlenkamp 15 f 011 GS4 | Eschfeld 15  011 GS4 | Schützenplatz 19 a 013 GS4 | Bauerschaft Ost 9  013 GS4
07 Ginsterhang 15  012 GS6 | Birkenkamp 14  012 GS6 | Neue Heide West 16 f 012 GS6 | Waldrand 16 a 013 GS4 | Neue Heide Ost 17 f 014 GS6 | Wacholderring 12  014 GS6 | Jugenddorf 10 f 014 GS6
08 Westplatz 13 d 015 GS5 | Feldviertel 12  015 GS5 | Textilviertel 11 d 015 GS5 | Spinnerei 16 d 016 GS5 | Gartenstadt 17 a 016 GS5 | Am Westring 13  017 GS5 | Kasernenhof 10 f 017 GS5 | Ahornhöfe 8 f 017 GS5
09 Zechenplatz 14 d 018 GS5 | Knappensiedlung 22 a 018 GS5 | Schachtviertel 19  018 GS5 | Haldenblick 17 f 018 GS5 | Bergmannsgärten 18 a 018 GS5 | Revierpark 10  018 GS5
10 Brünkhorst-Dorf 42 a 019 GS7 | Niederbrünk 27  019 GS7 | Am Kanal 24 f 019 GS7 | Moorhöfe 7  019 GS4
11 Oberdorf 16 a 020 GS7 | Unterdorf 15  020 GS7 | Lindenplatz 13 d 020 GS7 | Kirchberg 17  020 GS7 | Obstwiesen 15 f 020 GS7 | Steinbruch 11  021 GS7 | Tannenhof 13 a 021 GS7
12 Sonnenhang 21 a 021 GS7 | Bergkuppe 20 a 022 GS7 | Forsthaus 13  022 GS7 | Talblick 18 f 022 GS7 | Weinbergviertel 17 a 022 GS7 | Amselgrund 11  022 GS2
"""  # fmt: skip


def _read_liste() -> tuple[Bezirk, ...]:
    bezirke = []
    for zeile in _LISTE.strip().splitlines():
        raum, _, rest = zeile.partition(" ")
        for nummer, text in enumerate(rest.split("|"), start=1):
            name, prozent, art, stimmbezirk, schule = text.strip().rsplit(" ", 4)
            bezirke.append(Bezirk(f"{raum}{nummer:02d}", name, raum, int(prozent) / 100, art, stimmbezirk, schule))
    return tuple(bezirke)


BEZIRKE = _read_liste()
SCHULBEZIRKE = {
    "GS1": "Schulbezirk Wallschule",
    "GS2": "Schulbezirk Marienschule",
    "GS3": "Schulbezirk Grundschule Rheinfeld",
    "GS4": "Schulbezirk Dorfschule Holthausen",
    "GS5": "Schulbezirk Weststadtschule",
    "GS6": "Schulbezirk Heideschule",
    "GS7": "Schulbezirk Schule Oberlinden",
}
UNGEKLAERT = ("013", "021")
"""Stimmbezirke whose parts the project does not know at first: their figures are "nicht zuzuordnen" until weights come."""

STAENDE = (
    {
        "schluessel": NEU,
        "name": "Zwölf Sozialräume",
        "gueltig_ab": "2025-01-01",
        "beschlossen_am": "2024-11-14",
        "gremium": "Planungsgruppe Sozialplanung",
        "sitzung": "1. Sitzung, TOP 3",
        "abweichend": "Das Schulamt hätte Holthausen wegen des gemeinsamen Schulbezirks nicht geteilt.",
    },
    {
        "schluessel": ALT,
        "name": "Elf Sozialräume",
        "gueltig_ab": "2016-01-01",
        "beschlossen_am": "2015-10-22",
        "gremium": "Rat der Stadt",
        "sitzung": "TOP 9",
        "gueltig_bis": "2024-12-31",
        "bemerkung": "Holthausen war ein Sozialraum; die Grenze zwischen Weststadt und Glückauf lief am Westring.",
    },
    {
        "schluessel": "A",
        "name": "A: Weststadt teilen",
        "variante": True,
        "bemerkung": "Der größte Sozialraum wird geteilt, die Kiesgrube kommt zu Rheinfeld Süd.",
    },
    {
        "schluessel": "B",
        "name": "B: Größen angleichen",
        "variante": True,
        "bemerkung": "Die Altstadt bekommt das Postviertel und den Güterbahnhof, Holthausen-Dorf den Waldrand.",
    },
)
"""Gebietsstände: the agreed one, the one before, and two under discussion."""
_VERSCHOBEN: dict[str, dict[str, str]] = {
    NEU: {},
    ALT: {
        **{b.schluessel: "06" for b in BEZIRKE if b.raum == "07"},
        "0806": "09", "0807": "09", "0808": "09",
    },
    "A": {"0801": "13", "0802": "13", "0806": "13", "0808": "13", "0404": "05"},
    "B": {"0202": "01", "0203": "01", "0704": "06", "0806": "09", "0702": "06", "1107": "12"},
}  # fmt: skip
"""Gebietsstand → smallest areas that lie elsewhere than today."""
_NAMEN = {(ALT, "06"): "Holthausen", ("A", "08"): "Weststadt Süd", ("A", "13"): "Weststadt Nord"}


def raum_zeilen() -> list[tuple[object, ...]]:
    """Rows gebietsstand, schluessel, name, teil_von, reihenfolge of all Gebietsstände."""
    zeilen: list[tuple[object, ...]] = []
    for stand in _VERSCHOBEN:
        besetzt = {ziel for _, ziel in zuordnung(stand)}
        heutige = [(r.schluessel, r.name, r.ortsteil) for r in SOZIALRAEUME]
        neue = [("13", "", "O4")]
        for nummer, (schluessel, name, ortsteil) in enumerate((*heutige, *neue), start=len(ORTSTEILE) + 2):
            if schluessel in besetzt:
                zeilen.append((stand, schluessel, _NAMEN.get((stand, schluessel), name), ortsteil, nummer))
    return zeilen


def zuordnung(stand: str) -> list[tuple[str, str]]:
    """Smallest area and Sozialraum in one Gebietsstand."""
    return [(b.schluessel, _VERSCHOBEN[stand].get(b.schluessel, b.raum)) for b in BEZIRKE]


def zuordnung_zeilen() -> list[tuple[object, ...]]:
    """Rows gebietsstand, gebiet, raum of all Gebietsstände."""
    return [(stand, *paar) for stand in _VERSCHOBEN for paar in zuordnung(stand)]


def einwohner_anteile() -> list[tuple[str, str, str]]:
    """Rows von, nach, gewicht: which smallest areas a Stimmbezirk or Schulbezirk is made of, by people."""
    je: dict[str, dict[str, float]] = {}
    ew = {r.schluessel: r.einwohner for r in SOZIALRAEUME}
    for b in BEZIRKE:
        for quer in (b.stimmbezirk, b.schulbezirk):
            if quer not in UNGEKLAERT:
                je.setdefault(quer, {})[b.schluessel] = b.anteil * ew[b.raum]
    zeilen = []
    for quer, teile in sorted(je.items()):
        tausendstel = _to_whole(teile)
        zeilen += [(quer, teil, f"{wert / 10000:.4f}") for teil, wert in tausendstel.items()]
    return zeilen


def _to_whole(teile: dict[str, float]) -> dict[str, int]:
    """Shares in ten-thousandths that add up to 1; the largest takes what rounding leaves."""
    summe = sum(teile.values())
    werte = {teil: round(10000 * wert / summe) for teil, wert in teile.items()}
    groesster = max(werte, key=lambda teil: werte[teil])
    werte[groesster] += 10000 - sum(werte.values())
    return werte
