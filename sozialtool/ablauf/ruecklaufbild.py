"""One return opened: what was entered and how it is read, what is asked, what the department wrote; accept or ask."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sozialtool import orte
from sozialtool.ablauf import ruecklaeufe
from sozialtool.ablauf.annahme import take_ruecklauf
from sozialtool.ablauf.ruecklaeufe import Eingang, Eingangsart
from sozialtool.fach.abfrage import Abfrage, Abfragestand
from sozialtool.fach.messwert import Messwert, Zeichen
from sozialtool.fach.quelle import Quelle, Schwere
from sozialtool.fach.raum import NICHT_ZUZUORDNEN
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.erhebung.ruecklauf import Ruecklauf


@attrs.frozen
class Angabe:
    """One cell of a return as people read it: what was entered, what it is read as, last year's figure, the question."""

    merkmal: str
    gebiet: str
    eingetragen: str
    gelesen: str
    vorjahr: str = ""
    frage: str = ""


@attrs.frozen
class Ruecklaufbild:
    """A return before the decision: nothing is changed by looking at it.

    Attributes:
        eingang: file, department, findings, remarks.
        abfrage: what was asked; None when nobody asked.
        angaben: the cells, by Merkmal, in the order of the form.
        gruende: (Merkmal, reason) where a whole column is "Angabe nicht möglich, weil …".
        ruecklauf: what was read, for the decision.
        angenommen: whether exactly this file was taken over before.
        abweichung: sentence about figures that another delivery has given otherwise; "" when none.
    """

    eingang: Eingang
    abfrage: Abfrage | None
    angaben: tuple[Angabe, ...]
    gruende: tuple[tuple[str, str], ...]
    ruecklauf: Ruecklauf = attrs.field(repr=False)
    angenommen: bool = False
    abweichung: str = ""

    @property
    def fragen(self) -> int:
        """How many findings wait for an answer."""
        return sum(b.schwere is not Schwere.HINWEIS for b in self.eingang.befunde)

    @property
    def annehmbar(self) -> bool:
        """Whether its figures can be taken over, with or without open questions."""
        return self.ruecklauf.passt and self.abfrage is not None and bool(self.ruecklauf.messwerte)

    @property
    def kurz(self) -> str:
        """Say in one sentence how full it is and how much is open."""
        gelesen, ruecklauf = len(self.ruecklauf.messwerte), self.ruecklauf
        if not ruecklauf.passt:
            return self.eingang.meldung
        zahlen = sum(m.wert is not None for m in ruecklauf.messwerte)
        grund = f", {gelesen - zahlen} ohne Zahl mit Grund" if gelesen > zahlen else ""
        fragen = {0: "keine Frage offen", 1: "1 Frage offen"}.get(self.fragen, f"{self.fragen} Fragen offen")
        leer = ruecklauf.gefragt - ruecklauf.gefuellt
        fehlt = f", {leer} Felder leer" if leer > 1 else ", 1 Feld leer" if leer else ""
        return f"{zahlen} Zahlen{grund}{fehlt}; {fragen}."


def open_ruecklauf(projekt: Projekt, pfad: Path, jahr: int) -> Ruecklaufbild:
    """Read one return to look at it.

    Raises:
        BedienFehler: no Abfragen of the year, or the file is no form at all. DateiFehler: it cannot be read.
    """
    from sozialtool.erhebung.ruecklauf import read_ruecklauf

    formulare = ruecklaeufe.build_formulare(projekt, jahr)
    ruecklauf = read_ruecklauf(orte.lang(pfad), formulare, projekt.kommune, jahr)
    if ruecklauf.kennung is None:
        fremd = ruecklauf.befunde[0]
        raise BedienFehler(fremd.meldung, fremd.vorschlag, fremd.code)
    abfrage = projekt.get(Abfrage, ruecklauf.kennung.fachbereich, jahr)
    art = Eingangsart.RUECKFRAGE if ruecklauf.passt else Eingangsart.NICHT_ZUGEORDNET
    eingang = attrs.evolve(ruecklaeufe.describe(ruecklauf, art), pfad=orte.zeige(pfad))
    angenommen = any(q.pruefsumme == ruecklauf.pruefsumme for q in projekt.read(Quelle))
    anders = ruecklaeufe.find_abweichungen(projekt, ruecklauf) if ruecklauf.messwerte and not angenommen else []
    abweichung = ruecklaeufe.describe_abweichungen(projekt, ruecklauf, anders) if anders else ""
    return Ruecklaufbild(
        eingang, abfrage, _angaben(ruecklauf), _gruende(ruecklauf), ruecklauf, angenommen, abweichung
    )  # fmt: skip


