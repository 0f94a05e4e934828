"""A release as text and back: what was shown, what was suppressed, and the definitions it was made with.

The text is for the project file alone: it holds the true values of suppressed figures too, because only so can a later
release tell whether a figure is still the same one (fach/regeln.md section 4, "what earlier releases showed").
"""

from __future__ import annotations

import base64
import datetime as dt
import functools
import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from sozialtool.fach.messwert import Merkmal, Merkmalart
from sozialtool.fach.raum import Gebiet
from sozialtool.fehler import DatenFehler
from sozialtool.geheimhaltung.auftrag import Auftrag
from sozialtool.geheimhaltung.bestand import Bestand, Eintrag
from sozialtool.geheimhaltung.folgerung import find_gruende
from sozialtool.geheimhaltung.tabelle import FreigegebeneTabelle, look_inside
from sozialtool.geheimhaltung.werte import Bezug, Ort, Regel

_FASSUNG = 1
_MERKMAL = ("schluessel", "name", "teil_von", "gruppe", "mindestfallzahl", "summe_aus", "faelle", "beitraege")
"""Fields that came later stand last: an older release has fewer."""
_GEBIET = ("schluessel", "name", "ebene", "teil_von")
_BEZUG = ("indikator", "zaehler", "nenner", "faktor", "jahre", "linear")


@attrs.frozen
class Festgehalten:
    """An earlier release: `name` as a person knows it, what it was made of, and which cells it did not show."""

    name: str
    auftrag: Auftrag
    gesperrt: frozenset[Ort]

    @functools.cached_property
    def verborgen(self) -> frozenset[Ort]:
        """Cells that it did not show, with the numerators and denominators that were closed because of a figure in them."""
        seiten = self.auftrag.ausdruecke.values()
        return self.gesperrt | {s.ort for s in seiten if any(ort in self.gesperrt for ort, _ in s.glieder)}


@attrs.frozen
class Auswahl:
    """What of a release really goes out: Kennzahlen as (indikator, jahr, gebiet), and base figures."""

    zeilen: frozenset[tuple[str, int, str]] = frozenset()
    orte: frozenset[Ort] = frozenset()


