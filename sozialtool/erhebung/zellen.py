"""The open cells of a returned form: figures, signs, reasons, and what has to be asked about them."""

from __future__ import annotations

import datetime as dt

import attrs

from sozialtool.einlesen.rohblatt import Rohblatt, Zellwert, adresse
from sozialtool.einlesen.standteile import split_zeit
from sozialtool.einlesen.zahlen import STANDARD, Zellbefund, decide_tausenderpunkt, parse_zelle
from sozialtool.einlesen.zahltext import is_ungefaehr
from sozialtool.erhebung.formular import (
    ANMERKUNG,
    BEMERKUNG,
    GESAMT,
    GRUENDE,
    WAHLTAG,
    WEIL,
    Formular,
    is_wahl,
    stand_of,
    text_of,
)
from sozialtool.erhebung.lage import Bauplan, Lage
from sozialtool.erhebung.plausibel import Zahlen, find_auffaelliges
from sozialtool.fach.messwert import Merkmal, Merkmalart, Messwert, Vermerk, Zeichen, Zeichenbedeutung, Zeichentabelle
from sozialtool.fach.quelle import Befund, Schwere
from sozialtool.fach.raum import NICHT_ZUZUORDNEN, Kommune

TABELLE = Zeichentabelle(
    "abfrage",
    "Wörter und Zeichen der Datenabfrage",
    (
        *STANDARD.zeichen,
        Zeichenbedeutung("keine", Zeichen.NICHTS),
        Zeichenbedeutung("folgt", Zeichen.FOLGT),
        Zeichenbedeutung("folgt noch", Zeichen.FOLGT),
        Zeichenbedeutung("unbekannt", Zeichen.UNBEKANNT),
        Zeichenbedeutung("unsicher", Zeichen.UNSICHER),
        Zeichenbedeutung("nicht erhoben", Zeichen.FEHLT),
        Zeichenbedeutung("k.A", Zeichen.FEHLT),
        Zeichenbedeutung("kA", Zeichen.FEHLT),
        Zeichenbedeutung("fehlt", Zeichen.FEHLT),
    ),
)
"""The words of the form (`abfrage.WORTE`) besides the signs of official statistics."""

_FRAGEN = {
    "ZAHL-MEHRDEUTIG": ("„{text}“ kann zweierlei heißen.", "Bitte als Zahl ohne Punkt eintragen."),
    "ZAHL-FUSSNOTE": ("Gehört die letzte Ziffer von „{text}“ zur Zahl?", "Bitte die Zahl ohne Fußnote eintragen."),
    "ZAHL-EINHEIT": ("Neben der Zahl steht ein Wort: „{text}“.", "Bitte nur die Zahl eintragen, das Wort als Anmerkung."),
    "ZAHL-GRENZE": ("„{text}“ ist keine genaue Zahl.", "Bitte die Zahl eintragen oder „unsicher“."),
    "ZAHL-UNGEFAEHR": ("„{text}“ ist nur ungefähr.", "Bitte die genaue Zahl eintragen; gibt es nur eine Schätzung, ein „s“ dahinter setzen."),
    "ZAHL-BEREICH": ("„{text}“ ist eine Spanne.", "Bitte eine Zahl eintragen oder „unsicher“."),
    "ZAHL-DATUM": ("Excel hat hier ein Datum gemacht: {text}.", "Bitte die Zahl noch einmal eintragen."),
    "ZAHL-WAHRHEITSWERT": ("Hier steht „{text}“.", "Bitte eine Zahl eintragen."),
    "ZELLE-FEHLER": ("Hier steht der Fehler {text}.", "Bitte die Formel durch die Zahl ersetzen."),
    "FORMEL-OHNE-WERT": ("Die Formel hat kein Ergebnis.", "Bitte in Excel öffnen und speichern, oder die Zahl eintragen."),
    "ZEICHEN-UNBEKANNT": ("Mit „{text}“ kann nicht gerechnet werden.", "Bitte eine Zahl oder ein Wort aus der Liste eintragen."),
}  # fmt: skip
_OHNE_WERT = ("ZAHL-BEREICH", "ZAHL-DATUM", "ZAHL-WAHRHEITSWERT", "ZELLE-FEHLER", "FORMEL-OHNE-WERT", "ZEICHEN-UNBEKANNT")  # fmt: skip