def _angaben(ruecklauf: Ruecklauf) -> tuple[Angabe, ...]:
    from sozialtool.erhebung.formular import GESAMT, text_of

    formular = ruecklauf.formular
    if formular is None:
        return tuple(Angabe(s, z, text_of(w), "") for (z, s), w in ruecklauf.eintraege.items() if s[0] + z[0] != "##")
    gelesen = {(m.gebiet, m.merkmal): m for m in ruecklauf.messwerte}
    gebiete = {g.schluessel: g.name for g in formular.gebiete} | {GESAMT: "Stadt insgesamt"}
    angaben = []
    for merkmal in formular.merkmale:
        for zeile, name in gebiete.items():
            schluessel = (zeile, merkmal.schluessel)
            in_stadt = (formular.kommune.ags if zeile == GESAMT else zeile, merkmal.schluessel)
            eintrag, frage = ruecklauf.eintraege.get(schluessel), ruecklauf.fragen.get(schluessel)
            wert = gelesen.get(in_stadt)
            if eintrag is None and frage is None and zeile in (NICHT_ZUZUORDNEN, GESAMT):
                continue  # mostly empty, and nothing is asked about it
            meldung = f"{frage.meldung} {frage.vorschlag}".strip() if frage else ""
            vorher = formular.vorjahr.get(in_stadt)
            angaben.append(Angabe(merkmal.name, name, text_of(eintrag), _read_as(wert), _read_as(vorher), meldung))
    return tuple(angaben)


def _read_as(wert: Messwert | None) -> str:
    """A figure in German, or the word for why there is none."""
    if wert is None:
        return ""
    if wert.wert is None or wert.zeichen is Zeichen.GEHEIM:
        return wert.zeichen.value if wert.zeichen else ""
    vermerk = f" ({wert.vermerk.value})" if wert.vermerk.value else ""
    return f"{format_zahl(wert.wert, 0 if wert.wert.is_integer() else 2)}{vermerk}"


def _gruende(ruecklauf: Ruecklauf) -> tuple[tuple[str, str], ...]:
    from sozialtool.erhebung.formular import WEIL

    namen = {m.schluessel: m.name for m in ruecklauf.formular.merkmale} if ruecklauf.formular else {}
    return tuple(
        (namen.get(spalte, spalte), str(wert).strip())
        for (zeile, spalte), wert in ruecklauf.eintraege.items()
        if zeile == WEIL and str(wert).strip()
    )


def accept_bild(projekt: Projekt, bild: Ruecklaufbild, heute: dt.date | None = None) -> Eingang:
    """Take the return over exactly as it was looked at; what cannot be read as a figure stays out.

    Raises:
        BedienFehler: it belongs to another town or year, or nothing in it can be taken over.
    """
    if not bild.annehmbar or bild.abfrage is None:
        rat = "Bitte eine Rückfrage schreiben oder beim Absender nachfragen."
        raise BedienFehler(bild.eingang.meldung or "In dieser Datei steht nichts, das sich übernehmen lässt.", rat)
    take_ruecklauf(projekt, bild.abfrage, bild.ruecklauf, heute or dt.date.today())
    return attrs.evolve(ruecklaeufe.describe(bild.ruecklauf, Eingangsart.ANGENOMMEN), pfad=bild.eingang.pfad)


def question_bild(projekt: Projekt, bild: Ruecklaufbild, heute: dt.date | None = None) -> Eingang:
    """Write the Rückfrage to a return and note that one is under way; an accepted Abfrage stays accepted.

    Raises:
        BedienFehler: nobody asked, so there is no form to ask with. DateiGesperrt: the last Rückfrage is open in Excel.
    """
    if bild.abfrage is None or bild.ruecklauf.formular is None:
        raise BedienFehler("Zu dieser Datei gibt es keine Abfrage.", "Bitte die Abfrage zuerst anlegen.")
    pfad = ruecklaeufe.write_rueckfrage(projekt, bild.abfrage, bild.ruecklauf)
    if bild.abfrage.stand is not Abfragestand.ANGENOMMEN:
        ruecklaeufe.set_stand(projekt, bild.abfrage, Abfragestand.IN_RUECKFRAGE, heute or dt.date.today())
    neu = ruecklaeufe.describe(bild.ruecklauf, Eingangsart.RUECKFRAGE, rueckfrage=pfad)
    return attrs.evolve(neu, pfad=bild.eingang.pfad)
