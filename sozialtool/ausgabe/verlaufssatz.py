"""The title of a chart over the years: how the town's value went, judged as the sentence about it judges (`rechnen.worte`)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sozialtool.ausgabe.werkbank import Zahlenbank
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.rechnen.auswertung import compare_jahre


def say_verlauf(bank: Zahlenbank, ind: Indikator, jahre: Sequence[int], brueche: Collection[int]) -> str:
    """Say the message of a series in one fragment, across no break.

    "gestiegen" and "gesunken" stand only where the difference is beyond chance and no trend speaks against it, and for
    figures without interval, which are complete counts.
    """
    ab = max(brueche, default=jahre[0])
    stadt = bank.bericht.stadt.schluessel
    zeilen = [bank.zahlen.get(ind.kennung, jahr, stadt) for jahr in jahre if jahr >= ab]
    da = [zeile for zeile in zeilen if zeile is not None and zeile.wert is not None]
    if len(da) < 2:
        return f"{ind.name}, {jahre[0]} bis {jahre[-1]}"
    von, bis = (format_zahl(zeile.wert, ind.nachkommastellen) for zeile in (da[0], da[-1]))
    einheit = "" if ind.einheit == "Anzahl" else f" {ind.einheit}"
    kopf = f"{ind.name}: stadtweit {da[0].jahr} bis {da[-1].jahr}"
    if von == bis:
        return f"{kopf} unverändert bei {bis}{einheit}"
    return f"{kopf} von {von} auf {bis}{einheit}{_judge(bank, ind, da[0], da[-1])}"


def _judge(bank: Zahlenbank, ind: Indikator, erste: Kennzahl, letzte: Kennzahl) -> str:
    wandel = compare_jahre(ind, erste, letzte, (letzte.wert or 0) - (erste.wert or 0))
    hinauf = wandel.differenz > 0
    auswertung = bank.auswerter.find(ind.kennung, bank.bericht.stadt.schluessel)
    trend = auswertung.trend.richtung if auswertung is not None and auswertung.trend is not None else None
    if wandel.richtung is None or (wandel.richtung and trend in (None, wandel.richtung)):
        return " gestiegen" if hinauf else " gesunken"
    if wandel.richtung == 0 and not trend:
        return f", etwas {'höher' if hinauf else 'niedriger'}, im Rahmen des Zufalls"
    if trend and (trend > 0) == hinauf:
        return f", über die Jahre {'steigend' if hinauf else 'sinkend'}"
    return ", ohne klare Richtung"
