"""Propose the rules of a table: which column is what, where Gebiet and Stand are written.

Only what is the same name or code is taken as sure; everything else stays OFFEN and becomes a question.
"""

from __future__ import annotations

import re

from sozialtool.einlesen.fund import Fundspalte, Spaltenart, Tabellenfund, cell_text
from sozialtool.einlesen.kontext import Kontext
from sozialtool.einlesen.masstab import find_masstab
from sozialtool.einlesen.orte import gebiete_at, list_staende, texts_beside, title_pattern
from sozialtool.einlesen.rohblatt import Rohblatt
from sozialtool.einlesen.schluessel import GENERISCH, TRENNER, Spaltenlage, column_keys, row_key, text_key, wordings
from sozialtool.einlesen.standteile import from_zelle
from sozialtool.einlesen.texte import norm
from sozialtool.einlesen.themen import UNBEKANNT, is_dependent
from sozialtool.einlesen.zuordnung import Fundort, Ort, Rolle, Spaltenregel, Tabellenregel, Zeilenregel
from sozialtool.fach.messwert import Merkmalart

MINDEST_SICHERHEIT = 0.5
"""Tables found with less confidence are shown but not read unless the planner says so."""
_PROBEN = 60
_PROZENT = re.compile(
    r"%|\bin prozent\b|\bprozent|\banteil|\bquote\b|quote$|\bv h\b|\bje 1 ?000\b|percentage", re.IGNORECASE
)
_NUMMER = re.compile(r"^(?:lfd )?(?:nr|nummer)$|^kennziffer$|\bplz\b|postleitzahl")
_RAUM = re.compile(
    r"\b(?:sozialr(?:aum|aeume)|stadtteile?|ortsteile?|stadtbezirke?|bezirke?|gebiete?|gemeinden?|raumeinheit|planungsr(?:aum|aeume)|"
    r"quartiere?|kommunen?|wohnplatz|stimmbezirke?|wahlbezirke?|schulbezirke?|region|verwaltungsbezirk|name|raum)\b"
)
_SACHE = re.compile(
    r"\b(?:merkmale?|indikator(?:en)?|kennzahl(?:en)?|gegenstand|position|bezeichnung|leistung(?:en|sart)?)\b"
)
_ZEIT = re.compile(r"\b(?:jahr|stand|stichtag|monat|schuljahr|berichtsjahr|zeitpunkt|datum|zeitraum|quartal)\b")


def propose_regel(fund: Tabellenfund, blatt: Rohblatt, kontext: Kontext) -> Tabellenregel:
    """Propose the rules of one found table."""
    lagen = column_keys(fund)
    rollen = _label_roles(fund, blatt, kontext, lagen)
    in_zeilen = set(rollen.values())
    regeln: dict[str, Spaltenregel] = {}
    gebiete_im_kopf = _areas_in_header(fund, lagen, kontext)
    merkmale = _sure_merkmale(fund, lagen, kontext)
    for lage in lagen:
        spalte = next(s for s in fund.spalten if s.nummer == lage.nummer)
        if lage.schluessel in regeln:
            continue
        prozent = _is_percent(fund, blatt, lage.nummer)
        merkmal = merkmale.get(lage.nummer, "")
        regeln[lage.schluessel] = _rule(spalte, lage, rollen, in_zeilen, gebiete_im_kopf, merkmal, prozent=prozent)
    gebiet = _propose_gebiet(fund, kontext, in_zeilen, bool(gebiete_im_kopf))
    labels: tuple[str, ...] = ()
    if Rolle.MERKMAL in in_zeilen:
        labels = label_keys(fund)
    return Tabellenregel(
        text_key(fund.blatt), title_pattern(fund), tuple(lage.schluessel for lage in lagen), tuple(regeln.values()),
        _foreign_rows(fund, blatt, kontext, rollen), labels, gebiet, _propose_stand(fund, kontext, lagen, in_zeilen),
        einlesen=fund.sicherheit >= MINDEST_SICHERHEIT,
    )  # fmt: skip


