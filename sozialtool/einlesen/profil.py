"""Importprofil: confirmed rules, recognised by the layout of the next file; a changed layout as a list of differences."""

from __future__ import annotations

import hashlib
import json
import re

import attrs

from sozialtool.einlesen.fund import Tabellenfund
from sozialtool.einlesen.kontext import Kontext
from sozialtool.einlesen.orte import title_pattern
from sozialtool.einlesen.schluessel import column_keys, text_key
from sozialtool.einlesen.vorschlagen import label_keys
from sozialtool.einlesen.zuordnung import Fundort, Ort, Rolle, Spaltenregel, Tabellenregel, Zuordnung
from sozialtool.einlesen.zusaetze import read_zusatz
from sozialtool.fach.quelle import Importprofil

UMBENANNT = 70
"""A new header that is this much like a missing one is taken for a renamed column."""
TITEL_GLEICH = 80
"""A line of the title that is less alike than this to every line of the profile is a new title."""
_ORTSWORT = re.compile(r"\b(?:krfr|stadt|kreis|gemeinde|gesamtstadt|fuer|in|der|die|von|am|zum|stand|im)\b|[\d#@]")
MINDEST = 0.55
"""A table whose layout agrees less than this with a rule is another table."""


@attrs.frozen
class Abweichung:
    """One difference of layout, said in German by `meldung`.

    `art` is spalte-neu, spalte-fehlt, spalte-umbenannt, spalte-verschoben, titel-anders, zeile-neu, zeile-fehlt or tabelle-fehlt.
    """

    art: str
    blatt: str
    text: str
    meldung: str


@attrs.frozen
class Profiltreffer:
    """A profile that fits: its rules, which rule reads which table, and what is different."""

    profil: Importprofil
    zuordnung: Zuordnung
    regeln: tuple[int, ...]
    abweichungen: tuple[Abweichung, ...]


def fingerprint(zuordnung: Zuordnung) -> str:
    """Hash of the headers of all tables that are read; years do not count, order of tables neither."""
    kern = sorted(json.dumps([regel.blatt, sorted(regel.kopf)]) for regel in zuordnung.tabellen if regel.einlesen)
    return hashlib.sha256("\n".join(kern).encode()).hexdigest()


def make_profil(
    zuordnung: Zuordnung, funde: tuple[Tabellenfund, ...], regeln: tuple[int, ...], schluessel: str, name: str
) -> Importprofil:
    """Make a profile of confirmed rules.

    What holds for this one file only stays out: typed dates, accepted findings, columns and rows that this file no
    longer has.
    """
    tabellen = []
    for nummer, regel in enumerate(zuordnung.tabellen):
        eigene = [fund for fund, nr in zip(funde, regeln, strict=True) if nr == nummer]
        if regel.einlesen and eigene:
            tabellen.append(_forget(_current(regel, eigene)))
    allgemein = attrs.evolve(zuordnung, tabellen=tuple(tabellen), hingenommen=(), leseart=None)
    return Importprofil(schluessel, name, fingerprint(allgemein), allgemein.to_json())


def _current(regel: Tabellenregel, funde: list[Tabellenfund]) -> Tabellenregel:
    """The rule with the headers and labels that the tables have now."""
    koepfe = tuple(dict.fromkeys(lage.schluessel for fund in funde for lage in column_keys(fund)))
    spalten = tuple(r for r in regel.spalten if r.kopf in koepfe or r.kopf.rpartition(" » ")[2] in koepfe)
    labels = tuple(dict.fromkeys(key for fund in funde for key in label_keys(fund))) if regel.labels else ()
    return attrs.evolve(regel, kopf=koepfe, spalten=spalten, labels=labels)


def _forget(regel: Tabellenregel) -> Tabellenregel:
    return attrs.evolve(regel, stand=Fundort()) if regel.stand.ort is Ort.FEST else regel


def find_profil(
    funde: tuple[Tabellenfund, ...], profile: tuple[Importprofil, ...], kontext: Kontext
) -> Profiltreffer | None:
    """Return the profile that agrees best with the tables of a file, or None when none agrees enough."""
    beste: tuple[float, Profiltreffer] | None = None
    for profil in profile:
        zuordnung = Zuordnung.from_json(profil.inhalt)
        regeln = match_tabellen(funde, zuordnung)
        gelesen = [nr for nr in set(regeln) if nr >= 0]
        if not gelesen:
            continue
        guete = sum(
            max(_score(f, zuordnung.tabellen[nr]) for f, r in zip(funde, regeln, strict=True) if r == nr)
            for nr in gelesen
        ) / max(1, len(zuordnung.tabellen))
        treffer = Profiltreffer(profil, zuordnung, regeln, _differences(funde, regeln, zuordnung, kontext))
        if guete >= MINDEST and (beste is None or guete > beste[0]):
            beste = (guete, treffer)
    return beste[1] if beste else None


