"""What is open in the planning, for "Als Nächstes": seen from the lists alone, no figure is computed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sozialtool.ablauf.personenhinweise import ZIELE, list_personenhinweise
from sozialtool.ablauf.startfolge import find_wartende
from sozialtool.ablauf.stimmen import list_bedenkliche
from sozialtool.ablauf.werte import NaechsterSchritt
from sozialtool.fach.bedarf import Bedarf, Bedarfsstand
from sozialtool.fach.foerderung import Foerderaufruf
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.planung import Massnahme, Massnahmenkosten, Massnahmenstand
from sozialtool.fach.schreibweise import name_einige
from sozialtool.fach.ziel import Entwicklungsziel
from sozialtool.projekt import Projekt

_BALD = dt.timedelta(days=42)
"""So long before its end the Frist of a funding call is said: bodies meet about every six weeks."""


def list_planschritte(projekt: Projekt, heute: dt.date) -> list[NaechsterSchritt]:
    """List open steps: voices that name somebody, starts that can be filled or wait for an agreement, evidence that is missing, needs without goal, spending unknown, funding calls."""
    bedenklich = [stimme.schluessel for stimme, _ in list_bedenkliche(projekt)]
    ziele, bedarfe = projekt.read(Entwicklungsziel), projekt.read(Bedarf)
    vereinbart = {i.kennung for i in projekt.read(Indikator) if i.zustand is Zustand.VEREINBART}
    leer, wartend = [z for z in ziele if z.indikator and z.startwert is None], find_wartende(projekt)
    ohne_start = [z.schluessel for z in leer if z.indikator in vereinbart and z.schluessel not in wartend]
    unvereinbart = [f"{z.schluessel} ({z.indikator})" for z in leer if z.indikator not in vereinbart]
    verfolgt = {b for z in ziele for b in z.bedarfe}
    ohne_ziel = [b.schluessel for b in bedarfe if b.stand is Bedarfsstand.ANERKANNT and b.schluessel not in verfolgt]
    ohne_beleg = [b.schluessel for b in bedarfe if not b.belege and b.stand is not Bedarfsstand.VERWORFEN]
    saetze = (
        (bedenklich, "Stimmen nennen vielleicht eine Person und gehen so nicht hinaus: {}.", "stimmen"),
        (ohne_start, "Startwerte füllen (F7, Ziele, s): {}.", "ziele"),
        (unvereinbart, "Ziele warten darauf, dass ihr Indikator vereinbart wird (F4): {}.", "ziele"),
        (ohne_beleg, "Bedarfe noch ohne Beleg: {}.", "bedarfe"),
        (ohne_ziel, "Anerkannte Bedarfe ohne Entwicklungsziel: {}.", "bedarfe"),
        (_without_ausgaben(projekt), "Ausgaben {jahr} sind nicht eingetragen: {}.", "massnahmen"),
    )
    jahr = projekt.kommune.berichtsjahr
    return [
        NaechsterSchritt(
            text.format(name_einige(namen), jahr=jahr), "planung", dringlich=stelle == "stimmen", stelle=stelle
        )
        for namen, text, stelle in saetze
        if namen
    ] + [*_steps_aufrufe(projekt, heute)]


def _steps_aufrufe(projekt: Projekt, heute: dt.date) -> Iterator[NaechsterSchritt]:
    """Funding calls whose Frist comes soon, and those past it of which nobody said what became of them."""
    wartend = [a for a in projekt.read(Foerderaufruf) if a.wartet and a.frist is not None]
    for a in sorted(wartend, key=lambda a: (a.frist or heute, a.schluessel)):
        if a.frist is not None and heute <= a.frist <= heute + _BALD:
            text = f"Förderaufruf {a.schluessel} „{a.name}“: Antrag bis {a.frist:%d.%m.%Y}."
            yield NaechsterSchritt(text, "planung", dringlich=True, stelle="foerderung")
    vorbei = [a.schluessel for a in wartend if a.is_ueberfaellig(heute)]
    if vorbei:
        text = f"Frist vorbei: Was ist aus dem Förderaufruf {vorbei[0]} geworden? Stand eintragen (F7, Fördernachweis)."
        if len(vorbei) > 1:
            text = f"Frist vorbei: Was ist aus den Förderaufrufen {name_einige(vorbei)} geworden? Stände eintragen (F7, Fördernachweis)."
        yield NaechsterSchritt(text, "planung", stelle="foerderung")


def list_personenschritte(projekt: Projekt) -> list[NaechsterSchritt]:
    """Ask for texts that name somebody to be written otherwise: one step per place where that is done."""
    je_ziel: dict[str, list[str]] = {}
    for hinweis in list_personenhinweise(projekt):
        je_ziel.setdefault(ZIELE.get(type(hinweis.eintrag), "planung"), []).append(hinweis.kurz)
    return [
        NaechsterSchritt(f"Texte nennen vielleicht eine Person: {name_einige(namen, 3)}.", ziel, dringlich=True)
        for ziel, namen in je_ziel.items()
    ]


def _without_ausgaben(projekt: Projekt) -> list[str]:
    """Running measures whose spending in the Berichtsjahr nobody has entered."""
    laufend = {m.schluessel for m in projekt.read(Massnahme) if m.stand is Massnahmenstand.LAEUFT}
    jahr = projekt.kommune.berichtsjahr
    kosten = (k for k in projekt.read(Massnahmenkosten) if k.massnahme in laufend)
    return [k.massnahme for k in kosten if k.jahr == jahr and k.ausgegeben is None]
