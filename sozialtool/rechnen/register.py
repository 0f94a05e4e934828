"""Millions of rows of text as numbers of meanings: what a list of people is counted by, in Polars.

Each different text is asked for once (the rules are handed in); what stays in memory per person is one number, and for
the households their text. Nothing is written: every piece is read from memory. No error of Polars leaves this module,
because its words can quote a cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

VERDICHTEN = 4_000_000
"""Rows that are collected before they are added up."""
_NIE_GEFRAGT = 2**32 - 1
_BREITEN = {"ort": 32, "geburt": 12, "geschlecht": 8, "gruppe": 4, "lange": 0}
"""Where each number stands in the 64 bits of a person."""
_HALB = 2**32
"""Two numbers share 64 bits."""


def read_stueck(stueck: bytes, breite: int, trenner: str, spalten: Sequence[int]) -> pl.DataFrame | None:
    """Read some columns of rows of text.

    Args:
        stueck: whole lines in UTF-8 without NUL.
        breite: cells per row; more are dropped, missing ones are "".
        trenner: separator.
        spalten: which columns, from 0; the frame has them by number ("3").

    Returns:
        one row per line; None when the text is not such that every reader would split it alike: quotation marks in the
        middle of a cell or around the end of a line, lone carriage returns, no UTF-8.
    """
    if not spalten or (b"\r" in stueck and stueck.count(b"\r") != stueck.count(b"\r\n")):
        return None
    zitat = '"' if b'"' in stueck else None
    try:
        if zitat and not _is_quoted_well(stueck, trenner):
            return None
        tabelle = pl.read_csv(
            stueck, separator=trenner, quote_char=zitat, columns=[f"column_{s + 1}" for s in spalten], has_header=False,
            schema={f"column_{s + 1}": pl.String for s in range(breite)}, empty_string_is_null=False,
            extra_columns="ignore", missing_columns="insert",
        )  # fmt: skip
    except (pl.exceptions.PolarsError, ValueError):
        return None
    if zitat and tabelle.height != stueck.count(b"\n") + (not stueck.endswith(b"\n")):
        return None
    tabelle.columns = [str(s) for s in spalten]
    kurze = any(spalte.null_count() for spalte in tabelle.get_columns())
    return tabelle.fill_null("") if kurze else tabelle


def _is_quoted_well(stueck: bytes, trenner: str) -> bool:
    """Whether each line consists of plain cells and of cells wholly within quotation marks."""
    t = re.escape(trenner)
    zelle = f'(?:"(?:[^"]|"")*"|[^"{t}]*)'
    zeilen = pl.read_csv(
        stueck, has_header=False, separator="\0", quote_char=None, infer_schema=False, new_columns=["zeile"]
    )
    return bool(zeilen.select(pl.col("zeile").str.contains(f"^{zelle}(?:{t}{zelle})*$").all()).item())


class Woerterbuch:
    """Numbers for the texts of one column or of two that belong together; each different text is asked for once."""

    def __init__(self, frage: Callable[[list[Any]], list[int]], spalten: int) -> None:
        self._frage = frage
        self._arten = [pl.Categorical(pl.Categories.random()) for _ in range(spalten)]
        # Polars forgets the numbers of the texts as soon as no column has them any more.
        self._halter = [pl.Series([""], dtype=art) for art in self._arten]
        self._tabelle: list[int] = []
        self._zahlen = pl.Series("zahl", [], dtype=pl.UInt32)
        self._paare = pl.DataFrame(schema={"paar": pl.UInt64, "zahl": pl.UInt32})

    def encode(self, texte: Sequence[pl.Series]) -> pl.Series:
        """Return the number of each row."""
        stellen = [text.cast(art).to_physical() for text, art in zip(texte, self._arten, strict=True)]
        return self._encode_one(texte[0], stellen[0]) if len(stellen) == 1 else self._encode_two(texte, stellen)

    def _encode_one(self, text: pl.Series, stelle: pl.Series) -> pl.Series:
        hoechste = -1 if stelle.is_empty() else int(stelle.max())  # type: ignore[arg-type]  # a number: not empty
        if hoechste >= len(self._tabelle):
            self._tabelle += [_NIE_GEFRAGT] * (hoechste + 1 - len(self._tabelle))
            self._zahlen = pl.Series("zahl", self._tabelle, dtype=pl.UInt32)
        zahlen = self._zahlen.gather(stelle)
        fremd = zahlen == _NIE_GEFRAGT
        if fremd.any():
            neu = pl.DataFrame({"stelle": stelle, "text": text}).filter(fremd).unique("stelle")
            for platz, zahl in zip(neu["stelle"].to_list(), self._frage(neu["text"].to_list()), strict=True):
                self._tabelle[platz] = zahl
            self._zahlen = pl.Series("zahl", self._tabelle, dtype=pl.UInt32)
            zahlen = self._zahlen.gather(stelle)
        return zahlen

    def _encode_two(self, texte: Sequence[pl.Series], stellen: Sequence[pl.Series]) -> pl.Series:
        paare = pl.DataFrame({"paar": stellen[0].cast(pl.UInt64) * 2**32 + stellen[1].cast(pl.UInt64)})
        gefunden = paare.join(self._paare, on="paar", how="left", maintain_order="left")["zahl"]
        if gefunden.null_count():
            neu = pl.DataFrame({"paar": paare["paar"], "eins": texte[0], "zwei": texte[1]}).filter(gefunden.is_null())
            neu = neu.unique("paar")
            zahlen = self._frage(list(zip(neu["eins"].to_list(), neu["zwei"].to_list(), strict=True)))
            mehr = neu.select("paar").with_columns(zahl=pl.Series(zahlen, dtype=pl.UInt32))
            self._paare = pl.concat([self._paare, mehr])
            gefunden = paare.join(self._paare, on="paar", how="left", maintain_order="left")["zahl"]
        return gefunden


class Tafel:
    """Where a house of a street lies: the answer holds from one place of the street to the next.

    Looked up, not searched: the places where any answer changes part all houses into a few classes, and a street with
    more than one answer has one for each class.

    Args:
        frage: number of a street → (class, answer) from which on it holds, in the order of the classes; the first is 0.
        klassen: how many classes there are.
    """

    def __init__(self, frage: Callable[[int], list[tuple[int, int]]], klassen: int) -> None:
        self._frage, self._klassen = frage, klassen
        self._antworten = pl.Series("antwort", [], dtype=pl.UInt32)
        # An unknown street has one answer and takes one place in memory: a file may misspell a million of them.
        self._strassen = pl.DataFrame(schema={"anfang": pl.UInt32, "schritt": pl.UInt32})

    def find(self, strassen: pl.Series, klassen: pl.Series) -> pl.Series:
        """Return the answer for each row: numbers of streets and classes of houses, as UInt32."""
        anzahl = 0 if strassen.is_empty() else int(strassen.max()) + 1  # type: ignore[arg-type]  # a number: not empty
        if anzahl > self._strassen.height:
            self._ask(range(self._strassen.height, anzahl))
        anfang, schritt = (spalte.gather(strassen) for spalte in self._strassen.get_columns())
        return self._antworten.gather(anfang + klassen * schritt)

    def _ask(self, strassen: range) -> None:
        neu: list[int] = []
        zeilen = []
        for strasse in strassen:
            stufen = self._frage(strasse)
            mehrere = any(antwort != stufen[0][1] for _, antwort in stufen)
            zeilen.append((len(self._antworten) + len(neu), int(mehrere)))
            if mehrere:
                for (ab, antwort), (bis, _) in zip(stufen, [*stufen[1:], (self._klassen, 0)], strict=True):
                    neu += [antwort] * (bis - ab)
            else:
                neu.append(stufen[0][1])
        mehr = pl.DataFrame(zeilen, schema=self._strassen.schema, orient="row")
        self._strassen = pl.concat([self._strassen, mehr], rechunk=True)
        self._antworten = pl.concat([self._antworten, pl.Series("antwort", neu, dtype=pl.UInt32)], rechunk=True)


class Kreuz:
    """How many people have the same numbers."""

    def __init__(self) -> None:
        self._stuecke: list[pl.DataFrame] = []
        self._zeilen = 0

    def add(self, zahlen: Mapping[str, pl.Series | int]) -> None:
        """Add people: ort, geburt, geschlecht, gruppe, lange as columns of numbers, or one number for all."""
        spalten = {was: wert for was, wert in zahlen.items() if isinstance(wert, pl.Series)}
        fest = {was: pl.lit(wert) for was, wert in zahlen.items() if not isinstance(wert, pl.Series)}
        person = sum(
            (
                (fest[was] if was in fest else pl.col(was)).cast(pl.UInt64) * 2**stelle
                for was, stelle in _BREITEN.items()
            ),
            pl.lit(0, dtype=pl.UInt64),
        )
        stueck = pl.DataFrame(spalten).select(person=person, anzahl=pl.lit(1, dtype=pl.UInt64))
        self._stuecke.append(stueck)
        self._zeilen += stueck.height
        if self._zeilen > VERDICHTEN:
            self._stuecke = [self._sum()]
            self._zeilen = 0

    def _sum(self) -> pl.DataFrame:
        leer = pl.LazyFrame(schema={"person": pl.UInt64, "anzahl": pl.UInt64})
        alle = pl.concat([leer, *(stueck.lazy() for stueck in self._stuecke)])
        return alle.group_by("person").agg(pl.col("anzahl").sum()).collect(engine="streaming")

    def rows(self) -> list[tuple[int, int, int, int, int, int]]:
        """Return geburt, geschlecht, gruppe, lange, ort, how many."""
        breiten = {"geburt": 2**20, "geschlecht": 2**4, "gruppe": 2**4, "lange": 2**4, "ort": 2**32}
        person = pl.col("person")
        teile = [(person // 2 ** _BREITEN[was] % breite).alias(was) for was, breite in breiten.items()]
        return self._sum().select(*teile, "anzahl").rows()


class Haushalte:
    """People added up by the number of their household."""

    def __init__(self) -> None:
        self._stuecke: list[pl.DataFrame] = []
        self._zeilen = 0

    def add(self, nummern: pl.Series, gebiete: pl.Series, alter: pl.Series) -> None:
        """Add people: number of the household as text, rank of their area, age (negative: not counted).

        Two numbers are kept of a person: area before age, so that the lowest is the first area, and of who lives alone
        the age; one person before one under 18.
        """
        stueck = pl.DataFrame({"nummer": nummern, "gebiet": gebiete, "alter": alter}).filter(
            (pl.col("alter") >= 0) & (pl.col("nummer") != "")
        )
        gebiet, jahre = pl.col("gebiet").cast(pl.UInt64), pl.col("alter").cast(pl.UInt64)
        kind = (pl.col("alter") < 18).cast(pl.UInt64)
        self._stuecke.append(stueck.select("nummer", wo=gebiet * _HALB + jahre, wer=kind + _HALB))
        self._zeilen += stueck.height
        if self._zeilen > VERDICHTEN:
            self._stuecke = [self._sum().collect(engine="streaming")]
            self._zeilen = 0

    def _sum(self) -> pl.LazyFrame:
        alle = pl.concat([stueck.lazy() for stueck in self._stuecke])
        return alle.group_by("nummer").agg(pl.col("wo").min(), pl.col("wer").sum())

    def rows(self) -> list[tuple[int, int, int, int, int]]:
        """Return rank of the area, people, those under 18, age of who lives alone (else 0), how many households."""
        if not self._stuecke:
            return []
        wo, wer = pl.col("wo"), pl.col("wer")
        allein = pl.when(wer // _HALB == 1).then(wo).otherwise(wo // _HALB * _HALB)
        arten = self._sum().select("wer", wo=allein).group_by("wo", "wer").len().collect(engine="streaming")
        teile = (
            wo // _HALB,
            (wer // _HALB).alias("personen"),
            (wer % _HALB).alias("kinder"),
            (wo % _HALB).alias("alter"),
        )
        return arten.select(*teile, "len").rows()
