"""The rows of a table by its rules: which Gebiet, Merkmal and Stand each row speaks of, and what is open."""

from __future__ import annotations

import attrs

from sozialtool.einlesen.fund import Fundzeile, Tabellenfund, Zeilenart, cell_text
from sozialtool.einlesen.kontext import Kontext
from sozialtool.einlesen.orte import texts_beside
from sozialtool.einlesen.rohblatt import Rohblatt
from sozialtool.einlesen.schluessel import Spaltenlage, row_key, row_zeit, text_key, wordings
from sozialtool.einlesen.standteile import Standteil, from_zelle, merge
from sozialtool.einlesen.texte import norm
from sozialtool.einlesen.themen import UNBEKANNT, is_dependent
from sozialtool.einlesen.zuordnung import Rolle, Spaltenregel, Tabellenregel

Spalten = list[tuple[Spaltenlage, Spaltenregel]]
ALLE = "*"
"""Label text that stands for all areas the project does not know; its answer is EINZELN or "" (left out)."""
EINZELN = "einzeln"
ZU_VIELE = 40
"""More unknown areas in one table than this are asked for as a whole."""


@attrs.frozen
class Offen:
    """Something that only the planner can say.

    `art` is gebiet, gebiete (all unknown ones), tabellengebiet, merkmal, merkmal-zeile, stand, einheit or punkt; `formen` are wordings to look for.
    """

    art: str
    schluessel: str
    text: str
    zeile: int
    spalte: int
    formen: tuple[str, ...] = ()
    code: str = ""


@attrs.frozen
class Zeilenlage:
    """A row with its coordinates, as far as known.

    `lesen` False: left out. `abschnitt` is the text of its section where the same areas stand in several sections, so
    that the section is part of what the figures mean.
    """

    fund: Fundzeile
    gebiet: str
    merkmal: str
    zeit: Standteil
    lesen: bool
    label: str
    abschnitt: str = ""


@attrs.define
class Sammler:
    """Open points and remarks of one table, in the order they are met."""

    offen: dict[tuple[str, str], Offen] = attrs.field(factory=dict)
    ergaenzt: list[tuple[int, int, str, str]] = attrs.field(factory=list)
    widerspruch: list[tuple[int, int, str]] = attrs.field(factory=list)
    fremde: list[tuple[int, int, str]] = attrs.field(factory=list)

    def ask(self, frage: Offen) -> None:
        """Note an open point once, where it is met first."""
        self.offen.setdefault((frage.art, frage.schluessel), frage)

    def bundle_gebiete(self, bekannt: int) -> None:
        """Hundreds of unknown areas (a file about the whole country) become one question."""
        fremde = [offen for offen in self.offen.values() if offen.art == "gebiet"]
        if len(fremde) <= max(ZU_VIELE, bekannt):
            return
        for offen in fremde:
            del self.offen[offen.art, offen.schluessel]
        namen = ", ".join(f"„{offen.text[:30]}“" for offen in fremde[:3])
        erste = fremde[0]
        self.ask(Offen("gebiete", ALLE, f"{len(fremde)} Bezeichnungen ({namen} …)", erste.zeile, erste.spalte))


def read_rows(
    fund: Tabellenfund, regel: Tabellenregel, blatt: Rohblatt, kontext: Kontext, sammler: Sammler, spalten: Spalten
) -> list[Zeilenlage]:
    """Give every data row its coordinates; unknown names go to `sammler`."""
    leser = _RowReader(fund, regel, blatt, kontext, sammler, spalten)
    zeilen = _mark_wholes([leser.read(zeile) for zeile in fund.datenzeilen], kontext)
    if regel.zeile("gebiet", ALLE) is None:
        sammler.bundle_gebiete(sum(1 for zeile in zeilen if zeile.gebiet))
    return zeilen if leser.sachen else _mark_sections(zeilen)  # where rows are Merkmale, sections are in their key


