"""Single parts of an xlsx for `einlesen.spuren`: caches of charts, words, properties, names."""

from __future__ import annotations

import attrs

from sozialtool.einlesen.xmlhilfe import Attribute, parse_xml


@attrs.frozen
class Zwischenwert:
    """One figure in the cache of a chart: part, reference, number within it, text."""

    teil: str
    bezug: str
    nummer: int
    text: str


def read_zwischenwerte(teil: str, xml: bytes) -> list[Zwischenwert]:
    """The figures that a chart keeps, with the cells they came from."""
    werte: list[Zwischenwert] = []
    bezug, nummer, offen, puffer = "", -1, "", ""

    def start(name: str, attribute: Attribute) -> None:
        nonlocal nummer, offen, puffer
        if name == "pt":
            nummer = int(attribute.get("idx", "0") or 0)
        if name in ("f", "v"):
            offen, puffer = name, ""

    def end(name: str) -> None:
        nonlocal bezug, offen
        if name == "f":
            bezug = puffer
        elif name == "v" and nummer >= 0:
            werte.append(Zwischenwert(teil, bezug, nummer, puffer))
        if name == offen:
            offen = ""

    def text(stueck: str) -> None:
        nonlocal puffer
        if offen:
            puffer += stueck

    if xml:
        parse_xml(xml, start, end, text)
    return werte


def read_worte(xml: bytes, *elemente: str, attribute: tuple[str, ...] = ()) -> list[str]:
    """Texts of these elements and attributes of a part; one element's pieces together."""
    texte: list[str] = []
    offen = False

    def start(name: str, werte: Attribute) -> None:
        nonlocal offen
        texte.extend(werte[n] for n in attribute if werte.get(n))
        offen = name in elemente
        if offen:
            texte.append("")

    def end(_: str) -> None:
        nonlocal offen
        offen = False

    def text(stueck: str) -> None:
        if offen:
            texte[-1] += stueck

    if xml:
        parse_xml(xml, start, end, text)
    return [text for text in texte if text.strip()]


def read_texts(xml: bytes) -> list[tuple[str, str]]:
    """Texts of all elements, with the name of the element or of the property."""
    paare: list[tuple[str, str]] = []
    name, eigen = "", ""

    def start(element: str, attribute: Attribute) -> None:
        nonlocal name, eigen
        eigen = attribute.get("name", eigen) if element == "property" else eigen
        name = eigen or element

    def text(stueck: str) -> None:
        if stueck.strip():
            paare.append((name, stueck.strip()))

    if xml:
        parse_xml(xml, start, None, text)
    return paare


def read_namen(xml: bytes) -> list[tuple[str, str]]:
    """Defined names and what they stand for."""
    paare: list[tuple[str, str]] = []
    name = ""

    def start(element: str, attribute: Attribute) -> None:
        nonlocal name
        name = attribute.get("name", "") if element == "definedName" else ""

    def text(stueck: str) -> None:
        if name:
            paare.append((name, stueck))

    if xml:
        parse_xml(xml, start, None, text)
    return paare