_EINMALIG = {Rolle.GEBIET, Rolle.GEBIETSCODE, Rolle.STAND}


def adapt_regel(regel: Tabellenregel, vorschlag: Tabellenregel) -> Tabellenregel:
    """Carry a saved rule over to a changed table: known headers keep their meaning, new ones are proposed or open."""
    bekannt = {r.kopf for r in regel.spalten}
    neue = tuple(r for r in vorschlag.spalten if r.kopf not in bekannt)
    if not neue:
        return regel
    umbenannt = renamed_columns(regel, {r.kopf: r.text for r in vorschlag.spalten})
    neue = tuple(_hint(r, regel.spalte(umbenannt.get(r.kopf, ""))) for r in neue)
    koepfe = tuple(dict.fromkeys((*regel.kopf, *vorschlag.kopf)))
    doppelt = {r.rolle for r in regel.spalten if r.kopf in vorschlag.kopf} & _EINMALIG
    neue = tuple(attrs.evolve(r, rolle=Rolle.NOTIZ) if r.rolle in doppelt else r for r in neue)
    labels = tuple(dict.fromkeys((*regel.labels, *vorschlag.labels))) if regel.labels else ()
    return attrs.evolve(regel, kopf=koepfe, spalten=(*regel.spalten, *neue), labels=labels)


def _hint(neu: Spaltenregel, alt: Spaltenregel | None) -> Spaltenregel:
    """A renamed column stays a question, but with the old meaning as its first proposal."""
    if alt is None or neu.rolle is not Rolle.OFFEN or alt.rolle is not Rolle.WERT:
        return neu
    return attrs.evolve(neu, frueher=alt.merkmal)


def renamed_columns(regel: Tabellenregel, jetzt: dict[str, str]) -> dict[str, str]:
    """Pair new header keys with missing ones that look alike (new → old), each old one once, the best pairs first."""
    fehlend = [r.kopf for r in regel.spalten if r.kopf not in jetzt and r.rolle is not Rolle.NICHT]
    bekannt = {r.kopf for r in regel.spalten}
    paare = sorted(
        ((_alike(neu, alt), neu, alt) for neu in jetzt if neu not in bekannt for alt in fehlend),
        key=lambda paar: (-paar[0], paar[1:]),
    )
    ergebnis: dict[str, str] = {}
    for prozent, neu, alt in paare:
        if prozent >= UMBENANNT and neu not in ergebnis and alt not in ergebnis.values():
            ergebnis[neu] = alt
    return ergebnis


def _alike(neu: str, alt: str) -> float:
    """Likeness of two header keys; what both share above ("betreute kinder | …") must not hide that the end differs."""
    from rapidfuzz import fuzz

    a, b = read_zusatz(neu), read_zusatz(alt)
    if (a.alter, a.werte, a.zahlen, a.gegensatz) != (b.alter, b.werte, b.zahlen, b.gegensatz):
        return 0.0  # "unter 18" is not "unter 15" under a new name
    ende = fuzz.token_sort_ratio(neu.rpartition(" | ")[2], alt.rpartition(" | ")[2])
    return min(ende, fuzz.token_sort_ratio(neu, alt))


def match_tabellen(funde: tuple[Tabellenfund, ...], zuordnung: Zuordnung) -> tuple[int, ...]:
    """Return for each table the index of the rule that fits best, -1 where none does."""
    ergebnis = []
    for fund in funde:
        noten = [(_score(fund, regel), -i) for i, regel in enumerate(zuordnung.tabellen)]
        note, minus = max(noten, default=(0.0, 1))
        ergebnis.append(-minus if note >= MINDEST else -1)
    return tuple(ergebnis)


def _score(fund: Tabellenfund, regel: Tabellenregel) -> float:
    """Agreement of headers (and of labels where rows are Merkmale), with sheet and title to tell twins apart."""
    kopf = _jaccard({lage.schluessel for lage in column_keys(fund)}, set(regel.kopf))
    if regel.labels:
        kopf = (kopf + _jaccard(set(label_keys(fund)), set(regel.labels))) / 2
    titel = 0.05 * (title_pattern(fund) == regel.titel)
    return 0.9 * kopf + titel + 0.05 * (text_key(fund.blatt) == regel.blatt)


def _jaccard(a: set[str], b: set[str]) -> float:
    return len(a & b) / len(a | b) if a | b else 1.0


