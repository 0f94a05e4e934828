"""Read one found table by its rules: every cell gets its Gebiet, Merkmal and Stand – or becomes an open question."""

from __future__ import annotations

import datetime as dt

import attrs

from sozialtool.einlesen.fund import Fundzeile, Tabellenfund, Zeilenart, cell_text
from sozialtool.einlesen.kontext import Kontext
from sozialtool.einlesen.orte import find_stand, find_tabellengebiet
from sozialtool.einlesen.rohblatt import Leseart, Rohblatt
from sozialtool.einlesen.schluessel import (
    Spaltenlage,
    column_keys,
    row_key,
    row_zeit,
    text_key,
    wordings,
)
from sozialtool.einlesen.standteile import NICHTS, Standteil, build_stand, from_zelle, merge
from sozialtool.einlesen.zahlen import STANDARD, Zellbefund, decide_tausenderpunkt, parse_zelle
from sozialtool.einlesen.zuordnung import Ort, Rolle, Spaltenregel, Tabellenregel
from sozialtool.fach.messwert import Zeichentabelle


@attrs.frozen
class Wertzelle:
    """A cell with figure and coordinates; `gebiet`, `merkmal` "" and `stand` None are not known yet."""

    zeile: int
    spalte: int
    gebiet: str
    merkmal: str
    stand: dt.date | None
    jahre: int
    inhalt: Zellbefund
    art: Zeilenart
    label: str
    roh: bool = True


@attrs.frozen
class Offen:
    """Something that only the planner can say: `art` gebiet, merkmal, stand, abschnitt, tabellengebiet."""

    art: str
    schluessel: str
    text: str
    zeile: int
    spalte: int
    formen: tuple[str, ...] = ()
    code: str = ""


@attrs.frozen
class Lesung:
    """One table read by its rules.

    `gestoert` are cells with an error or without a stored result; `ergaenzt` rows whose code got its zeros back;
    `punkte` columns of text numbers with the decision about the point; `widerspruch` cells with two coordinates.
    """

    nummer: int
    fund: Tabellenfund
    regel: Tabellenregel
    zellen: tuple[Wertzelle, ...]
    offen: tuple[Offen, ...]
    gestoert: tuple[tuple[int, int], ...] = ()
    ergaenzt: tuple[tuple[int, int, str, str], ...] = ()
    punkte: tuple[tuple[int, str], ...] = ()
    widerspruch: tuple[tuple[int, int, str], ...] = ()
    gelesene_gebiete: frozenset[str] = frozenset()


@attrs.frozen
class _Zeile:
    fund: Fundzeile
    gebiet: str
    merkmal: str
    zeit: Standteil
    lesen: bool
    label: str


@attrs.define
class _Sammler:
    """Open points and remarks of one table, in the order they are met."""

    offen: dict[tuple[str, str], Offen] = attrs.field(factory=dict)
    ergaenzt: list[tuple[int, int, str, str]] = attrs.field(factory=list)
    widerspruch: list[tuple[int, int, str]] = attrs.field(factory=list)

    def ask(self, frage: Offen) -> None:
        self.offen.setdefault((frage.art, frage.schluessel), frage)


