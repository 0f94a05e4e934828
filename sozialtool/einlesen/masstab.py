"""What a title says about all figures below it: "Angaben in Prozent", "in Tsd.", "je 1.000 Einwohner".

Such a table looks like counts. Read as counts it would be wrong by a factor, and nothing in the cells would show it.
"""

from __future__ import annotations

import re

from sozialtool.einlesen.fund import Tabellenfund, Textstelle
from sozialtool.einlesen.texte import norm

_EINHEIT = r"(?:%|‰|prozent|promille|v\.?\s?h\.?|tsd\.?|tausend|1[.\s\u00a0]?000|t(?:€|euro)|mio\.?|millionen)"
_MASSTAB = re.compile(
    rf"\b(?:angaben|werte|zahlen|anteile?|bestand|angegeben)\s+(?:jeweils\s+|alle\s+)?in\s+{_EINHEIT}(?!\w)"
    rf"|\(\s*(?:in\s+)?{_EINHEIT}\s*\)|\bin\s+{_EINHEIT}\s*$|[,;–-]\s*in\s+{_EINHEIT}(?!\w)"
    r"|\bje\s+(?:100|1[.\s\u00a0]?000|10[.\s\u00a0]?000|100[.\s\u00a0]?000)(?![\d.])",
    re.IGNORECASE,
)
_ANZAHL = re.compile(r"\banzahl|\babsolut|\bpersonen\b|\binsgesamt und\b", re.IGNORECASE)
_SPALTE = re.compile(r"%|\bprozent|\banteil|quote\b|\bje 1|\bje 1 ?000\b|\btsd\b|\banzahl|\babsolut", re.IGNORECASE)


def find_masstab(fund: Tabellenfund) -> Textstelle | None:
    """Return the title that gives all figures of a table a unit other than one; None where the columns say it themselves."""
    if any(_SPALTE.search(norm(text)) or "%" in text for spalte in fund.wertspalten for text in spalte.kopf):
        return None
    if any(_ANZAHL.search(stelle.text) for stelle in fund.titel):
        return None
    return next((stelle for stelle in fund.titel if _MASSTAB.search(stelle.text)), None)