@attrs.frozen
class Zellen:
    """What stands in the open cells; the fields are those of `ruecklauf.Ruecklauf`."""

    eintraege: dict[tuple[str, str], Zellwert] = attrs.field(factory=dict)
    messwerte: tuple[Messwert, ...] = ()
    befunde: tuple[Befund, ...] = ()
    fragen: dict[tuple[str, str], Befund] = attrs.field(factory=dict)
    gefragt: int = 0
    gefuellt: int = 0


def read_zellen(
    lage: Lage, formular: Formular | None, kommune: Kommune, plan: Bauplan, *, fremd: bool = False, frage: str = ""
) -> Zellen:
    """Read all open cells.

    Args:
        lage: where they are.
        formular: what was asked; without it the entries are kept, and nothing else can be said.
        kommune: the town; its key takes the totals.
        plan: rows and columns that the file may have.
        fremd: the form is not the one that was asked: its entries are kept, but no figures are made.
        frage: what is then asked about every filled cell; "" for nothing.
    """
    eintraege = _read_eintraege(lage, plan)
    if formular is None or fremd:
        return Zellen(eintraege, fragen=_ask_all(eintraege, lage, frage) if frage else {})
    leser = _Leser(lage, formular, kommune, eintraege)
    return leser.read()


def _read_eintraege(lage: Lage, plan: Bauplan) -> dict[tuple[str, str], Zellwert]:
    """Keep what stands in every open cell, texts and notes included."""
    eintraege: dict[tuple[str, str], Zellwert] = {}
    for spalte, s in lage.spalten.items():
        for zeile, z in lage.zeilen.items():
            if zeile not in (*plan.gebiete, GESAMT, WEIL, BEMERKUNG, WAHLTAG):
                continue
            wert = lage.blatt.fehler.get((z, s), lage.blatt.wert(z, s))
            if wert is not None and str(wert).strip():
                eintraege[zeile, spalte] = wert
    return eintraege


def _ask_all(eintraege: dict[tuple[str, str], Zellwert], lage: Lage, frage: str) -> dict[tuple[str, str], Befund]:
    return {
        (zeile, spalte): Befund("RUECKLAUF-BESTAETIGEN", Schwere.FRAGE, frage, "Bitte bestätigen oder berichtigen.", "",
                                lage.blatt.name, adresse(lage.zeilen[zeile], lage.spalten[spalte]))
        for zeile, spalte in eintraege
        if spalte != ANMERKUNG and zeile not in (WEIL, BEMERKUNG, WAHLTAG)
    }  # fmt: skip


