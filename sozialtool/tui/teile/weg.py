"""The walk as rows, and the two questions on it: where does it stand, how far is it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import attrs
from rich.text import Text
from textual.content import Content

from sozialtool import ablauf
from sozialtool.ablauf.werte import BausteinZeile
from sozialtool.fach.felder import felder_of
from sozialtool.fach.prozess import Baustein, Fortschritt, Inhalt, Umsetzungsstand
from sozialtool.tui.deutsch import datum
from sozialtool.tui.teile.tabelle import Reihe
from sozialtool.tui.text import UMBRUCH, klar, satz, zelle

if TYPE_CHECKING:
    from sozialtool.tui.app import SozialtoolApp


@attrs.frozen
class Stelle:
    """A row of the walk: a Baustein, or one of its Inhalte."""

    zeile: BausteinZeile
    inhalt: Inhalt | None = None

    @property
    def name(self) -> str:
        """What stands there."""
        return self.inhalt.text if self.inhalt else self.zeile.baustein.name

    @property
    def schluessel(self) -> int | str:
        """Key under which the progress is set."""
        return self.inhalt.schluessel if self.inhalt else self.zeile.baustein.nummer

    @property
    def fortschritt(self) -> Fortschritt:
        """How far it is."""
        return self.inhalt.fortschritt if self.inhalt else self.zeile.baustein.fortschritt


def reihen(zeile: BausteinZeile) -> list[Reihe]:
    """Make the rows of one Baustein: itself, then its Inhalte."""
    baustein = zeile.baustein
    name = f"{baustein.nummer} {baustein.kurzname or baustein.name}"
    kopf = Reihe(f"b{baustein.nummer}", (name, _wort(baustein.fortschritt)), Stelle(zeile), "bold")
    unten = [
        Reihe(f"i{inhalt.schluessel}", (f"   {inhalt.text}", _wort(inhalt.fortschritt)), Stelle(zeile, inhalt))
        for inhalt in zeile.inhalte
    ]
    return [kopf, *unten]


def _wort(fortschritt: Fortschritt) -> Text:
    return zelle(f"{fortschritt.symbol} {fortschritt.value}")


def schrittzeilen(stelle: Stelle) -> list[Content]:
    """Say who brings a place on and what comes next, where that is known."""
    eintrag = stelle.inhalt or stelle.zeile.baustein
    wer = eintrag.zustaendig or stelle.zeile.baustein.zustaendig
    zeilen = [satz(("Zuständig: ", "$leise"), wer)] if wer else []
    if eintrag.naechster_schritt:
        bis = f", bis {datum(eintrag.schritt_bis)}" if eintrag.schritt_bis else ""
        vorbei = eintrag.schritt_bis is not None and eintrag.schritt_bis < dt.date.today()
        spaet = (" (überfällig)", "bold") if vorbei else ""
        zeilen.append(satz(("Nächster Schritt: ", "$leise"), eintrag.naechster_schritt, bis, spaet))
    return zeilen


def saetze(stelle: Stelle) -> Content:
    """Write the full name of a place, and the dated sentences on its Baustein, newest first."""
    staende = stelle.zeile.staende
    nummer = stelle.zeile.baustein.nummer
    kopf = klar(stelle.name, "bold")
    if not staende:
        return satz(kopf, UMBRUCH, (f"Zu Baustein {nummer} steht noch kein Satz. Mit n eintragen.", "$leise"))
    return UMBRUCH.join([kopf, *(satz((f"{datum(stand.datum)} ", "$leise"), stand.text) for stand in staende)])


async def frage_stand(
    tool: SozialtoolApp, baustein: Baustein, stand: Umsetzungsstand | None, *, mit_nachweisen: bool = False
) -> None:  # fmt: skip
    """Ask for a dated sentence and save it; `stand` is the one to change, None for a new one. Only inside a worker."""
    from sozialtool.tui.teile.eintragsform import (
        frage_und_speichere,
    )  # the walk is on the first screen, the form is not

    felder = [
        feld
        for feld in felder_of(Umsetzungsstand)
        if feld.name in ("datum", "text", *(("nachweise",) if mit_nachweisen else ()))
    ]
    werte = {f.name: getattr(stand, f.name) for f in felder} if stand else {"datum": dt.date.today()}
    titel = f"Umsetzungsstand · {baustein.nummer} {baustein.kurzname or baustein.name}"
    schluessel = stand.schluessel if stand else ""
    await frage_und_speichere(
        tool, titel, felder, werte,
        lambda w: ablauf.save_umsetzungsstand(
            tool.projekt, baustein.nummer, w["datum"], w["text"], schluessel, w.get("nachweise")
        ),
    )  # fmt: skip


_FOLGEN = {
    Fortschritt.OFFEN: "Damit wurde noch nicht begonnen.",
    Fortschritt.LAEUFT: "Daran wird gearbeitet.",
    Fortschritt.VEREINBART: "Ein Gremium hat es beschlossen.",
    Fortschritt.FERTIG: "Daran ist nichts mehr zu tun.",
}


async def frage_fortschritt(tool: SozialtoolApp, stelle: Stelle) -> None:
    """Ask how far a Baustein or Inhalt is and set it; what holds now comes last. Only inside a worker."""
    from sozialtool.tui.dialoge.frage import Antwort, Frage

    reihenfolge = sorted(Fortschritt, key=lambda f: f is stelle.fortschritt)
    antworten = [Antwort(f"{f.symbol} {f.value}", f, _FOLGEN[f]) for f in reihenfolge]
    jetzt = f"Jetzt: {stelle.fortschritt.symbol} {stelle.fortschritt.value}"
    wahl = await tool.push_screen_wait(Frage(stelle.name, jetzt, antworten))
    if wahl is not None and wahl is not stelle.fortschritt:
        await tool.rufe(lambda: ablauf.set_fortschritt(tool.projekt, stelle.schluessel, wahl))
        tool.geaendert()
