"""What others see: description for openCode, README, changelog, what is in the packages, no traces of one machine."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

import sozialtool

WURZEL = Path(__file__).resolve().parents[2]
PROJEKT = tomllib.loads((WURZEL / "pyproject.toml").read_text(encoding="utf-8"))
MODULE = {
    "python-calamine": "python_calamine",
    "python-docx": "docx",
    "textual-plotext": "textual_plotext",
    "attrs": "attrs",
}
"""Names of modules that differ from the name of their package."""

# Controlled vocabularies of publiccode.yml: docs/en/scope-list.rst and the part of docs/en/categories-list.rst that could fit.
BEREICHE = {
    "agriculture", "culture", "defence", "education", "emergency-services", "employment", "energy", "environment",
    "finance-and-economic-development", "foreign-affairs", "government", "healthcare", "infrastructures", "justice",
    "local-authorities", "manufacturing", "research", "science-and-technology", "security", "society", "sport",
    "tourism", "transportation", "welfare",
}  # fmt: skip
KATEGORIEN = {
    "business-intelligence", "compliance-management", "data-analytics", "data-collection", "data-visualization",
    "document-management", "geographic-information-systems", "knowledge-management", "office",
    "predictive-analysis", "project-management", "survey",
}  # fmt: skip


@pytest.fixture(scope="module")
def publiccode() -> dict:
    return yaml.safe_load((WURZEL / "publiccode.yml").read_text(encoding="utf-8"))


def test_publiccode_fits_its_standard(publiccode):
    """Required keys, lengths and vocabularies of version 0.4, as github.com/italia/publiccode-parser-go checks them."""
    assert publiccode["publiccodeYmlVersion"] == "0.4"
    assert publiccode["name"] == "sozialtool"
    assert publiccode["url"].startswith("https://")
    assert set(publiccode["platforms"]) <= {"web", "windows", "mac", "linux", "ios", "android"}
    assert set(publiccode["categories"]) <= KATEGORIEN
    assert set(publiccode["intendedAudience"]["scope"]) <= BEREICHE
    assert publiccode["intendedAudience"]["countries"] == ["de"]
    assert publiccode["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert publiccode["softwareType"] == "standalone/desktop"
    assert publiccode["legal"]["license"] == PROJEKT["project"]["license"] == "EUPL-1.2"
    assert publiccode["maintenance"]["type"] == "community"
    assert all(kontakt["name"] for kontakt in publiccode["maintenance"]["contacts"])
    assert publiccode["localisation"] == {"localisationReady": False, "availableLanguages": ["de"]}


def test_publiccode_describes_in_german(publiccode):
    deutsch = publiccode["description"]["de"]
    assert len(deutsch["genericName"]) <= 35
    kurz = deutsch["shortDescription"]
    assert 20 < len(kurz) <= 150
    assert "\n" not in kurz
    assert 500 <= len(deutsch["longDescription"]) <= 10000
    assert deutsch["features"]
    assert [b for b in deutsch["screenshots"] if not (WURZEL / b).is_file()] == []


def test_unreleased_means_no_date_of_release(publiccode):
    """The changelog, the description and the package must say the same about the version."""
    aenderungen = (WURZEL / "CHANGELOG.md").read_text(encoding="utf-8")
    kopf = re.search(r"^## (\S+)(.*)$", aenderungen, re.MULTILINE)
    assert kopf is not None
    assert kopf[1] == sozialtool.__version__
    assert ("noch nicht erschienen" in kopf[2]) == ("releaseDate" not in publiccode)
    assert publiccode.get("softwareVersion", sozialtool.__version__) == sozialtool.__version__


@pytest.mark.parametrize("datei", sorted(p.relative_to(WURZEL).as_posix() for p in [WURZEL / "README.md", *(WURZEL / "docs").rglob("*.md")]))  # fmt: skip
def test_links_and_pictures_lead_somewhere(datei):
    text = (WURZEL / datei).read_text(encoding="utf-8")
    ziele = [z for z in re.findall(r"\]\(([^)#]+)[^)]*\)", text) if "://" not in z]
    assert [z for z in ziele if not ((WURZEL / datei).parent / z).exists()] == []


def test_readme_has_its_pictures_and_commands():
    text = (WURZEL / "README.md").read_text(encoding="utf-8")
    assert len(re.findall(r"!\[[^\]]{20,}\]\(docs/bilder/\w+\.png\)", text)) == 2
    for bild in ("start", "arbeitsmappe"):
        assert (WURZEL / "docs" / "bilder" / f"{bild}.png").read_bytes().startswith(b"\x89PNG")
    assert "python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/sozialtool beispiel" in text
    assert 'python3 -m venv .venv && .venv/bin/pip install -e ".[test]" && .venv/bin/pytest' in text


def test_readme_names_only_commands_that_are_there():
    from sozialtool.cli import COMMANDS

    text = (WURZEL / "README.md").read_text(encoding="utf-8")
    genannt = {wort for wort in re.findall(r"`sozialtool (\w+)", text) if wort.isalpha()}
    assert genannt >= {"beispiel", "neu", "einlesen", "ausgeben"}
    assert genannt <= set(COMMANDS)


def test_every_dependency_is_used_and_has_its_reason():
    text = (WURZEL / "pyproject.toml").read_text(encoding="utf-8")
    quellen = "\n".join(p.read_text(encoding="utf-8") for p in (WURZEL / "sozialtool").rglob("*.py"))
    for angabe in PROJEKT["project"]["dependencies"]:
        name = re.split(r"[<>=]", angabe)[0]
        assert re.search(rf"^\s*(import|from) {MODULE.get(name, name)}\b", quellen, re.MULTILINE), f"{name}: unused"
        assert re.search(rf'^  "{re.escape(angabe)}", +# \w.{{15,}}$', text, re.MULTILINE), f"{name}: no reason"


def test_licence_is_the_full_text():
    text = (WURZEL / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    for artikel in range(1, 16):
        assert re.search(rf"^\s*{artikel}\.\s*\w", text, re.MULTILINE), artikel
    assert "Appendix" in text
    assert "GNU Affero General Public License" in text


def list_committed() -> list[Path]:
    try:
        ausgabe = subprocess.run(["git", "ls-files", "-z"], cwd=WURZEL, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("git ist nicht da")
    return [WURZEL / name for name in ausgabe.decode("utf-8").split("\0") if name and (WURZEL / name).is_file()]


# Put together, so that this file does not hold what it looks for.
SPUREN = re.compile(
    "|".join(["/wo" + "rk/", "/ro" + "ot/", "/ho" + r"me/\w", r"\bC:" + r"\\Users", "/tm" + r"p/(?!a\b)"])
)


def find_traces(text: str) -> list[str]:
    return SPUREN.findall(text)


def test_no_path_of_one_machine_in_any_file():
    treffer = {
        d.name: f for d in list_committed() if (f := find_traces(d.read_bytes().decode("utf-8", errors="ignore")))
    }
    assert treffer == {}


def test_probe_finds_a_path():
    assert find_traces("see /wo" + "rk/x and /tm" + "p/lr/y")
    assert not find_traces("https://example.com/working")


@pytest.fixture(scope="module")
def pakete(tmp_path_factory) -> Path:
    """The sdist, and the wheel that is built from it: nothing of the checkout helps."""
    ordner = tmp_path_factory.mktemp("pakete")

    def build(art: str, quelle: Path) -> None:
        befehl = [sys.executable, "-m", "hatchling", "build", "-t", art, "-d", str(ordner)]
        for _ in range(3):
            lauf = subprocess.run(befehl, cwd=quelle, check=False, capture_output=True, text=True, encoding="utf-8")
            # A file of a test that runs beside this one may vanish while the folder is walked.
            if "FileNotFoundError" not in lauf.stderr:
                break
        assert lauf.returncode == 0, lauf.stderr

    build("sdist", WURZEL)
    (quelle,) = ordner.glob("*.tar.gz")
    with tarfile.open(quelle) as archiv:
        archiv.extractall(ordner / "quelle", filter="data")
    (wurzel,) = (ordner / "quelle").iterdir()
    build("wheel", wurzel)
    return ordner


UNRAT = re.compile(r"__pycache__|\.pyc$|_cache/|\.hypothesis|\.venv|\.git/|\.sozial$|~\$")


def test_sdist_holds_the_project_and_nothing_else(pakete):
    (datei,) = pakete.glob("*.tar.gz")
    with tarfile.open(datei) as archiv:
        namen = {name.partition("/")[2] for name in archiv.getnames()}
    assert {name for name in namen if UNRAT.search(name)} == set()
    assert {"README.md", "LICENSE", "CHANGELOG.md", "publiccode.yml", "docs/haus.md", "docs/bilder/start.png"} <= namen
    oben = {name.partition("/")[0] for name in namen}
    assert oben <= {"sozialtool", "vorlagen", "beispieldaten", "tests", "docs", "packaging", "README.md", "LICENSE", "CHANGELOG.md",
                    "publiccode.yml", "pyproject.toml", "PKG-INFO", ".gitignore"}  # fmt: skip


def test_wheel_of_the_sdist_holds_program_and_town(pakete):
    (datei,) = pakete.glob("*.whl")
    with zipfile.ZipFile(datei) as paket:
        namen = set(paket.namelist())
        for name in namen:
            assert not find_traces(paket.read(name).decode("utf-8", errors="ignore")), name
    assert {name for name in namen if UNRAT.search(name) or name.startswith("tests/")} == set()
    quellen = {p.relative_to(WURZEL).as_posix() for p in (WURZEL / "sozialtool").rglob("*.py")}
    assert quellen <= namen
    lieferungen = list((WURZEL / "beispieldaten" / "lieferungen").rglob("*.*"))
    assert sum("_daten/beispieldaten/lieferungen/" in name for name in namen) == len(lieferungen)
    assert any(name.endswith("licenses/LICENSE") for name in namen)
