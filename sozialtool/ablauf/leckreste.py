"""What a workbook keeps beside its values: formulas, rules, words in pictures and margins, cells that nobody sees.

This program writes few of these, so most of them are findings as soon as they hold a figure. A message never repeats it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

from sozialtool.ablauf.leckorte import Blattlage
from sozialtool.einlesen.blattxml import parse_adresse
from sozialtool.einlesen.spuren import Spuren

Fund = tuple[str, str, str, str]
"""Code, German sentence, sheet, cell or part."""
Passt = Callable[[tuple[int, int], float], bool]
"""Whether a number is a secret's that stands in this cell."""

_BEZUG = re.compile(r"(?:'[^']+'|[\w.]+)?!?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?")
_WERT = re.compile(r"(?<![\w.$])\d+(?:\.\d+)?(?![\w(])")
_TEXT = re.compile(r'"[^"]*"')
_ZAHLTEXT = re.compile(r"[<>≤≥≈~\s]*(\d[\d.]*(?:,\d+)?)\s*(?:%|von\s+[\d.]+|\([^)]*\))?\s*")
_ZAHLWORT = re.compile(
    r"\d|\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|ein(?:e|en|er|em|zige?[rns]?)?)\b",
    re.IGNORECASE,
)
_QUOTIENT = re.compile(r"ROUND\(([A-Z]+\d+)/([A-Z]+\d+)\*([\d.]+),(\d)\)")
_ABSTAND = re.compile(r"ROUND\(([A-Z]+\d+)-([A-Z]+\d+),(\d)\)")
_BEREICH = re.compile(
    r"(?:(?:'(?:[^']|'')+'|[^'!,]+)!(?:\$?[A-Z]{1,3}\$?\d+|\$?[A-Z]{1,3}|\$?\d+)(?::(?:\$?[A-Z]{1,3}\$?\d+|\$?[A-Z]{1,3}|\$?\d+))?,?)+"
)


def has_zahlwort(text: str) -> bool:
    """Whether a note holds a number, in digits or as a small number in words."""
    return bool(_ZAHLWORT.search(text))


def is_bereich(inhalt: str) -> bool:
    """Whether a defined name stands for ranges of cells and nothing else."""
    return bool(_BEREICH.fullmatch(inhalt))


def find_blattreste(lage: Blattlage, passt: Passt) -> Iterator[Fund]:
    """What one sheet keeps beside its values; `passt` knows the secrets."""
    name = lage.blatt.name
    yield from _find_formeln(lage, passt)
    for ort, zelle in lage.blatt.zellen.items():
        # Keys and running numbers stand in the first column.
        treffer = _ZAHLTEXT.fullmatch(zelle.wert) if isinstance(zelle.wert, str) and ort[1] else None
        if treffer and passt(ort, _read_zahl(treffer[1])):
            yield "LECK-WERT", "Hier steht eine Zahl als Text, die gesperrt ist.", name, lage.adresse(ort)
        if zelle.unsichtbar and (isinstance(zelle.wert, float) or has_zahlwort(zelle.wert)):
            text = "Hier steht eine Zahl, die das Format der Zelle nicht zeigt."
            yield "LECK-VERBORGEN", text, name, lage.adresse(ort)
    for bereich in lage.blatt.verbunden:
        for ort in _list_verdeckte(lage, bereich):
            text = "Unter verbundenen Zellen steht noch ein Inhalt."
            yield "LECK-VERBORGEN", text, name, lage.adresse(ort)
    for bereich, text in lage.blatt.eingaberegeln:
        if re.search(r"\d", _BEZUG.sub("", text)):
            yield "LECK-EINGABE", "Eine Eingaberegel enthält eine Zahl.", name, bereich
    for bereich, text in lage.blatt.bedingungen:
        if re.search(r"\d", _BEZUG.sub("", text)):
            yield "LECK-FARBE", "Eine bedingte Formatierung enthält eine Zahl.", name, bereich
    for text in lage.blatt.raender:
        if re.search(r"\d,\d", text):
            yield "LECK-RAND", "Kopf- oder Fußzeile der Seite enthalten eine Zahl mit Nachkommastellen.", name, ""


