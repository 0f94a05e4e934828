"""Does a written workbook give anything away? Every value, cache, colour, order, note and name in it against the secrets.

What to look for: fach/regeln.md section 4 ("Excel residue discloses"). A message never contains the figure itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import attrs

from sozialtool.ablauf.kennzahlen import Ergebnis, compute, compute_frames
from sozialtool.ablauf.leckorte import Blattlage
from sozialtool.ablauf.leckreste import find_blattreste, find_mappenreste, has_zahlwort, is_bereich
from sozialtool.ablauf.vereinbarungen import needed_merkmale
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.quelle import Befund, Schwere
from sozialtool.fehler import GeheimhaltungsFehler
from sozialtool.projekt import Projekt

GEHEIM = Zeichen.GEHEIM.symbol
_GEHEIME = (GEHEIM, f"{GEHEIM} {Zeichen.GEHEIM.value}")
"""What stands in a suppressed cell: the sign; in the accessible edition the word behind it."""
_GENAU = 1e-9
_ZURUECK = "Bitte diese Datei nicht weitergeben und das Monitoring neu ausgeben."


@attrs.frozen
class Geheimnis:
    """One suppressed Kennzahl: its numbers as they are in this house, and how many decimals would be shown.

    `gerundet`: it is shown, but computed from rounded counts; then only its true rate with hidden decimals is a secret.
    """

    indikator: str
    jahr: int
    gebiet: str
    zahlen: tuple[float, ...]
    stellen: int
    gerundet: bool = False

    def matches(self, wert: float) -> bool:
        """Whether a number is one of this secret's, exact or as it would be shown (6.25 as 6.3, or in other hands as 6.2)."""
        gezeigt, halb = abs(wert - round(wert, self.stellen)) <= _GENAU, 0.5 * 10.0**-self.stellen + _GENAU
        return any(math.isclose(wert, z, rel_tol=_GENAU) or (gezeigt and abs(wert - z) <= halb) for z in self.zahlen)

    def is_exact(self, wert: float) -> bool:
        """Whether a number with hidden decimals is one of this secret's: no coincidence, wherever it stands."""
        return any(math.isclose(wert, z, rel_tol=1e-12) and abs(z - round(z, 4)) > 1e-9 for z in self.zahlen)


def check_arbeitsmappe(
    projekt: Projekt, pfad: Path, fortschritt: Fortschritt | None = None, stop: Stop | None = None
) -> tuple[Befund, ...]:
    """Look for anything secret in a workbook that this program wrote from this project; empty if there is nothing.

    Raises:
        DateiFehlt, DateiGesperrt, DateiUnlesbar: the workbook cannot be read. Errors as in `compute`.
    """
    from sozialtool.einlesen.spuren import read_spuren

    spuren = read_spuren(pfad)
    ergebnis = compute(projekt, fortschritt, stop)
    geheimnisse = list_geheimnisse(projekt, ergebnis)
    lagen = [Blattlage(blatt, ergebnis.grundlage) for blatt in spuren.blaetter]
    je_wert = _index(geheimnisse)
    befunde: list[Befund] = []
    for lage in lagen:
        befunde += _check_werte(lage, je_wert, geheimnisse)
        befunde += _check_versteck(lage)
        befunde += _check_farben(lage)
        befunde += _check_sortierung(lage)
        befunde += _check_reste(lage, je_wert)
    befunde += _check_zwischenwerte(spuren.zwischenwerte, {lage.blatt.name: lage for lage in lagen})
    befunde += _check_worte("LECK-EIGENSCHAFT", "Eigenschaft", spuren.eigenschaften, geheimnisse)
    befunde += _check_namen(spuren.namen, geheimnisse)
    genau = {(round(z, n), n) for g in geheimnisse for z in g.zahlen if g.is_exact(z) for n in range(2, 7)}
    befunde += [_melde(*fund) for fund in find_mappenreste(spuren, lambda z: (z, _count_stellen(z)) in genau)]
    befunde += [
        _melde("LECK-TEIL", f"Die Datei enthält „{teil}“: solche Teile schreibt das Programm nicht; sie können Zahlen bergen.")
        for teil in spuren.fremde
    ]  # fmt: skip
    return tuple(attrs.evolve(befund, datei=Path(pfad).name) for befund in dict.fromkeys(befunde))


