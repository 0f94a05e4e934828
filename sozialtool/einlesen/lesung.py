"""Read one found table by its rules: every cell gets its Gebiet, Merkmal and Stand – or becomes an open question."""

from __future__ import annotations

import datetime as dt
import re

import attrs

from sozialtool.einlesen.fund import Tabellenfund, Zeilenart
from sozialtool.einlesen.kontext import Kontext
from sozialtool.einlesen.masstab import find_masstab
from sozialtool.einlesen.orte import find_stand, find_tabellengebiet
from sozialtool.einlesen.punkte import Punkt, Punktzelle, decide_punkt
from sozialtool.einlesen.rohblatt import Leseart, Rohblatt
from sozialtool.einlesen.schluessel import Spaltenlage, column_keys, section_column_key, wordings
from sozialtool.einlesen.standteile import build_stand, merge
from sozialtool.einlesen.zahlen import STANDARD, Zellbefund, parse_zelle
from sozialtool.einlesen.zeilenlage import Offen, Sammler, Spalten, Zeilenlage, read_rows
from sozialtool.einlesen.zuordnung import Ort, Rolle, Spaltenregel, Tabellenregel
from sozialtool.fach.messwert import Zeichentabelle

__all__ = ["Lesung", "Offen", "Wertzelle", "read_tabelle"]

_TAUSEND = re.compile(r"\b(?:in )?(?:1[. ]?000|Tsd\.?|Tausend|TEUR|T€)(?!\d)", re.IGNORECASE)


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


@attrs.frozen
class Lesung:
    """One table read by its rules.

    `gestoert` are cells with an error or without a stored result; `ergaenzt` rows whose code got its zeros back;
    `punkte` columns of text numbers with the decision about the point; `widerspruch` cells with two coordinates;
    `proben` figures of columns that are still open, as (column key, Gebiet, figure); `fremde` rows of areas that the
    project does not know and that are left out as a whole.
    """

    nummer: int
    fund: Tabellenfund
    regel: Tabellenregel
    zellen: tuple[Wertzelle, ...] = ()
    offen: tuple[Offen, ...] = ()
    gestoert: tuple[tuple[int, int], ...] = ()
    ergaenzt: tuple[tuple[int, int, str, str], ...] = ()
    punkte: tuple[tuple[int, Punkt], ...] = ()
    widerspruch: tuple[tuple[int, int, str], ...] = ()
    gelesene_gebiete: frozenset[str] = frozenset()
    proben: tuple[tuple[str, str, float], ...] = ()
    fremde: tuple[tuple[int, int, str], ...] = ()


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
        return Lesung(nummer, fund, regel)
    leser = _Leser(fund, regel, blatt, kontext, tabelle, leseart)
    for lage, spaltenregel in leser.werte:
        leser.read_column(lage, spaltenregel)
    zellen = tuple(z for z in leser.zellen if z.merkmal)
    if any(z.stand is None for z in zellen):
        leser.sammler.ask(Offen("stand", "", "", fund.daten.zeile, fund.daten.spalte))
    return Lesung(
        nummer, fund, regel, zellen, tuple(leser.sammler.offen.values()), tuple(leser.gestoert),
        tuple(leser.sammler.ergaenzt), tuple(leser.punkte), tuple(leser.sammler.widerspruch),
        frozenset(z.gebiet for z in leser.zeilen if z.gebiet), tuple(leser.proben),
        tuple(leser.sammler.fremde),
    )  # fmt: skip