def read_tabelle(
    nummer: int,
    fund: Tabellenfund,
    regel: Tabellenregel,
    blatt: Rohblatt,
    kontext: Kontext,
    tabelle: Zeichentabelle = STANDARD,
    leseart: Leseart | None = None,
) -> Lesung:
    """Apply the rules of one table; unknown names become `Offen`, nothing is guessed."""
    if not regel.einlesen:
        return Lesung(nummer, fund, regel, (), ())
    sammler = _Sammler()
    lagen = {lage.nummer: lage for lage in column_keys(fund)}
    spalten = [(lage, r) for lage in lagen.values() if (r := regel.spalte(lage.schluessel)) is not None]
    fest_gebiet = _fixed_gebiet(fund, regel, kontext, sammler, spalten)
    fest_zeit = find_stand(fund, regel.stand, kontext.datei)
    zeilen = _rows(fund, regel, blatt, kontext, sammler, spalten)
    werte = [(lage, r) for lage, r in spalten if r.rolle in (Rolle.WERT, Rolle.OFFEN)]
    for lage, r in werte:
        if r.rolle is Rolle.OFFEN:
            formen = wordings(_kopf(fund, lage), _titles(fund))
            oben = fund.kopf.bis_zeile if fund.kopf else fund.daten.zeile
            sammler.ask(Offen("merkmal", lage.schluessel, lage.text, oben, lage.nummer, formen))
    zellen: list[Wertzelle] = []
    gestoert: list[tuple[int, int]] = []
    punkte: list[tuple[int, str]] = []
    for lage, r in werte:
        if r.rolle is Rolle.OFFEN:
            continue
        leser = _ColumnReader(blatt, lage, r, tabelle, leseart, zeilen)
        if leser.grund:
            punkte.append((lage.nummer, leser.grund))
        for zeile in zeilen:
            stelle = (zeile.fund.nummer, lage.nummer)
            if not zeile.lesen:
                continue
            if stelle in blatt.fehler or stelle in blatt.ohne_wert:
                gestoert.append(stelle)
                continue
            zellen.append(_cell(zeile, lage, r, leser, fest_gebiet, fest_zeit, kontext, sammler, regel))
    zellen = [z for z in zellen if z.merkmal]
    if any(z.stand is None for z in zellen):
        sammler.ask(Offen("stand", "", "", fund.daten.zeile, fund.daten.spalte, tuple(t.text for t in fund.titel)))
    return Lesung(
        nummer, fund, regel, tuple(zellen), tuple(sammler.offen.values()), tuple(gestoert), tuple(sammler.ergaenzt),
        tuple(punkte), tuple(sammler.widerspruch), frozenset(z.gebiet for z in zeilen if z.gebiet),
    )  # fmt: skip


def _kopf(fund: Tabellenfund, lage: Spaltenlage) -> tuple[str, ...]:
    return next(s.kopf for s in fund.spalten if s.nummer == lage.nummer)


def _titles(fund: Tabellenfund) -> tuple[str, ...]:
    return tuple(t.text for t in fund.titel if 3 < len(t.text) <= 60)[-4:]


def _fixed_gebiet(
    fund: Tabellenfund,
    regel: Tabellenregel,
    kontext: Kontext,
    sammler: _Sammler,
    spalten: list[tuple[Spaltenlage, Spaltenregel]],
) -> str:
    """The area of the whole table; open when neither rows nor columns name one."""
    if regel.gebiet.ort is Ort.TABELLE or any(r.gebiet for _, r in spalten):
        return ""
    gebiet = find_tabellengebiet(fund, regel.gebiet, kontext)
    if not gebiet:
        stelle = fund.titel[-1] if fund.titel else None
        text = " / ".join(t.text for t in fund.titel if len(t.text) <= 80) or fund.blatt
        zeile, spalte = (stelle.zeile, stelle.spalte) if stelle else (fund.daten.zeile, fund.daten.spalte)
        sammler.ask(Offen("tabellengebiet", "", text, zeile, spalte))
    return gebiet