def require_dicht(projekt: Projekt, pfad: Path) -> None:
    """Refuse to let a workbook go out that gives anything away.

    Raises:
        GeheimhaltungsFehler: GEHEIM-DATEI. Errors as in `check_arbeitsmappe`.
    """
    befunde = check_arbeitsmappe(projekt, pfad)
    if befunde:
        erster = befunde[0]
        wo = f" ({erster.blatt} {erster.zelle})" if erster.blatt else ""
        raise GeheimhaltungsFehler(
            f"Die geschriebene Arbeitsmappe verrät etwas Geheimes{wo}: {erster.meldung}",
            "Sie ist nicht als Veröffentlichung festgehalten. Bitte nicht weitergeben und die Stelle melden.",
            "GEHEIM-DATEI",
        )


def list_geheimnisse(projekt: Projekt, ergebnis: Ergebnis) -> tuple[Geheimnis, ...]:
    """List every suppressed Kennzahl with its numbers; for the check alone."""
    _, roh = compute_frames(projekt, ergebnis.grundlage, lambda _fertig, _von, _was: None, exakt=True)
    spalten = ("indikator", "jahr", "gebiet", "zaehler", "wert", "unten", "oben")
    werte = {tuple(z[:3]): z[3:] for z in roh.select(spalten).iter_rows()}
    stellen = {i.kennung: i.nachkommastellen for i in ergebnis.grundlage.indikatoren}
    tabelle = ergebnis.tabelle.kennzahlen
    geheim = tabelle.filter(tabelle["zeichen"] == Zeichen.GEHEIM.name).select(*spalten[:3], "nenner")
    liste = []
    for *zeile, nenner in geheim.iter_rows():
        # A numerator that equals its denominator stands there as the denominator, which is shown.
        zahlen = tuple(z for z in werte.get(tuple(zeile), ()) if z not in (None, 0, nenner))
        if zahlen:
            liste.append(Geheimnis(zeile[0], zeile[1], zeile[2], zahlen, stellen.get(zeile[0], 1)))
    rund = _list_gerundete(ergebnis)
    offen = tabelle.filter(tabelle["wert"].is_not_null() & tabelle["indikator"].is_in(rund)).select(*spalten[:3])
    for indikator, jahr, gebiet in offen.iter_rows():
        _, wert, *_ = werte.get((indikator, jahr, gebiet), (None, None))
        if wert:
            liste.append(Geheimnis(indikator, jahr, gebiet, (wert,), stellen.get(indikator, 1), gerundet=True))
    return tuple(liste)


def _list_gerundete(ergebnis: Ergebnis) -> list[str]:
    """Indicators that are computed from rounded counts."""
    gerundet = set(ergebnis.tabelle.beweis.gerundet)
    return [i.kennung for i in ergebnis.grundlage.indikatoren if gerundet.intersection(needed_merkmale(i))]


Verzeichnis = Mapping[tuple[str, str], list[Geheimnis]]


def _index(geheimnisse: Iterable[Geheimnis]) -> Verzeichnis:
    je: dict[tuple[str, str], list[Geheimnis]] = {}
    for geheimnis in (g for g in geheimnisse if not g.gerundet):
        je.setdefault((geheimnis.gebiet, geheimnis.indikator), []).append(geheimnis)
    return je


def _melde(code: str, meldung: str, blatt: str = "", zelle: str = "") -> Befund:
    return Befund(code, Schwere.FEHLER, meldung, _ZURUECK, blatt=blatt, zelle=zelle)


# --- values


