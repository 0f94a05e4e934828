"""What a conversion to another Gebietsstand does: which figures are estimated, which are refused and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from sozialtool import ablauf
from sozialtool.ablauf import Umrechnungsart, Umrechnungsbild, Umrechnungszeile
from sozialtool.ablauf.raumtext import art_text
from sozialtool.fach.raum import Gebietsstand
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.seite import Seite, Zurueck
from sozialtool.tui.deutsch import anzahl
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, satz, zahl

if TYPE_CHECKING:
    from sozialtool.tui.app import SozialtoolApp


_GRENZEN = "! Kleine Gruppen zwischen diesen und anderen Grenzen: Zahlen eines Jahres nur in einem Gebietsstand veröffentlichen."


class ImMonitoring(Befehl):
    """Zeigt das Monitoring mit allen Jahren auf diesem Gebietsstand; geschätzte Zahlen tragen ein s."""

    titel = "Reihen auf diesem Gebietsstand"
    taste = "m"
    kurz = "Monitoring auf diesem Stand"


class UmrechnungSeite(MitDetail, Seite[bool]):
    """The conversion, Merkmal by Merkmal; the result says whether to go to the Monitoring."""

    CSS_PATH = "raumseiten.tcss"
    VERLASSBAR: ClassVar[bool] = False
    TITEL = "Zahlen umrechnen"
    HILFE = (
        "Zahlen der kleinsten Gebiete werden neu summiert und bleiben genau. Zahlen, die nur für Sozialräume geliefert wurden, "
        "werden nach Einwohnern der kleinsten Gebiete aufgeteilt und heißen geschätzt. Mediane, Durchschnitte und Klassen lassen "
        "sich nicht umrechnen. Ist ein Teil geheim, bleibt das Ergebnis geheim. Das Projekt ändert sich nicht."
    )
    BEFEHLE: ClassVar[Befehle] = (ImMonitoring, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = bindings((ImMonitoring,))

    def __init__(self, bild: Umrechnungsbild) -> None:
        super().__init__(f"Zahlen umrechnen auf „{bild.ziel.stand.name}“")
        self._bild = bild

    def inhalt(self) -> ComposeResult:
        """Lay out the findings, the table and the detail."""
        yield Schrift(describe(self._bild), id="umrechnungkopf", classes="vorspann")
        yield Tabelle(Spalte("Merkmal"), Spalte("wird", 25), Spalte("ohne Zahl", 11, "right"), id="umrechnung")
        yield Schrift("", id="umrechnungdetail", classes="detail")

    def on_mount(self) -> None:
        """Fill the page."""
        self.query_one(Tabelle).setze([_reihe(zeile) for zeile in self._bild.zeilen])
        self.query_one(Tabelle).focus()

    def _zeige_detail(self) -> None:
        reihe = self.query_one(Tabelle).gewaehlt
        self.query_one("#umrechnungdetail", Schrift).schreibe(_detail(reihe.wert) if reihe else "")

    def action_im_monitoring(self) -> None:
        """Go on to the Monitoring."""
        self.dismiss(True)


def describe(bild: Umrechnungsbild) -> Content:
    """Say how many Merkmale become what, and the findings that are not about one Merkmal."""
    arten = [zeile.art for zeile in bild.zeilen]
    teile = [f"{arten.count(art)} {art.value}" for art in dict.fromkeys(arten)]
    text = satz((f"{anzahl(len(arten), 'Merkmal', 'Merkmale')}: ", "bold"), ", ".join(teile))
    if any(befund.code == "GEHEIM-GRENZEN" for befund in bild.befunde):
        text = satz(text, UMBRUCH, _GRENZEN)
    for befund in bild.befunde:
        if befund.code not in ("UMRECHNEN-VERWEIGERT", "GEHEIM-GRENZEN"):
            text = satz(text, UMBRUCH, f"! {befund.meldung} {befund.vorschlag}")
    return text


def _reihe(zeile: Umrechnungszeile) -> Reihe:
    marke = "! " if zeile.grund or zeile.art is Umrechnungsart.LUECKIG else ""
    texte = (f"{marke}{zeile.merkmal.name}", art_text(zeile), zahl(zeile.ohne))
    return Reihe(zeile.merkmal.schluessel, texte, zeile)


def _detail(zeile: Umrechnungszeile) -> Content:
    text = satz((zeile.merkmal.name, "bold"), f" · {art_text(zeile)}")
    if zeile.grund:
        text = satz(text, UMBRUCH, zeile.grund)
    if zeile.geschaetzt:
        text = satz(
            text, UMBRUCH, f"{zahl(zeile.geschaetzt)} von {zahl(zeile.werte)} Werten sind nach Einwohnern aufgeteilt."
        )
    if zeile.geheim:
        text = satz(
            text, UMBRUCH, f"{anzahl(zeile.geheim, 'Wert bleibt', 'Werte bleiben')} geheim, weil ein Teil geheim ist."
        )
    return text


async def zeige_umrechnung(tool: SozialtoolApp, stand: Gebietsstand) -> bool:
    """Compute and show a conversion; True when the Monitoring on this Gebietsstand was asked for (and is shown). Only inside a worker."""
    projekt = tool.projekt
    bild = await tool.rufe_lang(
        "Zahlen werden umgerechnet", lambda _fortschritt, _stop: ablauf.describe_umrechnung(projekt, stand.schluessel)
    )
    if not await tool.push_screen_wait(UmrechnungSeite(bild)):
        return False
    tool.zeige_gebietsstand(stand.schluessel)
    return True