class _Leser:
    """Reads a form of the right year, column by column."""

    def __init__(
        self, lage: Lage, formular: Formular, kommune: Kommune, eintraege: dict[tuple[str, str], Zellwert]
    ) -> None:
        self._lage, self._formular, self._kommune, self._eintraege = lage, formular, kommune, eintraege
        self._blatt: Rohblatt = lage.blatt
        self._gebiete = [g.schluessel for g in formular.gebiete if g.schluessel in lage.zeilen]
        self._messwerte: list[Messwert] = []
        self._fragen: dict[tuple[str, str], Befund] = {}
        self._befunde: list[Befund] = []
        self._zahlen: dict[tuple[str, str], float] = {}
        self._gefragt = self._gefuellt = 0
        self._wahltage: dict[str, dt.date] = {}

    def read(self) -> Zellen:
        """Return everything."""
        for merkmal in self._formular.merkmale:
            if merkmal.schluessel in self._lage.spalten:
                self._find_wahltag(merkmal)
                self._read_spalte(merkmal)
        zahlen = Zahlen(self._zahlen, self._eintraege, self._formular, self._kommune.ags)
        for (zeile, spalte), befund in find_auffaelliges(zahlen):
            self._add((zeile, spalte), befund)
        return Zellen(
            self._eintraege, tuple(self._messwerte), tuple(self._befunde), self._fragen, self._gefragt, self._gefuellt
        )

    def _find_wahltag(self, merkmal: Merkmal) -> None:
        """Find the day of the election that the figures of a column are about, or ask for it; an empty column has none."""
        schluessel = (WAHLTAG, merkmal.schluessel)
        if not is_wahl(merkmal) or self._formular.wahltag is not None:
            return
        text = text_of(self._eintraege.get(schluessel))
        teil = split_zeit(text)[1]
        if teil.tag and teil.monat and teil.jahr == self._formular.jahr:
            self._wahltage[merkmal.schluessel] = dt.date(teil.jahr, teil.monat, teil.tag)
        elif text:
            self._add(schluessel, Befund(
                "RUECKLAUF-WAHLTAG", Schwere.FRAGE, f"Der Wahltag „{text[:60]}“ ist kein Tag im Jahr {self._formular.jahr}.",
                f"Bitte den Tag der Wahl von {self._formular.jahr} eintragen, zum Beispiel 14.09.{self._formular.jahr}."))  # fmt: skip
        elif any((g, merkmal.schluessel) in self._eintraege for g in self._gebiete):
            self._add(schluessel, Befund(
                "RUECKLAUF-WAHLTAG", Schwere.FRAGE, f"Der Wahltag zu „{merkmal.name}“ fehlt.", "Bitte unten eintragen."))  # fmt: skip

    def _read_spalte(self, merkmal: Merkmal) -> None:
        spalte = self._lage.spalten[merkmal.schluessel]
        texte = [self._blatt.wert(self._lage.zeilen[g], spalte) for g in self._gebiete]
        tausender = decide_tausenderpunkt(texte).tausender
        if tausender is None and merkmal.art in (Merkmalart.ANZAHL, Merkmalart.SUMME):
            tausender = True  # a count has no decimals
        zeilen = (*self._gebiete, *([GESAMT] if GESAMT in self._lage.zeilen else []))
        leer = [zeile for zeile in zeilen if not self._read_feld(zeile, merkmal, tausender)]
        voll = [g for g in self._gebiete if g != NICHT_ZUZUORDNEN]
        fehlend = [g for g in leer if g in voll]
        self._gefragt += len(voll)
        self._gefuellt += len(voll) - len(fehlend)
        self._explain_leere(merkmal, fehlend, ganz=len(fehlend) == len(voll))

    def _explain_leere(self, merkmal: Merkmal, fehlend: list[str], *, ganz: bool) -> None:
        """Give empty cells the reason of their column, or ask."""
        grund = str(self._eintraege.get((WEIL, merkmal.schluessel), "")).strip()
        if grund:
            zeichen = next((z for text, z in GRUENDE.items() if text.casefold() == grund.casefold()), Zeichen.FEHLT)
            for gebiet in fehlend:
                self._take(gebiet, merkmal, Zellbefund(None, zeichen, rohtext=grund))
            self._gefuellt += len(fehlend)
        elif ganz and fehlend:
            self._add((WEIL, merkmal.schluessel), Befund(
                "RUECKLAUF-LEER", Schwere.FRAGE, f"Die Spalte „{merkmal.name}“ ist leer.",
                "Bitte die Zahlen eintragen oder einen Grund wählen."))  # fmt: skip
        else:
            for gebiet in fehlend:
                self._add((gebiet, merkmal.schluessel), Befund(
                    "RUECKLAUF-LEER", Schwere.FRAGE, f"Hier steht nichts: {self._name(gebiet)}, {merkmal.name}.",
                    "Bitte eine Zahl (auch 0) oder ein Wort wie „geheim“ oder „k. A.“ eintragen."))  # fmt: skip

    def _read_feld(self, gebiet: str, merkmal: Merkmal, tausender: bool | None) -> bool:
        """Read one cell; return whether something stands in it."""
        ort = (self._lage.zeilen[gebiet], self._lage.spalten[merkmal.schluessel])
        schluessel = (gebiet, merkmal.schluessel)
        if ort in self._blatt.ohne_wert:
            self._ask(schluessel, "FORMEL-OHNE-WERT", "")
            return True
        wert = self._eintraege.get(schluessel)
        if wert is None or str(wert).strip() == "?":  # the mark of a Rückfrage that nobody answered
            return False
        angezeigt = self._blatt.angezeigt.get(ort)
        if angezeigt is not None and "?" in angezeigt:  # our own mark, shown by the number format
            angezeigt = None
        inhalt = parse_zelle(wert, zeichentabelle=TABELLE, angezeigt=angezeigt, tausenderpunkt=tausender)
        if inhalt.unsicher:
            self._ask(schluessel, inhalt.unsicher, inhalt.rohtext.strip()[:60])
        elif inhalt.wert is not None:
            self._check_zahl(schluessel, merkmal, inhalt)
        if inhalt.unsicher not in _OHNE_WERT and schluessel not in self._fragen:
            self._take(gebiet, merkmal, inhalt)
            if inhalt.vermerk is Vermerk.GESCHAETZT and is_ungefaehr(inhalt.rohtext):
                # Kept as an estimate should the planner accept it so, but never without asking.
                self._ask(schluessel, "ZAHL-UNGEFAEHR", inhalt.rohtext.strip()[:60])
        return True

    def _check_zahl(self, schluessel: tuple[str, str], merkmal: Merkmal, inhalt: Zellbefund) -> None:
        assert inhalt.wert is not None
        if inhalt.wert < 0:
            self._add(schluessel, Befund("RUECKLAUF-NEGATIV", Schwere.FRAGE, f"Eine negative Zahl: {inhalt.rohtext}.", "Bitte berichtigen."))  # fmt: skip
        elif merkmal.art is Merkmalart.ANZAHL and (inhalt.wert != int(inhalt.wert) or inhalt.einheit_prozent):
            self._add(schluessel, Befund("RUECKLAUF-KOMMA", Schwere.FRAGE, f"Gefragt ist eine Anzahl, hier steht {inhalt.rohtext}.", "Bitte eine ganze Zahl eintragen."))  # fmt: skip

    def _take(self, gebiet: str, merkmal: Merkmal, inhalt: Zellbefund) -> None:
        """Make a Messwert; a total of parts that are all there says nothing new."""
        wahltag = self._formular.wahltag or self._wahltage.get(merkmal.schluessel)
        stand, jahre = stand_of(merkmal, self._formular.jahr, wahltag)
        if inhalt.wert is not None:
            self._zahlen[gebiet, merkmal.schluessel] = inhalt.wert
        if gebiet == GESAMT:
            teile = [(g, merkmal.schluessel) for g in self._gebiete if g != NICHT_ZUZUORDNEN]
            if inhalt.wert is None or (merkmal.art.additiv and all(teil in self._zahlen for teil in teile)):
                return
        zelle = adresse(self._lage.zeilen[gebiet], self._lage.spalten[merkmal.schluessel])
        self._messwerte.append(
            Messwert(
                self._kommune.ags if gebiet == GESAMT else gebiet, merkmal.schluessel, stand, inhalt.wert, inhalt.zeichen,
                inhalt.vermerk or Vermerk.KEINER, "", jahre, inhalt.rohtext if inhalt.zeichen else "",
                f"{self._blatt.name}!{zelle}",
            )
        )  # fmt: skip

    def _ask(self, schluessel: tuple[str, str], code: str, text: str) -> None:
        meldung, vorschlag = _FRAGEN[code]
        self._add(schluessel, Befund(code, Schwere.FRAGE, meldung.format(text=text), vorschlag))

    def _add(self, schluessel: tuple[str, str], befund: Befund) -> None:
        zeile, spalte = schluessel
        zelle = ""
        if zeile in self._lage.zeilen and spalte in self._lage.spalten:
            zelle = adresse(self._lage.zeilen[zeile], self._lage.spalten[spalte])
        voll = attrs.evolve(befund, blatt=self._blatt.name, zelle=zelle)
        self._befunde.append(voll)
        if voll.schwere is Schwere.FRAGE:
            self._fragen.setdefault(schluessel, voll)

    def _name(self, gebiet: str) -> str:
        return next((g.name for g in self._formular.gebiete if g.schluessel == gebiet), gebiet)
