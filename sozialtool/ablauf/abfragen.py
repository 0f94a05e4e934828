"""Abfragen: who is asked for what, forms out, states and deadlines, mails to copy, on to the next year."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from types import EllipsisType
from typing import TYPE_CHECKING

import attrs

from sozialtool import orte
from sozialtool.ablauf.projekte import file_name, make_folder
from sozialtool.ablauf.vereinbarungen import needed_merkmale
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.abfrage import Abfrage, Abfragestand, Datenbestand, Fachbereich, Verfuegbarkeit
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.messwert import Merkmal, Messwert, Zeichen
from sozialtool.fach.raum import JAHRE, NICHT_ZUZUORDNEN, Ebene, Gebiet
from sozialtool.fehler import Abgebrochen, BedienFehler
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.erhebung.anschreiben import Anschreiben
    from sozialtool.erhebung.formular import Formular

_ZEICHEN = {
    Abfragestand.ANGELEGT: "○", Abfragestand.VERSANDT: "►", Abfragestand.ZURUECK: "◄",
    Abfragestand.IN_RUECKFRAGE: "?", Abfragestand.ANGENOMMEN: "●",
}  # fmt: skip


@attrs.frozen
class AbfrageZeile:
    """One Abfrage for screen and command; `stand` is word and sign, "! überfällig" when the deadline has passed."""

    abfrage: Abfrage
    fachbereich: Fachbereich
    ueberfaellig: bool
    merkmale: int

    @property
    def stand(self) -> str:
        """State as people read it."""
        wort = f"{_ZEICHEN[self.abfrage.stand]} {self.abfrage.stand.value}"
        return f"! überfällig ({self.abfrage.stand.value})" if self.ueberfaellig else wort


def list_abfragen(projekt: Projekt, jahr: int, heute: dt.date | None = None) -> tuple[AbfrageZeile, ...]:
    """List the Abfragen of a year in the order of the Fachbereiche."""
    tag = heute or dt.date.today()
    fachbereiche = {f.schluessel: f for f in projekt.read(Fachbereich)}
    zeilen = [
        AbfrageZeile(a, fachbereiche.get(a.fachbereich) or Fachbereich(a.fachbereich, a.fachbereich), a.is_ueberfaellig(tag), len(a.merkmale))
        for a in projekt.read(Abfrage)
        if a.jahr == jahr
    ]  # fmt: skip
    return tuple(sorted(zeilen, key=lambda z: (z.fachbereich.reihenfolge, z.fachbereich.name.casefold())))


def propose_fachbereiche(projekt: Projekt) -> tuple[Fachbereich, ...]:
    """List departments that the Merkmale name and the project does not have yet."""
    bekannt = {f.name.casefold() for f in projekt.read(Fachbereich)}
    namen = dict.fromkeys(m.fachbereich for m in projekt.read(Merkmal) if m.fachbereich)
    neue = [name for name in namen if name.casefold() not in bekannt]
    return tuple(Fachbereich(file_name(name), name, reihenfolge=n) for n, name in enumerate(neue, start=1))


def wanted_merkmale(projekt: Projekt, fachbereich: Fachbereich) -> tuple[str, ...]:
    """List what a department is asked: its Merkmale that an agreed indicator needs; all of them while none is agreed.

    Its Merkmale are those that name it, and those of its lines in the Datenübersicht that are not missing there.
    """
    uebersicht = {
        b.merkmal
        for b in projekt.read(Datenbestand)
        if b.fachbereich == fachbereich.schluessel and b.verfuegbarkeit is not Verfuegbarkeit.FEHLT
    }
    eigene = [
        m.schluessel
        for m in sort_merkmale(projekt.read(Merkmal))
        if m.fachbereich.casefold() == fachbereich.name.casefold() or m.schluessel in uebersicht
    ]
    vereinbart = [i for i in projekt.read(Indikator) if i.zustand is Zustand.VEREINBART]
    noetig = {name for indikator in vereinbart for name in needed_merkmale(indikator)}
    return tuple(m for m in eigene if m in noetig) or (() if noetig else tuple(eigene))


def sort_merkmale(merkmale: Iterable[Merkmal]) -> list[Merkmal]:
    """Order Merkmale as the catalogue does, the whole before its parts; those of the town's own come last."""
    from sozialtool import katalog

    stelle = {m.schluessel: nummer for nummer, m in enumerate(katalog.load_merkmale())}
    return sorted(merkmale, key=lambda m: (stelle.get(m.schluessel, len(stelle)), m.name.casefold(), m.schluessel))