def _check_werte(lage: Blattlage, je_wert: Verzeichnis, alle: tuple[Geheimnis, ...]) -> Iterator[Befund]:
    """Numbers with hidden decimals, and numbers where the suppressed one would stand."""
    # Twelve digits: the same rate computed in another order differs in the last one.
    genaue = {f"{z:.12g}" for geheimnis in alle for z in geheimnis.zahlen if geheimnis.is_exact(z)}
    for ort, zelle in lage.blatt.zellen.items():
        wert = zelle.wert
        if not isinstance(wert, float):
            continue
        adresse = lage.adresse(ort)
        if f"{wert:.12g}" in genaue:
            yield _melde("LECK-WERT", "Hier steht eine gesperrte Kennzahl ungerundet.", lage.blatt.name, adresse)
        elif zelle.stellen is not None and abs(wert - round(wert, zelle.stellen)) > _GENAU:
            text = "Hier sind mehr Nachkommastellen gespeichert, als gezeigt werden; sie verraten Zähler und Nenner."
            yield _melde("LECK-STELLEN", text, lage.blatt.name, adresse)
        elif _find_geheimnis(lage, ort, wert, je_wert):
            yield _melde("LECK-WERT", "Hier steht eine Zahl, die gesperrt ist.", lage.blatt.name, adresse)


def _find_geheimnis(lage: Blattlage, ort: tuple[int, int], wert: float, je_wert: Verzeichnis) -> bool:
    gebiet = lage.find_gebiet(ort)
    if not gebiet:
        return False
    jahr = None
    for indikator in lage.find_indikatoren(ort):
        for geheimnis in je_wert.get((gebiet, indikator), ()):
            if geheimnis.matches(wert):
                jahr = jahr or lage.find_jahr(ort)
                if geheimnis.jahr == jahr:
                    return True
    return False


def _check_versteck(lage: Blattlage) -> Iterator[Befund]:
    """What nobody sees: hidden sheets, rows and columns, notes with figures, rules that colour by value."""
    name = lage.blatt.name
    if lage.blatt.verborgen:
        yield _melde("LECK-VERBORGEN", f"Das Blatt „{name}“ ist verborgen.", name)
    for teil in lage.blatt.verborgene_teile:
        yield _melde("LECK-VERBORGEN", f"{teil} ist verborgen.", name, teil)
    for adresse, text in lage.blatt.kommentare:
        if has_zahlwort(text):
            yield _melde("LECK-KOMMENTAR", "Hier hängt ein Kommentar mit einer Zahl.", name, adresse)
    if lage.blatt.farbregeln and any(z.wert in _GEHEIME for z in lage.blatt.zellen.values()):
        text = "Eine bedingte Formatierung färbt nach dem Wert, und auf dem Blatt gibt es gesperrte Zellen."
        yield _melde("LECK-FARBE", text, name, lage.blatt.farbregeln[0])


def _check_reste(lage: Blattlage, je_wert: Verzeichnis) -> Iterator[Befund]:
    """What a sheet keeps beside its values."""
    for fund in find_blattreste(lage, lambda ort, zahl: _find_geheimnis(lage, ort, zahl, je_wert)):
        yield _melde(*fund)


def _count_stellen(zahl: float) -> int:
    return len(f"{zahl:.10f}".rstrip("0").partition(".")[2])


def _check_farben(lage: Blattlage) -> Iterator[Befund]:
    """A suppressed cell has the colour of suppressed cells or none, never that of a class."""
    from sozialtool.ausgabe.stil import STIL

    klassen = {farbe.lstrip("#") for farbe in (*STIL.gegen_stadt, *STIL.stufen)}
    for ort, zelle in lage.blatt.zellen.items():
        if zelle.wert in _GEHEIME and zelle.farbe in klassen:
            text = "Die gesperrte Zelle hat die Farbe einer Klasse; sie sagt, wo der Wert liegt."
            yield _melde("LECK-FARBE", text, lage.blatt.name, lage.adresse(ort))