def _find_formeln(lage: Blattlage, passt: Passt) -> Iterator[Fund]:
    name = lage.blatt.name
    for ort, formel in lage.blatt.formeln.items():
        ohne = _BEZUG.sub("", _TEXT.sub("", formel))
        texte = "".join(_TEXT.findall(formel))
        if re.search(r"\d", texte) or any(passt(ort, float(zahl)) for zahl in _WERT.findall(ohne)):
            yield "LECK-FORMEL", "In der Formel steht eine Zahl, die gesperrt ist.", name, lage.adresse(ort)
        elif (ergebnis := _compute(lage, formel)) is not None:
            zelle = lage.blatt.zellen.get(ort)
            gespeichert = zelle.wert if zelle is not None else None
            if isinstance(gespeichert, float) and not math.isclose(gespeichert, ergebnis, abs_tol=1e-6):
                text = "Der gespeicherte Wert der Formel ist nicht, was sie aus ihren Zellen ergibt."
                yield "LECK-FORMEL", text, name, lage.adresse(ort)


def _compute(lage: Blattlage, formel: str) -> float | None:
    """Result of a formula as this program writes them; NaN where its cells hold no numbers, None for other formulas."""
    treffer = _QUOTIENT.fullmatch(formel) or _ABSTAND.fullmatch(formel)
    if treffer is None:
        return None
    zahlen = []
    for bezug in treffer.groups()[:2]:
        ort = parse_adresse(bezug)
        zelle = lage.blatt.zellen.get(ort) if ort is not None else None
        zahlen.append(zelle.wert if zelle is not None and isinstance(zelle.wert, float) else math.nan)
    a, b = zahlen
    stellen = int(treffer.groups()[-1])
    if len(treffer.groups()) == 3:
        b, faktor = 1.0, 1.0
        a = zahlen[0] - zahlen[1]
    else:
        faktor = float(treffer[3])
    wert = a / b * faktor if b else math.nan
    if math.isnan(wert):
        return math.nan
    # Excel rounds halves away from zero.
    return math.copysign(math.floor(abs(wert) * 10**stellen + 0.5 + 1e-9) / 10**stellen, wert)


def _read_zahl(text: str) -> float:
    roh = text.replace(".", "").replace(",", ".") if "," in text or re.fullmatch(r"\d{1,3}(\.\d{3})+", text) else text
    try:
        return float(roh)
    except ValueError:
        return math.nan


def _list_verdeckte(lage: Blattlage, bereich: str) -> list[tuple[int, int]]:
    """Cells below a merged one that still hold something."""
    ecken = [parse_adresse(teil) for teil in bereich.split(":")]
    if len(ecken) != 2 or ecken[0] is None or ecken[1] is None:
        return []
    (z1, s1), (z2, s2) = ecken[0], ecken[1]
    return [(z, s) for z, s in lage.blatt.zellen if z1 <= z <= z2 and s1 <= s <= s2 and (z, s) != (z1, s1)]


def find_mappenreste(spuren: Spuren, genau: Callable[[float], bool]) -> Iterator[Fund]:
    """Words in pictures, charts and tables; `genau` knows the secrets with hidden decimals."""
    for teil, text in spuren.textfelder:
        if has_zahlwort(text):
            yield "LECK-ZEICHNUNG", "In einem Bild oder Diagramm steht ein Text mit einer Zahl.", "", teil
    for teil, text in spuren.beschreibungen:
        zahlen = [z.replace(",", ".") for z in re.findall(r"\d+[.,]\d{2,}", text)]
        if any(genau(float(z)) for z in zahlen):
            yield "LECK-ZEICHNUNG", "Ein Alternativtext oder eine Tabellenformel enthält eine gesperrte Zahl.", "", teil
