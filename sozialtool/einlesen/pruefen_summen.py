"""Checks of totals: total ≠ sum of its parts, groups that do not add up, a part larger than its whole."""

from __future__ import annotations

import datetime as dt

from sozialtool.einlesen.fund import Zeilenart
from sozialtool.einlesen.lage import Lage
from sozialtool.einlesen.lesung import Lesung, Wertzelle
from sozialtool.einlesen.texte import zahl
from sozialtool.fach.messwert import Merkmal, Messwert
from sozialtool.fach.quelle import Befund, Schwere

_Gruppe = dict[tuple[str, dt.date | None], list[Wertzelle]]


def check_summe_falsch(lage: Lage) -> list[Befund]:
    """SUMME-FALSCH: a total of the file is not the sum of its parts, "nicht zuzuordnen" included.

    With secret or missing parts only "sum of the known parts ≤ total" is checked. Where all figures are multiples of
    five the source rounds (Destatis, IT.NRW): each figure may be off by 2.5, which the message says.
    """
    befunde = []
    for lesung in lage.lesungen:
        if not any(z.art is not Zeilenart.DATEN for z in lesung.zellen):
            continue
        if not lesung.gelesene_gebiete and not any(r.gebiet for r in lesung.regel.spalten):
            continue
        for (merkmal, _), zellen in _groups(lesung).items():
            treffer = lage.kontext.umfeld.find_merkmal(merkmal)
            if treffer is None or treffer.art.additiv:
                befunde += _check_group(lage, lesung, zellen)
    return befunde


def _groups(lesung: Lesung) -> _Gruppe:
    gruppen: _Gruppe = {}
    for zelle in sorted(lesung.zellen, key=lambda z: (z.zeile, z.spalte)):
        gruppen.setdefault((zelle.merkmal, zelle.stand), []).append(zelle)
    return gruppen


def _check_group(lage: Lage, lesung: Lesung, zellen: list[Wertzelle]) -> list[Befund]:
    befunde = []
    alle = [z for z in zellen if z.art is Zeilenart.DATEN]
    seit: list[Wertzelle] = []
    for zelle in zellen:
        if zelle.art is Zeilenart.DATEN:
            seit.append(zelle)
            continue
        teile = _parts(lage, zelle, alle, seit)
        seit = []
        befund = _compare(lage, lesung, zelle, teile)
        if befund is not None:
            befunde.append(befund)
    return befunde


def _parts(lage: Lage, ganzes: Wertzelle, alle: list[Wertzelle], seit: list[Wertzelle]) -> list[Wertzelle]:
    """Parts by the hierarchy of areas where the total names one, else by place: the rows above, since the last total."""
    if ganzes.gebiet:
        nach_ebene = [t for t in alle if t.gebiet and lage.kontext.is_part(t.gebiet, ganzes.gebiet)]
        if len(nach_ebene) >= 2:
            return nach_ebene
    if ganzes.art is Zeilenart.ZWISCHENSUMME:
        return seit
    davor = [t for t in alle if (t.zeile, t.spalte) < (ganzes.zeile, ganzes.spalte)]
    return davor or alle


def _compare(lage: Lage, lesung: Lesung, ganzes: Wertzelle, teile: list[Wertzelle]) -> Befund | None:
    if ganzes.inhalt.wert is None or not teile:
        return None
    bekannt = [t.inhalt.wert for t in teile if t.inhalt.wert is not None]
    unvollstaendig = len(bekannt) < len(teile) or _rows_left_out(lesung, ganzes)
    summe = sum(bekannt)
    toleranz, grund = _tolerance([*bekannt, ganzes.inhalt.wert])
    zu_gross = summe > ganzes.inhalt.wert + toleranz
    if not zu_gross and (unvollstaendig or abs(summe - ganzes.inhalt.wert) <= toleranz):
        return None
    wort = "Die bekannten Teile ergeben" if unvollstaendig else "Die Teile ergeben"
    differenz = zahl(abs(summe - ganzes.inhalt.wert))
    meldung = (
        f"{lage.merkmal(ganzes.merkmal)}, „{ganzes.label or lage.gebiet(ganzes.gebiet)}“: angegeben {zahl(ganzes.inhalt.wert)}. "
        f"{wort} {zahl(summe)}, Unterschied {differenz}{grund}."
    )
    vorschlag = "Beim Absender nachfragen; eingelesen werden die Teile."
    stelle = (ganzes.zeile, ganzes.spalte)
    return lage.befund("SUMME-FALSCH", Schwere.FRAGE, lesung.fund, stelle, meldung, vorschlag)