def create_abfragen(
    projekt: Projekt, jahr: int, frist: dt.date | None = None, fachbereiche: Iterable[str] = ()
) -> tuple[Abfrage, ...]:
    """Begin the Abfragen of a year; those that exist stay as they are.

    Args:
        projekt: open for writing.
        jahr: year of the figures.
        frist: deadline of all new ones.
        fachbereiche: keys or names; nothing means all of the project, or all that the Merkmale name if it has none.

    Raises:
        BedienFehler: an unknown Fachbereich, a year that cannot be one, or nobody has anything that is needed.
    """
    if jahr not in JAHRE:
        raise BedienFehler(f"{jahr} kann nicht das Jahr der Zahlen sein.", "Bitte ein Jahr wie 2025 angeben.")
    bekannt = projekt.read(Fachbereich)
    gewaehlt = _choose(projekt, list(fachbereiche)) if fachbereiche else bekannt or list(propose_fachbereiche(projekt))
    da = {a.fachbereich for a in projekt.read(Abfrage) if a.jahr == jahr}
    neue = []
    for fachbereich in gewaehlt:
        merkmale = wanted_merkmale(projekt, fachbereich)
        if merkmale and fachbereich.schluessel not in da:
            neue.append((fachbereich, Abfrage(fachbereich.schluessel, jahr, merkmale=merkmale, frist=frist)))
    if not neue and not da:
        raise BedienFehler(
            "Kein Fachbereich hat ein Merkmal, das ein vereinbarter Indikator braucht.",
            "Bitte Indikatoren vereinbaren (F4) oder die Fachbereiche an den Merkmalen eintragen.",
            "ABFRAGE-LEER",
        )
    if neue:
        with projekt.change(f"{len(neue)} Abfragen für {jahr} angelegt") as schreiber:
            schreiber.put(*(f for f, _ in neue if f not in bekannt), *(a for _, a in neue))
    return tuple(abfrage for _, abfrage in neue)


def _choose(projekt: Projekt, namen: list[str]) -> list[Fachbereich]:
    alle = [*projekt.read(Fachbereich), *propose_fachbereiche(projekt)]
    gefunden = []
    for name in namen:
        treffer = [f for f in alle if name.strip().casefold() in (f.schluessel.casefold(), f.name.casefold())]
        if not treffer:
            moeglich = ", ".join(f.schluessel for f in alle)
            raise BedienFehler(
                f"Einen Fachbereich „{name}“ gibt es nicht.", f"Möglich sind: {moeglich}.", "ABFRAGE-FACHBEREICH"
            )
        gefunden.append(treffer[0])
    return gefunden


def get_abfrage(projekt: Projekt, fachbereich: str, jahr: int) -> Abfrage:
    """Return one Abfrage by key or name of the Fachbereich; raise `BedienFehler` when there is none."""
    schluessel = _choose(projekt, [fachbereich])[0].schluessel
    abfrage = projekt.get(Abfrage, schluessel, jahr)
    if abfrage is None:
        raise BedienFehler(
            f"Für {fachbereich} ist {jahr} keine Abfrage angelegt.",
            "Bitte zuerst anlegen: sozialtool abfragen anlegen.",
            "ABFRAGE-FEHLT",
        )
    return abfrage


def edit_abfrage(
    projekt: Projekt,
    fachbereich: str,
    jahr: int,
    *,
    frist: dt.date | EllipsisType | None = ...,
    merkmale: Iterable[str] | None = None,
    wahltag: dt.date | EllipsisType | None = ...,
) -> Abfrage:
    """Change deadline, Merkmale or the day of the election of an Abfrage; `...` leaves a day as it is, None takes it away.

    Raises:
        BedienFehler: no such Abfrage, or a Merkmal that does not exist.
    """
    alt = get_abfrage(projekt, fachbereich, jahr)
    gewaehlt = alt.merkmale if merkmale is None else tuple(dict.fromkeys(merkmale))
    fremd = set(gewaehlt) - {m.schluessel for m in projekt.read(Merkmal)}
    if fremd:
        raise BedienFehler(f"Ein Merkmal „{min(fremd)}“ gibt es nicht.", "Bitte den Schlüssel prüfen.")
    neu = attrs.evolve(
        alt, merkmale=gewaehlt,
        frist=alt.frist if isinstance(frist, EllipsisType) else frist,
        wahltag=alt.wahltag if isinstance(wahltag, EllipsisType) else wahltag,
    )  # fmt: skip
    if neu != alt:
        with projekt.change(f"Abfrage {alt.fachbereich} {jahr} geändert") as schreiber:
            schreiber.put(neu)
    return neu


# -- the form -------------------------------------------------------------------------------------------------------