def label_keys(fund: Tabellenfund) -> tuple[str, ...]:
    """Keys of all rows of a table whose rows are Merkmale."""
    return tuple(dict.fromkeys(row_key(zeile.beschriftung) for zeile in fund.datenzeilen))


def _texts(fund: Tabellenfund, blatt: Rohblatt, s: int) -> list[str]:
    texte = dict.fromkeys(cell_text(blatt.wert(zeile.nummer, s)) for zeile in fund.datenzeilen)
    texte.pop("", None)
    return list(texte)


def _label_roles(
    fund: Tabellenfund, blatt: Rohblatt, kontext: Kontext, lagen: tuple[Spaltenlage, ...]
) -> dict[int, Rolle]:
    """Which columns say Gebiet, Merkmal or Stand."""
    rollen: dict[int, Rolle] = {}
    codes: list[tuple[float, int]] = []
    namen: list[tuple[float, int]] = []
    for spalte in fund.spalten:
        kopf = norm(spalte.kopf[-1]) if spalte.kopf else ""
        texte = _texts(fund, blatt, spalte.nummer)
        if not texte or (spalte.art is Spaltenart.WERT and not _NUMMER.search(kopf)):
            continue
        if _is_stand(fund, blatt, spalte, kopf):
            rollen[spalte.nummer] = Rolle.STAND
            continue
        codes.append((_code_share(texte, kontext), spalte.nummer))
        namen.append((_name_share(texte, kontext), spalte.nummer))
    code, spalte_code = max(codes, default=(0.0, -1), key=lambda p: (p[0], -p[1]))
    if code > 0:
        rollen[spalte_code] = Rolle.GEBIETSCODE
    name, spalte_name = max((p for p in namen if p[1] not in rollen), default=(0.0, -1), key=lambda p: (p[0], -p[1]))
    if name >= (0.5 if code else 0.2):
        rollen[spalte_name] = Rolle.GEBIET
    if Rolle.GEBIET in rollen.values() or Rolle.GEBIETSCODE in rollen.values():
        return rollen
    return rollen | _by_header(fund, blatt, kontext, lagen, rollen)


def _code_share(texte: list[str], kontext: Kontext) -> float:
    """Share of codes that are known; a few long ones among hundreds of foreign ones are enough."""
    treffer = [text for text in texte if kontext.gebiete.find_code(text)]
    anteil = len(treffer) / len(texte)
    return anteil if anteil >= 0.5 or any(len(text) >= 4 for text in treffer) else 0.0


def _name_share(texte: list[str], kontext: Kontext) -> float:
    """Share of names that are exactly or very nearly those of an area; hundreds of names are not tried for likeness."""
    punkte, summen = 0.0, 0
    proben = texte if len(texte) <= _PROBEN else [t for t in texte if kontext.find_gebiet(t)[0]]
    for text in proben:
        if kontext.find_gebiet(text)[0]:
            punkte += 1
        elif kontext.find_summe(text):
            summen += 1
        else:
            beste = kontext.propose_gebiet(text)
            punkte += 0.8 if beste and beste[0].prozent >= 85 else 0.0
    if len(texte) > _PROBEN and punkte >= 2:
        return max(punkte / len(texte), 0.2)
    return (punkte + summen) / len(texte) if punkte else 0.0


def _is_stand(fund: Tabellenfund, blatt: Rohblatt, spalte: Fundspalte, kopf: str) -> bool:
    if spalte.art is Spaltenart.TEXT and not _ZEIT.search(kopf):
        return False
    zellen = [blatt.wert(zeile.nummer, spalte.nummer) for zeile in fund.datenzeilen]
    zellen = [wert for wert in zellen if wert not in (None, "")]
    mit_jahr = sum(1 for wert in zellen if from_zelle(wert).jahr is not None and len(cell_text(wert)) <= 25)
    if not zellen or mit_jahr < 0.8 * len(zellen):
        return False
    return bool(_ZEIT.search(kopf)) or (not kopf and spalte.art is Spaltenart.BESCHRIFTUNG)


