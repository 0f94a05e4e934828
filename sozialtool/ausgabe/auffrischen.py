"""Refresh a Sozialbericht that a person has edited: only the pieces that the program wrote are renewed, all else stays as it is.

What she typed over stays hers, what she deleted stays deleted, what is secret or gone says so. The rules and what Word and LibreOffice
keep of the marks: docs/entscheidungen/ausgabe-bericht-auffrischen.md.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import attrs

from sozialtool.ausgabe import erneuern
from sozialtool.ausgabe.begleiter import find_begleitende, list_unterschiede
from sozialtool.ausgabe.fundstellen import Fundstelle, W, find_leere, find_plaetze, find_stellen
from sozialtool.ausgabe.stuecke import (
    OHNE_SUMME,
    RAUM,
    Bild,
    Satz,
    Stueck,
    Tafel,
    find_unveraendert,
    is_bild_unveraendert,
    laenge_of,
    liste_xml,
    spur_of,
    summe_of,
    textsumme,
)
from sozialtool.ausgabe.wordteile import wortlaut
from sozialtool.ausgabe.wortpaket import EMBED, Wortpaket
from sozialtool.fach.messwert import Zeichen
from sozialtool.fehler import BedienFehler

_GEHEIM = (Zeichen.GEHEIM.symbol, Zeichen.GEHEIM.value)


class Art(enum.Enum):
    """What became of a piece."""

    ERNEUERT = "erneuert"
    GLEICH = "unverändert richtig"
    GEHEIM = "jetzt geheim"
    WEG = "gibt es nicht mehr"
    VON_HAND = "von Hand geändert, nicht angerührt"
    BEGLEITET = "nicht angerührt: gehört zu einer Tabelle oder einem Bild, das von Hand geändert ist"
    GELOESCHT = "von Ihnen gelöscht, bleibt gelöscht"
    UNBEKANNT = "nicht erkannt, nicht angerührt"
    EINGESETZT = "neu eingesetzt"
    OFFEN = "nicht verstanden, nicht angerührt"


@attrs.frozen
class Meldung:
    """One piece: what became of it, what it is, what was and is written there."""

    art: Art
    name: str
    alt: str = ""
    neu: str = ""
    geheim: bool = False
    """Whether what would stand there holds a secret figure."""
    unterschiede: tuple[str, ...] = ()
    """What a table or picture of hers shows otherwise than the figures of today, a line each."""


@attrs.frozen
class Auffrischung:
    """What was done to a report; `inhalt` is the new file, None where nothing changed."""

    jahr: int
    meldungen: tuple[Meldung, ...]
    inhalt: bytes | None = attrs.field(default=None, repr=False)

    def zaehle(self, art: Art) -> int:
        """Count the pieces of one kind."""
        return sum(m.art is art for m in self.meldungen)


@attrs.frozen
class Quelle:
    """Where new content comes from: all pieces of the year by key, a door for places, the town, the year."""

    stuecke: Mapping[str, Stueck]
    fuelle: Callable[[str], Satz | None]
    ags: str
    stadt: str
    jahr: int
    stand: dt.date
    behalten: frozenset[str] = frozenset()
    """Keys of pieces that are left as they are, because nothing is known about them this time."""

    def find(self, schluessel: str) -> Stueck | None:
        """Return a piece by its key; None where there is none this year."""
        return self.fuelle(schluessel) if schluessel.startswith("{") else self.stuecke.get(schluessel)


def refresh_bericht(pfad: Path, quelle: Quelle, *, ueberschreiben: bool = False) -> Auffrischung:
    """Read an edited report and renew its pieces; nothing is written here.

    Args:
        pfad: her .docx.
        quelle: the content of the year.
        ueberschreiben: also renew what she typed over.

    Raises:
        BedienFehler: no report of this town. DateiFehlt, DateiGesperrt, DateiUnlesbar: as in `Wortpaket`.
    """
    return _Lauf(Wortpaket(pfad), quelle, ueberschreiben=ueberschreiben).run(pfad.name)


class _Lauf:
    """One run over a document."""

    def __init__(self, paket: Wortpaket, quelle: Quelle, *, ueberschreiben: bool) -> None:
        self._paket, self._quelle, self._ueberschreiben = paket, quelle, ueberschreiben
        self._meldungen: list[Meldung] = []
        self._liste = self._read_liste()
        self._schluessel = {spur_of(s): s for s in (*self._liste, *quelle.stuecke)}
        self._da: dict[str, str] = {}
        self._geaendert = False

    def run(self, name: str) -> Auffrischung:
        teile = [
            t for t in self._paket.textteile if any(z in (self._paket.read(t) or b"") for z in (b"st/", b"_st", b"{"))
        ]
        stellen = {teil: find_stellen(self._paket.baum(teil), teil, self._quelle.ags) for teil in teile}
        if not any(s.marke.ags == self._quelle.ags for liste in stellen.values() for s in liste):
            raise BedienFehler(
                f"„{name}“ ist kein Sozialbericht von {self._quelle.stadt}: Es steht kein Stück darin, das dieses Programm hier geschrieben hat.",
                "Bitte den Bericht angeben, der mit „bericht schreiben“ entstanden ist.", "BERICHT-FREMD",
            )  # fmt: skip
        for teil, liste in stellen.items():
            nummern = erneuern.Nummern(self._paket.baum(teil))
            for stelle in find_leere(self._paket.baum(teil), teil, self._quelle.ags, liste):
                self._forget(stelle, self._quelle.find(self._schluessel.get(stelle.marke.spur, "")), nummern)
            begleiter = find_begleitende(self._paket.baum(teil), liste, self._key, self._is_ihres)
            for nummer, stelle in enumerate(liste):
                self._renew(stelle, nummern, begleitet=nummer in begleiter)
            self._fill_plaetze(self._paket.baum(teil), liste, nummern)
        self._say_geloeschte()
        self._write_liste()
        return Auffrischung(
            self._quelle.jahr, tuple(self._meldungen), self._paket.to_bytes() if self._geaendert else None
        )

    # -- one piece ------------------------------------------------------------------------------------------------

    def _key(self, stelle: Fundstelle) -> str:
        return stelle.marke.schluessel or self._schluessel.get(stelle.marke.spur, "")

    def _is_ihres(self, stelle: Fundstelle) -> bool:
        """Whether a table or picture stays as she has edited it."""
        if stelle.marke.ags != self._quelle.ags or _is_leer(stelle) or self._find_unveraendert(stelle) is not None:
            return False
        stueck = self._quelle.find(self._key(stelle))
        if isinstance(stueck, Tafel) and stelle.tabelle is not None and not list_unterschiede(stelle, stueck):
            return False  # she has typed the figures of today
        return not (self._ueberschreiben and stueck is not None)

    def _renew(self, stelle: Fundstelle, nummern: erneuern.Nummern, *, begleitet: bool) -> None:
        marke = stelle.marke
        schluessel = self._key(stelle)
        name = self._name(schluessel)
        if marke.ags != self._quelle.ags or (not schluessel and stelle.sdt is not None):
            self._say(Art.UNBEKANNT, name or "ein Stück aus einem anderen Bericht", stelle.text)
            return
        stueck = self._quelle.find(schluessel)
        if stueck is not None and not isinstance(stueck, Tafel) and stelle.sdt is None:
            stelle.tabelle = None
        if _is_leer(stelle):
            self._forget(stelle, stueck, nummern)
            return
        if schluessel.casefold() in self._quelle.behalten:
            self._da[schluessel] = name
            self._say(Art.GLEICH, name)
            return
        self._da[schluessel] = name
        beginn = self._find_unveraendert(stelle)
        if beginn is None and not (self._ueberschreiben and stueck is not None):
            self._keep(stelle, stueck, name, nummern)
            return
        if begleitet and (stueck is None or summe_of(stueck) != marke.summe):
            self._keep(stelle, stueck, name, nummern, Art.BEGLEITET)
            return
        if stueck is None:
            self._drop(stelle, schluessel, name, nummern)
        else:
            self._put(stelle, stueck, beginn, nummern)

    def _name(self, schluessel: str) -> str:
        stueck = self._quelle.stuecke.get(schluessel)
        return stueck.name if stueck is not None else self._liste.get(schluessel, schluessel)

    def _find_unveraendert(self, stelle: Fundstelle) -> int | None:
        """Return where what was written still stands; None where she changed it."""
        summe = stelle.marke.summe
        if stelle.tabelle is not None:
            return 0 if textsumme(stelle.text) == summe else None
        if stelle.blip is not None:
            verweis = stelle.blip.get(EMBED, "")
            name, inhalt = self._paket.find_bild(stelle.teil, verweis)
            alt = stelle.docpr.get("descr", "") if stelle.docpr is not None else ""
            return 0 if is_bild_unveraendert(inhalt, name.rpartition(".")[2].casefold(), alt, summe) else None
        return find_unveraendert(stelle.text, summe)

    def _forget(self, stelle: Fundstelle, stueck: Stueck | None, nummern: erneuern.Nummern) -> None:
        """Take the checksum of an earlier figure out of a mark; that of what is shown today says nothing new."""
        if stelle.marke.summe != OHNE_SUMME and (stueck is None or summe_of(stueck) != stelle.marke.summe):
            erneuern.forget_summe(stelle, nummern)
            self._geaendert = True

    def _keep(
        self, stelle: Fundstelle, stueck: Stueck | None, name: str, nummern: erneuern.Nummern, art: Art = Art.VON_HAND
    ) -> None:
        """Leave what she typed, and say what would stand there."""
        neu = "gibt es nicht mehr" if stueck is None else _short(stueck)
        jetzt_geheim = stueck is not None and _is_geheim(_text_of(stueck))
        if stueck is None or jetzt_geheim:
            self._forget(stelle, stueck, nummern)
        warnung = " – enthält Zahlen, die jetzt geheim sind; bitte prüfen" if jetzt_geheim else ""
        unterschiede = list_unterschiede(stelle, stueck) if stueck is not None else ()
        alt = _shown(stelle)
        if unterschiede:  # "Tabelle → Tabelle" would say nothing
            alt, neu = "", "heute stünde dort anders"
        elif alt == neu:
            alt, neu = "", "zeigt dieselben Zahlen wie heute"
        self._meldungen.append(Meldung(art, name, alt, f"{neu}{warnung}", jetzt_geheim, unterschiede))

    def _drop(self, stelle: Fundstelle, schluessel: str, name: str, nummern: erneuern.Nummern) -> None:
        # Source and signs of a table or picture: without it, or without signs this year, there is nothing to say.
        note = schluessel.startswith("note")
        alt, text = stelle.text, "–" if note else f"[{name or 'Diese Angabe'}: gibt es für {self._quelle.jahr} nicht]"
        if textsumme(alt) == textsumme(text):
            self._say(Art.GLEICH if note else Art.WEG, name, "", text)
            return
        verweis = stelle.blip.get(EMBED, "") if stelle.blip is not None else ""
        erneuern.put_klartext(stelle, text)
        if verweis:
            self._paket.drop_bild(stelle.teil, verweis)
        if schluessel:
            erneuern.renew_marken(stelle, Satz(schluessel, name, text), self._quelle.ags, nummern)
        self._geaendert = True
        self._say(Art.ERNEUERT if note else Art.WEG, name, alt, text)

    def _put(self, stelle: Fundstelle, stueck: Stueck, beginn: int | None, nummern: erneuern.Nummern) -> None:
        if summe_of(stueck) == stelle.marke.summe and beginn is not None and not _is_wmf(self._paket, stelle):
            self._say(Art.GLEICH, stueck.name)
            return
        alt = stelle.docpr.get("descr", "") if stelle.docpr is not None else stelle.text
        if not self._exchange(stelle, stueck, beginn, nummern):
            self._say(Art.VON_HAND, stueck.name, alt, _short(stueck))
            return
        self._geaendert = True
        erneuern.renew_marken(stelle, stueck, self._quelle.ags, nummern)
        neu = _text_of(stueck)
        geheim = _is_geheim(neu) and not (
            _is_geheim(alt) and sum(map(neu.count, _GEHEIM)) <= sum(map(alt.count, _GEHEIM))
        )
        gezeigt = alt if isinstance(stueck, Satz) else ""
        self._say(Art.GEHEIM if geheim else Art.ERNEUERT, stueck.name, gezeigt, _short(stueck))

    def _exchange(self, stelle: Fundstelle, stueck: Stueck, beginn: int | None, nummern: erneuern.Nummern) -> bool:
        """Put the new content in; False where the place holds something of another kind."""
        if isinstance(stueck, Tafel) and stelle.tabelle is not None:
            erneuern.put_tafel(stelle, stueck, self._quelle.ags, nummern)
        elif isinstance(stueck, Bild) and stelle.blip is not None:
            erneuern.put_bild(stelle, stueck, self._paket)
        elif isinstance(stueck, Satz) and stelle.tabelle is None and stelle.blip is None:
            laenge = len(stelle.text) if beginn is None else laenge_of(stelle.marke.summe)
            erneuern.put_satz(stelle, beginn or 0, laenge, wortlaut(stueck.text))
        elif isinstance(stueck, Bild) and stelle.tabelle is None:
            erneuern.put_bild_wieder(stelle, stueck, self._paket)
        elif isinstance(stueck, Tafel) and stelle.blip is None:
            erneuern.put_tafel_wieder(stelle, stueck, self._quelle.ags, nummern)
        else:
            return False
        return True

    # -- places, deleted pieces, the list -------------------------------------------------------------------------

    def _fill_plaetze(self, wurzel: Any, stellen: list[Fundstelle], nummern: erneuern.Nummern) -> None:
        for laeufe, ab, platz in list(find_plaetze(wurzel, stellen)):
            satz = self._quelle.fuelle(platz)
            if satz is None or satz.text.startswith("["):
                self._say(Art.OFFEN, platz, "", satz.hinweis if satz is not None else "")
                continue
            erneuern.put_platz(laeufe, ab, platz, satz, self._quelle.ags, nummern)
            self._da[satz.schluessel] = satz.name
            self._geaendert = True
            self._say(Art.EINGESETZT, platz, "", satz.text)

    def _say_geloeschte(self) -> None:
        spuren = {spur_of(s) for s in self._da}
        for schluessel, name in self._liste.items():
            if spur_of(schluessel) not in spuren:
                self._say(Art.GELOESCHT, name)

    def _read_liste(self) -> dict[str, str]:
        """Return key → name of the pieces that were in the file when it was last written."""
        for name in self._paket.find_namen("customXml/", RAUM.encode()):
            wurzel = self._paket.baum(name)
            if wurzel.tag == f"{{{RAUM}}}bericht" and wurzel.get("ags") == self._quelle.ags:
                return {e.get("s", ""): e.get("n", "") for e in wurzel.iter(f"{{{RAUM}}}stueck")}
        return {}

    def _write_liste(self) -> None:
        for name in self._paket.find_namen("customXml/", RAUM.encode()):
            if self._paket.baum(name).tag == f"{{{RAUM}}}bericht":
                self._paket.replace(name, liste_xml(self._quelle.ags, self._quelle.jahr, self._quelle.stand, self._da))

    def _say(self, art: Art, name: str, alt: str = "", neu: str = "") -> None:
        self._meldungen.append(Meldung(art, name, alt, neu))


def read_zeit(pfad: Path, ags: str) -> tuple[int, dt.date] | None:
    """Return year and day of the figures that a report of this town holds; None for any other document.

    Raises:
        DateiFehlt, DateiGesperrt, DateiUnlesbar: as in `Wortpaket`.
    """
    paket = Wortpaket(pfad)
    for name in paket.find_namen("customXml/", RAUM.encode()):
        wurzel = paket.baum(name)
        if wurzel.tag == f"{{{RAUM}}}bericht" and wurzel.get("ags") == ags:
            try:
                return int(wurzel.get("jahr", "")), dt.date.fromisoformat(wurzel.get("stand", ""))
            except ValueError:
                return None
    return None


def _shown(stelle: Fundstelle) -> str:
    """What the report names as that which stands there."""
    return "Tabelle" if stelle.tabelle is not None else "Bild" if stelle.blip is not None else stelle.text


def _is_leer(stelle: Fundstelle) -> bool:
    """Whether she emptied the place: no text, or the hint that Word shows in an empty content control."""
    hinweis = stelle.sdt is not None and stelle.sdt.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
    return hinweis or (stelle.tabelle is None and stelle.blip is None and not stelle.text.strip())


def _is_wmf(paket: Wortpaket, stelle: Fundstelle) -> bool:
    """Whether LibreOffice has turned the picture into another format: then it is written anew."""
    if stelle.blip is None:
        return False
    return paket.find_bild(stelle.teil, stelle.blip.get(EMBED, ""))[0].casefold().endswith(".wmf")


def _is_geheim(text: str) -> bool:
    return any(zeichen in text for zeichen in _GEHEIM)


def _text_of(stueck: Stueck) -> str:
    if isinstance(stueck, Satz):
        return stueck.text
    return stueck.alt if isinstance(stueck, Bild) else "\n".join("\t".join(zeile) for zeile in stueck.zeilen)


def _short(stueck: Stueck) -> str:
    return stueck.text if isinstance(stueck, Satz) else "Tabelle" if isinstance(stueck, Tafel) else "Bild"
