"""One return: values, findings and remarks side by side to leaf through; accepted here, or asked back."""

from __future__ import annotations

from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from sozialtool import ablauf
from sozialtool.ablauf.ruecklaeufe import Eingang
from sozialtool.ablauf.ruecklaufbild import Angabe, Ruecklaufbild
from sozialtool.fach.quelle import Befund, Schwere
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.befunde import ZEICHEN, describe_befund
from sozialtool.tui.bildschirme.seite import Seite, Zurueck
from sozialtool.tui.dialoge.frage import Antwort, Frage
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import HOECHSTENS, MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, satz, zelle

_ANSICHTEN = ("Befunde", "Werte", "Anmerkungen")
_SPALTEN = {
    "Befunde": (Spalte("", 10), Spalte("Zelle", 8), Spalte("Befund")),
    "Werte": (Spalte("Gebiet"), Spalte("eingetragen", 13, "right"), Spalte("gelesen", 16, "right"), Spalte("Vorjahr", 10, "right"), Spalte("", 3)),
    "Anmerkungen": (Spalte("Wo", 30), Spalte("Anmerkung")),
}  # fmt: skip


class Annehmen(Befehl):
    """Nimmt den Rücklauf an, auch mit offenen Fragen: Was keine Zahl ist, bleibt draußen. Eine Änderung, die Strg+Z zurücknimmt."""

    titel = "Rücklauf annehmen"
    taste = "a"
    kurz = "annehmen"


class RueckfrageSchreiben(Befehl):
    """Schreibt das Formular mit den Angaben noch einmal, die fraglichen Felder markiert und kommentiert."""

    titel = "Rückfrage schreiben"
    taste = "r"
    kurz = "Rückfrage schreiben"


class AnsichtWechseln(Befehl):
    """Wechselt zwischen Befunden, Werten und Anmerkungen."""

    titel = "Befunde, Werte, Anmerkungen"
    taste = "right"
    kurz = "weiterblättern"


class RuecklaufSeite(MitDetail, Seite[Eingang]):
    """A return; the result says what was decided, None when nothing was."""

    CSS_PATH = "abfragen.tcss"
    VERLASSBAR: ClassVar[bool] = False
    TITEL = "Rücklauf"
    HILFE = (
        "Was ein Fachbereich geschickt hat: die Befunde, jeder Wert so, wie er eingetragen ist und wie er gelesen wird, daneben "
        "der Vorjahreswert, und alle Anmerkungen. ←→ blättert. a nimmt an, r schreibt eine Rückfrage mit den fraglichen Feldern."
    )
    BEFEHLE: ClassVar[Befehle] = (Annehmen, RueckfrageSchreiben, AnsichtWechseln, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((Annehmen, RueckfrageSchreiben)),
        ("right,tab", "ansicht_wechseln(1)", "weiterblättern"),
        ("left,shift+tab", "ansicht_wechseln(-1)", "zurückblättern"),
    ]

    def __init__(self, bild: Ruecklaufbild, jahr: int) -> None:
        super().__init__(f"Rücklauf · {bild.eingang.fachbereich} {jahr} · {bild.eingang.datei}")
        self._bild = bild
        self._jahr = jahr
        self._ansicht = 0 if bild.eingang.befunde else 1

    def inhalt(self) -> ComposeResult:
        """Lay out the sentence, the three views as one table, and the detail."""
        yield Schrift("", id="ruecklaufsatz", classes="vorspann")
        yield Schrift("", id="ansichten", classes="vorspann")
        yield Tabelle(id="ruecklauf")
        yield Schrift("", id="ruecklaufdetail", classes="detail")

    def on_mount(self) -> None:
        """Fill the page."""
        self._zeige()
        self.query_one(Tabelle).focus()

    def action_ansicht_wechseln(self, um: int = 1) -> None:
        """Leaf through the three views."""
        self._ansicht = (self._ansicht + um) % len(_ANSICHTEN)
        self._zeige()

    def _zeige(self) -> None:
        schon = "Genau diese Datei ist schon angenommen. " if self._bild.angenommen else ""
        anders = f" {self._bild.abweichung}" if self._bild.abweichung else ""
        self.query_one("#ruecklaufsatz", Schrift).schreibe(f"{schon}{self._bild.kurz}{anders}")
        self.query_one("#ansichten", Schrift).schreibe(self._reiter())
        name = _ANSICHTEN[self._ansicht]
        reihen = {"Befunde": befundreihen, "Werte": wertreihen, "Anmerkungen": notizreihen}[name](self._bild)
        self.query_one(Tabelle).setze(reihen[:HOECHSTENS], _SPALTEN[name])
        self._zeige_detail()

    def _reiter(self) -> Content:
        zahlen = (len(self._bild.eingang.befunde), len(self._bild.angaben), len(notizreihen(self._bild)))
        teile: list[str | tuple[str, str]] = []
        for nummer, (name, wieviel) in enumerate(zip(_ANSICHTEN, zahlen, strict=True)):
            hier = nummer == self._ansicht
            teile += [(f"► {name} {wieviel}" if hier else f"  {name} {wieviel}", "bold" if hier else ""), "   "]
        return satz(*teile)

    def _zeige_detail(self) -> None:
        reihe = self.query_one(Tabelle).gewaehlt
        leer = {"Befunde": "Es gibt keine Befunde.", "Anmerkungen": "Es steht keine Anmerkung in der Datei."}
        text = describe_reihe(reihe.wert) if reihe else leer.get(_ANSICHTEN[self._ansicht], "")
        self.query_one("#ruecklaufdetail", Schrift).schreibe(text)

    @arbeit
    async def action_annehmen(self) -> None:
        """Ask once more and take the return over."""
        bild = self._bild
        annehmen = Antwort("Annehmen", "annehmen", "Eine Änderung am Projekt; Strg+Z nimmt sie ganz zurück.")
        fragen = Antwort(
            "Rückfrage schreiben", "fragen", "Das Formular geht mit markierten Feldern noch einmal hinaus."
        )
        nichts = Antwort("Noch nicht", "", "Nichts wird geändert.")
        antworten = [fragen, annehmen, nichts] if bild.fragen else [annehmen, nichts]
        if not bild.annehmbar:
            antworten = [fragen, nichts]
        titel = f"{bild.eingang.fachbereich} {self._jahr} annehmen?"
        wahl = await self.tool.push_screen_wait(Frage(titel, describe_folge(bild), antworten))
        if wahl == "annehmen":
            eingang = await self.tool.rufe(lambda: ablauf.accept_bild(self.tool.projekt, bild))
            self.tool.melde(f"{eingang.fachbereich} angenommen. Strg+Z auf der vorigen Seite nimmt es zurück.")
            self.dismiss(eingang)
        elif wahl == "fragen":
            await self._frage_zurueck()

    @arbeit
    async def action_rueckfrage_schreiben(self) -> None:
        """Write the Rückfrage."""
        await self._frage_zurueck()

    async def _frage_zurueck(self) -> None:
        if not self._bild.fragen:
            self.tool.melde("Es ist nichts zu fragen: Der Rücklauf ist vollständig.")
            return
        eingang = await self.tool.rufe(lambda: ablauf.question_bild(self.tool.projekt, self._bild))
        self.tool.melde(f"Geschrieben: {eingang.rueckfrage}. m zeigt die Mail dazu.", sekunden=15)
        self.dismiss(eingang)