class _Leser:
    """Reads one table column by column."""

    def __init__(
        self,
        fund: Tabellenfund,
        regel: Tabellenregel,
        blatt: Rohblatt,
        kontext: Kontext,
        tabelle: Zeichentabelle,
        leseart: Leseart | None,
    ) -> None:
        self.fund, self.regel, self.blatt, self.kontext, self.tabelle = fund, regel, blatt, kontext, tabelle
        self.dezimal = leseart.dezimal if leseart else ","
        self.sammler = Sammler()
        masstab = find_masstab(fund)
        self.in_tausend = masstab is not None and bool(_TAUSEND.search(masstab.text)) and " je " not in masstab.text
        spalten: Spalten = [(lage, r) for lage in column_keys(fund) if (r := regel.spalte(lage.schluessel)) is not None]
        self.fest_gebiet = _fixed_gebiet(fund, regel, kontext, self.sammler, spalten)
        self.fest_zeit = find_stand(fund, regel.stand, kontext.datei)
        self.zeilen = read_rows(fund, regel, blatt, kontext, self.sammler, spalten)
        self.werte = [(lage, r) for lage, r in spalten if r.rolle in (Rolle.WERT, Rolle.OFFEN)]
        # Areas in the header that contain other areas in the header: their columns are totals.
        self.ganze = kontext.wholes({r.gebiet for _, r in self.werte if r.gebiet})
        self.zellen: list[Wertzelle] = []
        self.gestoert: list[tuple[int, int]] = []
        self.punkte: list[tuple[int, Punkt]] = []
        self.proben: list[tuple[str, str, float]] = []

    def read_column(self, lage: Spaltenlage, spaltenregel: Spaltenregel) -> None:
        """Read the figures of one column; what is not known becomes a question."""
        punkt = self._decide_point(lage, spaltenregel)
        for zeile in self.zeilen:
            if not zeile.lesen:
                continue
            regel = self._rule_for(zeile, lage, spaltenregel)
            stelle = (zeile.fund.nummer, lage.nummer)
            if regel is None or regel.rolle is Rolle.NICHT:
                continue
            if regel.rolle is not Rolle.OFFEN and (stelle in self.blatt.fehler or stelle in self.blatt.ohne_wert):
                self.gestoert.append(stelle)
                continue
            inhalt = self._figure(zeile.fund.nummer, lage.nummer, regel, punkt)
            if regel.rolle is Rolle.OFFEN or not (
                regel.merkmal or zeile.merkmal or self.regel.has_rolle(Rolle.MERKMAL)
            ):
                self._ask_merkmal(zeile, lage, regel, inhalt)
            else:
                self.zellen.append(self._cell(zeile, lage, regel, inhalt))

    def _rule_for(self, zeile: Zeilenlage, lage: Spaltenlage, regel: Spaltenregel) -> Spaltenregel | None:
        """The rule of a column within the section of a row, where sections are part of the meaning."""
        if not zeile.abschnitt:
            return regel
        schluessel = section_column_key(zeile.abschnitt, lage.schluessel)
        eigene = self.regel.spalte(schluessel)
        return eigene or Spaltenregel(schluessel, Rolle.OFFEN, text=f"{zeile.abschnitt} – {lage.text}")

    def _ask_merkmal(self, zeile: Zeilenlage, lage: Spaltenlage, regel: Spaltenregel, inhalt: Zellbefund) -> None:
        kopf = next(s.kopf for s in self.fund.spalten if s.nummer == lage.nummer)
        formen = wordings((zeile.abschnitt, *kopf) if zeile.abschnitt else kopf, self._titles())
        oben = self.fund.kopf.bis_zeile if self.fund.kopf else self.fund.daten.zeile
        self.sammler.ask(Offen("merkmal", regel.kopf, regel.text or lage.text, oben, lage.nummer, formen))
        if inhalt.wert is not None and zeile.fund.art is Zeilenart.DATEN:
            self.proben.append((regel.kopf, zeile.gebiet or self.fest_gebiet, inhalt.wert))

    def _titles(self) -> tuple[str, ...]:
        return tuple(t.text for t in self.fund.titel if 3 < len(t.text) <= 60)[-4:]

    def _decide_point(self, lage: Spaltenlage, regel: Spaltenregel) -> bool | None:
        if regel.tausenderpunkt is not None or self.dezimal != ",":
            return regel.tausenderpunkt
        punkt = decide_punkt([self._point_cell(z, lage, regel) for z in self.zeilen if z.lesen])
        if punkt.zeile >= 0:
            self.punkte.append((lage.nummer, punkt))
        if punkt.offen and regel.rolle is Rolle.WERT:
            self.sammler.ask(
                Offen("punkt", regel.kopf, punkt.text, punkt.zeile, lage.nummer, (regel.text or lage.text,))
            )
        return punkt.tausender

    def _point_cell(self, zeile: Zeilenlage, lage: Spaltenlage, regel: Spaltenregel) -> Punktzelle:
        schluessel = regel.merkmal or zeile.merkmal
        merkmal = self.kontext.umfeld.find_merkmal(schluessel) if schluessel else None
        gebiet = zeile.gebiet or regel.gebiet or self.fest_gebiet
        frueher = self.kontext.neueste.get(schluessel, {}).get(gebiet)
        wert = self.blatt.wert(zeile.fund.nummer, lage.nummer)
        faktor = regel.faktor or 1.0
        alt = frueher.wert / faktor if frueher is not None and frueher.wert is not None else None
        return Punktzelle(zeile.fund.nummer, wert, zeile.fund.art, merkmal.art if merkmal else None, alt)

    def _figure(self, zeile: int, spalte: int, regel: Spaltenregel, punkt: bool | None) -> Zellbefund:
        befund = parse_zelle(
            self.blatt.wert(zeile, spalte), zeichentabelle=self.tabelle, dezimal=self.dezimal, tausenderpunkt=punkt,
            angezeigt=self.blatt.angezeigt.get((zeile, spalte)),
        )  # fmt: skip
        if regel.faktor and regel.faktor != 1.0 and befund.wert is not None:
            return attrs.evolve(befund, wert=befund.wert * regel.faktor)
        return befund

    def _cell(self, zeile: Zeilenlage, lage: Spaltenlage, regel: Spaltenregel, inhalt: Zellbefund) -> Wertzelle:
        stelle = (zeile.fund.nummer, lage.nummer)
        if zeile.gebiet and regel.gebiet and zeile.gebiet != regel.gebiet:
            self.sammler.widerspruch.append((*stelle, "Gebiet"))
        if zeile.merkmal and regel.merkmal and zeile.merkmal != regel.merkmal:
            self.sammler.widerspruch.append((*stelle, "Merkmal"))
        if (
            None not in (zeile.zeit.jahr, lage.zeit.jahr)
            and zeile.zeit.jahr != lage.zeit.jahr
            and self._years_in_rows()
        ):
            self.sammler.widerspruch.append((*stelle, "Stand"))
        eigene = merge(lage.zeit, zeile.zeit)[0]
        zeit = eigene if eigene.jahr is not None else merge(eigene, self.fest_zeit)[0]
        merkmal = self.kontext.umfeld.find_merkmal(regel.merkmal or zeile.merkmal)
        self._check_unit(lage, regel, merkmal.einheit if merkmal else "")
        stand = build_stand(zeit, merkmal.stichtag if merkmal else "31.12.")
        art = Zeilenart.SUMME if regel.gebiet in self.ganze else zeile.fund.art
        return Wertzelle(
            *stelle, zeile.gebiet or regel.gebiet or self.fest_gebiet, regel.merkmal or zeile.merkmal,
            stand[0] if stand else None, stand[1] if stand else 0, inhalt, art, zeile.label,
        )  # fmt: skip

    def _years_in_rows(self) -> bool:
        """Whether a column of the table gives the Stand; years inside other labels ("WZ 2008") contradict nothing."""
        return self.regel.has_rolle(Rolle.STAND)

    def _check_unit(self, lage: Spaltenlage, regel: Spaltenregel, einheit: str) -> None:
        """A header or title that speaks of thousands must agree with the unit of the Merkmal, or somebody says the factor."""
        if regel.faktor == 0.0 and (_TAUSEND.search(lage.text) or self.in_tausend) and not _TAUSEND.search(einheit):
            oben = self.fund.kopf.bis_zeile if self.fund.kopf else self.fund.daten.zeile
            self.sammler.ask(Offen("einheit", regel.kopf, lage.text, oben, lage.nummer, (einheit,)))


def _fixed_gebiet(
    fund: Tabellenfund, regel: Tabellenregel, kontext: Kontext, sammler: Sammler, spalten: Spalten
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
