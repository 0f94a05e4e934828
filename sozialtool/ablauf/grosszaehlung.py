"""Millions of people counted: the rules of `einlesen.register` asked once per text, the counting done by `rechnen.register`.

Runs in the reading child process.
"""

from __future__ import annotations

import queue
import threading
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import polars as pl

from sozialtool.einlesen.register.befunde import WENIGE
from sozialtool.einlesen.register.sinn import MERKMALE, Leser, Strasse, constant_of
from sozialtool.einlesen.register.zaehlen import ZEIGT, Stueck, Zaehlung
from sozialtool.fach.register import Haushalt
from sozialtool.rechnen.register import Haushalte, Kreuz, Tafel, Woerterbuch, read_stueck

_UNKLAR = 2**32 - 2
"""Number of a Straßenschlüssel that is empty or unknown: the name must say it."""
_WICHTIG = ("geboren", "strasse", "adresse", "schluessel", "gebiet")


class _Orte(Protocol):
    def find(self, tabelle: pl.DataFrame) -> pl.Series:
        """Return the number of the Ort of each row."""


class _Texte:
    """Places that stand in one text, or in a Straßenschlüssel and a text."""

    def __init__(self, leser: Leser, quelle: Sequence[str], lage: Mapping[str, int]) -> None:
        self._arten = [art for art in quelle if art in lage]
        self._quelle, self._sinn = quelle, leser.sinne["ort"]
        self._buch = Woerterbuch(self._read, len(self._arten))

    def _read(self, texte: list[Any]) -> list[int]:
        if len(self._quelle) == 1:
            return self._sinn.read(texte)
        return self._sinn.read([_spread(text, self._arten, self._quelle) for text in texte])

    def find(self, tabelle: pl.DataFrame) -> pl.Series:
        return self._buch.encode([tabelle[art] for art in self._arten])


class _Haeuser:
    """Places that stand in columns for the street and for the house number."""

    def __init__(self, leser: Leser, quelle: Sequence[str], lage: Mapping[str, int]) -> None:
        self._leser = leser
        self._wo = [art for art in quelle[:2] if art in lage]
        self._haus = [art for art in quelle[2:] if art in lage]
        self._quelle = quelle
        self._nummern: dict[Strasse, int] = {}
        self._strassen: list[Strasse] = []
        self._grenzen = leser.list_grenzen()
        self._klassen: list[int] = []
        self._buch_key = Woerterbuch(self._read_keys, 1)
        self._buch_wo = Woerterbuch(self._read_strassen, len(self._wo))
        self._buch_haus = Woerterbuch(self._read_haeuser, len(self._haus))
        self._tafel = Tafel(self._describe_strasse, len(self._grenzen))

    def find(self, tabelle: pl.DataFrame) -> pl.Series:
        strassen = self._find_strassen(tabelle)
        haeuser = self._buch_haus.encode([tabelle[art] for art in self._haus])
        return self._tafel.find(strassen, pl.Series(self._klassen, dtype=pl.UInt32).gather(haeuser))

    def _find_strassen(self, tabelle: pl.DataFrame) -> pl.Series:
        """Read the names of streets only where their keys do not say which."""
        if self._wo[0] != "schluessel":
            return self._buch_wo.encode([tabelle[art] for art in self._wo])
        strassen = self._buch_key.encode([tabelle["schluessel"]])
        offen = strassen == _UNKLAR
        if not offen.any():
            return strassen
        rest = tabelle.filter(offen)
        return strassen.scatter(offen.arg_true(), self._buch_wo.encode([rest[art] for art in self._wo]))

    def _read_keys(self, texte: list[Any]) -> list[int]:
        gelesen = ((text, self._leser.read_strasse(text, None)) for text in texte)
        return [self._enter(strasse) if text and strasse.schluessel else _UNKLAR for text, strasse in gelesen]

    def _read_strassen(self, texte: list[Any]) -> list[int]:
        return [self._enter(self._leser.read_strasse(*_spread(text, self._wo, self._quelle[:2]))) for text in texte]

    def _enter(self, strasse: Strasse) -> int:
        if strasse not in self._nummern:
            self._nummern[strasse] = len(self._strassen)
            self._strassen.append(strasse)
        return self._nummern[strasse]

    def _read_haeuser(self, texte: list[Any]) -> list[int]:
        erste = len(self._klassen)
        self._klassen += [
            self._class_of(self._leser.read_platz(*_spread(text, self._haus, self._quelle[2:]))) for text in texte
        ]
        return list(range(erste, len(self._klassen)))

    def _class_of(self, platz: int) -> int:
        return bisect_right(self._grenzen, platz) - 1

    def _describe_strasse(self, nummer: int) -> list[tuple[int, int]]:
        plaetze, orte = self._leser.read_tafel(self._strassen[nummer])
        number = self._leser.sinne["ort"].number
        return [(self._class_of(platz), number(ort)) for platz, ort in zip(plaetze, orte, strict=True)]