def _by_header(
    fund: Tabellenfund, blatt: Rohblatt, kontext: Kontext, lagen: tuple[Spaltenlage, ...], rollen: dict[int, Rolle]
) -> dict[int, Rolle]:
    """No name is known: the header words say whether rows are areas or Merkmale; else what the columns leave over."""
    labels = [s for s in fund.beschriftungsspalten if s.nummer not in rollen]
    if not labels:
        return {}
    koepfe = {s.nummer: norm(" ".join(s.kopf)) for s in labels}
    raeume = [s.nummer for s in labels if _is_area_word(koepfe[s.nummer], kontext)]
    if raeume:
        return {raeume[-1]: Rolle.GEBIET}
    zeitspalten = all(_only_time(lage.schluessel) for lage in lagen if _is_wert(fund, lage))
    if any(_SACHE.search(kopf) for kopf in koepfe.values()) or (zeitspalten and gebiete_at(fund, Ort.TITEL, kontext)):
        return {s.nummer: Rolle.MERKMAL for s in labels}
    if Rolle.STAND in rollen.values():
        return {}
    text = [s.nummer for s in labels if _texts(fund, blatt, s.nummer)]
    return {text[-1]: Rolle.GEBIET} if text else {}


def _is_area_word(kopf: str, kontext: Kontext) -> bool:
    ebenen = {norm(name) for e in kontext.umfeld.ebenen for name in (e.name, e.mehrzahl)}
    return bool(_RAUM.search(kopf)) or any(name and name in kopf for name in ebenen)


def _is_wert(fund: Tabellenfund, lage: Spaltenlage) -> bool:
    return any(s.nummer == lage.nummer and s.art is Spaltenart.WERT for s in fund.spalten)


def _only_time(schluessel: str) -> bool:
    return all(teil in GENERISCH for teil in schluessel.split(TRENNER))


def _areas_in_header(fund: Tabellenfund, lagen: tuple[Spaltenlage, ...], kontext: Kontext) -> dict[str, str]:
    """Header keys that are areas, when at least half of the columns with figures name one (rows are Merkmale then)."""
    werte = [lage for lage in lagen if _is_wert(fund, lage)]
    gefunden = {}
    for lage in werte:
        kopf = next(s.kopf for s in fund.spalten if s.nummer == lage.nummer)
        for text in reversed(kopf):
            gebiet = kontext.find_gebiet(text)[0] or kontext.find_summe(text)
            if gebiet:
                gefunden[lage.schluessel] = gebiet
                break
    verschiedene = set(gefunden.values()) - {kontext.umfeld.stadt}
    return gefunden if len(verschiedene) >= 2 and len(gefunden) * 2 >= len(werte) else {}


def _rule(
    spalte: Fundspalte, lage: Spaltenlage, rollen: dict[int, Rolle], in_zeilen: set[Rolle],
    gebiete: dict[str, str], merkmal: str, *,
    prozent: bool,
) -> Spaltenregel:  # fmt: skip
    key, text = lage.schluessel, lage.text
    if spalte.nummer in rollen:
        return Spaltenregel(key, rollen[spalte.nummer], text=text)
    if spalte.art is not Spaltenart.WERT:
        return Spaltenregel(key, Rolle.NOTIZ if spalte.art is Spaltenart.BESCHRIFTUNG else Rolle.NICHT, text=text)
    if key in gebiete:
        return Spaltenregel(key, Rolle.WERT, gebiet=gebiete[key], text=text)
    if prozent:
        return Spaltenregel(key, Rolle.NICHT, text=text)
    if Rolle.MERKMAL in in_zeilen:
        if _only_time(key):
            return Spaltenregel(key, Rolle.WERT, text=text)
        return Spaltenregel(key, Rolle.NICHT if _PROZENT.search(text) else Rolle.OFFEN, text=text)
    if merkmal:
        return Spaltenregel(key, Rolle.WERT, merkmal=merkmal, text=text)
    return Spaltenregel(key, Rolle.NICHT if _PROZENT.search(text) else Rolle.OFFEN, text=text)