def freeze(tabelle: FreigegebeneTabelle, nur: Auswahl | None = None) -> str:
    """Write a release as text, the same for the same release; with `nur` only that part of it counts as shown."""
    inhalt = look_inside(tabelle)
    auftrag = inhalt.auftrag if nur is None else _restrict(inhalt.auftrag, nur)
    bestand = auftrag.bestand
    jahre = {ort.jahr for ort in bestand.werte}
    zeilen: dict[str, dict[str, list[str]]] = {}
    for indikator, jahr, gebiet in auftrag.zeilen:
        zeilen.setdefault(indikator, {}).setdefault(str(jahr), []).append(gebiet)
    regel = attrs.asdict(auftrag.regel)
    text = {
        "fassung": _FASSUNG,
        "werte": _pack_werte(bestand, _list_orte(bestand, inhalt.genutzt | auftrag.offen), auftrag.offen),
        "gesperrt": sorted(o for o in inhalt.gruende if o not in auftrag.fest and (nur is None or o.jahr in jahre)),
        "gebiete": [[getattr(g, name) for name in _GEBIET] for g in bestand.gebiete.values()],
        "merkmale": [[m.art.name, *(getattr(m, name) for name in _MERKMAL)] for m in bestand.merkmale.values()],
        "bezuege": [[getattr(b, name) for name in _BEZUG] for b in bestand.bezuege.values()],
        "zeilen": zeilen,
        "anteile": sorted(auftrag.anteile),
        "regel": regel,
    }
    roh = json.dumps(text, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return base64.b85encode(zlib.compress(roh.encode(), 9)).decode("ascii")


def _restrict(auftrag: Auftrag, nur: Auswahl) -> Auftrag:
    """Leave out what is not shown, and the years of which nothing is: no relation of this part reaches them.

    Of a sum only the sum is shown, not what it is made of: a stricter rule may still hide that.
    """
    zeilen = tuple(zeile for zeile in auftrag.zeilen if zeile in nur.zeilen)
    orte, jahre = set(nur.orte), {ort.jahr for ort in nur.orte}
    for seite in (seite for zeile in zeilen for seite in auftrag.bestand.list_seiten(zeile)):
        jahre |= {ort.jahr for ort, _ in seite}
        orte |= {ort for ort, _ in seite} if len(seite) == 1 else set()
    werte = {ort: eintrag for ort, eintrag in auftrag.bestand.werte.items() if ort.jahr in jahre}
    return attrs.evolve(
        auftrag,
        bestand=attrs.evolve(auftrag.bestand, werte=werte),
        offen=frozenset(orte) & auftrag.offen,
        zeilen=zeilen,
    )


def _list_orte(bestand: Bestand, genutzt: frozenset[Ort]) -> frozenset[Ort]:
    """The used cells, and what says whether a sum of money among them is sensitive: its cases and largest contributions."""
    namen = {ort.merkmal.partition("@")[0] for ort in genutzt}
    neben = {n for m in bestand.merkmale.values() if m.schluessel in namen for n in (m.faelle, *m.beitraege) if n}
    return genutzt | {ort for ort in bestand.werte if ort.merkmal.partition("@")[0] in neben} if neben else genutzt


def _pack_werte(bestand: Bestand, orte: Iterable[Ort], offen: frozenset[Ort]) -> dict[str, list[Any]]:
    """Merkmal and year → [Stand, length, {area: [value, sign, shown]}]."""
    gruppen: dict[str, list[Any]] = {}
    for ort in sorted(orte):
        eintrag = bestand.werte.get(ort)
        if eintrag is not None:
            gruppe = gruppen.setdefault(f"{ort.merkmal} {ort.jahr}", [eintrag.stand.isoformat(), eintrag.jahre, {}])
            gruppe[2][ort.gebiet] = [eintrag.wert, eintrag.zeichen, int(ort in offen)]
    return gruppen


def thaw(text: str, name: str) -> Festgehalten:
    """Read a release back.

    Raises:
        DatenFehler: the text is damaged or of a newer program.
    """
    try:
        inhalt = json.loads(zlib.decompress(base64.b85decode(text.encode("ascii"))))
        return _build(inhalt, name)
    except (ValueError, KeyError, TypeError, zlib.error) as fehler:
        raise DatenFehler(
            f"Die Veröffentlichung „{name}“ lässt sich nicht lesen.",
            "Bitte die Sicherung des Projekts verwenden oder das Programm erneuern.",
            "GEHEIM-VEROEFFENTLICHUNG",
        ) from fehler


def _build(inhalt: Mapping[str, Any], name: str) -> Festgehalten:
    if inhalt["fassung"] != _FASSUNG:
        raise ValueError(inhalt["fassung"])
    werte: dict[Ort, Eintrag] = {}
    offen = set()
    for kopf, (stand, jahre, gruppe) in inhalt["werte"].items():
        merkmal, _, jahr = kopf.rpartition(" ")
        for gebiet, (wert, zeichen, gezeigt) in gruppe.items():
            ort = Ort(gebiet, merkmal, int(jahr))
            werte[ort] = Eintrag(wert, zeichen, dt.date.fromisoformat(stand), jahre)
            if gezeigt:
                offen.add(ort)
    gebiete = [Gebiet(**dict(zip(_GEBIET, g, strict=True))) for g in inhalt["gebiete"]]
    merkmale = [Merkmal(art=Merkmalart[m[0]], **dict(zip(_MERKMAL, m[1:], strict=False))) for m in inhalt["merkmale"]]
    bezuege = [Bezug(**dict(zip(_BEZUG, b, strict=True))) for b in inhalt["bezuege"]]
    bestand = Bestand(
        dict(sorted(werte.items())),
        {m.schluessel: m for m in merkmale},
        {g.schluessel: g for g in gebiete},
        {b.indikator: b for b in bezuege},
    )
    regel = Regel(**inhalt["regel"])
    zeilen = tuple(
        sorted((i, int(j), g) for i, jahre in inhalt["zeilen"].items() for j, orte in jahre.items() for g in orte)
    )
    gesperrt = frozenset(Ort(g, m, j) for g, m, j in inhalt["gesperrt"])
    auftrag = Auftrag(
        bestand, find_gruende(bestand, regel), frozenset(offen), zeilen, frozenset(inhalt["anteile"]), regel,
        ohne_rundung=frozenset(o for o in gesperrt if regel.rundet(o.merkmal)),
    )  # fmt: skip
    return Festgehalten(name, auftrag, gesperrt)
