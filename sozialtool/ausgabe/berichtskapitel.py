"""Chapters of a Sozialbericht: at a glance, recommendations, themes, Sozialräume, method; blocks of words, tables and pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from sozialtool.ausgabe.berichtsbilder import build_balken, build_karte, build_linien
from sozialtool.ausgabe.berichtsstoff import (
    BREITE,
    Berichtsstoff,
    Berichtswahl,
    Planliste,
    differenztext,
    legende_of,
    list_indikatoren,
    make_tafelblock,
    satz,
    waehle_indikatoren,
    zellentext,
)
from sozialtool.ausgabe.saetze import saetze_zum_gebiet
from sozialtool.ausgabe.seitenplan import Absatz, Block, Kopf, Tafelblock
from sozialtool.ausgabe.tabelle import Zellwert
from sozialtool.ausgabe.werkbank import (
    Zahlenbank,
    dativ,
    differenz,
    kurzname,
    lage_in_worten,
    leitindikatoren,
    neueste,
    zelle,
)
from sozialtool.fach.indikator import Indikator, Richtung
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import format_zahl, join_und

_SPALTEN = 6
"""Indicators beside each other in a table on A4."""
_NAMEN = 4
"""Areas that a sentence names on each side."""


def build_kapitel(stoff: Berichtsstoff, wahl: Berichtswahl) -> tuple[Block, ...]:
    """Write all chapters of a report but the method."""
    bloecke: list[Block] = [*_blick(stoff), *_empfehlungen(stoff)]
    for feld in stoff.bank.bericht.felder:
        if (not wahl.felder or feld.schluessel in wahl.felder) and list_indikatoren(stoff.bank, feld.schluessel):
            bloecke += _thema(stoff, feld.schluessel, feld.name)
    raeume = [
        r for r in stoff.bank.bericht.raeume if not r.ist_rest and (not wahl.raeume or r.schluessel in wahl.raeume)
    ]
    if raeume:
        bloecke += _raeume(stoff, raeume)
    return tuple(bloecke)


# -- at a glance ------------------------------------------------------------------------------------------------------


def _blick(stoff: Berichtsstoff) -> Iterator[Block]:
    bank = stoff.bank
    yield Kopf("Auf einen Blick")
    yield Absatz(stoff.fuelle(
        "Dieser Bericht zeigt, wie die Menschen in {Stadt} leben und was sich daraus für die Planung ergibt. Er beschreibt die Stadt "
        "nach Themen und ihre {Anzahl Sozialräume} Sozialräume, mit Zahlen bis {Jahr}. Alle Vergleiche gehen gegen die Stadt als Ganzes."
    ))  # fmt: skip
    bild = bank.auswerter.gesamtbild.bevoelkerung
    if bild is not None:
        yield satz("bevoelkerung", "Bevölkerung", bild.satz)
    yield Kopf("Was auffällt", 2)
    for ind in leitindikatoren(bank):
        text = describe_auffaellige(bank, ind)
        if text:
            yield attrs.evolve(satz(f"blick/{ind.kennung}", f"Was auffällt: {ind.name}", text), art="punkt")
    alle = bank.auswerter.alle
    if alle is not None:
        yield satz("alle", "Alle Vergleiche", alle.satz)
    yield Kopf("Die wichtigsten Zahlen", 2)
    yield from build_matrix(bank, "blick", "Leitindikatoren", leitindikatoren(bank))
    for ind in leitindikatoren(bank)[:1]:
        karte = build_karte(bank, ind)
        if karte is not None:
            yield karte


def describe_auffaellige(bank: Zahlenbank, ind: Indikator) -> str:
    """Say in one sentence which areas differ from the town more than by chance."""
    zeilen = [(raum.name, neueste(bank, ind, raum)) for raum in bank.bericht.raeume if not raum.ist_rest]
    da = [(name, k) for name, k in zeilen if k is not None and k.wert is not None]
    if not da:
        return ""
    stadt = neueste(bank, ind, bank.bericht.stadt)
    kopf = f"{ind.name} {da[0][1].jahr}"
    if stadt is not None and stadt.wert is not None:
        kopf += f", Stadt {_wert(stadt, ind)}"
    hoch = sorted(((n, k) for n, k in da if (k.lage or 0) > 0), key=lambda paar: -(paar[1].wert or 0))
    tief = sorted(((n, k) for n, k in da if (k.lage or 0) < 0), key=lambda paar: paar[1].wert or 0)
    teile = [f"{wo} {_names(paare, ind)}" for wo, paare in (("darüber", hoch), ("darunter", tief)) if paare]
    geheim = sum(k is not None and k.zeichen is Zeichen.GEHEIM for _, k in zeilen)
    rest = f" {format_zahl(geheim)} {'Wert ist' if geheim == 1 else 'Werte sind'} geheim." if geheim else ""
    if not any(k.lage is not None for _, k in da):
        return ""
    return f"{kopf}: {'; '.join(teile) or 'kein Sozialraum weicht mehr ab, als der Zufall erlaubt'}.{rest}"


def _names(paare: Sequence[tuple[str, Kennzahl]], ind: Indikator) -> str:
    namen = [f"{name} ({_wert(k, ind)})" for name, k in paare[:_NAMEN]]
    rest = len(paare) - len(namen)
    return join_und([*namen, *([f"{rest} weitere"] if rest > 1 else ["ein weiterer"] if rest else [])])


def _wert(k: Kennzahl, ind: Indikator) -> str:
    einheit = "" if ind.einheit == "Anzahl" else f" {ind.einheit}"
    return f"{format_zahl(k.wert, ind.nachkommastellen)}{einheit}"


def build_matrix(
    bank: Zahlenbank, schluessel: str, name: str, indikatoren: Sequence[Indikator]
) -> Iterator[Tafelblock]:
    """Make tables of areas by indicators, the town first; as many as are needed for the width of the page."""
    bericht = bank.bericht
    gebiete = (bericht.stadt, *bericht.raeume)
    anzahl = -(-len(indikatoren) // _SPALTEN)
    for nummer in range(anzahl):
        # Eight stand as four and four, not as six and two.
        teil = indikatoren[len(indikatoren) * nummer // anzahl : len(indikatoren) * (nummer + 1) // anzahl]
        zellen = [[zelle(neueste(bank, ind, g), ind, mit_lage=g is not bericht.stadt) for ind in teil] for g in gebiete]
        zeilen = [(g.name, *(zellentext(z) for z in reihe)) for g, reihe in zip(gebiete, zellen, strict=True)]
        erste = 3.9
        breiten = (erste, *((BREITE - erste) / max(len(teil), 3),) * len(teil))
        kopf = (bericht.planungsebene.name, *(_spaltenkopf(bank, ind) for ind in teil))
        worte = "; ".join(f"{kurzname(ind)}: {ind.name}" for ind in teil if kurzname(ind) != ind.name)
        lang = f"{worte}." if worte else ""
        mehr = f" ({nummer + 1})" if anzahl > 1 else ""
        yield make_tafelblock(
            f"{schluessel}{nummer or ''}",
            f"{name} in den {dativ(bericht.planungsebene.mehrzahl)} von {bericht.kommune.name}, {bericht.jahr}{mehr}",
            kopf, breiten, zeilen, rechts=range(1, len(kopf)), fett=(0,),
            noten=(f"Quelle: {bank.quelle(teil)}.", lang, legende_of(z for reihe in zellen for z in reihe)),
        )  # fmt: skip


def _spaltenkopf(bank: Zahlenbank, ind: Indikator) -> str:
    jahr = bank.zahlen.jahr(ind.kennung, bank.bericht.jahr)
    wann = f" {jahr}" if jahr != bank.bericht.jahr else ""
    return f"{kurzname(ind)}{wann}\n{ind.einheit}"


# -- recommendations --------------------------------------------------------------------------------------------------


def _empfehlungen(stoff: Berichtsstoff) -> Iterator[Block]:
    listen = [liste for liste in (stoff.empfehlungen, stoff.ziele, stoff.massnahmen) if liste.zeilen]
    if not listen:
        return
    yield Kopf("Empfehlungen, Ziele und Maßnahmen")
    yield Absatz(
        (
            "Was die Zahlen, der Bestand und die Stimmen aus den Sozialräumen nahelegen, was die Stadt sich vorgenommen hat und was dafür geschieht.",
        )
    )
    for liste in listen:
        yield Kopf(liste.name, 2)
        yield _planblock(stoff, f"plan/{liste.name}", liste, liste.zeilen, liste.name)


def _planblock(
    stoff: Berichtsstoff, schluessel: str, liste: Planliste, zeilen: Sequence[tuple[str, ...]], was: str
) -> Tafelblock:
    bericht = stoff.bank.bericht
    titel = f"{was} in {bericht.kommune.name}, Stand {bericht.stand:%d.%m.%Y}"
    return make_tafelblock(
        schluessel,
        titel,
        liste.kopf,
        liste.breiten,
        zeilen,
        namen_fett=True,
        noten=("Quelle: Planung der Stadt; veröffentlichte Zahlen des Monitorings.",),
    )


# -- themes -----------------------------------------------------------------------------------------------------------


def _thema(stoff: Berichtsstoff, feld: str, name: str) -> Iterator[Block]:
    bank = stoff.bank
    yield Kopf(name)
    indikatoren = list_indikatoren(bank, feld)
    gewaehlt = waehle_indikatoren(bank, feld)
    for ind in indikatoren:
        text = "" if ind in gewaehlt else describe_auffaellige(bank, ind)
        if text:
            yield attrs.evolve(satz(f"thema/{ind.kennung}", f"Was auffällt: {ind.name}", text), art="punkt")
    raeume = [raum.schluessel for raum in bank.bericht.raeume]
    kleinraeumig = [ind for ind in indikatoren if bank.zahlen.hat_gebiete(ind.kennung, raeume)]
    yield from build_matrix(bank, f"thema/{feld}", name, kleinraeumig)
    zeilen = stoff.empfehlungen.of_feld(feld)
    if zeilen:
        yield Kopf("Bedarfe und Empfehlungen", 2)
        yield _planblock(stoff, f"empfehlungen/{feld}", stoff.empfehlungen, zeilen, f"Empfehlungen: {name}")
    for ind in gewaehlt:
        yield from _indikator(bank, ind)


def _indikator(bank: Zahlenbank, ind: Indikator) -> Iterator[Block]:
    yield Kopf(ind.name, 2)
    stadt = bank.auswerter.find(ind.kennung, bank.bericht.stadt.schluessel)
    if stadt is not None and stadt.aussagen:
        yield satz(f"stadt/{ind.kennung}", f"{ind.name} in der Stadt", " ".join(a.satz for a in stadt.aussagen))
    text = describe_auffaellige(bank, ind)
    if text:
        yield satz(f"raeume/{ind.kennung}", f"{ind.name} in den Sozialräumen", text)
    for bild in (build_balken(bank, ind), build_linien(bank, ind)):
        if bild is not None:
            yield bild


def build_vorrat(bank: Zahlenbank) -> Iterator[Block]:
    """Write what any indicator can have in a report: one that is drawn in one year may not be among the chosen of the next."""
    for ind in bank.bericht.vereinbarte:
        yield from _indikator(bank, ind)
        karte, text = build_karte(bank, ind), describe_auffaellige(bank, ind)
        if karte is not None:
            yield karte
        if text:
            yield satz(f"blick/{ind.kennung}", f"Was auffällt: {ind.name}", text)
            yield satz(f"thema/{ind.kennung}", f"Was auffällt: {ind.name}", text)


# -- areas ------------------------------------------------------------------------------------------------------------


def _raeume(stoff: Berichtsstoff, raeume: Sequence[Gebiet]) -> Iterator[Block]:
    bank = stoff.bank
    mehrzahl = bank.bericht.planungsebene.mehrzahl
    yield Kopf(f"Die {mehrzahl}")
    yield Absatz(
        (
            "Auf den folgenden Seiten steht, was jeden Sozialraum von der Stadt unterscheidet, was es dort gibt und was dort geplant ist.",
        )
    )
    indikatoren = [
        ind
        for ind in bank.bericht.vereinbarte
        if bank.zahlen.hat_gebiete(ind.kennung, [raum.schluessel for raum in raeume])
    ]
    yield _raumueberblick(bank, raeume, indikatoren)
    for raum in raeume:
        yield Kopf(raum.name, 2, neue_seite=True)
        yield satz(
            f"raum/{raum.schluessel}", f"{raum.name} in Worten", " ".join(saetze_zum_gebiet(bank, raum, indikatoren))
        )
        yield _raumtafel(bank, raum, indikatoren)
        zeilen = [
            (titel, "\n".join(f"– {text}" for text in je[raum.schluessel]))
            for titel, je in stoff.profile
            if je.get(raum.schluessel)
        ]
        if zeilen:
            yield make_tafelblock(
                f"profil/{raum.schluessel}", f"Bestand, Stimmen und Planung in {raum.name}", ("Was", raum.name), (3.2, BREITE - 3.2), zeilen,
                noten=("Quelle: Bestand und Planung der Stadt.",), namen_fett=True,
            )  # fmt: skip


def _raumtafel(bank: Zahlenbank, raum: Gebiet, indikatoren: Sequence[Indikator]) -> Tafelblock:
    zeilen: list[tuple[str, ...]] = []
    zellen: list[Zellwert] = []
    for ind in indikatoren:
        hier, stadt = neueste(bank, ind, raum), neueste(bank, ind, bank.bericht.stadt)
        werte = (zelle(hier, ind), zelle(stadt, ind), differenz(bank, hier, ind, hier.vorjahr, 1) if hier else "")
        zellen += werte
        einheit = "" if ind.einheit in ("Anzahl", "Personen") or ind.einheit in ind.name else f" ({ind.einheit})"
        wann = f", {hier.jahr}" if hier is not None and hier.jahr != bank.bericht.jahr else ""
        lage = (lage_in_worten(hier.lage) if hier else "") or ""
        texte = zellentext(werte[0]), zellentext(werte[1]), lage, differenztext(werte[2])
        zeilen.append((f"{ind.name}{einheit}{wann}", *texte))
    return make_tafelblock(
        f"raum/{raum.schluessel}", f"{raum.name} und Stadt im Vergleich, {bank.bericht.jahr}",
        ("Indikator", "hier", "Stadt", "gegen die Stadt", "zum Vorjahr"), (8.4, 1.5, 1.5, 3.45, 2.15), zeilen,
        rechts=(1, 2, 4), noten=(f"Quelle: siehe „Quellen und Zeichen“; {_stand(bank)}.", legende_of(zellen)),
    )  # fmt: skip


def _stand(bank: Zahlenbank) -> str:
    kurz = bank.bericht.gebietsstand_kurz
    return f"Stand {bank.bericht.stand:%d.%m.%Y}" + (f"; Gebietsstand: {kurz}" if kurz else "")


def _raumueberblick(bank: Zahlenbank, raeume: Sequence[Gebiet], indikatoren: Sequence[Indikator]) -> Tafelblock:
    """Count per area how many valued indicators lie beyond chance, and how many are secret."""
    gewertet = [ind for ind in indikatoren if ind.richtung is not Richtung.NEUTRAL and ind.hat_spanne]
    zeilen = []
    for raum in raeume:
        alle = [(ind, k) for ind in gewertet if (k := neueste(bank, ind, raum)) is not None]
        vorzeichen = {Richtung.BELASTEND: 1, Richtung.ENTLASTEND: -1}
        lagen = [k.lage * vorzeichen[ind.richtung] for ind, k in alle if k.lage is not None]
        geheim = sum(k.zeichen is Zeichen.GEHEIM for _, k in alle)
        zahlen = (sum(w > 0 for w in lagen), sum(w == 0 for w in lagen), sum(w < 0 for w in lagen), geheim)
        zeilen.append((raum.name, *(str(z) for z in zahlen)))
    return make_tafelblock(
        "raumueberblick", f"Wie viele Indikatoren von der Stadt abweichen, {bank.bericht.jahr}",
        (bank.bericht.planungsebene.name, "ungünstiger", "im Rahmen des Zufalls", "günstiger", "geheim"), (5.0, 3.0, 3.6, 3.0, 2.4), zeilen,
        rechts=(1, 2, 3, 4),
        noten=(f"Gezählt sind {len(gewertet)} vereinbarte Indikatoren mit Wertung und Zufallsspanne; es ist kein Index und keine Rangfolge.",),
    )  # fmt: skip
