"""Themes, snippets and the sample recording are found in a checkout and in an installed wheel."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import careconsole
from careconsole.settings.bundled import BUNDLED, bundled

ROOT = Path(__file__).parents[2]
LISTING = """
import json, sys
from careconsole.settings.bundled import BUNDLED, bundled
import careconsole
found = {
    name: sorted(str(path.relative_to(bundled(name))) for path in bundled(name).rglob("*") if path.is_file())
    for name in BUNDLED
}
print(json.dumps({"package": careconsole.__file__, "found": found, "textual": "textual" in sys.modules}))
"""


def in_the_root(folder: str) -> set[str]:
    """The files of a root folder that belong to the project."""
    found = (path.relative_to(ROOT / folder) for path in (ROOT / folder).rglob("*") if path.is_file())
    return {str(path) for path in found if not path.name.startswith(".")}


def test_an_editable_install_finds_the_folders_of_the_checkout() -> None:
    assert Path(careconsole.__file__).parents[2] == ROOT
    for folder in BUNDLED:
        assert bundled(folder) == ROOT / folder
        assert in_the_root(folder), f"{folder} is empty"
    assert {"dark.toml", "light.toml", "high-contrast.toml", "colour-blind.toml"} <= in_the_root("themes")
    assert len(in_the_root("snippets")) >= 40


def test_an_unknown_folder_is_refused() -> None:
    with pytest.raises(ValueError, match="known are themes, snippets, samples"):
        bundled("../tests")  # type: ignore[arg-type]


def test_a_missing_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "careconsole"
    package.mkdir(parents=True)
    (tmp_path / "themes").mkdir()
    monkeypatch.setattr("careconsole.settings.bundled.files", lambda name: tmp_path / "site-packages" / name)
    with pytest.raises(FileNotFoundError, match="install careconsole again"):
        bundled("themes")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built without network."""
    into = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=15,
    )
    [built] = into.glob("*.whl")
    return built


def test_the_wheel_holds_every_bundled_file(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder in BUNDLED:
        inside = f"careconsole/data/{folder}/"
        assert {name.removeprefix(inside) for name in names if name.startswith(inside)} == in_the_root(folder)
    assert "careconsole/settings/bundled.py" in names


def test_an_empty_venv_finds_what_the_wheel_brought(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "empty", with_pip=False, symlinks=True)
    [packages] = (tmp_path / "empty").glob("lib/python*/site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    run = subprocess.run(
        [str(tmp_path / "empty" / "bin" / "python"), "-c", LISTING],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        env={},
        timeout=15,
    )
    said = json.loads(run.stdout)
    assert Path(said["package"]).is_relative_to(packages)
    assert {folder: set(names) for folder, names in said["found"].items()} == {
        folder: in_the_root(folder) for folder in BUNDLED
    }
    assert said["textual"] is False