def _rows(
    fund: Tabellenfund,
    regel: Tabellenregel,
    blatt: Rohblatt,
    kontext: Kontext,
    sammler: _Sammler,
    spalten: list[tuple[Spaltenlage, Spaltenregel]],
) -> list[_Zeile]:
    rollen = {
        rolle: [lage.nummer for lage, r in spalten if r.rolle is rolle]
        for rolle in (Rolle.GEBIET, Rolle.GEBIETSCODE, Rolle.MERKMAL, Rolle.STAND)
    }
    plaetze = {s.nummer: i for i, s in enumerate(fund.beschriftungsspalten)}
    ebene = _main_level(fund, blatt, kontext, rollen)
    zeilen = []
    for zeile in fund.datenzeilen:

        def text(s: int, zeile: Fundzeile = zeile) -> str:
            return zeile.texte[plaetze[s]] if s in plaetze else cell_text(blatt.wert(zeile.nummer, s))

        zeit = merge(*(from_zelle(blatt.wert(zeile.nummer, s)) for s in rollen[Rolle.STAND]))[0]
        gebiet, lesen = "", True
        label = " ".join(teil for teil in zeile.texte if teil)
        if rollen[Rolle.GEBIET] or rollen[Rolle.GEBIETSCODE]:
            code = next((t for s in rollen[Rolle.GEBIETSCODE] if (t := text(s))), "")
            name = next((t for s in reversed(rollen[Rolle.GEBIET]) if (t := text(s))), "")
            gebiet, lesen = _row_gebiet(zeile, regel, kontext, sammler, code, name, ebene, rollen)
            label = name or code
        merkmal, aus_abschnitt = "", _section(zeile, regel, kontext, sammler, rollen)
        if rollen[Rolle.MERKMAL]:
            merkmal, ok = _row_merkmal(zeile, regel, kontext, sammler, tuple(text(s) for s in rollen[Rolle.MERKMAL]))
            lesen = lesen and ok
        elif aus_abschnitt is not None:
            merkmal = aus_abschnitt
        texte = zeile.abschnitt if not rollen[Rolle.MERKMAL] else zeile.beschriftung
        zeilen.append(_Zeile(zeile, gebiet, merkmal, merge(zeit, row_zeit(texte))[0], lesen, label))
    return zeilen


def _main_level(fund: Tabellenfund, blatt: Rohblatt, kontext: Kontext, rollen: dict[Rolle, list[int]]) -> str:
    """The level that most names of the column belong to, so that "Mitte" is taken as what its neighbours are."""
    zaehler: dict[str, int] = {}
    for s in (*rollen[Rolle.GEBIETSCODE], *rollen[Rolle.GEBIET]):
        for zeile in fund.datenzeilen[:200]:
            keys = kontext.gebiete.find_exact(cell_text(blatt.wert(zeile.nummer, s)))
            for ebene in {kontext.ebenen.get(key, "") for key in keys}:
                zaehler[ebene] = zaehler.get(ebene, 0) + 1
    return max(zaehler, key=lambda e: (zaehler[e], e), default="")


def _row_gebiet(
    zeile: Fundzeile, regel: Tabellenregel, kontext: Kontext, sammler: _Sammler, code: str, name: str, ebene: str,
    rollen: dict[Rolle, list[int]],
) -> tuple[str, bool]:  # fmt: skip
    schluessel = text_key(f"{code} {name}")
    antwort = regel.zeile("gebiet", schluessel)
    if antwort is not None:
        return antwort.ziel, bool(antwort.ziel) or zeile.art is not Zeilenart.DATEN
    gebiet, ergaenzt = kontext.find_gebiet(name, code, ebene)
    spalte = (rollen[Rolle.GEBIETSCODE] or rollen[Rolle.GEBIET])[0]
    if gebiet:
        if ergaenzt:
            sammler.ergaenzt.append((zeile.nummer, spalte, code or name, gebiet))
        return gebiet, True
    if zeile.art is not Zeilenart.DATEN:
        return kontext.find_summe(name or code), True
    if not (code or name):
        return "", False
    if regel.zeile("gebiet", "*") is not None:
        return "", False
    sammler.ask(Offen("gebiet", schluessel, name or code, zeile.nummer, spalte, code=code if name else ""))
    return "", True


def _section(
    zeile: Fundzeile, regel: Tabellenregel, kontext: Kontext, sammler: _Sammler, rollen: dict[Rolle, list[int]]
) -> str | None:
    """The Merkmal that the section above the row names, "" while it is open, None when it names none."""
    if not zeile.abschnitt or rollen[Rolle.MERKMAL]:
        return None
    _ = kontext, sammler
    antwort = regel.zeile("abschnitt", text_key(zeile.abschnitt[-1]))
    return antwort.ziel if antwort is not None and antwort.als == "merkmal" else None