def _differences(
    funde: tuple[Tabellenfund, ...], regeln: tuple[int, ...], zuordnung: Zuordnung, kontext: Kontext
) -> tuple[Abweichung, ...]:
    abweichungen: list[Abweichung] = []
    for fund, nr in zip(funde, regeln, strict=True):
        if nr < 0:
            continue
        abweichungen += _title_differences(fund, zuordnung.tabellen[nr], kontext)
        abweichungen += _column_differences(fund, zuordnung.tabellen[nr])
        abweichungen += _label_differences(fund, zuordnung.tabellen[nr])
    for nr, regel in enumerate(zuordnung.tabellen):
        if nr not in regeln:
            text = regel.titel or regel.blatt
            abweichungen.append(Abweichung("tabelle-fehlt", regel.blatt, text, f"Die Tabelle „{text}“ fehlt."))
    return tuple(abweichungen)


def _title_core(text: str, kontext: Kontext) -> str:
    return " ".join(_ORTSWORT.sub(" ", kontext.without_gebiet(text)).split())


def _title_differences(fund: Tabellenfund, regel: Tabellenregel, kontext: Kontext) -> list[Abweichung]:
    """The same columns under another title may be other figures. Years and names of areas in the title do not count.

    Only the name itself does not: "Arbeitslose in Lindenrath" above the columns of "Einwohner in Lindenrath" is another title.
    """
    from rapidfuzz import fuzz

    frueher = [zeile for zeile in regel.titel.split(" / ") if zeile]
    if not frueher:
        return []
    ergebnis = []
    for stelle in fund.titel:
        jetzt = text_key(stelle.text)
        kern = _title_core(jetzt, kontext)
        if jetzt in frueher or len(kern) < 4:
            continue
        # What both share around it ("… in Lindenrath am #") must not hide that the subject differs.
        if max(fuzz.ratio(kern, _title_core(alt, kontext)) for alt in frueher) < TITEL_GLEICH:
            meldung = f"Über der Tabelle steht jetzt „{stelle.text[:80]}“. Sind es dieselben Zahlen?"
            ergebnis.append(Abweichung("titel-anders", fund.blatt, stelle.text, meldung))
    return ergebnis


def _column_differences(fund: Tabellenfund, regel: Tabellenregel) -> list[Abweichung]:
    lagen = column_keys(fund)
    jetzt = {lage.schluessel: lage.text for lage in lagen}
    frueher = {r.kopf: r.text for r in regel.spalten}
    umbenannt = renamed_columns(regel, jetzt)
    ergebnis = [
        Abweichung(
            "spalte-umbenannt", fund.blatt, jetzt[neu], f"Die Spalte „{frueher[alt]}“ heißt jetzt „{jetzt[neu]}“."
        )
        for neu, alt in umbenannt.items()
    ]
    ergebnis += [
        Abweichung("spalte-neu", fund.blatt, text, f"Die Spalte „{text}“ ist neu.")
        for key, text in jetzt.items() if key not in frueher and key not in umbenannt
    ]  # fmt: skip
    for r in regel.spalten:
        if (
            r.kopf not in jetzt
            and r.rolle is not Rolle.NICHT
            and r.kopf not in umbenannt.values()
            and " » " not in r.kopf
        ):
            meldung = f"Die Spalte „{r.text or r.kopf}“ fehlt; im Profil steht sie als „{r.rolle.value}“."
            ergebnis.append(Abweichung("spalte-fehlt", fund.blatt, r.text or r.kopf, meldung))
    gemeinsam = [key for key in dict.fromkeys(regel.kopf) if key in jetzt]
    folge = [key for key in jetzt if key in frueher]
    if gemeinsam != folge:
        text = ", ".join(jetzt[key] for key, alt in zip(folge, gemeinsam, strict=False) if key != alt)
        ergebnis.append(Abweichung("spalte-verschoben", fund.blatt, text, f"Andere Reihenfolge der Spalten: {text}."))
    return ergebnis


def _label_differences(fund: Tabellenfund, regel: Tabellenregel) -> list[Abweichung]:
    if not regel.labels:
        return []
    jetzt, frueher = label_keys(fund), regel.labels
    neu = [
        Abweichung("zeile-neu", fund.blatt, key, f"Die Zeile „{key}“ ist neu.") for key in jetzt if key not in frueher
    ]
    fehlt = [
        Abweichung("zeile-fehlt", fund.blatt, key, f"Die Zeile „{key}“ fehlt.") for key in frueher if key not in jetzt
    ]
    return neu + fehlt