def _sure_merkmale(fund: Tabellenfund, lagen: tuple[Spaltenlage, ...], kontext: Kontext) -> dict[int, str]:
    """The Merkmal of each column whose header surely names one; what "Frauen" counts, the column before it says."""
    daneben = texts_beside(fund, kontext.datei)
    gefunden: dict[int, str] = {}
    zuletzt = ""
    for lage in lagen:
        if not _is_wert(fund, lage):
            continue
        kopf = next(s.kopf for s in fund.spalten if s.nummer == lage.nummer)
        formen = wordings(kopf, tuple(t.text for t in fund.titel))
        merkmal = kontext.find_merkmal(formen, zuletzt, daneben)
        if merkmal:
            gefunden[lage.nummer] = merkmal
        if formen and not is_dependent(formen[0]) and not _only_time(lage.schluessel):
            # An unknown subject is one as well: "Frauen" behind it are not the town's.
            zuletzt = merkmal or UNBEKANNT
    if find_masstab(fund) is not None:  # "Angaben in Prozent": these are no counts, whatever the columns are called
        return {s: merkmal for s, merkmal in gefunden.items() if not _is_count(merkmal, kontext)}
    return gefunden


def _is_count(merkmal: str, kontext: Kontext) -> bool:
    gefunden = kontext.umfeld.find_merkmal(merkmal)
    return gefunden is not None and gefunden.art is Merkmalart.ANZAHL


def _is_percent(fund: Tabellenfund, blatt: Rohblatt, s: int) -> bool:
    """Whether the figures of a column are written with a percent sign."""
    gezeigt = [
        blatt.angezeigt.get((zeile.nummer, s)) or cell_text(blatt.wert(zeile.nummer, s)) for zeile in fund.datenzeilen
    ]
    texte = [text for text in gezeigt if any(zeichen.isdigit() for zeichen in text)]
    return bool(texte) and sum(text.rstrip().endswith("%") for text in texte) * 2 > len(texte)


def _propose_gebiet(fund: Tabellenfund, kontext: Kontext, in_zeilen: set[Rolle], im_kopf: bool) -> Fundort:
    if im_kopf or Rolle.GEBIET in in_zeilen or Rolle.GEBIETSCODE in in_zeilen:
        return Fundort(Ort.TABELLE)
    for ort in (Ort.TITEL, Ort.BLATT):
        if len(gebiete_at(fund, ort, kontext)) == 1:
            return Fundort(ort)
    return Fundort()


def _propose_stand(
    fund: Tabellenfund, kontext: Kontext, lagen: tuple[Spaltenlage, ...], in_zeilen: set[Rolle]
) -> Fundort:
    werte = [lage for lage in lagen if _is_wert(fund, lage)]
    if Rolle.STAND in in_zeilen or (werte and all(lage.zeit.jahr is not None for lage in werte)):
        return Fundort(Ort.TABELLE)
    funde = list_staende(fund, kontext.datei)
    sicher = [f for f in funde if f.sicher]
    if sicher and len({f.zeit.jahr for f in sicher}) == 1:
        return sicher[0].ort
    return Fundort()


def _foreign_rows(
    fund: Tabellenfund, blatt: Rohblatt, kontext: Kontext, rollen: dict[int, Rolle]
) -> tuple[Zeilenregel, ...]:
    """A file about the whole country names a few of our areas among hundreds: the others are left out as a whole."""
    codes = [s for s, rolle in rollen.items() if rolle is Rolle.GEBIETSCODE]
    if not codes:  # a name may only be misspelt: asked for, not left out
        return ()
    texte = {cell_text(blatt.wert(zeile.nummer, codes[0])) for zeile in fund.datenzeilen} - {""}
    bekannt = sum(1 for text in texte if kontext.gebiete.find_code(text))
    fremd = len(texte) - bekannt
    return (Zeilenregel("gebiet", "*"),) if bekannt and fremd > 20 and fremd > 4 * bekannt else ()