def _row_merkmal(
    zeile: Fundzeile, regel: Tabellenregel, kontext: Kontext, sammler: _Sammler, texte: tuple[str, ...]
) -> tuple[str, bool]:
    weg = (*zeile.abschnitt, *texte)
    schluessel = row_key(weg)
    antwort = regel.zeile("merkmal", schluessel)
    if antwort is not None:
        return antwort.ziel, bool(antwort.ziel)
    formen = wordings(weg)
    for form in formen[:1]:
        keys = kontext.merkmale.find_exact(form)
        if len(keys) == 1:
            return keys[0], True
    if not schluessel:
        return "", False
    sammler.ask(Offen("merkmal-zeile", schluessel, " – ".join(t for t in weg if t), zeile.nummer, 0, formen))
    return "", True


class _ColumnReader:
    """Reads the cells of one column with the decision about the point that holds for the whole column."""

    def __init__(
        self,
        blatt: Rohblatt,
        lage: Spaltenlage,
        regel: Spaltenregel,
        tabelle: Zeichentabelle,
        leseart: Leseart | None,
        zeilen: list[_Zeile],
    ) -> None:
        self.blatt, self.spalte, self.tabelle, self.faktor = blatt, lage.nummer, tabelle, regel.faktor
        self.dezimal = leseart.dezimal if leseart else ","
        texte = [blatt.wert(z.fund.nummer, lage.nummer) for z in zeilen]
        self.punkt, self.grund = regel.tausenderpunkt, ""
        if self.punkt is None and self.dezimal == "," and any(isinstance(t, str) and "." in t for t in texte):
            entscheidung = decide_tausenderpunkt(texte)
            self.punkt = entscheidung.tausender
            if entscheidung.tausender is not None:
                self.grund = entscheidung.grund

    def read(self, zeile: int) -> Zellbefund:
        """Read one cell as a figure, multiplied by the factor of the column."""
        wert = self.blatt.wert(zeile, self.spalte)
        befund = parse_zelle(
            wert, zeichentabelle=self.tabelle, dezimal=self.dezimal, tausenderpunkt=self.punkt,
            angezeigt=self.blatt.angezeigt.get((zeile, self.spalte)),
        )  # fmt: skip
        if self.faktor != 1.0 and befund.wert is not None:
            return attrs.evolve(befund, wert=befund.wert * self.faktor)
        return befund


def _cell(
    zeile: _Zeile, lage: Spaltenlage, regel: Spaltenregel, leser: _ColumnReader, fest_gebiet: str, fest_zeit: Standteil,
    kontext: Kontext, sammler: _Sammler, tabelle: Tabellenregel,
) -> Wertzelle:  # fmt: skip
    inhalt = leser.read(zeile.fund.nummer)
    gebiet = zeile.gebiet or regel.gebiet or fest_gebiet
    if zeile.gebiet and regel.gebiet and zeile.gebiet != regel.gebiet:
        sammler.widerspruch.append((zeile.fund.nummer, lage.nummer, "Gebiet"))
    merkmal = regel.merkmal or zeile.merkmal or tabelle.merkmal
    if regel.merkmal and zeile.merkmal and regel.merkmal != zeile.merkmal:
        sammler.widerspruch.append((zeile.fund.nummer, lage.nummer, "Merkmal"))
    eigene, widerspruch = merge(lage.zeit, zeile.zeit)
    if widerspruch and lage.zeit.jahr is not None and zeile.zeit.jahr not in (None, lage.zeit.jahr):
        sammler.widerspruch.append((zeile.fund.nummer, lage.nummer, "Stand"))
    zeit = merge(eigene, fest_zeit)[0] if eigene.jahr is None else eigene
    treffer = kontext.umfeld.find_merkmal(merkmal)
    stand = build_stand(zeit, treffer.stichtag if treffer else "31.12.") if zeit != NICHTS else None
    return Wertzelle(
        zeile.fund.nummer, lage.nummer, gebiet, merkmal, stand[0] if stand else None, stand[1] if stand else 0, inhalt,
        zeile.fund.art, zeile.label,
    )  # fmt: skip
