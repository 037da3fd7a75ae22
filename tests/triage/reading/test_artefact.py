import io
import json
import os
import pickle
import zipfile

import pytest
import skops.io as skops
from sklearn.preprocessing import FunctionTransformer

from triage.reading.artefact import BadArtefact, Origin, default_path, load, origin_of, save
from triage.reading.classifier import EntryClassifier
from triage.reading.corpus import digest

ORIGIN = Origin("2026-11-22", "abc123", 335, {"topic": 0.8})


@pytest.fixture(scope="module")
def path(small, tmp_path_factory):
    return save(small, tmp_path_factory.mktemp("artefact") / "deep" / "classifier.skops", ORIGIN)


def rewritten(path, tmp_path, **members):
    """A copy of the file with some members replaced."""
    copy = tmp_path / "copy.skops"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            new.writestr(name, members.get(name.replace(".", "_"), old.read(name)))
    return copy


def test_it_reads_the_same_after_loading(small, path, corpus):
    texts = [entry.text for entry in corpus[5:60]]
    assert load(path).read(texts) == small.read(texts)


def test_it_carries_its_origin(path):
    origin = origin_of(path)
    assert (origin.made, origin.corpus, origin.entries) == ("2026-11-22", "abc123", 335)
    assert origin.scores == {"topic": 0.8}
    assert set(origin.libraries) == {"scikit-learn", "numpy", "scipy", "skops"}


def test_the_release_names_what_was_learned_not_when(small, path, corpus, tmp_path):
    again = save(small, tmp_path / "again.skops", Origin("2030-01-01", "other", 1))
    assert load(path).release == load(again).release == small.release
    other = EntryClassifier(folds=2).fit(corpus[1::12])
    save(other, tmp_path / "other.skops", ORIGIN)
    assert other.release != small.release
    assert len(small.release) <= 40


def test_it_is_small_and_alone(path):
    assert path.stat().st_size < 25_000_000
    assert [file.name for file in path.parent.iterdir()] == ["classifier.skops"]


def test_a_failed_write_leaves_the_old_file(small, path, tmp_path, monkeypatch):
    target = tmp_path / "kept.skops"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        save(small, target, ORIGIN)
    assert target.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["kept.skops"]


def test_unknown_types_are_refused_by_name(path, tmp_path):
    bad = skops.dumps({"machines": {"kind": FunctionTransformer(os.system)}, "rarity": []})
    with pytest.raises(BadArtefact, match="not trusted") as problem:
        load(rewritten(path, tmp_path, parts_skops=bad))
    assert "system" in str(problem.value)


def test_a_pickle_is_not_opened(path, tmp_path):
    class Bomb:
        def __reduce__(self):
            return os.abort, ()

    with pytest.raises(BadArtefact):
        load(rewritten(path, tmp_path, parts_skops=pickle.dumps(Bomb())))


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04broken"])
def test_a_damaged_file_is_one_sentence(tmp_path, content):
    broken = tmp_path / "broken.skops"
    broken.write_bytes(content)
    with pytest.raises(BadArtefact, match=r"langnghe triage train"):
        load(broken)


def test_another_format_is_refused(path, tmp_path):
    with pytest.raises(BadArtefact, match="format 99"):
        load(rewritten(path, tmp_path, classifier_json=json.dumps({"format": 99}).encode()))


def test_parts_of_two_classifiers_are_refused(small, path, tmp_path):
    with zipfile.ZipFile(path) as archive:
        about = json.loads(archive.read("classifier.json"))
    about["names"]["words"].pop()
    with pytest.raises(BadArtefact):
        load(rewritten(path, tmp_path, classifier_json=json.dumps(about).encode()))


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "nowhere.skops")


def test_no_code_of_ours_is_inside(path):
    with zipfile.ZipFile(path) as archive:
        parts = zipfile.ZipFile(io.BytesIO(archive.read("parts.skops")))
        assert "triage" not in parts.read("schema.json").decode()


def test_the_usual_place_is_in_the_installation():
    assert default_path().parts[-3:] == ("share", "langnghe", "classifier.skops")


def test_the_installed_classifier_learned_from_this_corpus(corpus):
    """Others here ask the installed one instead of training another: it must not be an old one."""
    assert origin_of(default_path()).corpus == digest(corpus)
