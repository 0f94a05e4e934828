"""Funding calls: what they ask for, what can be proved, one page of Word and one sheet of Excel."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from sozialtool import ablauf
from sozialtool.ablauf.foerdertext import build_foerdertafel
from sozialtool.ablauf.plantafel import Plantafel
from sozialtool.fach.felder import Feld
from sozialtool.fach.foerderung import Foerderaufruf
from sozialtool.orte import zeige
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.planseite import HinweiseZeigen, Listenseite, Tafelseite
from sozialtool.tui.bildschirme.seite import Zurueck
from sozialtool.tui.dialoge.formular import Formular
from sozialtool.tui.dialoge.frage import meldung
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.freigabefragen import ENDGUELTIG, frage_grund, frage_hinaus


class NachweisAnsehen(Befehl):
    """Zeigt die Zahlen des markierten Aufrufs gegen die Stadt, mit Bedarfen, Maßnahmen und dem, was fehlt."""

    titel = "Nachweis ansehen"
    taste = "a"
    kurz = "ansehen"


class NachweisSchreiben(Befehl):
    """Schreibt den Nachweis: eine Seite Word für den Antrag, ein Blatt Excel mit allem."""

    titel = "Nachweis schreiben"
    taste = "f"
    kurz = "schreiben"


class FoerderungSeite(Listenseite):
    """The funding calls."""

    TITEL = "Förderaufrufe"
    KLASSE = Foerderaufruf
    LISTE = "foerderaufrufe"
    HILFE = (
        "Ein Förderaufruf fragt: Warum gerade dort? Tragen Sie ein, für welche Sozialräume beantragt wird und welche Indikatoren verlangt "
        "sind. a zeigt sie gegen die Stadt, f schreibt eine Seite Word und ein Blatt Excel. Es stehen nur veröffentlichte Zahlen darin; "
        "Geheimes bleibt geheim, und was fehlt, wird genannt."
    )
    BEFEHLE: ClassVar[Befehle] = (*Listenseite.GRUND[:1], NachweisAnsehen, NachweisSchreiben, *Listenseite.GRUND[1:])
    BINDINGS: ClassVar[list[BindingType]] = bindings((NachweisAnsehen, NachweisSchreiben))

    async def hole(self) -> Plantafel:
        """List the calls; nothing has to be computed."""
        return await self.tool.rufe(lambda: ablauf.build_plantafel(self.tool.projekt, "foerderaufrufe"))

    @arbeit
    async def action_nachweis_ansehen(self) -> None:
        """Open what can be proved for the marked call."""
        if self.markiert is not None:
            await self.tool.push_screen_wait(NachweisSeite(self.markiert))

    @arbeit
    async def action_nachweis_schreiben(self) -> None:
        """Ask whether it is final, and write it."""
        tool, aufruf = self.tool, self.markiert
        if aufruf is None:
            return
        felder = [
            Feld("jahr", "Zahlen bis", int, hilfe="Das jüngste Jahr, dessen Zahlen im Nachweis stehen.", pflicht=True),
            ENDGUELTIG,
        ]
        vorschlag = {"jahr": tool.projekt.kommune.berichtsjahr, "endgueltig": False}
        werte = await tool.push_screen_wait(Formular(f"Nachweis für {aufruf.name}", felder, vorschlag))
        if werte is None:
            return
        endgueltig = bool(werte["endgueltig"])
        grund = await frage_grund(tool, werte["jahr"]) if endgueltig else ""
        if grund is None or (endgueltig and not await frage_hinaus(tool)):
            return
        dokument, mappe = await tool.rufe_lang(
            "Der Nachweis wird geschrieben",
            lambda melde, stop: ablauf.write_foerdernachweis(
                tool.projekt, aufruf.schluessel, werte["jahr"], melde, stop, endgueltig=endgueltig, grenzen_geprueft=True,
                bekanntes_hinnehmen=True, begruendung=grund,
            ),
        )  # fmt: skip
        tool.geaendert()
        text = f"{dokument.name}\n{mappe.name}\n\nin {zeige(mappe.parent)}"
        await tool.push_screen_wait(meldung("Der Nachweis ist geschrieben", text))


class NachweisSeite(Tafelseite):
    """The figures of one proof, each with what it says."""

    TITEL = "Fördernachweis"
    HILFE = (
        "Jeder verlangte Indikator in jedem Sozialraum gegen die Stadt: Verhältnis, Rang und in Klammern die Ränge, die der Zufall zulässt. "
        "Unten stehen die Sätze zur markierten Zeile; h zeigt auch Bedarfe, Maßnahmen und was fehlt."
    )
    BEFEHLE: ClassVar[Befehle] = (HinweiseZeigen, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = bindings((HinweiseZeigen,))

    def __init__(self, aufruf: Foerderaufruf) -> None:
        super().__init__()
        self._aufruf = aufruf

    async def hole(self) -> Plantafel:
        """Compute and protect, then lay out."""
        tool, schluessel = self.tool, self._aufruf.schluessel
        nachweis = await tool.rufe_lang(
            "Die Zahlen werden gerechnet",
            lambda melde, stop: ablauf.compute_foerdernachweis(tool.projekt, schluessel, 0, melde, stop),
        )
        return build_foerdertafel(nachweis)
