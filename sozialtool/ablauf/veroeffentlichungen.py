"""Releases: what has left the house, kept in the project so that the next release is protected together with it.

(fach/regeln.md section 4, "earlier releases, other Gebietsstände and Kreis level";
docs/entscheidungen/geheimhaltung-veroeffentlichungen.md.)
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.gebietsstaende import HEUTE, Raumplan, find_geltenden, raumplan
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.messwert import Merkmal, Merkmalart
from sozialtool.fach.raum import STADT, Ebene, Gebietsstand
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.fach.veroeffentlichung import (
    BekannteZahl,
    Geheimhaltungsregel,
    Schutzverfahren,
    Veroeffentlichung,
    name_aufgehoben,
    write_titel,
)
from sozialtool.fehler import BedienFehler, GeheimhaltungsFehler
from sozialtool.projekt import Aenderung, Projekt

if TYPE_CHECKING:
    from sozialtool.ablauf.kennzahlen import Ergebnis
    from sozialtool.geheimhaltung.bestand import Bestand
    from sozialtool.geheimhaltung.festhalten import Auswahl
    from sozialtool.geheimhaltung.werte import Frueher, Ort, Regel, Stueck


@attrs.frozen
class Bekanntes:
    """What is public already (releases, figures from outside), and what the sources ask for."""

    veroeffentlichungen: tuple[Veroeffentlichung, ...] = ()
    plaene: Mapping[str, Raumplan] = attrs.field(factory=dict)
    zahlen: tuple[BekannteZahl, ...] = ()
    regeln: tuple[Geheimhaltungsregel, ...] = ()


def read_bekanntes(projekt: Projekt) -> Bekanntes:
    """Read what is public already."""
    veroeffentlichungen = list_veroeffentlichungen(projekt)
    staende = {s.schluessel for s in projekt.read(Gebietsstand)}
    genannt = {v.gebietsstand for v in veroeffentlichungen} & staende
    plaene = {name: raumplan(projekt, name) for name in sorted(genannt)}
    return Bekanntes(
        veroeffentlichungen, plaene, tuple(projekt.read(BekannteZahl)), tuple(projekt.read(Geheimhaltungsregel))
    )


def list_veroeffentlichungen(projekt: Projekt) -> tuple[Veroeffentlichung, ...]:
    """List the releases, oldest first: by their day, those of one year never against their numbers.

    A paper may bear a later day than the notice that corrects it: what was shown last is then not what bears the latest day.
    """
    letzte: dict[int, dt.date] = {}
    tage: list[tuple[dt.date, int, int, Veroeffentlichung]] = []
    for v in sorted(projekt.read(Veroeffentlichung), key=lambda v: (_number_of(v), v.schluessel), reverse=True):
        letzte[v.jahr] = min(v.am or dt.date.min, letzte.get(v.jahr, dt.date.max))
        tage.append((letzte[v.jahr], v.jahr, _number_of(v), v))
    return tuple(v for *_, v in sorted(tage, key=lambda zeile: (*zeile[:3], zeile[3].schluessel)))


def _number_of(v: Veroeffentlichung) -> int:
    """Return the number that a release was given in its year, in the order of recording."""
    nummer = v.schluessel.rpartition("-")[2]
    return int(nummer) if nummer.isdecimal() else 0


def build_fruehere(bekanntes: Bekanntes, plan: Raumplan | None) -> tuple[Frueher, ...]:
    """Read the releases for the disclosure control, with the pieces between their boundaries and those of `plan`."""
    from sozialtool.geheimhaltung.festhalten import thaw
    from sozialtool.geheimhaltung.werte import Frueher

    fruehere = []
    for v in bekanntes.veroeffentlichungen:
        alt = bekanntes.plaene.get(v.gebietsstand)
        gebiete, stuecke = compare_plaene(alt, plan) if alt is not None and plan is not None else ({}, ())
        fruehere.append(Frueher(thaw(v.inhalt, v.name), gebiete, stuecke))
    return tuple(fruehere)


def compare_plaene(alt: Raumplan, neu: Raumplan) -> tuple[dict[str, str], tuple[Stueck, ...]]:
    """Say how the areas of two Gebietsstände overlap.

    Returns:
        Old area → its key beside the new ones, for areas that are not made of the same smallest areas any more (an area
        that only has another key now gets that one); the pieces of the changed Sozialräume.
    """
    from sozialtool.geheimhaltung.werte import Stueck

    vorher, nachher = _parts_of(alt), _parts_of(neu)
    gleiche = {teile: name for name, teile in nachher.items() if teile}
    gebiete: dict[str, str] = {}
    for name, teile in vorher.items():
        if teile != nachher.get(name):
            gebiete[name] = gleiche.get(teile, f"{name}§{alt.stand.schluessel}")
    paare: dict[tuple[str, str], list[str]] = {}
    for teil, raum in sorted(alt.zuordnung.items()):
        ziel = neu.zuordnung.get(teil, "")
        if ziel and gebiete.get(raum, raum) not in nachher:
            paare.setdefault((gebiete[raum], ziel), []).append(teil)
    # The new areas need all their pieces, also those of old areas that stayed.
    for teil, ziel in sorted(neu.zuordnung.items()):
        raum = alt.zuordnung.get(teil, "")
        name = gebiete.get(raum, raum)
        if any(ziel == z for _, z in paare) and name in nachher and name != ziel:
            paare.setdefault((name, ziel), []).append(teil)
    return gebiete, tuple(Stueck(a, z, tuple(sorted(set(t)))) for (a, z), t in sorted(paare.items()))


def _parts_of(plan: Raumplan) -> dict[str, frozenset[str]]:
    """Area → its smallest areas, for Sozialräume and the areas above them."""
    teile: dict[str, set[str]] = {r.schluessel: set() for r in plan.raeume}
    for teil, raum in plan.zuordnung.items():
        teile.setdefault(raum, set()).add(teil)
    eigene = {r.schluessel for r in plan.raeume}
    for r in plan.raeume:
        if r.teil_von and r.teil_von not in eigene:
            teile.setdefault(r.teil_von, set()).update(teile[r.schluessel])
    return {name: frozenset(menge) for name, menge in teile.items()}


def build_regel(bekanntes: Bekanntes, merkmale: Collection[Merkmal], ebenen: Sequence[Ebene]) -> Regel:
    """Build the primary rule: what the source of a Merkmal asks for, else the general one."""
    from sozialtool.geheimhaltung.werte import Regel

    je = {regel.fachbereich.strip().casefold(): regel for regel in bekanntes.regeln}
    regeln = {m.schluessel: r for m in merkmale if (r := je.get(m.fachbereich.strip().casefold()))}
    genannt = {regel.fachbereich for regel in regeln.values()}
    return Regel(
        eigene={m: (r.alle, r.keiner) for m, r in regeln.items()},
        ebenen={m: _list_erlaubte(r.ab_ebene, ebenen) for m, r in regeln.items() if r.ab_ebene.strip()},
        runden=sorted(
            m.schluessel
            for m in merkmale
            if m.art is Merkmalart.ANZAHL
            and m.schluessel in regeln
            and regeln[m.schluessel].verfahren is Schutzverfahren.RUNDEN
        ),
        dominanz={
            m.schluessel: [r.dominanz_anzahl, r.dominanz_anteil, r.p_prozent]
            for m in merkmale
            if m.art is Merkmalart.SUMME and is_geld(m) and (r := regeln.get(m.schluessel)) and has_dominanz(r)
        },
        stellen={m: _name_stelle(r) for m, r in regeln.items()},
        verlangt=tuple(
            describe_geheimhaltungsregel(regel, ebenen) for regel in bekanntes.regeln if regel.fachbereich in genannt
        ),
    )


_RUNDEN = (
    "Anzahlen sind auf das nächste Vielfache von 5 gerundet, jede für sich und höchstens um 2, auch Summen; Teile und Summe müssen "
    "sich deshalb nicht genau decken, und Anteile sind aus den gerundeten Anzahlen gerechnet"
)


def find_ebene(text: str, ebenen: Iterable[Ebene]) -> Ebene | None:
    """Find a level by key, name or plural, as people write it."""
    gesucht = text.strip().casefold()
    return next(
        (e for e in ebenen if gesucht in (e.schluessel.casefold(), e.name.casefold(), e.mehrzahl.casefold())), None
    )


def _list_erlaubte(text: str, ebenen: Sequence[Ebene]) -> list[str]:
    """List a level and those above it; the town alone where nobody knows the level (any more)."""
    ebene, erlaubt = find_ebene(text, ebenen), [STADT]
    while ebene is not None and ebene.schluessel not in erlaubt:
        erlaubt.insert(-1, ebene.schluessel)
        ebene = next((e for e in ebenen if e.schluessel == ebene.teil_von), None)
    return erlaubt


def has_dominanz(regel: Geheimhaltungsregel) -> bool:
    """Whether a source asks for a rule on sums of money."""
    return bool((regel.dominanz_anzahl and regel.dominanz_anteil) or regel.p_prozent)


def is_geld(merkmal: Merkmal) -> bool:
    """Whether a Merkmal counts money (in euros, or thousands of them)."""
    return "€" in merkmal.einheit or "euro" in merkmal.einheit.casefold()


def _name_stelle(regel: Geheimhaltungsregel) -> str:
    return regel.verlangt_von + (f", {regel.grundlage}" if regel.grundlage else "")


def describe_geheimhaltungsregel(regel: Geheimhaltungsregel, ebenen: Sequence[Ebene]) -> str:
    """Say what the rule of a source is, as it is printed."""
    if regel.verfahren is Schutzverfahren.RUNDEN:
        teile = [_RUNDEN]
    else:
        teile = [
            "auch eine Null bleibt geheim" if regel.keiner else "eine Null wird gezeigt",
            "„alle“ bleibt geheim" if regel.alle else "„alle“ wird gezeigt",
        ]
    if regel.ab_ebene.strip():
        ebene = find_ebene(regel.ab_ebene, ebenen)
        name = "Stadt" if ebene is None else ebene.name
        teile.append(f"Zahlen kleinerer Gebiete als der Ebene „{name}“ gehen nicht hinaus")
    if regel.dominanz_anzahl and regel.dominanz_anteil:
        wer = "der größte Beitrag" if regel.dominanz_anzahl == 1 else f"die {regel.dominanz_anzahl} größten Beiträge"
        macht = "macht" if regel.dominanz_anzahl == 1 else "machen"
        teile.append(
            f"{wer} {macht} höchstens {format_zahl(regel.dominanz_anteil, 0)} % eines gezeigten Geldbetrags aus"
        )
    if regel.p_prozent:
        p = format_zahl(regel.p_prozent, 0)
        teile.append(f"niemand kann aus einem Geldbetrag den größten Beitrag genauer als auf {p} % schätzen")
    if has_dominanz(regel):
        teile.append("wo die größten Beiträge nicht geliefert sind, ist nur die Zahl der Fälle geprüft")
    return f"Für Zahlen der Quelle „{regel.fachbereich}“ gilt ({_name_stelle(regel)}): {', '.join(teile)}."


def find_zahlen(bekanntes: Bekanntes, bestand: Bestand) -> dict[Ort, str]:
    """Resolve the figures from outside: 0 stands for every year."""
    gesucht = {(z.gebiet, z.merkmal, z.jahr): z.quelle for z in bekanntes.zahlen}
    if not gesucht:
        return {}
    treffer = {}
    for ort in bestand.werte:
        quelle = gesucht.get((ort.gebiet, ort.merkmal, ort.jahr)) or gesucht.get((ort.gebiet, ort.merkmal, 0))
        if quelle:
            treffer[ort] = quelle
    return treffer


def check_fruehere(
    projekt: Projekt, fortschritt: Fortschritt | None = None, stop: Stop | None = None
) -> tuple[str, ...]:
    """Name the secrets that earlier releases have disclosed already, one sentence each; errors as in `compute`."""
    from sozialtool.ablauf.kennzahlen import compute
    from sozialtool.geheimhaltung.auskunft import list_bekannte

    return list_bekannte(compute(projekt, fortschritt, stop).tabelle)


def require_fruehere(ergebnis: Ergebnis) -> None:
    """Refuse a release while earlier ones disclose a secret.

    Raises:
        GeheimhaltungsFehler: GEHEIM-FRUEHER.
    """
    from sozialtool.geheimhaltung.auskunft import list_bekannte

    saetze = list_bekannte(ergebnis.tabelle)
    if saetze:
        weitere = f" Und {len(saetze) - _MEISTE} weitere." if len(saetze) > _MEISTE else ""
        raise GeheimhaltungsFehler(
            " ".join(saetze[:_MEISTE]) + weitere,
            "Soll trotzdem ausgegeben werden, was nicht mehr zu schützen ist: mit --bekanntes-hinnehmen.",
            "GEHEIM-FRUEHER",
        )


_MEISTE = 3


def record_veroeffentlichung(
    projekt: Projekt,
    ergebnis: Ergebnis,
    jahr: int,
    pfad: Path,
    drucksache: str,
    am: dt.date,
    nur: Auswahl | None = None,
    vorbehalt: str = "",
    titel: str = "Monitoring",
    *,
    entfallen: Collection[tuple[str, int, str]] = (),
    stimmt: bool | None = None,
    dazu: Collection[object] = (),
) -> Veroeffentlichung:
    """Keep a written workbook as a release; undo takes it back as long as nothing has really gone out.

    With `nur` it shows a part of the figures and is named after its file; without it shows all and is named `titel`.
    `vorbehalt` says who had not seen the figures, and why they went out all the same; `entfallen` are Kennzahlen that a part takes back.
    `stimmt`: with it all that is out agrees with today's figures (unless said: the Monitoring); then no delivery is asked about.
    `dazu` are records that are kept and taken back together with it.
    """
    from sozialtool.ablauf.abgleich import EINSTELLUNG, build_vermerk
    from sozialtool.ablauf.gezeigtes import is_monitoring, pack_gezeigtes
    from sozialtool.geheimhaltung.festhalten import freeze

    geltend = find_geltenden(projekt.read(Gebietsstand))
    nummer = 1 + max((_number_of(v) for v in projekt.read(Veroeffentlichung) if v.jahr == jahr), default=0)
    name = f"{titel if nur is None else write_titel(pfad.stem.removesuffix(f'_{jahr}'))} {jahr} vom {am:%d.%m.%Y}" + (
        f", Drucksache {drucksache}" if drucksache else ""
    )
    neu = Veroeffentlichung(
        f"{jahr}-{nummer}", name, jahr, am, pfad.name, hashlib.sha256(pfad.read_bytes()).hexdigest(), drucksache,
        geltend.schluessel if geltend is not None else HEUTE, vorbehalt,
        freeze(ergebnis.tabelle, nur), pack_gezeigtes(ergebnis, nur, entfallen),
    )  # fmt: skip
    with projekt.change(f"Veröffentlicht: {name}") as schreiber:
        schreiber.put(neu, *dazu)
        if stimmt or (stimmt is None and nur is None and is_monitoring(neu)):
            schreiber.set_setting(EINSTELLUNG, build_vermerk(projekt))
    return neu


def keep_datei(projekt: Projekt, pfad: Path, beilagen: Iterable[Path] = ()) -> Path | None:
    """Copy a released workbook aside before another is written in its place: what went out must be found again.

    `beilagen` are files that went out with it and are copied under the same key.

    Returns:
        The copy, `<name>_<key of the release>.xlsx`; None where the file is no release, or is kept already.

    Raises:
        DateiGesperrt, DateiFehler: the file cannot be copied.
    """
    from sozialtool.ausgabe.datei import write_ganz

    veroeffentlicht = {v.pruefsumme: v for v in list_veroeffentlichungen(projekt)}
    if not veroeffentlicht or not pfad.is_file():
        return None
    v = veroeffentlicht.get(hashlib.sha256(pfad.read_bytes()).hexdigest())
    if v is None or (ziel := pfad.with_name(name_aufgehoben(pfad.name, v.schluessel))).exists():
        return None
    for datei in (pfad, *(beilage for beilage in beilagen if beilage.is_file())):
        with write_ganz(datei.with_name(name_aufgehoben(datei.name, v.schluessel))) as vorlaeufig:
            vorlaeufig.write_bytes(datei.read_bytes())
    return ziel


def withdraw_veroeffentlichung(projekt: Projekt, schluessel: str) -> Aenderung:
    """Forget a release that has not gone out after all.

    Raises:
        BedienFehler: there is no such release.
    """
    v = projekt.get(Veroeffentlichung, schluessel)
    if v is None:
        bekannt = ", ".join(v.schluessel for v in list_veroeffentlichungen(projekt))
        raise BedienFehler(
            f"Eine Veröffentlichung „{schluessel}“ gibt es nicht.",
            f"Festgehalten sind: {bekannt}." if bekannt else "Noch ist keine festgehalten.",
        )
    with projekt.change(f"Veröffentlichung zurückgezogen: {v.name}") as schreiber:
        schreiber.remove(Veroeffentlichung, schluessel)
    return projekt.verlauf(1)[0]