def befundreihen(bild: Ruecklaufbild) -> list[Reihe]:
    """Findings, what waits for an answer first."""
    befunde = sorted(bild.eingang.befunde, key=lambda b: b.schwere is Schwere.HINWEIS)
    return [Reihe(str(nr), (ZEICHEN[b.schwere], b.zelle, b.meldung), b) for nr, b in enumerate(befunde)]


def wertreihen(bild: Ruecklaufbild) -> list[Reihe]:
    """Every cell under the name of its Merkmal; what is asked about is marked."""
    reihen: list[Reihe] = []
    gruende = dict(bild.gruende)
    for merkmal, angaben in groupby(bild.angaben, key=lambda angabe: angabe.merkmal):
        grund = f" – nicht möglich, weil: {gruende[merkmal]}" if merkmal in gruende else ""
        kopf = zelle(f"{merkmal}{grund}", "bold")
        reihen.append(Reihe(f"#{merkmal}", (kopf, "", "", "", ""), f"{merkmal}{grund}"))
        for angabe in angaben:
            texte = (
                f"  {angabe.gebiet}",
                angabe.eingetragen,
                angabe.gelesen,
                angabe.vorjahr,
                " ?" if angabe.frage else "",
            )
            reihen.append(Reihe(f"{merkmal}|{angabe.gebiet}", texte, angabe))
    return reihen  # fmt: skip


def notizreihen(bild: Ruecklaufbild) -> list[Reihe]:
    """Remarks of the department: where, and what."""
    geteilt = [notiz.partition(": ") for notiz in bild.eingang.notizen]
    return [Reihe(str(nr), (ort, text), (ort, text)) for nr, (ort, _, text) in enumerate(geteilt)]


def describe_reihe(wert: object) -> Content:
    """Write what stands under the mark in full."""
    if isinstance(wert, Befund):
        return describe_befund(wert)
    if isinstance(wert, Angabe):
        kopf = satz((f"{wert.gebiet} · {wert.merkmal}", "bold"))
        eingetragen = f"Eingetragen: {wert.eingetragen or 'nichts'}"
        gelesen = f"gelesen: {wert.gelesen or 'nicht übernommen'}"
        zeile = satz(f"{eingetragen} · {gelesen} · Vorjahr: {wert.vorjahr or '–'}")
        return UMBRUCH.join([kopf, zeile, satz(f"? {wert.frage}")] if wert.frage else [kopf, zeile])
    if isinstance(wert, tuple):
        return satz((str(wert[0]), "bold"), UMBRUCH, str(wert[1]))
    return satz((str(wert), "bold"), UMBRUCH, "↓ zum ersten Gebiet.")


def describe_folge(bild: Ruecklaufbild) -> str:
    """Say what accepting would mean."""
    if not bild.annehmbar:
        return f"{bild.kurz}\n\nSo lässt sich nichts übernehmen."
    offen = [a for a in bild.angaben if a.frage and not a.gelesen]
    ohne = (
        f"\n{len(offen)} fragliche Felder bleiben leer."
        if len(offen) > 1
        else "\n1 fragliches Feld bleibt leer."
        if offen
        else ""
    )
    schon = "\nGenau diese Datei ist schon angenommen." if bild.angenommen else ""
    anders = f"\n{bild.abweichung} Annehmen ersetzt das." if bild.abweichung else ""
    ersetzt = (
        "\nEin früher angenommener Rücklauf wird überschrieben, wo beide eine Zahl nennen." if _is_spaet(bild) else ""
    )
    return f"{bild.kurz}{ohne}{schon}{ersetzt}{anders}"  # fmt: skip


def _is_spaet(bild: Ruecklaufbild) -> bool:
    return bild.abfrage is not None and bild.abfrage.angenommen_am is not None and not bild.angenommen