def build_formular(projekt: Projekt, abfrage: Abfrage) -> Formular:
    """Put the form together: areas of the level, Merkmale, last year's figures.

    Raises:
        BedienFehler: the level has no areas, or none of the Merkmale exists.
    """
    from sozialtool.erhebung.formular import Formular, build_rest

    fachbereich = projekt.get(Fachbereich, abfrage.fachbereich) or Fachbereich(abfrage.fachbereich, abfrage.fachbereich)
    alle = [g for g in projekt.read(Gebiet) if g.ebene == abfrage.ebene]
    gebiete = sorted((g for g in alle if not g.ist_rest), key=lambda g: (g.reihenfolge, g.schluessel))
    rest = projekt.get(Gebiet, NICHT_ZUZUORDNEN) or build_rest(projekt.kommune, abfrage.ebene)
    nach = {m.schluessel: m for m in _with_definitionen(projekt.read(Merkmal))}
    merkmale = tuple(nach[name] for name in abfrage.merkmale if name in nach)
    if not gebiete or not merkmale:
        was = "Auf dieser Ebene gibt es noch keine Gebiete" if not gebiete else "Es ist kein Merkmal gewählt"
        raise BedienFehler(
            f"{was} (Abfrage {fachbereich.name} {abfrage.jahr}).", "Bitte zuerst eintragen.", "ABFRAGE-LEER"
        )
    ebene = projekt.get(Ebene, abfrage.ebene)
    return Formular(
        projekt.kommune, fachbereich, abfrage.jahr, (*gebiete, rest), merkmale, abfrage.fassung, abfrage.frist,
        ebene.name if ebene else abfrage.ebene, _read_vorjahr(projekt, abfrage), abfrage.wahltag,
    )  # fmt: skip


def _with_definitionen(merkmale: Iterable[Merkmal]) -> list[Merkmal]:
    """Give a Merkmal without definition that of the catalogue: a department must know what is meant."""
    from sozialtool import katalog

    bekannt = {m.schluessel: m.definition for m in katalog.load_merkmale()}
    return [m if m.definition else attrs.evolve(m, definition=bekannt.get(m.schluessel, "")) for m in merkmale]


def _read_vorjahr(projekt: Projekt, abfrage: Abfrage) -> dict[tuple[str, str], Messwert]:
    """Newest figure of last year per area and Merkmal."""
    spalten = projekt.read_messwerte(merkmale=abfrage.merkmale, ab_jahr=abfrage.jahr - 1, bis_jahr=abfrage.jahr - 1)
    namen = ("gebiet", "merkmal", "stand", "wert", "zeichen")
    zeilen = sorted(zip(*(spalten[n] for n in namen), strict=True), key=lambda z: z[:3])
    return {
        (gebiet, merkmal): Messwert(gebiet, merkmal, stand, wert, Zeichen[zeichen] if zeichen else None)
        for gebiet, merkmal, stand, wert, zeichen in zeilen
    }


def abfragen_ordner(projekt: Projekt, jahr: int) -> Path:
    """Return the folder of the forms of a year (not created here)."""
    return projekt.pfad.parent / "abfragen" / str(jahr)


def write_abfragen(
    projekt: Projekt,
    jahr: int,
    fachbereiche: Iterable[str] = (),
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
) -> list[Path]:
    """Write the workbooks of a year to `abfragen/<jahr>/`; one that changed after it was sent gets the next Fassung.

    Raises:
        BedienFehler: there are none. DateiGesperrt: one is open in Excel. Abgebrochen: stopped between two.
    """
    from sozialtool.erhebung.abfrage import build_abfrage

    gewaehlt = _select(projekt, jahr, fachbereiche)
    ordner = orte.lang(abfragen_ordner(projekt, jahr), orte.PLATZ_ORDNER)
    make_folder(ordner)
    pfade, neue = [], []
    for nummer, abfrage in enumerate(gewaehlt):
        if stop is not None and stop.is_set():
            raise Abgebrochen("Angehalten; die schon geschriebenen Formulare liegen im Ordner.")
        formular = build_formular(projekt, abfrage)
        if abfrage.aufbau and abfrage.versandt_am and formular.kennung.aufbau != abfrage.aufbau:
            formular = attrs.evolve(formular, fassung=abfrage.fassung + 1)
        datei = f"{orte.safe_name(f'Datenabfrage_{jahr}_{formular.fachbereich.name}', 'Datenabfrage')}.xlsx"
        if fortschritt:
            fortschritt(nummer, len(gewaehlt), datei)
        build_abfrage(ordner / datei, formular)
        pfade.append(ordner / datei)
        neue.append(attrs.evolve(abfrage, datei=datei, aufbau=formular.kennung.aufbau, fassung=formular.fassung))
    geaendert = [neu for neu, alt in zip(neue, gewaehlt, strict=True) if neu != alt]
    if geaendert:
        with projekt.change(f"{len(geaendert)} Formulare für {jahr} geschrieben") as schreiber:
            schreiber.put(*geaendert)
    return pfade