class _RowReader:
    """Reads the rows of one table: which columns say what is settled once."""

    def __init__(
        self,
        fund: Tabellenfund,
        regel: Tabellenregel,
        blatt: Rohblatt,
        kontext: Kontext,
        sammler: Sammler,
        spalten: Spalten,
    ) -> None:
        self.regel, self.blatt, self.kontext, self.sammler = regel, blatt, kontext, sammler
        self.codes = [lage.nummer for lage, r in spalten if r.rolle is Rolle.GEBIETSCODE]
        self.namen = [lage.nummer for lage, r in spalten if r.rolle is Rolle.GEBIET]
        self.sachen = [lage.nummer for lage, r in spalten if r.rolle is Rolle.MERKMAL]
        self.zeiten = [lage.nummer for lage, r in spalten if r.rolle is Rolle.STAND]
        self.plaetze = {s.nummer: i for i, s in enumerate(fund.beschriftungsspalten)}
        self.ebene = self._main_level(fund)
        self.daneben = texts_beside(fund, kontext.datei)
        self.zuletzt = ""

    def read(self, zeile: Fundzeile) -> Zeilenlage:
        """Read one row."""
        zeit = merge(*(from_zelle(self.blatt.wert(zeile.nummer, s)) for s in self.zeiten))[0]
        label = " ".join(teil for teil in zeile.texte if teil)
        gebiet, merkmal, lesen = "", "", True
        if self.codes or self.namen:
            code = next((t for s in self.codes if (t := self._text(zeile, s))), "")
            name = next((t for s in reversed(self.namen) if (t := self._text(zeile, s))), "")
            gebiet, lesen = self._gebiet(zeile, code, name)
            label = name or code
        if self.sachen:
            merkmal, ok = self._merkmal(zeile, tuple(self._text(zeile, s) for s in self.sachen))
            lesen = lesen and ok
        texte = zeile.beschriftung if self.sachen else zeile.abschnitt
        return Zeilenlage(zeile, gebiet, merkmal, merge(zeit, row_zeit(texte))[0], lesen, label)

    def _text(self, zeile: Fundzeile, s: int) -> str:
        if s in self.plaetze:
            return zeile.texte[self.plaetze[s]]
        return cell_text(self.blatt.wert(zeile.nummer, s))

    def _main_level(self, fund: Tabellenfund) -> str:
        """The level that most names of the column belong to, so that "Mitte" is taken as what its neighbours are."""
        zaehler: dict[str, int] = {}
        for s in (*self.codes, *self.namen):
            kopf = norm(" ".join(next(spalte.kopf for spalte in fund.spalten if spalte.nummer == s)))
            for zeile in fund.datenzeilen[:200]:
                text = cell_text(self.blatt.wert(zeile.nummer, s))
                keys = {*self.kontext.gebiete.find_exact(text), *self.kontext.gebiete.find_code(text)}
                for ebene in {self.kontext.ebenen.get(key, "") for key in keys}:
                    zaehler[ebene] = zaehler.get(ebene, 0) + (3 if ebene and ebene in kopf else 1)
        return max(zaehler, key=lambda e: (zaehler[e], e), default="")

    def _gebiet(self, zeile: Fundzeile, code: str, name: str) -> tuple[str, bool]:
        """Return the area of a row and whether the row is read."""
        schluessel = text_key(f"{code} {name}")
        antwort = self.regel.zeile("gebiet", schluessel)
        if antwort is not None:
            return antwort.ziel, bool(antwort.ziel) or zeile.art is not Zeilenart.DATEN
        gebiet, ergaenzt = self.kontext.find_gebiet(name, code, self.ebene)
        spalte = (self.codes or self.namen)[0]
        if gebiet and not self._contradicts(gebiet, code, name):
            if ergaenzt:
                self.sammler.ergaenzt.append((zeile.nummer, spalte, code or name, gebiet))
            return gebiet, True
        if zeile.art is not Zeilenart.DATEN and not gebiet:
            return self.kontext.find_summe(name or code), True
        alle = self.regel.zeile("gebiet", ALLE)
        if alle is not None and alle.ziel != EINZELN and (code or name):
            self.sammler.fremde.append((zeile.nummer, spalte, f"{code} {name}".strip()))
            return "", False
        if not (code or name):
            return "", False
        self.sammler.ask(Offen("gebiet", schluessel, name or code, zeile.nummer, spalte, code=code if name else ""))
        return "", True

    def _contradicts(self, gebiet: str, code: str, name: str) -> bool:
        """Whether code and name of a row are those of two different areas: then neither is believed."""
        namens = self.kontext.gebiete.find_exact(name) if code and name else ()
        return bool(namens) and gebiet not in namens

    def _merkmal(self, zeile: Fundzeile, texte: tuple[str, ...]) -> tuple[str, bool]:
        """Return the Merkmal of a row and whether the row is read."""
        weg = (*zeile.abschnitt, *texte)
        schluessel = row_key(weg)
        formen = wordings(weg)
        antwort = self.regel.zeile("merkmal", schluessel)
        merkmal = antwort.ziel if antwort else self.kontext.find_merkmal(formen, self.zuletzt, self.daneben)
        if formen and not is_dependent(formen[0]):
            self.zuletzt = merkmal or UNBEKANNT
        if antwort is not None or merkmal:
            return merkmal, bool(merkmal)
        if not schluessel:
            return "", False
        text = " – ".join(t for t in weg if t)
        self.sammler.ask(Offen("merkmal-zeile", schluessel, text, zeile.nummer, self.sachen[-1], formen))
        return "", True


def _mark_wholes(zeilen: list[Zeilenlage], kontext: Kontext) -> list[Zeilenlage]:
    """A row whose area contains the areas of other rows is their total, whether the figures agree or not."""
    ganze = kontext.wholes({zeile.gebiet for zeile in zeilen if zeile.gebiet})
    ergebnis = []
    for zeile in zeilen:
        if zeile.gebiet in ganze and zeile.fund.art is Zeilenart.DATEN:
            art = Zeilenart.SUMME if zeile.gebiet == kontext.umfeld.stadt else Zeilenart.ZWISCHENSUMME
            ergebnis.append(attrs.evolve(zeile, fund=attrs.evolve(zeile.fund, art=art)))
        else:
            ergebnis.append(zeile)
    return ergebnis


def _mark_sections(zeilen: list[Zeilenlage]) -> list[Zeilenlage]:
    """Where the same label stands in several sections, the section is part of the meaning ("Frauen", then "Männer")."""
    abschnitte: dict[str, set[str]] = {}
    for zeile in zeilen:
        if zeile.fund.abschnitt and zeile.fund.art is Zeilenart.DATEN and not zeile.merkmal:
            abschnitte.setdefault(zeile.gebiet or zeile.label, set()).add(_section_key(zeile))
    if not any(len(texte) > 1 for texte in abschnitte.values()):
        return zeilen
    return [
        attrs.evolve(zeile, abschnitt=zeile.fund.abschnitt[-1]) if _section_key(zeile).strip("# ") else zeile
        for zeile in zeilen
    ]


def _section_key(zeile: Zeilenlage) -> str:
    return text_key(zeile.fund.abschnitt[-1]) if zeile.fund.abschnitt else ""
