"""Reading XML of foreign packages with expat: no document type, no entities, names without prefix (no attrs here: the child process loads it)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.parsers import expat  # document types are refused below, so that no entity can be defined

Attribute = dict[str, str]
OnStart = Callable[[str, Attribute], None]
OnEnd = Callable[[str], None]
OnText = Callable[[str], None]


class XmlFehler(Exception):
    """The XML is broken, or it defines entities."""


def parse_xml(daten: bytes, start: OnStart, end: OnEnd | None = None, text: OnText | None = None) -> None:
    """Walk through an XML part; element names come without their namespace prefix.

    Raises:
        XmlFehler: not well-formed, or with a document type (the door of entity bombs and foreign files).
    """
    leser = expat.ParserCreate()
    leser.buffer_text = True
    namen: dict[str, str] = {}

    def refuse(*_: object) -> None:
        raise XmlFehler("document type")

    def on_start(name: str, attribute: Attribute) -> None:
        kurz = namen.get(name)
        if kurz is None:
            kurz = namen[name] = name.rpartition(":")[2]
        start(kurz, attribute)

    leser.StartDoctypeDeclHandler = refuse
    leser.StartElementHandler = on_start
    if end is not None:
        leser.EndElementHandler = lambda name: end(namen[name])
    if text is not None:
        leser.CharacterDataHandler = text
    try:
        leser.Parse(daten, True)
    except expat.ExpatError as ursache:
        raise XmlFehler(str(ursache)) from ursache


def iter_elements(daten: bytes, *namen: str) -> Iterator[tuple[str, Attribute]]:
    """List the start tags with one of these names, with attributes stripped of their prefix."""
    gefunden: list[tuple[str, Attribute]] = []

    def start(name: str, attribute: Attribute) -> None:
        if name in namen:
            gefunden.append((name, {schluessel.rpartition(":")[2]: wert for schluessel, wert in attribute.items()}))

    parse_xml(daten, start)
    return iter(gefunden)
