"""Aussage: a result with what belongs to it: the sentence, the method, the base set, what it does not say.

The methods stand here once; the sheet "Methoden und Quellen", screens and commands take their words from this place.
"""

from __future__ import annotations

import enum

import attrs


class Methode(enum.Enum):
    """A method: name, what it does in plain German, what it does not say, and where it comes from."""

    WILSON = (
        "Zufallsspanne eines Anteils (Wilson)",
        (
            "Sie sagt, wie weit ein Anteil bei so vielen Fällen schon durch Zufall schwankt: 95 von 100 solchen Spannen enthalten "
            "den Wert, der ohne Zufall zu erwarten wäre; bei 99,8 % sind es 998 von 1.000."
        ),
        "Die Zahlen sind Vollerhebungen. Die Spanne zeigt, wie zufällig eine kleine Zahl ist, keine Fehler der Erhebung.",
        "Wilson, JASA 22 (1927) 209–212; wie UKHSA, PHEindicatormethods",
    )
    BYAR = (
        "Zufallsspanne einer Rate (Byar; unter 10 Fällen exakt nach Poisson)",
        "Wie beim Anteil, für Fälle je Bevölkerung, in der eine Person auch mehrmals zählen kann.",
        "Die Spanne zeigt, wie zufällig eine kleine Zahl ist, keine Fehler der Erhebung.",
        "Breslow und Day, Statistical Methods in Cancer Research II (1987) 69; Garwood, Biometrika 28 (1936) 437–442",
    )
    MITTELWERT = (
        "Zufallsspanne eines Mittelwerts (t)",
        (
            "Mittelwert ± t · Standardabweichung der einzelnen Werte ÷ Wurzel ihrer Anzahl, ab 30 Werten: so weit schwankt ein Mittelwert "
            "bei so vielen und so verschiedenen Werten schon durch Zufall."
        ),
        "Die Zahlen sind Vollerhebungen. Die Spanne zeigt, wie zufällig der Mittelwert weniger Menschen ist, keine Fehler der Erhebung.",
        "Student, Biometrika 6 (1908) 1–25; wie NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.2",
    )
    MITTELWERT_OHNE = (
        "Mittelwert ohne Zufallsspanne",
        (
            "Geliefert sind nur Summe und Anzahl. Wie weit die einzelnen Werte auseinanderliegen, ist nicht bekannt; ohne Summe der "
            "Quadrate oder Standardabweichung gibt es keine Spanne."
        ),
        "Ob ein Unterschied größer ist als der Zufall, lässt sich dann nicht sagen.",
        "",
    )
    OHNE_SPANNE = (
        "ohne Zufallsspanne",
        "Der Wert ist eine Vollerhebung und wird ohne Zufallsspanne gezeigt, weil das so vereinbart ist.",
        "Ob ein Unterschied größer ist als der Zufall, lässt sich dann nicht sagen.",
        "",
    )
    VERGLEICH = (
        "Vergleich mit Stadt, Ortsteil oder Referenzwert",
        (
            "„Über“ oder „unter“ heißt: Der Vergleichswert liegt außerhalb der 95-%-Spanne des Gebiets; „sicher“ heißt: auch "
            "außerhalb der 99,8-%-Spanne. „Deutlich“ heißt zusätzlich: mindestens das 1,5-Fache oder höchstens zwei Drittel."
        ),
        (
            "Stadt und Ortsteil enthalten das Gebiet selbst; bei großen Gebieten wirkt der Unterschied deshalb kleiner. Der "
            "Vergleichswert gilt als fest, auch wenn er selbst schwankt."
        ),
        "UKHSA Fingertips, Technical Guidance; Regel 1,5: eigene Festlegung",
    )
    HOLM = (
        "Viele Vergleiche (Holm)",
        (
            "Von 100 Vergleichen fallen im Mittel 5 auch ohne jeden Unterschied auf. Nach Holm bleiben nur Auffälligkeiten stehen, "
            "von denen mit 95 % Sicherheit keine einzige Zufall ist."
        ),
        "Wer nach Holm nicht stehen bleibt, kann trotzdem anders sein; es ist nur nicht belegt.",
        "Holm, Scandinavian Journal of Statistics 6 (1979) 65–70",
    )
    NEWCOMBE = (
        "Veränderung zwischen zwei Jahren (Newcombe, Verfahren 10)",
        (
            "Die Spanne der Differenz zweier Anteile entsteht aus ihren beiden Wilson-Spannen. Enthält sie die Null, ist die "
            "Veränderung im Rahmen des Zufalls."
        ),
        (
            "In beiden Jahren leben großenteils dieselben Menschen; die Spanne ist deshalb eher zu weit als zu eng. Über einen Bruch "
            "in der Definition wird nicht gerechnet."
        ),
        "Newcombe, Statistics in Medicine 17 (1998) 873–890",
    )
    MOVER = (
        "Veränderung einer Rate zwischen zwei Jahren (MOVER aus Byar-Grenzen)",
        "Wie bei Anteilen, mit den Zufallsspannen der beiden Raten (Byar; unter 10 Fällen exakt nach Poisson).",
        "Über einen Bruch in der Definition wird nicht gerechnet.",
        "Zou und Donner, Statistics in Medicine 27 (2008) 1693–1702",
    )
    MITTEL_DIFFERENZ = (
        "Veränderung eines Mittelwerts zwischen zwei Jahren (MOVER aus t-Grenzen)",
        "Die Spanne der Differenz entsteht aus den Spannen der beiden Mittelwerte.",
        "In beiden Jahren leben großenteils dieselben Menschen. Über einen Bruch in der Definition wird nicht gerechnet.",
        "Zou und Donner, Statistics in Medicine 27 (2008) 1693–1702",
    )
    TREND_ANTEIL = (
        "Trend über mehrere Jahre (Cochran-Armitage)",
        (
            "Geprüft wird mit den Fallzahlen aller Jahre seit dem letzten Bruch oder der letzten Lücke, ob der Anteil gleichmäßig steigt "
            "oder fällt; mindestens drei Jahre. Zusammengefasste Jahre zählen nur, soweit sie sich nicht überschneiden."
        ),
        (
            "Der Test sieht nur eine gerade Richtung, kein Auf und Ab. Weil jedes Jahr großenteils dieselben Menschen leben, sind die "
            "Jahre nicht unabhängig."
        ),
        "Cochran, Biometrics 10 (1954) 417–451; Armitage, Biometrics 11 (1955) 375–386; wie R, prop.trend.test",
    )
    TREND_RATE = (
        "Trend einer Rate über mehrere Jahre (Poisson)",
        "Wie beim Anteil, für Fälle je Bevölkerung.",
        "Der Test sieht nur eine gerade Richtung, kein Auf und Ab.",
        "Armitage und Berry, Statistical Methods in Medical Research, Abschnitt „Trends in counts“",
    )
    RANG = (
        "Rang und Rangspanne",
        "Der Rang zählt vom höchsten Wert. Die Spanne nennt die Ränge, die die Zufallsspannen der Gebiete zulassen.",
        "Je kleiner die Zahlen, desto weniger sagt ein Rang.",
        "eigene Auszählung der Zufallsspannen",
    )
    MARSHALL = (
        "geglätteter Wert (Empirical Bayes nach Marshall)",
        "Der Wert eines Gebiets wird um so stärker zum Mittel aller Gebiete gezogen, je kleiner seine Fallzahl ist.",
        "Ein geglätteter Wert ist eine Schätzung, kein gezählter Wert; er ersetzt ihn nicht.",
        "Marshall, Applied Statistics 40 (1991) 283–294",
    )
    SEGREGATION_IS = (
        "Segregationsindex IS",
        (
            "½ · Σ |Gruppe im Gebiet / Gruppe − Übrige im Gebiet / Übrige| · 100: So viel Prozent der Gruppe müssten umziehen, damit "
            "sie überall den gleichen Anteil hätte."
        ),
        (
            "IS ist auch ohne jede Trennung größer als null, um so mehr, je kleiner Gruppe und Gebiete sind. Daneben steht deshalb "
            "der bereinigte Wert (IS − IS*) / (1 − IS*), mit IS* bei zufälliger Verteilung auf Gebiete dieser Größe. IS sagt nichts "
            "über Ursachen. Ab wann er hoch heißt, ist nicht festgelegt: Die Faustregel der US-Forschung (unter 30 niedrig, über 60 hoch; "
            "Massey und Denton 1993) gilt für große Städte und den unbereinigten Wert; hier steht deshalb kein Urteil."
        ),
        (
            "Duncan und Duncan, American Sociological Review 20 (1955) 210–217; bereinigt nach Winship, Social Forces 55 (1977) "
            "1058–1066, und Carrington und Troske, Journal of Business & Economic Statistics 15 (1997) 402–409"
        ),
    )
    SEGREGATION_ID = (
        "Dissimilaritätsindex ID",
        "½ · Σ |Gruppe A im Gebiet / Gruppe A − Gruppe B im Gebiet / Gruppe B| · 100, für zwei Gruppen.",
        "Wie beim Segregationsindex.",
        "Duncan und Duncan, American Sociological Review 20 (1955) 210–217",
    )
    STANDARD = (
        "altersstandardisierte Quote (direkt, Europastandardbevölkerung 2013)",
        (
            "Die Quote, die ein Gebiet hätte, wenn seine Bevölkerung so alt wäre wie die Standardbevölkerung. So lassen sich junge und "
            "alte Gebiete vergleichen. Spanne nach Dobson; unter 10 Fällen wird nichts ausgewiesen."
        ),
        (
            "Ein standardisierter Wert ist zum Vergleichen da; die wirkliche Quote ist die einfache. Die Altersgruppen sind weit, "
            "Unterschiede innerhalb einer Gruppe bleiben."
        ),
        "Eurostat, Revision of the European Standard Population (2013); Dobson u. a., Statistics in Medicine 10 (1991) 457–462",
    )
    BEVOELKERUNG = (
        "Bevölkerungsentwicklung",
        (
            "Einwohnerinnen und Einwohner gegen das erste Jahr der Reihe (nach einem Bruch in der Definition: das erste danach): Zahl, "
            "Prozent und Index (erstes Jahr = 100); daneben die Salden, soweit Geburten, Sterbefälle, Zu- und Fortzüge geliefert sind."
        ),
        "Zahlen aus dem Melderegister weichen von der amtlichen Fortschreibung ab. Umzüge zwischen Gebieten stecken im Unterschied.",
        "eigene Berechnung",
    )

    def __init__(self, titel: str, text: str, vorbehalt: str, quelle: str) -> None:
        self.titel = titel
        self.text = text
        self.vorbehalt = vorbehalt
        self.quelle = quelle


@attrs.frozen
class Aussage:
    """One result in words, with what it must name.

    Attributes:
        satz: a plain German sentence.
        methode: how it was found.
        basis: the base set: which areas, which counts.
        vorbehalte: what limits this very result, beyond what the method says anyway.
    """

    satz: str
    methode: Methode
    basis: str = ""
    vorbehalte: tuple[str, ...] = ()
