"""How the Windows folder is put together: what is taken in is checked, what goes out is the same every time."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from sozialtool import orte

WURZEL = Path(__file__).resolve().parents[2]
sys.path.append(str(WURZEL / "packaging"))

import beiblaetter  # noqa: E402 - packaging is a folder of scripts, not a package
import ordner as bau  # noqa: E402 - same


def make_rad(ort: Path, name: str, dateien: dict[str, str]) -> Path:
    rad = ort / f"{name}-1.0-py3-none-any.whl"
    metadaten = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\nSummary: Probe\nLicense-Expression: MIT\n"
    with zipfile.ZipFile(rad, "w") as paket:
        for pfad, text in {
            **dateien,
            f"{name}-1.0.dist-info/METADATA": metadaten,
            f"{name}-1.0.dist-info/LICENSE": "frei",
        }.items():
            paket.writestr(pfad, text)
    return rad


@pytest.fixture
def python_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    dateien = {"python.exe": b"MZ", "_ssl.pyd": b"ssl", "LICENSE.txt": b"PSF", "python311._pth": b"."}
    summen = tmp_path / "python.sha256"
    summen.write_text("".join(f"{hashlib.sha256(d).hexdigest()} {n}\n" for n, d in dateien.items()), encoding="ascii")
    monkeypatch.setattr(bau, "PYTHON_SUMMEN", summen)
    quelle = tmp_path / "embed.zip"
    with zipfile.ZipFile(quelle, "w") as paket:
        for name, inhalt in dateien.items():
            paket.writestr(f"cp311/{name}", inhalt)
    return quelle


def test_python_is_taken_from_a_subfolder_and_loses_what_nobody_needs(python_zip: Path) -> None:
    dateien, weg = bau.collect_python(python_zip)
    assert set(dateien) == {"python.exe", "LICENSE.txt", "python311._pth"}
    assert weg == 3
    assert dateien["python311._pth"].split(b"\r\n") == [b"python311.zip", b".", b"..\\programm", b""]


@pytest.mark.parametrize(("name", "inhalt"), [("python.exe", b"MZ "), ("neu.dll", b"x")])
def test_another_python_is_refused_by_name(python_zip: Path, name: str, inhalt: bytes) -> None:
    andere = python_zip.with_name("andere.zip")
    with zipfile.ZipFile(python_zip) as alt, zipfile.ZipFile(andere, "w") as neu:
        for teil in alt.namelist():
            if Path(teil).name != name:
                neu.writestr(teil, alt.read(teil))
        neu.writestr(f"cp311/{name}", inhalt)
    with pytest.raises(bau.BauFehler, match=name):
        bau.read_python(andere)


def test_the_real_sums_name_every_file_of_the_embeddable_python() -> None:
    zeilen = [zeile.split(maxsplit=1) for zeile in bau.PYTHON_SUMMEN.read_text(encoding="ascii").splitlines()]
    namen = {name for _, name in zeilen}
    assert {"python.exe", "python311.dll", "python311.zip", "_sqlite3.pyd", "vcruntime140.dll", "LICENSE.txt"} <= namen
    assert all(len(summe) == 64 for summe, _ in zeilen)
    fehlt = [m for m in bau.PYTHON_OHNE if not any(bau._fits(name, (m,)) for name in namen)]
    assert fehlt == []


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="der Bytecode im Ordner ist der von Python 3.11")
def test_tests_and_headers_stay_out_and_the_rest_is_compiled(tmp_path: Path) -> None:
    rad = make_rad(tmp_path, "probe", {
        "probe/__init__.py": "WERT = 1\n", "probe/tests/test_x.py": "1/0\n", "probe/x.h": "int x;", "probe/tests.py": "WERT = 2\n",
        "probe-1.0.dist-info/RECORD": "",
    })  # fmt: skip
    ziel = tmp_path / "programm"
    weg = bau.unpack_raeder([rad], ziel)
    bau.compile_programm(ziel)
    da = set(bau.list_dateien(ziel))
    assert {"probe/__init__.py", "probe/tests.py", "probe/__pycache__/__init__.cpython-311.pyc"} <= da
    assert not {"probe/tests/test_x.py", "probe/x.h", "probe-1.0.dist-info/RECORD"} & da
    assert weg == Counter({"*/tests/*": 4, "*.h": 6, "*.dist-info/RECORD": 0})
    # PEP 552: bit 0 says "by hash", bit 1 unset says "do not compare": the bytecode counts wherever and whenever it lies.
    assert (ziel / "probe/__pycache__/__init__.cpython-311.pyc").read_bytes()[4:8] == b"\x01\0\0\0"
    assert str(tmp_path).encode() not in (ziel / "probe/__pycache__/__init__.cpython-311.pyc").read_bytes()


def test_the_zip_has_the_same_bytes_wherever_it_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summen = []
    for ort in ("hier", "ganz woanders"):
        quelle = tmp_path / ort / "sozialtool"
        for name in reversed(("a.txt", "b/ü.txt", "B.txt")):
            (quelle / name).parent.mkdir(parents=True, exist_ok=True)
            (quelle / name).write_text(name, encoding="utf-8")
        bau.pack(quelle, tmp_path / ort / "x.zip")
        summen.append((tmp_path / ort / "x.zip").read_bytes())
    assert summen[0] == summen[1]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    bau.pack(quelle, tmp_path / "y.zip")
    with zipfile.ZipFile(tmp_path / "y.zip") as paket:
        assert {teil.date_time for teil in paket.infolist()} == {(2027, 1, 15, 8, 0, 0)}
        assert all(teil.filename.startswith("sozialtool/") for teil in paket.infolist())


def test_enclosures_name_every_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ziel = tmp_path / "sozialtool"
    bau.unpack_raeder([make_rad(tmp_path, "probe", {}), make_rad(tmp_path, "sozialtool", {})], ziel / "programm")
    sperre = tmp_path / "windows.lock"
    sperre.write_text("# Kopf\nprobe==1.0 --hash=sha256:" + "ab" * 32 + "\n", encoding="utf-8")
    monkeypatch.setattr(beiblaetter, "LOCK", sperre)
    teile = beiblaetter.collect_teile(ziel / "programm", {"LICENSE.txt": b"PSF"}, "3.11.9")
    beiblaetter.write_lizenzen(ziel, teile)
    beiblaetter.write_stueckliste(ziel, "1.0", teile)
    beiblaetter.write_pruefsummen(ziel)
    assert (ziel / "Lizenzen/probe/LICENSE").read_text(encoding="utf-8") == "frei"
    assert "python 3.11.9: PSF-2.0" in (ziel / "Lizenzen/Uebersicht.txt").read_text(encoding="utf-8-sig")
    stueckliste = json.loads((ziel / "Stueckliste.cdx.json").read_text(encoding="utf-8"))
    assert {teil["name"] for teil in stueckliste["components"]} == {"probe", "python"}
    (probe,) = [teil for teil in stueckliste["components"] if teil["name"] == "probe"]
    assert probe["hashes"] == [{"alg": "SHA-256", "content": "ab" * 32}]
    zeilen = (ziel / "Pruefsummen.txt").read_text(encoding="utf-8").splitlines()
    assert {zeile.split("  ", 1)[1] for zeile in zeilen} == set(bau.list_dateien(ziel)) - {"Pruefsummen.txt"}


def test_a_part_without_licence_stops_the_build(tmp_path: Path) -> None:
    ordner = tmp_path / "programm" / "ohne-1.dist-info"
    ordner.mkdir(parents=True)
    (ordner / "METADATA").write_text("Name: ohne\nVersion: 1\n", encoding="utf-8")
    with pytest.raises(bau.BauFehler, match="ohne"):
        beiblaetter.collect_teile(tmp_path / "programm", {"LICENSE.txt": b""}, "3.11.9")


def test_lock_pins_all_with_hashes_and_names_no_address() -> None:
    zeilen = [z for z in bau.LOCK.read_text(encoding="utf-8").splitlines() if z and not z.startswith("#")]
    assert all("==" in z and len(z.partition("--hash=sha256:")[2]) == 64 and "//" not in z for z in zeilen)
    namen = {z.split("==")[0] for z in zeilen}
    assert {"textual", "polars", "polars-runtime-compat", "highspy", "python-calamine", "xlsxwriter"} <= namen
    assert not {"polars-runtime-32", "pytest", "openpyxl"} & namen


def test_only_the_wheels_of_the_lock_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of wheels is used again; one of an older lock file must not slip in."""
    richtig, alt = make_rad(tmp_path, "probe", {"probe.py": "1"}), make_rad(tmp_path, "alt", {"alt.py": "1"})
    sperre = tmp_path / "windows.lock"
    sperre.write_text(f"# Kopf\nprobe==1.0 --hash=sha256:{bau.sha256(richtig.read_bytes())}\n", encoding="utf-8")
    monkeypatch.setattr(bau, "LOCK", sperre)
    gerufen: list[object] = []
    monkeypatch.setattr(bau.subprocess, "run", lambda *a, **_: gerufen.append(a) or subprocess.CompletedProcess([], 0))
    assert bau.fetch_raeder(tmp_path) == [richtig]
    assert gerufen == [], "ohne Netz, wenn alles da ist"
    alt.replace(richtig)
    with pytest.raises(bau.BauFehler, match="probe"):
        bau.fetch_raeder(tmp_path)
    assert len(gerufen) == 1


