import io
import json
import os
import pickle
import zipfile

import numpy as np
import pytest

from triage.reading.artefact import BadArtefact, Origin, default_path, load, origin_of, save
from triage.reading.classifier import EntryClassifier
from triage.reading.corpus import digest

ORIGIN = Origin("2026-11-22", "abc123", 335, {"topic": 0.8})


@pytest.fixture(scope="module")
def path(small, tmp_path_factory):
    return save(small, tmp_path_factory.mktemp("artefact") / "deep" / "classifier.npz", ORIGIN)


def rewritten(path, tmp_path, **members):
    """A copy of the file with some members replaced."""
    copy = tmp_path / "copy.npz"
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
    assert set(origin.libraries) == {"scikit-learn", "numpy", "scipy"}


def test_the_release_names_what_was_learned_not_when(small, path, corpus, tmp_path):
    again = save(small, tmp_path / "again.npz", Origin("2030-01-01", "other", 1))
    assert load(path).release == load(again).release == small.release
    other = EntryClassifier(folds=2).fit(corpus[1::12])
    save(other, tmp_path / "other.npz", ORIGIN)
    assert other.release != small.release
    assert len(small.release) <= 40


def test_it_is_small_and_alone(path):
    assert path.stat().st_size < 25_000_000
    assert [file.name for file in path.parent.iterdir()] == ["classifier.npz"]


def test_a_failed_write_leaves_the_old_file(small, path, tmp_path, monkeypatch):
    target = tmp_path / "kept.npz"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        save(small, target, ORIGIN)
    assert target.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["kept.npz"]


def test_a_pickle_is_not_opened(path, tmp_path):
    class Bomb:
        def __reduce__(self):
            return os.abort, ()

    written = io.BytesIO()
    np.save(written, np.array([Bomb()], dtype=object), allow_pickle=True)
    for bad in (pickle.dumps(Bomb()), written.getvalue()):
        with pytest.raises(BadArtefact):
            load(rewritten(path, tmp_path, weights_npy=bad))


def test_the_same_classifier_makes_the_same_file(small, path, tmp_path):
    assert save(small, tmp_path / "again.npz", ORIGIN).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04broken"])
def test_a_damaged_file_is_one_sentence(tmp_path, content):
    broken = tmp_path / "broken.npz"
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
        load(tmp_path / "nowhere.npz")


def test_nothing_but_arrays_and_plain_words_is_inside(path):
    with zipfile.ZipFile(path) as archive:
        assert set(archive.namelist()) == {"weights.npy", "offsets.npy", "rarity.npy", "classifier.json"}
        weights = np.load(io.BytesIO(archive.read("weights.npy")), allow_pickle=False)
    assert weights.dtype == np.float16


def test_the_usual_place_is_in_the_installation():
    assert default_path().parts[-3:] == ("share", "langnghe", "classifier.npz")


def test_the_installed_classifier_learned_from_this_corpus(corpus):
    """Others here ask the installed one instead of training another: it must not be an old one."""
    assert origin_of(default_path()).corpus == digest(corpus)