def _rows_left_out(lesung: Lesung, ganzes: Wertzelle) -> bool:
    """Whether rows above the total are not read (areas the planner left out): then the parts are not complete."""
    gelesen = {z.zeile for z in lesung.zellen if z.art is Zeilenart.DATEN}
    if not lesung.gelesene_gebiete:
        return False
    return any(
        zeile.nummer < ganzes.zeile and zeile.art is Zeilenart.DATEN and zeile.nummer not in gelesen
        for zeile in lesung.fund.zeilen
    )


def _tolerance(werte: list[float]) -> tuple[float, str]:
    """How far a sum may be off: figures rounded to 5 by 2.5 each, decimals by half of the last one each."""
    if len(werte) >= 5 and any(werte) and all(wert % 5 == 0 for wert in werte):
        return 2.5 * len(werte), " (mehr, als das Runden auf 5 erklärt)"
    if any(wert != round(wert) for wert in werte):
        stellen = max(len(f"{wert:.10g}".partition(".")[2]) for wert in werte)
        return 0.5 * 10.0 ** -min(stellen, 6) * len(werte) + 1e-9, ""
    return 1e-9 * max(map(abs, werte)), ""


def check_gruppe_falsch(lage: Lage) -> list[Befund]:
    """GRUPPE-FALSCH: Merkmale of one group (männlich, weiblich) that must add up to their whole and do not."""
    befunde = []
    gruppen = _merkmalgruppen(lage)
    werte = {(w.gebiet, w.merkmal, w.stand): w for w in lage.messwerte}
    for ganzes in lage.messwerte:
        for namen in gruppen.get(ganzes.merkmal, ()):
            teile = [werte.get((ganzes.gebiet, name, ganzes.stand)) for name in namen]
            zahlen = [t.wert for t in teile if t is not None and t.wert is not None]
            if ganzes.wert is None or len(zahlen) < len(namen):
                continue
            toleranz, _ = _tolerance([*zahlen, ganzes.wert])
            if abs(sum(zahlen) - ganzes.wert) > max(toleranz, 1e-6 * abs(ganzes.wert)):
                summanden = " + ".join(zahl(z) for z in zahlen)
                text = (
                    f"{lage.gebiet(ganzes.gebiet)}, {ganzes.stand.year}: {' + '.join(lage.merkmal(n) for n in namen)} = "
                    f"{summanden} = {zahl(sum(zahlen))}, aber {lage.merkmal(ganzes.merkmal)} ist {zahl(ganzes.wert)}."
                )
                vorschlag = "Beim Absender nachfragen."
                befunde.append(lage.befund_zu("GRUPPE-FALSCH", Schwere.FRAGE, ganzes, text, vorschlag))
    return befunde


def _merkmalgruppen(lage: Lage) -> dict[str, list[list[str]]]:
    gruppen: dict[tuple[str, str], list[str]] = {}
    for merkmal in lage.kontext.umfeld.merkmale:
        if merkmal.gruppe and merkmal.teil_von:
            gruppen.setdefault((merkmal.teil_von, merkmal.gruppe), []).append(merkmal.schluessel)
    ergebnis: dict[str, list[list[str]]] = {}
    for (ganzes, _), namen in gruppen.items():
        if len(namen) >= 2:
            ergebnis.setdefault(ganzes, []).append(namen)
    return ergebnis


def check_teil_groesser(lage: Lage) -> list[Befund]:
    """TEIL-GROESSER: a part is larger than its whole, delivered here or stored for the same area and Stand."""
    befunde = []
    merkmale = {m.schluessel: m for m in lage.kontext.umfeld.merkmale}
    werte = {(w.gebiet, w.merkmal, w.stand): w for w in lage.messwerte}
    for teil in lage.messwerte:
        merkmal = merkmale.get(teil.merkmal)
        if merkmal is None or not merkmal.teil_von or teil.wert is None:
            continue
        schluessel = (teil.gebiet, merkmal.teil_von, teil.stand)
        ganzes = werte.get(schluessel) or lage.kontext.umfeld.bestand.get(schluessel)
        if ganzes is None or ganzes.wert is None or teil.wert <= ganzes.wert * (1 + 1e-9):
            continue
        text = _teil_text(lage, teil, ganzes, merkmal)
        vorschlag = "Prüfen, ob beide Zahlen aus derselben Quelle und vom selben Stichtag sind."
        befunde.append(lage.befund_zu("TEIL-GROESSER", Schwere.FRAGE, teil, text, vorschlag))
    return befunde


def _teil_text(lage: Lage, teil: Messwert, ganzes: Messwert, merkmal: Merkmal) -> str:
    assert teil.wert is not None
    assert ganzes.wert is not None
    return (
        f"{lage.gebiet(teil.gebiet)}: {merkmal.name} ({zahl(teil.wert)}) ist mehr als "
        f"{lage.merkmal(ganzes.merkmal)} ({zahl(ganzes.wert)})."
    )