def _select(projekt: Projekt, jahr: int, fachbereiche: Iterable[str]) -> list[Abfrage]:
    namen = list(fachbereiche)
    if namen:
        return [get_abfrage(projekt, name, jahr) for name in namen]
    alle = [zeile.abfrage for zeile in list_abfragen(projekt, jahr)]
    if not alle:
        raise BedienFehler(f"Für {jahr} sind keine Abfragen angelegt.", "Bitte zuerst anlegen.", "ABFRAGE-FEHLT")
    return alle


def mark_versandt(
    projekt: Projekt, jahr: int, fachbereiche: Iterable[str] = (), am: dt.date | None = None
) -> tuple[Abfrage, ...]:
    """Record that forms went out; those that came back already keep their state.

    Raises:
        BedienFehler: one has not been written yet.
    """
    gewaehlt = [a for a in _select(projekt, jahr, fachbereiche) if a.stand is Abfragestand.ANGELEGT]
    ohne = next((a for a in gewaehlt if not a.datei), None)
    if ohne is not None:
        raise BedienFehler(
            f"Das Formular für {ohne.fachbereich} ist noch nicht geschrieben.", "Bitte zuerst schreiben."
        )
    tag = am or dt.date.today()
    neue = tuple(attrs.evolve(a, stand=Abfragestand.VERSANDT, versandt_am=tag) for a in gewaehlt)
    if neue:
        with projekt.change(f"{len(neue)} Abfragen für {jahr} versandt") as schreiber:
            schreiber.put(*neue)
    return neue


def mark_erinnert(projekt: Projekt, fachbereich: str, jahr: int, am: dt.date | None = None) -> Abfrage:
    """Record that a reminder went out."""
    neu = attrs.evolve(get_abfrage(projekt, fachbereich, jahr), erinnert_am=am or dt.date.today())
    with projekt.change(f"{fachbereich} an die Abfrage {jahr} erinnert") as schreiber:
        schreiber.put(neu)
    return neu


def anschreiben(projekt: Projekt, fachbereich: str, jahr: int) -> Anschreiben:
    """Return the mail to copy that goes out with a form."""
    from sozialtool.erhebung.anschreiben import write_anschreiben

    abfrage = get_abfrage(projekt, fachbereich, jahr)
    return write_anschreiben(build_formular(projekt, abfrage), abfrage.datei or "Datenabfrage.xlsx")


def erinnerung(projekt: Projekt, fachbereich: str, jahr: int, heute: dt.date | None = None) -> Anschreiben:
    """Return the reminder to copy."""
    from sozialtool.erhebung.anschreiben import write_erinnerung

    abfrage = get_abfrage(projekt, fachbereich, jahr)
    datei = abfrage.datei or "Datenabfrage.xlsx"
    return write_erinnerung(build_formular(projekt, abfrage), datei, heute or dt.date.today())


def carry_over(projekt: Projekt, jahr: int) -> tuple[Abfrage, ...]:
    """Carry the Abfragen of a year over to the next: Fachbereiche, level, Merkmale, deadline a year later.

    Importprofile belong to no year and serve the next one anyway. What exists for the next year stays.

    Raises:
        BedienFehler: there is nothing to carry over.
    """
    alte = _select(projekt, jahr, ())
    da = {a.fachbereich for a in projekt.read(Abfrage) if a.jahr == jahr + 1}
    neue = tuple(
        Abfrage(a.fachbereich, jahr + 1, a.ebene, a.merkmale, frist=_next_year(a.frist))
        for a in alte
        if a.fachbereich not in da
    )
    if neue:
        with projekt.change(f"{len(neue)} Abfragen von {jahr} nach {jahr + 1} übernommen") as schreiber:
            schreiber.put(*neue)
    return neue


def _next_year(tag: dt.date | None) -> dt.date | None:
    """The same day a year later; 29 February becomes the last of February."""
    if tag is None:
        return None
    letzter = calendar.monthrange(tag.year + 1, tag.month)[1]
    return tag.replace(year=tag.year + 1, day=min(tag.day, letzter))


def write_vorlagen(ordner: Path) -> list[Path]:
    """Write the Excel Vorlagen into a folder, for the planner to take; return their paths."""
    from sozialtool.erhebung.vorlagen import build_vorlagen

    ziel = orte.lang(ordner, orte.PLATZ_ORDNER)
    make_folder(ziel)
    return build_vorlagen(ziel)
