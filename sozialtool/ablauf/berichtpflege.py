"""Refresh a Sozialbericht that has been written on: a dated copy first, then only our pieces; what was done in plain German."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.sozialbericht import check_stop, read_berichtsstoff
from sozialtool.ablauf.textfelder import describe_felder
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.schreibweise import format_anzahl
from sozialtool.fehler import BedienFehler, DateiFehler, grund_of
from sozialtool.orte import find_frei, lang, zeige
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ausgabe.auffrischen import Auffrischung
    from sozialtool.ausgabe.berichtsstoff import Berichtsstoff, Fuelle
    from sozialtool.ausgabe.stuecke import Satz

_EINZELN = 12
"""So many pieces of one kind are named one by one."""


@attrs.frozen
class Berichtspflege:
    """What `refresh_sozialbericht` did: the report, where it was written ("" where nothing changed), the copy of before."""

    ergebnis: Auffrischung
    pfad: Path | None
    sicherung: Path | None

    @property
    def fragt(self) -> bool:
        """Whether something is to be looked at: secret now, gone, typed over, not understood."""
        from sozialtool.ausgabe.auffrischen import Art

        fragen = (Art.GEHEIM, Art.WEG, Art.VON_HAND, Art.OFFEN, Art.UNBEKANNT)
        return any(self.ergebnis.zaehle(art) for art in fragen)

    @property
    def text(self) -> str:
        """All of it in German."""
        return pflege_text(self)


def refresh_sozialbericht(
    projekt: Projekt,
    pfad: Path,
    jahr: int = 0,
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
    *,
    nach: Path | None = None,
    drucksache: str = "",
    stand: dt.datetime | None = None,
    ueberschreiben: bool = False,
    grenzen_geprueft: bool = False,
    bekanntes_hinnehmen: bool = False,
) -> Berichtspflege:
    """Renew the generated pieces of a report with the figures of a year; her words, pictures and comments stay.

    The file of before stays beside it with day and time in its name, unless `nach` names another file for the new one.
    `ueberschreiben`: also pieces that she typed over. `stand`: now, for tests.

    Raises:
        BedienFehler: no report of this town, `nach` is there already, no figure in that year. GeheimhaltungsFehler: as in `ausgeben`.
        DateiFehlt, DateiGesperrt, DateiUnlesbar, DateiFehler: the file. Abgebrochen: stopped, nothing was written.
    """
    jetzt = stand or dt.datetime.now()
    if nach is not None and lang(nach).exists():
        raise BedienFehler(f"{zeige(nach)} gibt es schon.", "Bitte einen anderen Namen angeben.", "BERICHT-ZIEL")
    stoff = read_berichtsstoff(
        projekt, jahr, drucksache, fortschritt, stop, stand=jetzt.date(), grenzen_geprueft=grenzen_geprueft,
        bekanntes_hinnehmen=bekanntes_hinnehmen,
    )  # fmt: skip
    ergebnis = compare_bericht(pfad, stoff, drucksache, ueberschreiben=ueberschreiben)
    check_stop(stop)
    if ergebnis.inhalt is None:
        return Berichtspflege(ergebnis, None, None)
    sicherung = None if nach is not None else _copy(pfad, jetzt)
    _write(nach or pfad, ergebnis.inhalt)
    return Berichtspflege(ergebnis, nach or pfad, sicherung)


def compare_bericht(
    pfad: Path, stoff: Berichtsstoff, drucksache: str = "", *, ueberschreiben: bool = False
) -> Auffrischung:
    """Say what a refresh would do and give the new content; nothing is written. Errors as in `refresh_sozialbericht`."""
    from sozialtool.ausgabe.auffrischen import Quelle, refresh_bericht
    from sozialtool.ausgabe.sozialbericht import collect_stuecke

    bericht = stoff.bank.bericht
    quelle = Quelle(
        collect_stuecke(stoff), lambda platz: _fill_einen(stoff.fuelle, platz), bericht.kommune.ags, bericht.kommune.name, bericht.jahr, bericht.stand,
        frozenset(k for k, da in (("{drucksache}", drucksache), ("kopf/drucksache", bericht.anlage)) if not da),
    )  # fmt: skip
    return refresh_bericht(pfad, quelle, ueberschreiben=ueberschreiben)


def _fill_einen(fuelle: Fuelle, platz: str) -> Satz | None:
    """Fill one place; None for what is none, such as a footnote."""
    from sozialtool.ausgabe.stuecke import Satz

    teile = fuelle(platz)
    return teile[0] if len(teile) == 1 and isinstance(teile[0], Satz) else None


def _copy(pfad: Path, jetzt: dt.datetime) -> Path:
    """Keep the file as it is under a name with day and time."""
    kopie = find_frei(pfad.with_name(f"{pfad.stem}_Sicherung_{jetzt:%Y-%m-%d_%H-%M-%S}{pfad.suffix}"))
    try:
        lang(kopie).write_bytes(lang(pfad).read_bytes())
    except OSError as fehler:
        raise DateiFehler(
            f"Die Sicherung „{kopie.name}“ lässt sich nicht schreiben ({grund_of(fehler)}).",
            "Der Bericht ist unverändert. Bitte prüfen, ob der Ordner beschreibbar ist.", "BERICHT-SICHERUNG",
        ) from fehler  # fmt: skip
    return kopie


def _write(pfad: Path, inhalt: bytes) -> None:
    from sozialtool.ausgabe.datei import write_ganz

    with write_ganz(lang(pfad)) as vorlaeufig:
        vorlaeufig.write_bytes(inhalt)


def pflege_text(pflege: Berichtspflege) -> str:
    """Say what was done: what to look at first, then what was renewed."""
    from sozialtool.ausgabe.auffrischen import Art

    e = pflege.ergebnis
    zeilen = []
    if pflege.pfad is None:
        zeilen.append(f"Mit den Zahlen von {e.jahr} ändert sich nichts; die Datei ist unverändert.")
    else:
        zeilen.append(f"Aufgefrischt mit den Zahlen von {e.jahr}: {zeige(pflege.pfad)}")
    if pflege.sicherung is not None:
        zeilen.append(f"Wie er vorher war: {zeige(pflege.sicherung)}")
    for art in (
        Art.GEHEIM,
        Art.WEG,
        Art.VON_HAND,
        Art.BEGLEITET,
        Art.OFFEN,
        Art.UNBEKANNT,
        Art.GELOESCHT,
        Art.EINGESETZT,
        Art.ERNEUERT,
    ):
        eigene = [m for m in e.meldungen if m.art is art]
        if not eigene:
            continue
        zeilen += ["", f"{format_anzahl(len(eigene), 'Stück', 'Stücke')} {art.value}:"]
        for meldung in eigene[:_EINZELN]:
            zeilen += [_zeile(meldung.name, meldung.alt, meldung.neu), *_say_unterschiede(meldung.unterschiede)]
        if len(eigene) > _EINZELN:
            zeilen.append(f"  … und {len(eigene) - _EINZELN} weitere")
    zeilen += ["", f"{format_anzahl(e.zaehle(Art.GLEICH), 'Stück war', 'Stücke waren')} schon richtig."]
    if pflege.pfad is not None:
        zeilen.append("In Word: Strg+A, dann F9 bringt Seitenzahlen im Inhalt und Nummern auf den neuen Stand.")
    return "\n".join(zeilen)


def _say_unterschiede(unterschiede: tuple[str, ...]) -> list[str]:
    rest = len(unterschiede) - _EINZELN
    mehr = [f"    … und {format_anzahl(rest, 'weiterer Unterschied', 'weitere Unterschiede')}"] if rest > 0 else []
    return [f"    {unterschied}" for unterschied in unterschiede[:_EINZELN]] + mehr


def _zeile(name: str, alt: str, neu: str) -> str:
    kurz = [" ".join(t.split()) for t in (alt, neu)]
    kurz = [t if len(t) <= 60 else f"{t[:57]} …" for t in kurz]
    if kurz[0] and kurz[1]:
        return f"  {name}: {kurz[0]} → {kurz[1]}"
    return f"  {name}: {kurz[0] or kurz[1]}".removesuffix(": ")


def describe_plaetze() -> tuple[str, ...]:
    """Say what she can type between braces in Word, a line each."""
    return describe_felder((("{Drucksache}", "Nummer der Drucksache"),))
