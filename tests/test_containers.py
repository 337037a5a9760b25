"""The container files: checked by their schema and linter, and their install steps run here, without an engine."""

from __future__ import annotations

import pathlib
import re
import shutil
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).parents[1]
DOCKERFILE = ROOT / "docker" / "Dockerfile"
COMPOSE = ROOT / "docker" / "compose.yml"
BIN = pathlib.Path(sys.executable).parent


def lines() -> list[str]:
    """The Dockerfile's instructions, each in one line."""
    text = re.sub(r"^#.*\n", "", DOCKERFILE.read_text(), flags=re.MULTILINE)
    return [line for line in text.replace("\\\n", "").splitlines() if line]


def test_the_dockerfile_has_nothing_for_the_linter() -> None:
    assert subprocess.run([BIN / "hadolint", DOCKERFILE], check=False).returncode == 0


def test_compose_fits_its_schema() -> None:
    command = [BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", COMPOSE]
    assert subprocess.run(command, check=False).returncode == 0


def test_images_are_pinned_and_nobody_is_root_or_privileged() -> None:
    images = re.findall(r"^\s*image: (\S+)", COMPOSE.read_text(), re.MULTILINE)
    images += [line.split()[1] for line in lines() if line.startswith("FROM")]
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f"auditlib:{version}" in images
    assert all(re.fullmatch(r"\w+:\d+\.\d+\S*", image) for image in images), images
    assert any(re.fullmatch(r"USER \d+", line) for line in lines())
    assert "privileged" not in COMPOSE.read_text()


def test_every_secret_comes_from_the_environment_and_has_an_example() -> None:
    asked = set(re.findall(r"\$\{(\w+)", COMPOSE.read_text()))
    assert asked == set(re.findall(r"^(\w+)=", (ROOT / "docker" / "env.example").read_text(), re.MULTILINE))


def test_the_install_steps_of_the_image_work_in_an_empty_place(tmp_path: pathlib.Path) -> None:
    for line in lines():
        match line.split():
            case ["COPY", _, *files, target]:
                _copy(files, tmp_path / target)
            case ["RUN", *_] if "useradd" not in line:
                script = line.removeprefix("RUN ").replace("python3 -m venv", f"{sys.executable} -m venv")
                subprocess.run(["sh", "-euc", script], cwd=tmp_path, check=True)
    run = [tmp_path / ".venv" / "bin" / "auditlib", "sandbox", "--help"]
    assert "helpdesk in a box" in subprocess.run(run, cwd="/", capture_output=True, text=True, check=True).stdout


def _copy(files: list[str], target: pathlib.Path) -> None:
    """As COPY does: the contents of a folder, or files into a folder."""
    for path in (path for pattern in files for path in ROOT.glob(pattern)):
        if path.is_dir():
            shutil.copytree(path, target, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
        else:
            shutil.copy(path, target)