@pytest.mark.parametrize(
    ("bedarf", "mangel"),
    [
        ("probe>=1", ""), ("neues-paket", "neues-paket"), ("probe>=2", "da ist 1.0"), ("fehlt; extra == 'test'", ""),
        ("fehlt; sys_platform == 'linux'", ""), ("colorama; sys_platform == 'win32'", "colorama"),
        ("polars-runtime-32==1.0", ""),
    ],
)  # fmt: skip
def test_a_dependency_that_the_lock_lacks_stops_the_build(tmp_path: Path, bedarf: str, mangel: str) -> None:
    for name, zeile in (("sozialtool", f"Requires-Dist: {bedarf}\n"), ("Probe", ""), ("polars-runtime-compat", "")):
        ordner = tmp_path / f"{name}-1.dist-info"
        ordner.mkdir()
        (ordner / "METADATA").write_text(f"Name: {name}\nVersion: 1.0\n{zeile}", encoding="utf-8")
    if mangel:
        with pytest.raises(bau.BauFehler, match=mangel):
            bau.check_vollstaendig(tmp_path)
    else:
        bau.check_vollstaendig(tmp_path)


def test_the_lock_holds_what_the_project_asks_for() -> None:
    """Without building: every dependency of pyproject.toml is in the lock, in a version that it allows."""
    projekt = tomllib.loads((WURZEL / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    sperre = {name: version for name, (version, _) in bau.read_lock(bau.LOCK).items()}
    bedarf = [bau.Requirement(zeile) for zeile in projekt["dependencies"]]
    falsch = [b.name for b in bedarf if not b.specifier.contains(sperre.get(b.name, "0"))]
    assert falsch == []


def test_parts_of_parts_stand_in_the_bill_and_in_the_licences(tmp_path: Path) -> None:
    ziel = tmp_path / "sozialtool"
    bom = {
        "components": [
            {
                "name": "serde",
                "version": "1.2",
                "licenses": [{"expression": "MIT OR Apache-2.0"}],
                "bom-ref": "file:///D:/a",
            }
        ]
    }
    raeder = [
        make_rad(tmp_path, "sozialtool", {}),
        make_rad(
            tmp_path, "probe", {"probe-1.0.dist-info/sboms/p.json": json.dumps(bom), "probe.libs/msvcp140-ab.dll": "MZ"}
        ),
    ]
    bau.unpack_raeder(raeder, ziel / "programm")
    python = {"LICENSE.txt": b"PSF", "python.exe": b"MZ"}
    teile = beiblaetter.collect_teile(ziel / "programm", python, "3.11.9")
    beiblaetter.write_lizenzen(ziel, teile)
    beiblaetter.write_lizenzen(ziel, teile)
    beiblaetter.write_stueckliste(ziel, "1.0", teile)
    text = (ziel / "Stueckliste.cdx.json").read_text(encoding="utf-8")
    teil = {t["name"]: t for t in json.loads(text)["components"]}
    assert [t["name"] for t in teil["probe"]["components"]] == ["serde", "msvcp140-ab.dll"]
    assert "file:///" not in text
    assert teil["probe"]["licenses"] == [{"expression": "MIT"}]
    # Python has no wheel: its files carry the sums, and nothing pretends to be the sum of the whole.
    assert "hashes" not in teil["python"]
    assert {t["name"]: t["hashes"][0]["content"] for t in teil["python"]["components"]} == {
        name: hashlib.sha256(inhalt).hexdigest() for name, inhalt in python.items()
    }
    assert "serde 1.2: MIT OR Apache-2.0" in (ziel / "Lizenzen/probe/Bestandteile.txt").read_text(encoding="utf-8-sig")
    assert "msvcp140-ab.dll: Microsoft" in (ziel / "Lizenzen/Uebersicht.txt").read_text(encoding="utf-8-sig")


def test_two_licence_texts_of_one_name_are_noticed(tmp_path: Path) -> None:
    teil = beiblaetter.Teil("probe", "1", "MIT", "", "", (("LICENSE", b"a"), ("LICENSE", b"b")))
    with pytest.raises(bau.BauFehler, match="zwei Lizenztexte"):
        beiblaetter.write_lizenzen(tmp_path, [teil])


def test_start_file_is_plain_for_every_code_page() -> None:
    text = (WURZEL / "packaging/beilagen/sozialtool.cmd").read_bytes()
    assert text.isascii()
    assert b"-X utf8 -B -m sozialtool %*" in text
    # Every way out restores the code page of a prompt that was there before; only the incomplete folder never changed it.
    vor, _, unvollstaendig = text.partition(b":unvollstaendig")
    assert vor.count(b"exit /b") == 1
    assert b"chcp %SEITE%" in vor.rpartition(b":ende")[2]
    assert b"exit /b 3" in unvollstaendig
    # cmd.exe looks into the folder at work first, which may be anybody's.
    assert text.index(b"NoDefaultCurrentDirectoryInExePath=1") < text.index(b"'chcp'")


def test_deep_folders_are_searched_in_the_extended_form(monkeypatch: pytest.MonkeyPatch) -> None:
    gemeldet: list[str] = []
    monkeypatch.setattr(os, "add_dll_directory", gemeldet.append, raising=False)
    tief = "C:\\" + "x" * 150
    pfade = ["C:\\kurz", tief, "\\\\server\\" + "y" * 150]
    orte.extend_suchpfade(pfade)
    assert pfade == ["C:\\kurz", "\\\\?\\" + tief, "\\\\?\\UNC\\server\\" + "y" * 150]
    os.add_dll_directory(pfade[1])  # type: ignore[attr-defined,unused-ignore]
    assert gemeldet == [tief]


def test_builder_speaks_german_about_a_wrong_python(tmp_path: Path) -> None:
    falsch = tmp_path / "python.zip"
    with zipfile.ZipFile(falsch, "w") as paket:
        paket.writestr("python.exe", b"nicht echt")
    lauf = subprocess.run(
        [sys.executable, "-X", "utf8", str(WURZEL / "packaging" / "bauen.py"), "--python", str(falsch), "--ziel", str(tmp_path / "d")],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if "No module named" in lauf.stderr:
        pytest.skip("das eingebettete Python sucht nicht neben dem Skript")
    assert lauf.returncode == 1
    assert "nicht das erwartete Python" in lauf.stderr
    assert not (tmp_path / "d").exists()
