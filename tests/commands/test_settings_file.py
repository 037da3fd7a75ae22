"""`settings.env`: beneath the environment, read with the same care, written whole."""

from pathlib import Path

import pytest

from webapp.settings import FILE_NAME, BadSettings, Settings, keep_in_file, load_settings


def load(folder: Path, text: str, **environment: str) -> Settings:
    (folder / FILE_NAME).write_text(text, encoding="utf-8")
    return load_settings({"LANGNGHE_DATA_DIR": str(folder)} | environment)


def test_the_file_lies_beneath_the_environment_and_above_the_defaults(tmp_path: Path) -> None:
    text = "# remembered\n\nLANGNGHE_BASE_URL = https://a.vn/\nLANGNGHE_PORT='9000'\nLANGNGHE_MAIL_SERVER=\"smtp://m.vn\"\n"
    settings = load(tmp_path, text, LANGNGHE_PORT="9001", LANGNGHE_MAIL_SERVER="")
    assert (settings.base_url, settings.port, settings.mail_server) == ("https://a.vn", 9001, "smtp://m.vn")
    assert settings.mail_from == "langnghe@a.vn"
    assert settings.web_workers == 2


def test_all_faults_of_file_and_environment_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadSettings) as problem:
        load(tmp_path, "LANGNGHE_PORT=zero\nBASE_URL=https://a.vn\nnonsense\n", LANGNGHE_WEB_WORKERS="many")
    for said in ("LANGNGHE_PORT", "line 2 must look like", "line 3 must look like", "LANGNGHE_WEB_WORKERS"):
        assert said in str(problem.value)


def test_names_that_are_none_are_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    settings = load(tmp_path, "LANGNGHE_BASE_ULR=https://a.vn\nLANGNGHE_DATA_DIR=/elsewhere\n")
    assert "LANGNGHE_BASE_ULR in settings.env is not a setting" in caplog.text
    assert "LANGNGHE_DATA_DIR in settings.env is ignored" in caplog.text
    assert settings.data_dir == tmp_path


def test_a_file_that_cannot_be_read_is_a_fault_not_a_default(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"LANGNGHE_PORT=\xff\n")
    with pytest.raises(BadSettings, match="cannot be read"):
        load_settings({"LANGNGHE_DATA_DIR": str(tmp_path)})


@pytest.mark.parametrize("url", ["mail.vn", "http://mail.vn", "smtp://", "smtp://m.vn/path", "smtp://m.vn:port"])
def test_mail_servers_that_are_none_are_told_without_their_password(tmp_path: Path, url: str) -> None:
    secret = url.replace("//", "//u:geheim@")
    with pytest.raises(BadSettings, match="LANGNGHE_MAIL_SERVER") as problem:
        load(tmp_path, "", LANGNGHE_MAIL_SERVER=secret)
    assert "geheim" not in str(problem.value)


def test_keeping_changes_its_own_lines_only_and_stays_private(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    file.write_text("# mine\nLANGNGHE_PORT=9000\nLANGNGHE_BASE_URL=https://a.vn\n", encoding="utf-8")
    keep_in_file(file, {"LANGNGHE_BASE_URL": "https://b.vn"})
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines == ["# mine", "LANGNGHE_PORT=9000", "LANGNGHE_BASE_URL=https://b.vn"]
    assert oct(file.stat().st_mode)[-3:] == "600"
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
