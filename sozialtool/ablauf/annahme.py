"""A return goes into the project: its figures, what they replace, and what they must not erase."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.anmerkungen import keep_notizen
from sozialtool.fach.abfrage import Abfrage, Abfragestand
from sozialtool.fach.messwert import Messwert, Zeichen
from sozialtool.fach.quelle import Quelle
from sozialtool.fach.raum import NICHT_ZUZUORDNEN, Gebiet
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.erhebung.formular import Formular
    from sozialtool.erhebung.ruecklauf import Ruecklauf


def take_ruecklauf(projekt: Projekt, abfrage: Abfrage, ruecklauf: Ruecklauf, tag: dt.date) -> None:
    """Put a return into the project: Quelle, figures, findings and state in one change that undo takes back whole."""
    from sozialtool.erhebung.formular import build_rest

    assert ruecklauf.formular is not None
    werte = _without_worse(projekt, _with_wahltag(projekt, ruecklauf))
    name = ruecklauf.formular.fachbereich.name
    befunde = (*ruecklauf.befunde, *keep_notizen(ruecklauf))
    quelle = Quelle(
        schluessel=ruecklauf.pruefsumme[:16],
        datei=ruecklauf.datei,
        pruefsumme=ruecklauf.pruefsumme,
        absender=name,
        stand=max((w.stand for w in werte), default=None),
        eingelesen_am=dt.datetime.combine(tag, dt.time()),
        anzahl_werte=len(werte),
        anzahl_befunde=len(befunde),
    )
    neu = attrs.evolve(
        abfrage, stand=Abfragestand.ANGENOMMEN, zurueck_am=abfrage.zurueck_am or tag, angenommen_am=tag
    )  # fmt: skip
    with projekt.change(f"Rücklauf {name} {abfrage.jahr} angenommen, {len(werte)} Werte", ruecklauf.datei) as schreiber:
        if any(w.gebiet == NICHT_ZUZUORDNEN for w in werte) and projekt.get(Gebiet, NICHT_ZUZUORDNEN) is None:
            schreiber.put(build_rest(projekt.kommune, abfrage.ebene))
        schreiber.put(quelle, neu)
        for wert in _find_ohne_wahltag(projekt, ruecklauf.formular, werte):
            schreiber.remove(Messwert, wert.gebiet, wert.merkmal, wert.stand)
        schreiber.put_messwerte(attrs.evolve(w, quelle=quelle.schluessel) for w in werte)
        schreiber.put_befunde(quelle.schluessel, befunde)


def _with_wahltag(projekt: Projekt, ruecklauf: Ruecklauf) -> list[Messwert]:
    """Put figures whose day of election is not entered on the one day of that year that another delivery has given."""
    from sozialtool.erhebung.formular import is_wahl, stand_of

    assert ruecklauf.formular is not None
    jahr = ruecklauf.formular.jahr
    wahlen = {m.schluessel: stand_of(m, jahr)[0] for m in ruecklauf.formular.merkmale if is_wahl(m)}
    spalten = (
        projekt.read_messwerte(merkmale=wahlen, ab_jahr=jahr, bis_jahr=jahr) if wahlen else {"merkmal": [], "stand": []}
    )
    tage: dict[str, set[dt.date]] = {}
    for merkmal, stand in zip(spalten["merkmal"], spalten["stand"], strict=True):
        if stand != wahlen[merkmal]:
            tage.setdefault(merkmal, set()).add(stand)
    einzig = {merkmal: next(iter(menge)) for merkmal, menge in tage.items() if len(menge) == 1}
    return [
        attrs.evolve(w, stand=einzig[w.merkmal], jahre=0) if w.merkmal in einzig and w.stand == wahlen[w.merkmal] else w
        for w in ruecklauf.messwerte
    ]


def _find_ohne_wahltag(projekt: Projekt, formular: Formular, werte: Iterable[Messwert]) -> list[Messwert]:
    """Find what was accepted while the day of the election was unknown and now comes with it: it would stand there twice."""
    from sozialtool.erhebung.formular import is_wahl, stand_of

    offen = {m.schluessel: stand_of(m, formular.jahr) for m in formular.merkmale if is_wahl(m)}
    alte = []
    for wert in werte:
        stand = offen.get(wert.merkmal, (wert.stand, 0))[0]
        alt = projekt.get(Messwert, wert.gebiet, wert.merkmal, stand) if stand != wert.stand else None
        alte += [alt] if alt is not None else []
    return alte


def _without_worse(projekt: Projekt, werte: Iterable[Messwert]) -> list[Messwert]:
    """Leave out "nicht geliefert" where another delivery has given a number."""
    werte = list(werte)
    fehlend = {w.merkmal for w in werte if w.zeichen is Zeichen.FEHLT}
    if not fehlend:
        return werte
    spalten = projekt.read_messwerte(merkmale=fehlend)
    zahlen = {
        (gebiet, merkmal, stand)
        for gebiet, merkmal, stand, wert in zip(
            *(spalten[n] for n in ("gebiet", "merkmal", "stand", "wert")), strict=True
        )
        if wert is not None
    }
    return [w for w in werte if w.zeichen is not Zeichen.FEHLT or (w.gebiet, w.merkmal, w.stand) not in zahlen]
