"""The signs of our tables in words; short for the legend under a table, whole for the Zeichenerklärung."""

from __future__ import annotations

from sozialtool.ausgabe.stil import LAGE_WORTE, LAGE_ZEICHEN
from sozialtool.fach.messwert import Vermerk, Zeichen

LEGENDE_LAGE = "Gegen die Stadt: " + " · ".join(
    f"{LAGE_ZEICHEN[lage]} {wort}"
    for lage, wort in (
        (2, "deutlich höher"),
        (1, "höher"),
        (0, "im Rahmen des Zufalls"),
        (-1, "niedriger"),
        (-2, "deutlich niedriger"),
    )
)
"""Legend of the position signs."""

LEGENDE_ZEICHEN = (
    "Zeichen: • geheim · – nichts vorhanden · . unbekannt · … folgt später · / nicht sicher genug · x nicht sinnvoll · "
    "k. A. keine Angabe · p vorläufig · s geschätzt · r berichtigt · ( ) eingeschränkt"
)
"""Legend of the signs that stand in place of or beside a number."""

ZEICHEN_WORTE: tuple[tuple[str, str, str], ...] = (
    *((zeichen.symbol, zeichen.value, "steht statt einer Zahl") for zeichen in Zeichen),
    ("p", Vermerk.VORLAEUFIG.value, "steht hinter der Zahl"),
    ("s", Vermerk.GESCHAETZT.value, "steht hinter der Zahl"),
    ("r", Vermerk.BERICHTIGT.value, "steht hinter der Zahl"),
    ("( )", Vermerk.EINGESCHRAENKT.value, "steht um die Zahl"),
    *((LAGE_ZEICHEN[lage], LAGE_WORTE[lage], "steht neben der Zahl") for lage in (2, 1, 0, -1, -2)),
)
"""Sign, meaning, place."""
