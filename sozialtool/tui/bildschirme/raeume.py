"""The areas of the town as a tree of levels, with inhabitants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from sozialtool import ablauf
from sozialtool.ablauf.werte import RaumZeile
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.bereich import Bereich
from sozialtool.tui.teile import listen
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, satz, zahl

_LEER = (
    "Die Stadt ist noch nicht aufgeteilt.\n\n"
    "So kommen die Sozialräume hinein: Mit x die Liste der Gebiete nach Excel schreiben, dort je Sozialraum eine Zeile "
    "mit Schlüssel (eine Nummer wie 01), Name und Ebene „Sozialraum“ eintragen, speichern, und mit r zurückholen. "
    "„Teil von“ darf leer bleiben; gibt es Ortsteile, steht dort der Ortsteil."
)


class Gebietsstaende(Befehl):
    """Zeigt den geltenden Gebietsstand, frühere und die Varianten: bearbeiten, vergleichen, vereinbaren, umrechnen."""

    titel = "Gebietsstände und Varianten"
    taste = "v"
    kurz = "Varianten"


class Strassenverzeichnis(Befehl):
    """Zeigt das Straßenverzeichnis mit Lücken und Überschneidungen; hier werden auch Personenlisten ausgezählt."""

    titel = "Straßenverzeichnis"
    taste = "s"
    kurz = "Straßen"


class Kacheln(Befehl):
    """Legt fest, wo jeder Sozialraum auf der Kachelkarte liegt, und liest die Umrisse."""

    titel = "Kachelkarte und Umrisse"
    taste = "k"
    kurz = "Kacheln"


class RaeumeScreen(MitDetail, Bereich[tuple[RaumZeile, ...]]):
    """All areas."""

    CSS_PATH = "raeume.tcss"
    BEREICH = "raeume"
    TITEL = "Räume"
    HILFE = (
        "Alle Gebiete der Stadt, jedes unter dem, zu dem es gehört. Einwohner ist die neueste gelieferte Zahl oder die "
        "Summe der Teile. Gebiete, die mehrere Sozialräume schneiden, stehen am Ende. "
        "Bearbeitet wird die Liste in Excel: mit x hinaus, mit r zurück. v zeigt Gebietsstände und Varianten, s die Straßen, k die Kachelkarte."
    )
    BEFEHLE: ClassVar[Befehle] = (
        Gebietsstaende,
        Strassenverzeichnis,
        Kacheln,
        listen.ListeNachExcel,
        listen.ListeAusExcel,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE)
    STELLEN: ClassVar[dict[str, str]] = {"gebietsstaende": "gebietsstaende"}

    def inhalt(self) -> ComposeResult:
        """Lay out table and detail."""
        yield Schrift(_LEER, id="raeumeleer", classes="leer")
        yield Tabelle(
            Spalte("Gebiet"),
            Spalte("Ebene", 21),
            Spalte("Einwohner", 11, "right"),
            Spalte("Anteil", 9, "right"),
            id="raeume",
        )
        yield Schrift("", id="raumdetail", classes="detail")

    def lies(self) -> tuple[RaumZeile, ...]:
        """Read the areas."""
        return ablauf.raeume(self.tool.projekt)

    def zuerst(self) -> None:
        """Begin in the table."""
        self.query_one(Tabelle).focus()

    def zeige(self, daten: tuple[RaumZeile, ...]) -> None:
        """Show the tree."""
        self.query_one("#raeumeleer").display = not any(z.ebene.planungsebene and not z.gebiet.ist_rest for z in daten)
        self.query_one(Tabelle).setze([_reihe(zeile, ast) for zeile, ast in zip(daten, aeste(daten), strict=True)])
        self._zeige_detail()

    def _zeige_detail(self) -> None:
        reihe = self.query_one(Tabelle).gewaehlt
        if reihe is None:
            return
        zeile: RaumZeile = reihe.wert
        gebiet = zeile.gebiet
        namen = ", ".join(gebiet.namen) or "keine"
        text = satz(
            (gebiet.name, "bold"), f" · {zeile.ebene.name} · Schlüssel {gebiet.schluessel}", UMBRUCH,
            ("Andere Schreibweisen in Dateien: ", "$leise"), namen,
        )  # fmt: skip
        if zeile.hinweis:
            text = satz(text, UMBRUCH, f"! {zeile.hinweis}")
        self.query_one("#raumdetail", Schrift).schreibe(text)

    @arbeit
    async def action_gebietsstaende(self) -> None:
        """Show Gebietsstände and Varianten."""
        from sozialtool.tui.bildschirme.gebietsstaende import GebietsstaendeSeite

        await self.tool.push_screen_wait(GebietsstaendeSeite())

    @arbeit
    async def action_strassenverzeichnis(self) -> None:
        """Show the Straßenverzeichnis."""
        from sozialtool.tui.bildschirme.strassen import StrassenSeite

        await self.tool.push_screen_wait(StrassenSeite())

    @arbeit
    async def action_kacheln(self) -> None:
        """Show where the tiles stand."""
        from sozialtool.tui.bildschirme.kacheln import KachelnSeite

        await self.tool.push_screen_wait(KachelnSeite())

    @arbeit
    async def action_liste_nach_excel(self) -> None:
        """Write the areas as Excel."""
        await listen.nach_excel(self.tool, "gebiete", "Gebiete")

    @arbeit
    async def action_liste_aus_excel(self) -> None:
        """Read edited areas."""
        await listen.aus_excel(self.tool, "gebiete", "Gebiete")


def aeste(zeilen: Sequence[RaumZeile]) -> tuple[str, ...]:
    """Draw the branch before each area of a tree in its order: "├─ " where a sibling follows, "└─ " for the last one."""
    texte: list[str] = []
    offen: set[int] = set()
    for zeile in reversed(zeilen):
        tiefe = zeile.tiefe
        vorn = "".join("│  " if stufe in offen else "   " for stufe in range(1, tiefe))
        texte.append(vorn + ("├─ " if tiefe in offen else "└─ ") if tiefe else "")
        offen = {stufe for stufe in offen if stufe < tiefe} | {tiefe}
    return tuple(reversed(texte))


def _reihe(zeile: RaumZeile, ast: str) -> Reihe:
    gebiet = zeile.gebiet
    marke = " !" if zeile.hinweis else ""
    anteil = f"{zahl(zeile.anteil, 1)} %" if zeile.anteil is not None else ""
    texte = (f"{ast}{gebiet.name}{marke}", zeile.ebene.name, zahl(zeile.einwohner, 0, "k. A."), anteil)
    return Reihe(gebiet.schluessel, texte, zeile, "" if zeile.tiefe else "bold")
