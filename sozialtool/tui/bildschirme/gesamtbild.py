"""Population, segregation and standardised rates of a year: three tables, one after the other by one key."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from sozialtool.fach.aussage import Aussage
from sozialtool.fach.auswertung import Entwicklung, Gesamtbild, Segregation, Standardisierung
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.raum import Gebiet
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.seite import Seite, Zurueck
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, klar, kuerzen, verlaufszeile, zahl

_LEER = "Dafür sind in diesem Jahr nicht genug Zahlen freigegeben."
Teil = tuple[str, tuple[Spalte, ...], list[Reihe]]
"""Title, columns, rows; the value of a row is the Aussage that explains it."""


class NaechsterTeil(Befehl):
    """Wechselt zwischen Bevölkerung, Segregation und altersstandardisierten Quoten."""

    titel = "Nächster Teil"
    taste = "n"
    kurz = "nächster Teil"


class GesamtbildSeite(MitDetail, Seite[None]):
    """The whole picture."""

    CSS_PATH = "auswertung.tcss"
    TITEL = "Bevölkerung und Verteilung"
    HILFE = (
        "Mehrere Teile, n wechselt: wie die Bevölkerung sich entwickelt; wie ungleich Gruppen über die Gebiete verteilt sind (0 überall der "
        "gleiche Anteil, 100 völlig getrennt; bereinigt: ohne das, was schon der Zufall bringt); Quoten, als hätten alle Gebiete die "
        "gleiche Altersmischung. Unten stehen Grundlage und Verfahren. Alles entsteht nur aus freigegebenen Zahlen."
    )
    BEFEHLE: ClassVar[Befehle] = (NaechsterTeil, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings((NaechsterTeil,))]

    def __init__(self, bild: Gesamtbild, gebiete: tuple[Gebiet, ...]) -> None:
        super().__init__(self.TITEL)
        self._bild = bild
        self._gebiete = gebiete
        self._nummer = 0
        standard = [lambda s=s: self._standard(s) for s in bild.standardisiert]
        self._teile: list[Callable[[], Teil]] = [self._bevoelkerung, self._segregation, *standard]

    def inhalt(self) -> ComposeResult:
        """Lay out table and explanation."""
        yield Tabelle(Spalte(""), id="vergleich")
        yield Schrift("", id="vergleichdetail", classes="detail")

    def on_mount(self) -> None:
        """Show the first part."""
        self._zeige()
        self.query_one(Tabelle).focus()

    def action_naechster_teil(self) -> None:
        """Show the next part."""
        self._nummer = (self._nummer + 1) % len(self._teile)
        self._zeige()

    def _zeige(self) -> None:
        titel, spalten, reihen = self._teile[self._nummer]()
        wo = f" · {self._bild.jahr}   {self._nummer + 1} von {len(self._teile)}"
        self.query_one(".seitentitel", Schrift).schreibe(f"{kuerzen(titel, self.size.width - 2 - len(wo))}{wo}")
        self.query_one(Tabelle).setze(reihen, spalten)
        self._zeige_detail()

    def _zeige_detail(self) -> None:
        aussage = self.query_one(Tabelle).markiert
        text: object = _LEER
        if isinstance(aussage, Aussage):
            zeilen = [
                aussage.satz,
                f"Grundlage: {aussage.basis}. {' '.join(aussage.vorbehalte)}",
                aussage.methode.vorbehalt,
            ]
            text = UMBRUCH.join(klar(zeile) for zeile in zeilen)
        self.query_one("#vergleichdetail", Schrift).schreibe(text)

    def _bevoelkerung(self) -> Teil:
        bild = self._bild
        erstes = bild.entwicklungen[0].von if bild.entwicklungen else bild.jahr
        spalten = (
            Spalte(""), Spalte("Menschen", 10, "right"), Spalte(f"seit {erstes}", 10, "right"), Spalte("%", 8, "right"),
            Spalte("Index", 8, "right"), Spalte(" Verlauf", 14), Spalte("Saldo", 8, "right"),
        )  # fmt: skip
        zeilen = [e for e in bild.entwicklungen if e.ew or e.salden]
        return "Bevölkerung", spalten, [self._entwicklung(e) for e in zeilen]

    def _entwicklung(self, e: Entwicklung) -> Reihe:
        jahre = sorted({*e.ew, *e.zeichen})
        grund = next(iter(e.zeichen.values()), Zeichen.FEHLT).symbol
        index = e.index
        wanderung = next((s for s in e.salden if s.name == "Wanderungssaldo"), None)
        saldo = "" if wanderung is None else _zahl(wanderung.wert, wanderung.zeichen)
        texte = (
            e.gebiet.name, _zahl(e.ew.get(e.bis), e.zeichen.get(e.bis)),
            zahl(e.absolut) if e.absolut is not None else grund, zahl(index - 100, 1) if index is not None else grund,
            zahl(index, 1) if index is not None else grund, " " + verlaufszeile([e.ew.get(j) for j in jahre][-12:]), saldo,
        )  # fmt: skip
        return Reihe(
            e.gebiet.schluessel, texte, self._bild.bevoelkerung, "bold" if e is self._bild.entwicklungen[0] else ""
        )

    def _segregation(self) -> Teil:
        spalten = (
            Spalte("Gruppe"), Spalte("Index", 8, "right"), Spalte("Zufall", 8, "right"), Spalte("bereinigt", 11, "right"),
            Spalte(" Verlauf", 12),
        )  # fmt: skip
        return "Segregation", spalten, [self._gruppe(nr, s) for nr, s in enumerate(self._bild.segregationen)]

    def _gruppe(self, nummer: int, s: Segregation) -> Reihe:
        wert = s.werte.get(self._bild.jahr)
        name = f"{s.gruppe} gegen {s.andere}" if s.andere else s.gruppe
        verlauf = "".join(
            f"{'≠' if jahr in s.brueche else ''}{zeichen}"
            for jahr, zeichen in zip(
                s.werte, verlaufszeile([w.bereinigt if w else None for w in s.werte.values()]), strict=False
            )
        )
        zahlen = (
            ("–", "–", "–")
            if wert is None
            else (zahl(wert.wert, 1), zahl(wert.zufall, 1), zahl(wert.bereinigt, 1, "–"))
        )
        return Reihe(str(nummer), (name, *zahlen, f" {verlauf}"), s.aussage)

    def _standard(self, s: Standardisierung) -> Teil:
        spalten = (
            Spalte(""), Spalte("einfach", 10, "right"), Spalte("standardisiert", 16, "right"), Spalte("von … bis", 16, "right")
        )  # fmt: skip
        reihen = []
        for gebiet in self._gebiete:
            if gebiet.schluessel not in s.werte:
                continue
            roh, wert, zeichen = s.werte[gebiet.schluessel]
            symbol = (zeichen or Zeichen.FEHLT).symbol
            texte = (
                gebiet.name, _zahl(roh, zeichen, 1), zahl(wert.wert, 1) if wert else symbol,
                f"{zahl(wert.unten, 1)} … {zahl(wert.oben, 1)}" if wert else "",
            )  # fmt: skip
            reihen.append(Reihe(gebiet.schluessel, texte, s.aussage, "bold" if gebiet is self._gebiete[0] else ""))
        return f"{s.quote.name}, nach Alter bereinigt", spalten, reihen


def _zahl(wert: float | None, zeichen: Zeichen | None, stellen: int = 0) -> str:
    return zahl(wert, stellen) if wert is not None else (zeichen or Zeichen.FEHLT).symbol