class _Nebenher:
    """Does one thing after another in a thread: a piece is counted while the next ones are read.

    Args:
        voraus: how many things may wait for their turn, before `do` waits too.
    """

    def __init__(self, voraus: int) -> None:
        self._schlange: queue.Queue[Callable[[], None]] = queue.Queue(voraus)
        self._faden: threading.Thread | None = None
        self._pech: BaseException | None = None

    def do(self, tue: Callable[[], None]) -> None:
        """Put a thing behind those that wait already."""
        if self._pech is not None:
            raise self._pech
        if self._faden is None:
            self._faden = threading.Thread(target=self._run, daemon=True)
            self._faden.start()
        self._schlange.put(tue)

    def _run(self) -> None:
        while True:
            tue = self._schlange.get()
            try:
                if self._pech is None:
                    tue()
            except BaseException as pech:  # noqa: BLE001 - raised again in the thread that asked
                self._pech = pech
            finally:
                self._schlange.task_done()

    def wait(self) -> None:
        """Wait until all is done."""
        self._schlange.join()
        if self._pech is not None:
            raise self._pech


class Grosszaehlung(Zaehlung):
    """A `Zaehlung` that takes pieces of text as they are; it gives the same counts, spellings and findings."""

    def __init__(self, plan: Mapping[str, Any]) -> None:
        super().__init__(plan)
        genannt = {strecke[3] for strecken in plan["index"]["strecken"].values() for strecke in strecken}
        self._gebiete = sorted({*plan["gebiete"], plan["rest"], *genannt})
        self._grosskreuz, self._grosshaushalte = Kreuz(), Haushalte()
        self._buecher: dict[str, Woerterbuch] = {}
        self._orte: _Orte | None = None
        self._genannt: Counter[tuple[str, str]] = Counter()
        self._nebenher, self._ortskunde = _Nebenher(2), _Nebenher(1)

    def add_zeilen(self, name: str, zeilen: Sequence[Sequence[Any]], erste: int) -> None:
        """Count rows that were split into cells."""
        self._nebenher.wait()
        if zeilen:
            alle = list(zip(*zeilen, strict=True))
            spalten = {art: pl.Series(alle[s], dtype=pl.String) for art, s in self.lage.items()}
            self._add_tabelle(name, pl.DataFrame(spalten), erste)

    def add_text(self, name: str, stueck: Stueck, /) -> int | None:
        """Count a piece of text; None when it must be split into cells with more care."""
        tabelle = read_stueck(stueck.text, stueck.breite, stueck.trenner, sorted(set(self.lage.values())))
        if tabelle is None:
            return None
        spalten = tabelle.select(pl.col(str(s)).alias(art) for art, s in self.lage.items())
        self._nebenher.do(lambda: self._add_tabelle(name, spalten, stueck.erste))
        return tabelle.height

    def _prepare(self) -> _Orte:
        """Make the dictionaries, when the columns are known."""
        lage, sinne, quelle = self.lage, self.leser.sinne, self.quellen["ort"]
        for was in {*MERKMALE, "haupt"} & set(self.quellen):
            self._buecher[was] = Woerterbuch(sinne[was].read, len(self.quellen[was]))
        if "nummer" in lage:
            return _Haeuser(self.leser, quelle, lage)
        return _Texte(self.leser, quelle, lage)

    def _add_tabelle(self, name: str, tabelle: pl.DataFrame, erste: int) -> None:
        """Count rows; the columns of the frame are the kinds of `register.spalten`."""
        self._orte = self._orte or self._prepare()
        tabelle = tabelle.with_row_index("zeile", offset=erste)
        wichtig = [art for art in _WICHTIG if art in self.lage]
        if not any((tabelle[art] != "").all() for art in wichtig):
            tabelle = tabelle.filter(pl.any_horizontal(pl.col(art) != "" for art in wichtig))
        if "wohnung" in tabelle.columns:
            gelesen = self._buecher["haupt"].encode([tabelle["wohnung"]])
            haupt = pl.Series(self.leser.sinne["haupt"].werte, dtype=pl.Boolean).gather(gelesen)
            self.note("REGISTER-NEBENWOHNUNG", name, tabelle.height - int(haupt.sum()), [])
            tabelle = tabelle.filter(haupt)
        if tabelle.is_empty():
            return
        find, gefunden = self._orte.find, list[pl.Series]()
        self._ortskunde.do(lambda: gefunden.append(find(tabelle)))
        zahlen: dict[str, pl.Series | int] = {was: self._encode(was, tabelle) for was in MERKMALE}
        self._ortskunde.wait()
        orte = gefunden[0]
        self._check_all(name, tabelle["zeile"], zahlen)
        self._grosskreuz.add({**zahlen, "ort": orte})
        geburten = zahlen["geburt"]
        if "haushalt" in self.lage and isinstance(geburten, pl.Series):
            self._add_grosshaushalte(tabelle["haushalt"], orte, geburten)

    def _encode(self, was: str, tabelle: pl.DataFrame) -> pl.Series | int:
        if was not in self._buecher:
            return self.leser.sinne[was].number(constant_of(was))
        return self._buecher[was].encode([tabelle[art] for art in self.quellen[was]])

    def _check_all(self, name: str, zeilen: pl.Series, zahlen: Mapping[str, pl.Series | int]) -> None:
        for code, (was, trifft) in ZEIGT.items():
            gelesen, gesucht = zahlen[was], self.find_meanings(was, trifft)
            if not gesucht or not isinstance(gelesen, pl.Series):
                continue
            treffer = gelesen.is_in(sorted(gesucht))
            if anzahl := int(treffer.sum()):
                offen = WENIGE - self._genannt[code, name]
                erste = zeilen.filter(treffer).head(offen).to_list() if offen > 0 else []
                self._genannt[code, name] += len(erste)
                self.note(code, name, anzahl, erste)

    def _add_grosshaushalte(self, nummern: pl.Series, orte: pl.Series, geburten: pl.Series) -> None:
        stelle = {gebiet: i for i, gebiet in enumerate(self._gebiete)}
        gebiete = pl.Series([stelle[ort.gebiet] for ort in self.leser.sinne["ort"].werte], dtype=pl.UInt32)
        alter = [-1 if geburt is None else geburt.alter for geburt in self.leser.sinne["geburt"].werte]
        self._grosshaushalte.add(nummern, gebiete.gather(orte), pl.Series(alter, dtype=pl.Int64).gather(geburten))

    def haushalte(self) -> Mapping[tuple[str, Haushalt], int]:
        """Return how many households of which kind there are in each area."""
        return {
            (self._gebiete[gebiet], Haushalt(personen, kinder, alter)): anzahl
            for gebiet, personen, kinder, alter, anzahl in self._grosshaushalte.rows()
        }

    def build(self) -> dict[str, Any]:
        """Return plain values that name nobody, see `Zaehlung.build`."""
        self._nebenher.wait()
        self.add_kreuz({(g, s, n, lang, ort): anzahl for g, s, n, lang, ort, anzahl in self._grosskreuz.rows()})
        return super().build()


def _spread(text: Any, arten: Sequence[str], quelle: Sequence[str]) -> tuple[Any, ...]:
    """Put the texts of the columns that are there into the places of all columns of a source."""
    teile = dict(zip(arten, (text,) if len(arten) == 1 else text, strict=True))
    return tuple(teile.get(art) for art in quelle)
