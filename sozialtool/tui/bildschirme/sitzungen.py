"""Meetings: the list, the agenda of one with its results, and the tasks that came of them."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import attrs
from textual.binding import BindingType

from sozialtool import ablauf
from sozialtool.ablauf.plantafel import Plantafel
from sozialtool.ablauf.prozesstafeln import build_aufgabentafel, build_punktetafel, build_sitzungstafel
from sozialtool.fach.felder import Feld, felder_of
from sozialtool.fach.gremium import Aufgabe, Beschluss, Gremium, Sitzung, Tagesordnungspunkt
from sozialtool.fach.schreibweise import end_satz
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.prozessliste import Prozessliste
from sozialtool.tui.dialoge.formular import Formular, Werte
from sozialtool.tui.dialoge.frage import Antwort, Frage, meldung
from sozialtool.tui.teile.arbeit import arbeit


class TagesordnungZeigen(Befehl):
    """Zeigt die Tagesordnung der markierten Sitzung mit Ergebnissen, Beschlüssen und Aufgaben; dort wird auch eingetragen."""

    titel = "Tagesordnung und Ergebnisse"
    taste = "t"
    kurz = "Tagesordnung"


class EinladungSchreiben(Befehl):
    """Schreibt die Einladung als Word-Datei in den Ordner „sitzungen“."""

    titel = "Einladung schreiben"
    taste = "e"
    kurz = "Einladung"


class NiederschriftSchreiben(Befehl):
    """Schreibt die Niederschrift als Word-Datei in den Ordner „sitzungen“."""

    titel = "Niederschrift schreiben"
    taste = "p"
    kurz = "Niederschrift"


class NeuerBeschluss(Befehl):
    """Trägt einen Beschluss zum markierten Tagesordnungspunkt ein."""

    titel = "Beschluss eintragen"
    taste = "b"
    kurz = "Beschluss"


class AlsVereinbarung(Befehl):
    """Hält fest, was der markierte Beschluss vereinbart: Indikatoren, Schwellen, Indizes, Gebietsstände."""

    titel = "Als Vereinbarung festhalten"
    taste = "v"


class NeueAufgabe(Befehl):
    """Trägt eine Aufgabe ein: was, wer (Stelle oder Rolle), bis wann."""

    titel = "Aufgabe eintragen"
    taste = "a"
    kurz = "Aufgabe"


class AufgabeErledigt(Befehl):
    """Hakt die markierte Aufgabe mit dem heutigen Tag ab."""

    titel = "Aufgabe ist erledigt"
    taste = "e"
    kurz = "erledigt"


class SitzungenSeite(Prozessliste):
    """All meetings, or those of one body."""

    TITEL = "Sitzungen"
    KLASSE = Sitzung
    LISTE = "gremien"
    HILFE = (
        "Die Sitzungen, die neueste oben. n legt die nächste eines Gremiums an, mit Nummer, Uhrzeit und Ort der letzten. t zeigt "
        "Tagesordnung, Ergebnisse, Beschlüsse und Aufgaben. Einladung und Niederschrift entstehen als Word-Dateien zum "
        "Weiterschreiben, auf dem Briefbogen der Stadt, wenn er als briefbogen.docx neben dem Projekt liegt. Anwesend sind Stellen und Rollen, keine Personen."
    )
    BEFEHLE: ClassVar[Befehle] = (TagesordnungZeigen, EinladungSchreiben, NiederschriftSchreiben, *Prozessliste.GRUND)
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE[:3])

    def __init__(self, gremium: Gremium | None = None) -> None:
        super().__init__()
        self._gremium = gremium

    def build(self) -> Plantafel:
        """List the meetings."""
        return build_sitzungstafel(self.tool.projekt, self._gremium.schluessel if self._gremium else "")

    @arbeit
    async def action_tagesordnung_zeigen(self) -> None:
        """Open the agenda of the marked meeting."""
        if self.markiert is not None:
            await self.tool.push_screen_wait(PunkteSeite(self.markiert))
            await self.frisch()

    @arbeit
    async def action_neuer_eintrag(self) -> None:
        """Ask which body meets when, then for the rest, which is proposed."""
        projekt = self.tool.projekt
        gremien = await self.tool.rufe(lambda: ablauf.list_gremien(projekt))
        if not gremien:
            self.tool.melde("Bitte erst ein Gremium eintragen (F7, Gremien).")
            return
        vorgabe = {"gremium": (self._gremium or gremien[0]).name, "datum": dt.date.today()}
        felder = [
            Feld("gremium", "Gremium", str, hilfe="Wer tagt.", auswahl=tuple(g.name for g in gremien), pflicht=True),
            Feld("datum", "Datum", dt.date, hilfe="Tag der Sitzung.", pflicht=True),
        ]
        werte = await self.tool.push_screen_wait(Formular("Neue Sitzung", felder, vorgabe))
        if werte is not None:
            gremium = next(g for g in gremien if g.name == werte["gremium"])
            neu = await self.tool.rufe(lambda: ablauf.propose_sitzung(projekt, gremium, werte["datum"]))
            await self.frage(None, list(felder_of(Sitzung)), attrs.asdict(neu, recurse=False), Sitzung)

    @arbeit
    async def action_einladung_schreiben(self) -> None:
        """Write the invitation; ask whether it has gone out."""
        sitzung, projekt = self.markiert, self.tool.projekt
        ohne = await self._ohne_briefbogen() if sitzung is not None else None
        if sitzung is None or ohne is None:
            return
        geschrieben = await self.tool.rufe(
            lambda: ablauf.write_einladung(projekt, sitzung.schluessel, ohne_briefbogen=ohne)
        )
        antworten = [
            Antwort("Noch nicht verschickt", wert=False, folge="Der Stand der Sitzung bleibt, wie er ist."),
            Antwort("Geht so hinaus", wert=True, folge="Die Sitzung steht danach als „eingeladen“."),
        ]
        if await self.tool.push_screen_wait(
            Frage("Die Einladung ist geschrieben", "\n\n".join(geschrieben.describe()), antworten)
        ):
            await self.aendere(lambda: ablauf.mark_eingeladen(projekt, sitzung.schluessel))

    @arbeit
    async def action_niederschrift_schreiben(self) -> None:
        """Write the minutes."""
        sitzung, projekt = self.markiert, self.tool.projekt
        ohne = await self._ohne_briefbogen() if sitzung is not None else None
        if sitzung is None or ohne is None:
            return
        geschrieben = await self.tool.rufe(
            lambda: ablauf.write_niederschrift(projekt, sitzung.schluessel, ohne_briefbogen=ohne)
        )
        if geschrieben.hinweise or geschrieben.aufgehoben:
            await self.tool.push_screen_wait(
                meldung("Die Niederschrift ist geschrieben", "\n\n".join(geschrieben.describe()))
            )
        else:
            self.tool.melde_datei(geschrieben.pfad)

    async def _ohne_briefbogen(self) -> bool | None:
        """Ask, where there is a letterhead, whether to do without it; None for Esc. Only inside a worker."""
        if not ablauf.has_briefbogen(self.tool.projekt):
            return True
        antworten = [
            Antwort("Auf dem Briefbogen", wert=False, folge="Kopf, Fuß und Schrift der Stadt (briefbogen.docx)."),
            Antwort("Ohne Briefbogen", wert=True, folge="Schlicht, mit Titel und Seitenzahl im Fuß."),
        ]
        return await self.tool.push_screen_wait(
            Frage("Auf dem Briefbogen der Stadt?", "Neben dem Projekt liegt ein Briefbogen.", antworten)
        )


class PunkteSeite(Prozessliste):
    """The agenda of one meeting, with what came of it."""

    TITEL = "Tagesordnung"
    KLASSE = Tagesordnungspunkt
    LISTE = "gremien"
    HILFE = (
        "Die Punkte der Sitzung, unter jedem seine Beschlüsse und Aufgaben; Enter ändert, was markiert ist. Beim Thema steht der "
        "Schlüssel aus dem Umlauf: So wissen Umlauf und Ausgabe, was beraten ist."
    )
    BEFEHLE: ClassVar[Befehle] = (NeuerBeschluss, NeueAufgabe, AlsVereinbarung, *Prozessliste.GRUND)
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE[:3])
    OHNE: ClassVar[tuple[str, ...]] = ("sitzung",)

    def __init__(self, sitzung: Sitzung) -> None:
        super().__init__()
        self._sitzung = sitzung

    def build(self) -> Plantafel:
        """List the points with what came of each."""
        return build_punktetafel(self.tool.projekt, self._sitzung.schluessel)

    def _eintraege(self, klasse: type[Any]) -> list[Any]:
        return [z.eintrag for z in (self.tafel.zeilen if self.tafel else ()) if isinstance(z.eintrag, klasse)]

    @property
    def _top(self) -> int | None:
        """Number of the point under the mark, or of the one that a marked Beschluss or task belongs to."""
        eintrag = self.markiert
        nummer: int | None = (
            eintrag.nummer if isinstance(eintrag, Tagesordnungspunkt) else getattr(eintrag, "top", None)
        )
        return nummer

    def fest(self) -> Werte:
        """Say which meeting it belongs to."""
        return {"sitzung": self._sitzung.schluessel}

    def vorgabe(self) -> Werte:
        """Propose the next number."""
        return {"nummer": 1 + max((p.nummer for p in self._eintraege(Tagesordnungspunkt)), default=0)}

    @arbeit
    async def action_neuer_beschluss(self) -> None:
        """Ask for a Beschluss on the marked point."""
        if self._top is None:
            self.tool.melde("Bitte erst einen Tagesordnungspunkt eintragen (n) und markieren.")
            return
        felder = [f for f in felder_of(Beschluss) if f.name != "sitzung"]
        vorher = {b.nummer for b in self._eintraege(Beschluss)}
        nummer = 1 + max(vorher, default=0)
        await self.frage(
            None, felder, {f.name: f.leer for f in felder} | {"nummer": nummer, "top": self._top}, Beschluss
        )
        for neu in sorted({b.nummer for b in self._eintraege(Beschluss)} - vorher):
            await self._agree(neu)

    @arbeit
    async def action_als_vereinbarung(self) -> None:
        """Record what the marked Beschluss agrees."""
        beschluss = self.markiert
        if isinstance(beschluss, Beschluss) and not await self._agree(beschluss.nummer):
            self.tool.melde(
                "Dieser Beschluss vereinbart nichts, was noch offen ist. Was er betrifft, steht in seinen Angaben."
            )

    async def _agree(self, nummer: int) -> bool:
        """Ask whether what a Beschluss agrees is to be recorded; False where there is nothing. Only inside a worker."""
        projekt, sitzung = self.tool.projekt, self._sitzung.schluessel
        texte = await self.tool.rufe(lambda: ablauf.list_vereinbares(projekt, sitzung, nummer))
        if not texte:
            return False
        antworten = [
            Antwort(
                "Als vereinbart festhalten", wert=True, folge="Mit Tag, Gremium, Sitzung und abweichender Meinung."
            ),
            Antwort("Nur in der Niederschrift", wert=False, folge="v hält es später fest."),
        ]
        if await self.tool.push_screen_wait(Frage("Was der Beschluss vereinbart", "\n".join(texte), antworten)):
            await self.aendere(lambda: ablauf.agree_beschluss(projekt, sitzung, nummer))
            self.tool.melde("Als vereinbart festgehalten. Strg+Z nimmt es zurück.")
        return True

    @arbeit
    async def action_neue_aufgabe(self) -> None:
        """Ask for a task that came of the marked point."""
        felder = [f for f in felder_of(Aufgabe) if f.name not in ("sitzung", "stand", "erledigt_am")]
        vergeben = {
            a.schluessel
            for a in await self.tool.rufe(lambda: ablauf.list_aufgaben(self.tool.projekt, nur_offene=False))
        }
        frei = next(s for n in range(1, len(vergeben) + 2) if (s := f"{self._sitzung.schluessel}.{n}") not in vergeben)
        await self.frage(
            None, felder, {f.name: f.leer for f in felder} | {"schluessel": frei, "top": self._top}, Aufgabe
        )


class AufgabenSeite(Prozessliste):
    """All tasks."""

    TITEL = "Aufgaben"
    KLASSE = Aufgabe
    LISTE = "gremien"
    HILFE = (
        "Was in Sitzungen übernommen wurde: wer (Stelle oder Rolle), bis wann, wie weit. Offenes steht oben, e hakt ab."
    )
    BEFEHLE: ClassVar[Befehle] = (AufgabeErledigt, *Prozessliste.GRUND)
    BINDINGS: ClassVar[list[BindingType]] = bindings((AufgabeErledigt,))

    def build(self) -> Plantafel:
        """List the tasks."""
        return build_aufgabentafel(self.tool.projekt)

    @arbeit
    async def action_aufgabe_erledigt(self) -> None:
        """Tick the marked task off today."""
        aufgabe = self.markiert
        if aufgabe is not None:
            projekt = self.tool.projekt
            await self.aendere(lambda: ablauf.settle_aufgabe(projekt, aufgabe.schluessel, dt.date.today()))
            self.tool.melde(f"Erledigt: {end_satz(aufgabe.text)} Strg+Z nimmt es zurück.")
