"""No text is read or written in the encoding of the system: on Windows that is cp1252, and umlauts break."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

WURZEL = Path(__file__).resolve().parents[2]
ORDNER = ("sozialtool", "tests", "beispieldaten", "packaging")
QUELLEN = sorted(datei for ordner in ORDNER for datei in (WURZEL / ordner).rglob("*.py"))
TEXT_ALS = {
    "read_text": 0,
    "write_text": 1,
    "NamedTemporaryFile": 2,
    "TemporaryFile": 2,
    "fdopen": 3,
    "TextIOWrapper": 1,
}
"""Name → position of the encoding when it is not given by name."""
BINAER_SONST = ("NamedTemporaryFile", "TemporaryFile")
"""Binary unless a mode says otherwise."""
STARTEN = ("run", "Popen", "check_output", "check_call", "call", "getoutput", "getstatusoutput")


def find_maengel(quelltext: str) -> list[str]:
    """List the calls that leave the encoding to the system, as "line name"."""
    return [
        f"{ruf.lineno} {name}"
        for ruf in ast.walk(ast.parse(quelltext))
        if isinstance(ruf, ast.Call) and (name := _name_of(ruf)) and _is_mangel(ruf, name)
    ]


def _name_of(ruf: ast.Call) -> str:
    if isinstance(ruf.func, ast.Name):
        return ruf.func.id
    return ruf.func.attr if isinstance(ruf.func, ast.Attribute) else ""


def _is_mangel(ruf: ast.Call, name: str) -> bool:
    angaben = {k.arg: k.value for k in ruf.keywords}
    if None in angaben or any(isinstance(a, ast.Starred) for a in ruf.args):
        return False  # **angaben: cannot be known here
    if name in STARTEN:
        wahr = [n for n in ("text", "universal_newlines") if _constant(angaben.get(n)) is True]
        return bool(wahr) and "encoding" not in angaben
    if "encoding" in angaben:
        return False
    if name == "open":
        return _is_text_open(ruf, angaben)
    if name in TEXT_ALS:
        modus = str(
            _constant(angaben.get("mode")) or (_constant(ruf.args[0]) if name in BINAER_SONST and ruf.args else "")
        )
        if (name in BINAER_SONST and (not modus or "b" in modus)) or (name == "fdopen" and _is_binary(ruf, angaben, 1)):
            return False
        return len(ruf.args) <= TEXT_ALS[name]
    return False


def _is_text_open(ruf: ast.Call, angaben: dict[str | None, ast.expr]) -> bool:
    """Whether an `open` is one of text: `open(path, mode)`, `path.open(mode)`; not that of zip files and the like."""
    if isinstance(ruf.func, ast.Name):
        return not _is_binary(ruf, angaben, 1)
    assert isinstance(ruf.func, ast.Attribute)
    if isinstance(ruf.func.value, ast.Name) and ruf.func.value.id in (
        "os",
        "webbrowser",
        "paket",
        "archiv",
        "zip",
        "tarfile",
    ):
        return False
    if ruf.args and not isinstance(_constant(ruf.args[0]), str):
        return False  # archive.open(member): bytes
    modus = _constant(ruf.args[0]) if ruf.args else None
    if isinstance(modus, str) and not set(modus) <= set("rwxabt+"):
        return False  # archive.open("name of a member")
    return not _is_binary(ruf, angaben, 0)


def _is_binary(ruf: ast.Call, angaben: dict[str | None, ast.expr], stelle: int) -> bool:
    modus = angaben.get("mode") or (ruf.args[stelle] if len(ruf.args) > stelle else None)
    return "b" in str(_constant(modus) or "")


def _constant(knoten: ast.expr | None) -> object:
    return knoten.value if isinstance(knoten, ast.Constant) else None


@pytest.mark.parametrize("datei", QUELLEN, ids=lambda d: d.relative_to(WURZEL).as_posix())
def test_every_text_has_its_encoding(datei):
    assert find_maengel(datei.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "schlecht",
    [
        "open('x')", "open('x', 'w')", "p.open()", "p.open('w')", "p.open(mode='r')", "p.read_text()", "p.write_text('x')",
        "subprocess.run(['x'], text=True)", "subprocess.Popen(['x'], universal_newlines=True)", "os.fdopen(3, 'w')",
        "tempfile.NamedTemporaryFile('w')", "tempfile.NamedTemporaryFile(mode='w+')", "io.TextIOWrapper(strom)",
        "check_output(['x'], text=True)",
    ],
)  # fmt: skip
def test_probe_sees_it(schlecht):
    assert find_maengel(schlecht)


@pytest.mark.parametrize(
    "gut",
    [
        "open('x', 'rb')", "open('x', encoding='utf-8')", "p.open('rb')", "p.open(mode='wb')", "p.read_text(encoding='utf-8')",
        "p.read_text('utf-8')", "p.write_text('x', 'utf-8')", "subprocess.run(['x'], text=True, encoding='utf-8')",
        "subprocess.run(['x'], capture_output=True)", "os.fdopen(3, 'wb')", "tempfile.NamedTemporaryFile()", "paket.open('a.xml')",
        "zipfile.ZipFile(x).open('docProps/core.xml')", "archiv.open(name)", "os.open(datei, flags)", "io.TextIOWrapper(s, 'utf-8')",
    ],
)  # fmt: skip
def test_probe_leaves_the_rest_alone(gut):
    assert not find_maengel(gut)
