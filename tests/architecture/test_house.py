"""Rules of the house that a machine can watch."""

import ast
import re
from pathlib import Path

import pytest

from webapp.commands import COMMANDS
from webapp.settings import SETTINGS, BadSettings, load_settings

ROOT = Path(__file__).parents[2]
PACKAGES = ("vietnamese", "models", "surveys", "triage", "reports", "webapp")
MODULES = sorted(
    path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "versions" not in path.parts
)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_setting_and_command_is_documented() -> None:
    operations = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        assert f"`{setting.variable}`" in operations, setting.variable
    for command in COMMANDS:
        assert f"`langnghe {command}" in operations, command


def test_all_bad_settings_are_reported_at_once() -> None:
    bad = {
        "LANGNGHE_PORT": "x",
        "LANGNGHE_DATABASE_URL": "mysql://x",
        "LANGNGHE_BASE_URL": "phuong.vn/a",
    }
    with pytest.raises(BadSettings) as problem:
        load_settings(bad)
    assert all(name in str(problem.value) for name in bad)


def test_a_variable_that_is_no_setting_is_told(caplog: pytest.LogCaptureFixture) -> None:
    load_settings({"LANGNGHE_DATABSE_URL": "x"})
    assert "LANGNGHE_DATABSE_URL is not a setting" in caplog.text


def test_settings_have_safe_defaults() -> None:
    settings = load_settings({})
    assert settings.host == "127.0.0.1"
    assert settings.database_url.startswith("sqlite:///")
    assert load_settings({"LANGNGHE_BASE_URL": "https://x.vn"}).is_https


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_public_names_say_what_they_do(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "the module says nothing of itself"
    silent = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_names_and_sizes_are_human(path: Path) -> None:
    assert path.stem not in ("utils", "helpers", "manager", "misc", "common")
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 450
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, f"{node.name} is a long function"


def test_only_the_edge_commits() -> None:
    edges = {"webapp", "models"}
    for path in MODULES:
        if path.relative_to(ROOT).parts[0] not in edges:
            assert ".commit()" not in path.read_text(encoding="utf-8"), _name(path)


def test_locks_name_no_address() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text()
        assert "://" not in text
        assert text.count("--hash=sha256:") > 50


def test_templates_carry_nothing_inline_and_no_bare_sentence() -> None:
    templates = sorted((ROOT / "webapp" / "templates").rglob("*.html"))
    assert len(templates) > 15
    for path in templates:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*src=)", text), _name(path)
        assert not re.search(r"\|\s*safe\b", text), _name(path)
        assert not re.search(r"(href|src|action)=\"https?://", text), _name(path)
