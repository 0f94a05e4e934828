"""Agreements, their history and what a change would do, as plain text for commands and screens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sozialtool.ablauf.folgen import Folgen, Indexwechsel, Indikatorfolge, Wertwechsel
from sozialtool.ablauf.vereinbarungsliste import Schritt, Vereinbarungszeile
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.fach.vereinbarung import Vereinbarung
from sozialtool.orte import zeige

GEZEIGT = "gezeigt"
"""Stands for a figure that is shown today and must not stand beside its secret successor."""


def stand_text(zeilen: Iterable[Vereinbarungszeile]) -> str:
    """Write the overview: one line per thing, its last decision, what is open and by whom."""
    texte: list[str] = []
    gegenstand = None
    for zeile in zeilen:
        if zeile.gegenstand is not gegenstand:
            gegenstand = zeile.gegenstand
            texte += ["", gegenstand.value] if texte else [gegenstand.value]
        texte.append(f"  {zeile.bezug:<18} {zeile.zustand.symbol} {zeile.zustand.value:<14} {zeile.name}")
        beschluss = describe_beschluss(zeile.letzter) if zeile.letzter else ""
        texte += [f"  {'':<18}   {text}" for text in (beschluss, zeile.offen) if text]
    return "\n".join(texte)


def describe_beschluss(schritt: Vereinbarung) -> str:
    """Say in one line who decided when, in which version."""
    teile = [
        f"{schritt.am:%d.%m.%Y}" if schritt.am else "", schritt.gremium, schritt.sitzung,
        f"Fassung {schritt.fassung}" if schritt.fassung > 1 else "",
    ]  # fmt: skip
    return ", ".join(teil for teil in teile if teil)


def verlauf_text(zeile: Vereinbarungszeile, schritte: Sequence[Schritt]) -> str:
    """Write the history of one thing, oldest first, with what each step changed and what is different today."""
    texte = [f"{zeile.bezug} {zeile.name}: {zeile.zustand.value}, Fassung {zeile.fassung}"]
    if zeile.offen:
        texte.append(f"Offen: {zeile.offen}")
    if not schritte:
        texte.append("Dazu ist noch nichts beschlossen worden.")
    for schritt in schritte:
        v = schritt.vereinbarung
        kopf = describe_beschluss(v)
        texte += ["", f"{v.nummer}. {v.zustand.value}" + (f" – {kopf}" if kopf else "")]
        texte += [f"   Abweichende Meinung: {v.abweichend}"] if v.abweichend else []
        texte += [f"   geändert: {text}" for text in schritt.gegen_vorher]
        texte += [f"   heute anders: {text}" for text in schritt.gegen_heute]
    return "\n".join(texte)


def folgen_text(folgen: Folgen) -> str:
    """Write what a change would do, for reading before it is confirmed."""
    teile = [_folge_text(folge, folgen.jahr) for folge in folgen.indikatoren]
    if not folgen.indikatoren:
        teile.append("Keine gezeigte Zahl ändert sich.")
    if folgen.index:
        teile.append("\n".join([f"Statusindex {folgen.jahr}", *(_index_text(w) for w in folgen.index)]))
    if folgen.papiere:
        namen = [f"  {zeige(p.pfad)} ({p.geschrieben_am:%d.%m.%Y})" for p in folgen.papiere]
        teile.append("\n".join(["Schon geschrieben; diese Ausgaben behalten, womit sie gerechnet wurden:", *namen]))
    return "\n\n".join(teile)


def _folge_text(folge: Indikatorfolge, jahr: int) -> str:
    indikator = folge.neu
    zeilen = [f"{indikator.kennung} {indikator.name} ({indikator.einheit})"]
    zeilen += [f"  {text}" for text in (*folge.unterschiede, *describe_folge(folge))]
    anders = folge.unterschiede or any(wechsel.anders for wechsel in folge.werte)
    if folge.werte and anders:
        gezeigt = folge.werte if folge.unterschiede else [w for w in folge.werte if w.anders]
        zeilen.append(f"  {jahr:<30} {'bisher':>10} {'neu':>10} {'Differenz':>10}")
        for wechsel in gezeigt:
            alt, neu, differenz = write_wechsel(wechsel, indikator)
            zeilen.append(f"  {wechsel.gebiet[:30]:<30} {alt:>10} {neu:>10} {differenz:>10}")
    if folge.weitere_jahre:
        zeilen.append(f"  Auch in anderen Jahren: {', '.join(map(str, folge.weitere_jahre))}")
    return "\n".join(zeilen)


def describe_folge(folge: Indikatorfolge) -> tuple[str, ...]:
    """Say what follows beside the figures: the agreement, and whether it can be computed."""
    saetze = []
    if folge.neu_vereinbaren:
        wann = f" am {folge.alt.vereinbart_am:%d.%m.%Y}" if folge.alt.vereinbart_am else ""
        wer = f" ({folge.alt.gremium})" if folge.alt.gremium else ""
        saetze.append(
            f"Neu zu vereinbaren: Die bisherige Fassung wurde{wann} vereinbart{wer}. Bis dahin steht "
            f"{folge.neu.kennung} nicht im Monitoring."
        )
    if folge.fehlt_nachher and not folge.fehlt_vorher:
        saetze.append(f"Nicht mehr zu rechnen, es fehlt: {'; '.join(folge.fehlt_nachher)}.")
    elif folge.fehlt_nachher:
        saetze.append(f"Noch nicht zu rechnen, es fehlt: {'; '.join(folge.fehlt_nachher)}.")
    elif folge.fehlt_vorher:
        saetze.append("Wird berechenbar: Alle Zahlen dafür liegen vor.")
    if folge.unterschiede and not folge.werte and not folge.fehlt_nachher:
        saetze.append("Keine Zahl ändert sich.")
    return tuple(saetze)


def write_wechsel(wechsel: Wertwechsel, indikator: Indikator) -> tuple[str, str, str]:
    """Write old, new and difference as they may be shown."""
    stellen = indikator.nachkommastellen
    alt = _write(wechsel.alt, wechsel.alt_zeichen, stellen)
    neu = _write(wechsel.neu, wechsel.neu_zeichen, stellen)
    return alt, neu, format_zahl(wechsel.differenz, stellen, plus=True, leer="–")


def _write(wert: float | None, zeichen: Zeichen | None, stellen: int) -> str:
    if wert is not None:
        return format_zahl(wert, stellen)
    return zeichen.symbol if zeichen is not None else GEZEIGT


def write_index(wechsel: Indexwechsel) -> tuple[str, str, str, str]:
    """Write index before and after, difference, and class."""
    alt, neu = (format_zahl(wert, 2, leer="–") for wert in (wechsel.alt, wechsel.neu))
    differenz = None if wechsel.alt is None or wechsel.neu is None else wechsel.neu - wechsel.alt
    klasse = (
        wechsel.klasse_neu
        if wechsel.klasse_alt == wechsel.klasse_neu
        else f"{wechsel.klasse_alt} → {wechsel.klasse_neu}"
    )
    return alt, neu, format_zahl(differenz, 2, plus=True, leer="–"), klasse


def _index_text(wechsel: Indexwechsel) -> str:
    alt, neu, _, klasse = write_index(wechsel)
    return f"  {wechsel.gebiet[:30]:<30} {alt:>10} {neu:>10}   {klasse}"