def _check_sortierung(lage: Blattlage) -> Iterator[Befund]:
    """A table sorted by a column says between which values a suppressed one lies."""
    for spalte, zeilen in lage.list_reihen():
        werte = [lage.blatt.zellen[z, spalte].wert for z in zeilen]
        zahlen = [w for w in werte if isinstance(w, float)]
        innen = any(w in _GEHEIME for w in werte[1:-1])
        if (
            innen
            and len(zahlen) >= _SORTIERT_AB
            and (_rises(zahlen) or _rises(zahlen[::-1]))
            and lage.is_umsortiert(zeilen)
        ):
            text = "Die Zeilen sind nach dieser Spalte sortiert; der Platz der gesperrten Zelle verrät ihren Wert."
            yield _melde("LECK-SORTIERUNG", text, lage.blatt.name, lage.adresse((zeilen[0], spalte)))


_SORTIERT_AB = 3


def _rises(zahlen: list[float]) -> bool:
    return all(a <= b for a, b in pairwise(zahlen)) and zahlen[0] < zahlen[-1]


# --- caches, properties, names


def _check_zwischenwerte(zwischenwerte: Iterable[object], lagen: Mapping[str, Blattlage]) -> Iterator[Befund]:
    """A chart keeps the figures it was drawn from: they must be those that stand in its cells."""
    from sozialtool.einlesen.spurteile import Zwischenwert

    for eintrag in zwischenwerte:
        assert isinstance(eintrag, Zwischenwert)
        blatt, _, bereich = eintrag.bezug.replace("$", "").rpartition("!")
        lage = lagen.get(blatt.strip("'").replace("''", "'"))
        zelle = lage.find_zelle(bereich, eintrag.nummer) if lage is not None else None
        if zelle is None or not _same(zelle, eintrag.text):
            text = "Im Zwischenspeicher eines Diagramms steht etwas anderes als in seinen Zellen."
            yield _melde("LECK-DIAGRAMM", text, blatt.strip("'"), f"{eintrag.teil} {bereich}")


def _same(zelle: float | str, text: str) -> bool:
    if isinstance(zelle, str):
        return zelle == text
    try:
        return math.isclose(zelle, float(text), rel_tol=_GENAU, abs_tol=_GENAU)
    except ValueError:
        return False


_ZAHL = re.compile(r"\d+(?:[.,]\d+)?")


def _has_zahl(text: str, geheimnisse: Iterable[Geheimnis]) -> bool:
    """Whether a text holds a number with decimals that is a secret's."""
    gesucht = {(round(z, n), n) for g in geheimnisse for z in g.zahlen for n in range(3 if g.gerundet else 1, 7)}
    zahlen = [z.replace(",", ".") for z in _ZAHL.findall(text) if re.search(r"[.,]", z)]
    return any((float(z), len(z.partition(".")[2])) in gesucht for z in zahlen)


_BEKANNTE_EIGENSCHAFTEN = re.compile(
    "Application|DocSecurity|ScaleCrop|lpstr|i4|Company|Manager|LinksUpToDate|SharedDoc|HyperlinksChanged|AppVersion|title|"
    "subject|creator|lastModifiedBy|created|modified|category|keywords|description|HyperlinkBase"
)


def _check_worte(
    code: str, was: str, paare: Iterable[tuple[str, str]], geheimnisse: tuple[Geheimnis, ...]
) -> Iterator[Befund]:
    for name, text in paare:
        fremd = not _BEKANNTE_EIGENSCHAFTEN.fullmatch(name) and re.search(r"\d", text)
        if fremd or (name not in ("AppVersion", "created", "modified") and _has_zahl(text, geheimnisse)):
            yield _melde(code, f"{was} „{name}“ enthält eine Zahl.", zelle=name)


def _check_namen(namen: Iterable[tuple[str, str]], geheimnisse: tuple[Geheimnis, ...]) -> Iterator[Befund]:
    """Defined names are print areas and titles; one that holds a figure is a hiding place."""
    for name, inhalt in namen:
        if not is_bereich(inhalt) or _has_zahl(inhalt, geheimnisse):
            yield _melde("LECK-NAME", f"Der Name „{name}“ steht für einen Wert statt für einen Bereich.", zelle=name)
