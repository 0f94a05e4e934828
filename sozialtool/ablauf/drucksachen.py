"""Council papers of the project: begun from what it knows already, put together for screen, command and Word.

(fach/regeln.md section 6.) Which files go with a paper and which of them are frozen is said here once; what stands in the Word
document is `drucksachenwort`, the money `drucksachenfinanzen`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any, TypeVar

import attrs

from sozialtool import katalog
from sozialtool.ablauf.planeintraege import find_eintrag
from sozialtool.ablauf.umlauf import list_beratungen
from sozialtool.ablauf.vereinbarungen import indikatoren
from sozialtool.fach.drucksache import (
    Anlage,
    Beratungsaktion,
    Beratungsschritt,
    Drucksache,
    Textbaustein,
    name_anlage,
)
from sozialtool.fach.gremium import Gremienart, Gremium, Sitzung, Thema
from sozialtool.fach.indikator import Zustand
from sozialtool.fach.veroeffentlichung import Veroeffentlichung, name_barrierefrei, name_monitoring
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Aenderung, Projekt

T = TypeVar("T", Beratungsschritt, Textbaustein, Anlage)
_KENNUNG = re.compile(r"\{([A-Z]\d\d[a-z]?)\b")
_BERATEND = (Gremienart.AUSSCHUSS, Gremienart.RAT)
"""Bodies whose way a paper takes; who saw the figures before is told in the Sachdarstellung."""


@attrs.frozen
class Beratungszeile:
    """One row of the Beratungsfolge as it is printed."""

    gremium: str
    termin: str
    aktion: str
    ohne_termin: bool = False


@attrs.frozen
class Drucksachenbild:
    """A paper with everything that belongs to it, in order."""

    drucksache: Drucksache
    jahr: int
    folge: tuple[Beratungszeile, ...]
    bausteine: tuple[Textbaustein, ...]
    anlagen: tuple[Anlage, ...]
    veroeffentlichungen: tuple[Veroeffentlichung, ...]


def list_drucksachen(projekt: Projekt) -> tuple[Drucksache, ...]:
    """List the papers, the newest first; those without a day at the top."""
    return tuple(sorted(projekt.read(Drucksache), key=lambda d: (-(d.datum or dt.date.max).toordinal(), d.schluessel)))


def describe_drucksache(projekt: Projekt, nummer: str) -> Drucksachenbild:
    """Put a paper together; raise `BedienFehler` where there is none of that number."""
    d = find_eintrag(projekt, Drucksache, nummer)
    return Drucksachenbild(
        d,
        d.jahr or projekt.kommune.berichtsjahr,
        tuple(_lay_out(projekt, schritt) for schritt in _own(projekt.read(Beratungsschritt), d)),
        tuple(_own(projekt.read(Textbaustein), d)),
        tuple(_own(projekt.read(Anlage), d)),
        tuple(v for v in projekt.read(Veroeffentlichung) if v.drucksache == d.schluessel),
    )


def _own(eintraege: Sequence[T], d: Drucksache) -> list[T]:
    return sorted((e for e in eintraege if e.drucksache == d.schluessel), key=lambda e: e.nummer)


def _lay_out(projekt: Projekt, schritt: Beratungsschritt) -> Beratungszeile:
    gremium = projekt.get(Gremium, schritt.gremium)
    sitzung = projekt.get(Sitzung, schritt.sitzung) if schritt.sitzung else None
    termin = sitzung.datum if sitzung is not None else schritt.termin
    return Beratungszeile(
        gremium.name if gremium is not None else schritt.gremium,
        f"{termin:%d.%m.%Y}" if termin else "steht noch nicht fest",
        schritt.aktion.value,
        termin is None,
    )


# -- a new paper -------------------------------------------------------------------------------------------------------


def create_drucksache(projekt: Projekt, nummer: str, jahr: int = 0, tag: dt.date | None = None) -> Aenderung:
    """Begin a paper on the Monitoring of a year: head, Beratungsfolge from the agendas, text blocks, its Anlage; all to be edited.

    Raises:
        BedienFehler: the number is empty or taken.
    """
    nummer = nummer.strip()
    _require_frei(projekt, nummer)
    gefragt = jahr or projekt.kommune.berichtsjahr or (tag or dt.date.today()).year
    folge = propose_beratungsfolge(projekt, nummer, gefragt)
    ziel = projekt.get(Gremium, folge[-1].gremium) if folge else None
    wer = ziel.name if ziel is not None else "Rat"
    neu = Drucksache(
        nummer, "Sozialmonitoring {Jahr}", gefragt, tag, fachdienst="Sozialplanung",
        beschlussvorschlag=f"{_article(wer)} {wer} nimmt das Sozialmonitoring {{Jahr}} zur Kenntnis.",
    )  # fmt: skip
    anlage = Anlage(nummer, 1, "Sozialmonitoring {Jahr}", name_monitoring(gefragt))
    with projekt.change(f"Drucksache {nummer} begonnen") as schreiber:
        schreiber.put(neu, *folge, *propose_textbausteine(projekt, nummer), anlage)
    return projekt.verlauf(1)[0]


def renumber_drucksache(projekt: Projekt, alt: str, neu: str) -> Aenderung:
    """Give a paper the number that it gets in the end, with everything that belongs to it.

    Raises:
        BedienFehler: there is no such paper; the number is empty or taken; figures went out under the old one.
    """
    bild = describe_drucksache(projekt, alt)
    d, nummer = bild.drucksache, neu.strip()
    if bild.veroeffentlichungen:
        raise BedienFehler(
            f"Unter der Nummer {d.schluessel} ist schon etwas hinausgegangen; sie bleibt.",
            "Bitte eine neue Drucksache beginnen.",
        )
    _require_frei(projekt, nummer)
    teile: list[Any] = [*_own(projekt.read(Beratungsschritt), d), *bild.bausteine, *bild.anlagen]
    with projekt.change(f"Drucksache {d.schluessel} hat jetzt die Nummer {nummer}") as schreiber:
        schreiber.put(attrs.evolve(d, schluessel=nummer))
        for teil in teile:
            schreiber.put(attrs.evolve(teil, drucksache=nummer))
            schreiber.remove(type(teil), teil.drucksache, teil.nummer)
        schreiber.remove(Drucksache, d.schluessel)
    return projekt.verlauf(1)[0]


def _require_frei(projekt: Projekt, nummer: str) -> None:
    if not nummer:
        raise BedienFehler("Die Nummer der Drucksache fehlt.", "Bis sie feststeht, genügt ein Arbeitstitel.")
    if any(d.schluessel.casefold() == nummer.casefold() for d in projekt.read(Drucksache)):
        raise BedienFehler(
            f"Eine Drucksache „{nummer}“ gibt es schon.", "Bitte diese ändern oder eine andere Nummer wählen."
        )


def _article(gremium: str) -> str:
    """Return the article of a body of a council: Die Bezirksvertretung, Der Ausschuss."""
    weiblich = ("vertretung", "versammlung", "kommission", "runde", "gruppe", "konferenz")
    return "Die" if gremium.split(maxsplit=1)[0].casefold().endswith(weiblich) else "Der"


def propose_beratungsfolge(projekt: Projekt, nummer: str, jahr: int) -> tuple[Beratungsschritt, ...]:
    """Propose the Beratungsfolge: committees and council on whose agenda the paper (or the figures of its year) stands.

    The last one takes note, those before it deliberate. Without such a meeting: the bodies themselves, without a day.
    """
    themen = {t.schluessel for t in projekt.read(Thema) if t.berichtsjahr == jahr}
    gefunden = {
        b.sitzung.schluessel: (b.gremium.schluessel, b.sitzung.schluessel)
        for b in list_beratungen(projekt)
        if b.gremium.art in _BERATEND and (b.punkt.drucksache.strip() == nummer or b.punkt.thema in themen)
    }
    paare = list(gefunden.values()) or [
        (g.schluessel, "") for g in projekt.read(Gremium) if g.art is Gremienart.AUSSCHUSS
    ]
    aktionen = [Beratungsaktion.VORBERATUNG] * (len(paare) - 1) + [Beratungsaktion.KENNTNISNAHME]
    return tuple(
        Beratungsschritt(nummer, platz, gremium, sitzung, aktion=aktion)
        for platz, ((gremium, sitzung), aktion) in enumerate(zip(paare, aktionen, strict=False), start=1)
    )


def renew_beratungsfolge(projekt: Projekt, nummer: str) -> Aenderung:
    """Put the Beratungsfolge of the agendas in the place of the one that stands there; raise `BedienFehler` where there is none."""
    bild = describe_drucksache(projekt, nummer)
    d = bild.drucksache
    neu = propose_beratungsfolge(projekt, d.schluessel, bild.jahr)
    if not neu:
        raise BedienFehler(
            "Zu dieser Drucksache steht auf keiner Tagesordnung etwas.",
            "Bitte bei der Sitzung (F7, Sitzungen) einen Punkt mit der Nummer der Drucksache eintragen.",
        )
    with projekt.change(f"Beratungsfolge der Drucksache {d.schluessel} aus den Sitzungen übernommen") as schreiber:
        for alt in _own(projekt.read(Beratungsschritt), d):
            schreiber.remove(Beratungsschritt, alt.drucksache, alt.nummer)
        schreiber.put(*neu)
    return projekt.verlauf(1)[0]


def propose_textbausteine(projekt: Projekt, nummer: str) -> tuple[Textbaustein, ...]:
    """Return the blocks of the catalogue that name no indicator which the town does not compute, numbered anew."""
    zeilen = indikatoren(projekt)
    gerechnet = {z.indikator.kennung for z in zeilen if z.indikator.zustand is Zustand.VEREINBART}
    gerechnet = gerechnet or {z.indikator.kennung for z in zeilen if z.vorhanden}
    passend = [b for b in katalog.load_textbausteine() if gerechnet.issuperset(_KENNUNG.findall(b.text))]
    return tuple(attrs.evolve(b, drucksache=nummer, nummer=platz) for platz, b in enumerate(passend, start=1))


# -- what goes with a paper --------------------------------------------------------------------------------------------


def find_anlage(projekt: Projekt, dateien: Sequence[str], nummer: str = "") -> Anlage | None:
    """Find the Anlage that one of the files is, of one paper or ("") of the newest that names it; None where none is."""
    namen = {datei.casefold() for datei in dateien}
    passend = [a for a in projekt.read(Anlage) if a.datei.casefold() in namen and nummer in ("", a.drucksache)]
    tage = {d.schluessel: d.datum or dt.date.max for d in projekt.read(Drucksache)}
    return max(passend, key=lambda a: (tage.get(a.drucksache, dt.date.min), a.drucksache), default=None)


def find_monitoringanlagen(bild: Drucksachenbild) -> tuple[Anlage, ...]:
    """Find the Anlagen of a paper that are the Monitoring of its year: the workbook first, then its accessible edition."""
    mappe = name_monitoring(bild.jahr)
    je_name = {a.datei.casefold(): a for a in reversed(bild.anlagen)}
    return tuple(je_name[n] for d in (mappe, name_barrierefrei(mappe)) if (n := d.casefold()) in je_name)


def find_nummer(projekt: Projekt, datei: str, nummer: str = "") -> str:
    """Return the number of the paper that a file goes with: the one given, else that of the paper that names it, else ""."""
    anlage = None if nummer else find_anlage(projekt, [datei])
    return anlage.drucksache if anlage is not None else nummer


def say_anlage(projekt: Projekt, dateien: Sequence[str], nummer: str = "", sonst: int | None = None) -> str:
    """Say what stands on files that go with a paper: "Anlage 2 zur Drucksache 17/801", the number under which it lists them.

    A paper of the project that does not list them is only named ("Zur Drucksache 17/801"); of one that the project does not
    know, her word is taken, `sonst` as their number.
    """
    anlage = find_anlage(projekt, dateien, nummer)
    if anlage is not None:
        return name_anlage(anlage.nummer, anlage.drucksache)
    bekannt = any(d.schluessel == nummer for d in projekt.read(Drucksache))
    return f"Zur Drucksache {nummer}" if bekannt else name_anlage(sonst, nummer)
