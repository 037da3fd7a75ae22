"""The classifier as one file: arrays and plain scikit-learn parts in a skops archive, the rest as JSON (pure).

The file is a zip of two members. `parts.skops` holds what scikit-learn made; it is loaded only when every type in
it is one that skops trusts by itself. `classifier.json` says where the classifier comes from. No code is in it.
"""

import json
import os
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import skops.io as skops
from sklearn.svm import LinearSVC

from triage.reading.classifier import EntryClassifier
from triage.reading.features import FeatureSpace

FORMAT = 1
_PARTS, _ABOUT = "parts.skops", "classifier.json"
_LIBRARIES = ("scikit-learn", "numpy", "scipy", "skops")
_RELEASE_LENGTH = 10


class BadArtefact(Exception):
    """A file that is no classifier of ours; the message says why and what to do."""


@dataclass(frozen=True)
class Origin:
    """Where a classifier comes from: `made` is a date in ISO form, `scores` figures of its evaluation."""

    made: str
    corpus: str
    entries: int
    scores: Mapping[str, float] = field(default_factory=dict)
    libraries: Mapping[str, str] = field(default_factory=dict)


def default_path() -> Path:
    """Where an installation keeps its classifier."""
    return Path(sys.prefix) / "share" / "langnghe" / "classifier.skops"


def save(classifier: EntryClassifier, path: Path, origin: Origin) -> Path:
    """Write the classifier whole or not at all; returns `path`. Its release becomes a digest of what it learned."""
    parts = {"machines": classifier.machines_, "rarity": classifier.space_.rarity}
    libraries = {name: version(name) for name in _LIBRARIES}
    about = {"format": FORMAT, "origin": asdict(origin) | {"libraries": libraries}} | _plain_parts(classifier)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".classifier-")
    try:
        with (
            os.fdopen(handle, "wb") as raw,
            zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
        ):
            archive.writestr(_PARTS, skops.dumps(parts))
            archive.writestr(_ABOUT, json.dumps(about, ensure_ascii=False))
        os.chmod(draft, 0o644)
        os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    classifier.release = _release(classifier)
    return path


def load(path: Path) -> EntryClassifier:
    """The classifier in a file.

    Raises FileNotFoundError, or BadArtefact for a file that is damaged, of another format, or holds types that
    are not trusted.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            about = json.loads(archive.read(_ABOUT))
            _require(about.get("format") == FORMAT, path, f"format {about.get('format')!r} is not {FORMAT}")
            parts = _trusted(archive.read(_PARTS), path)
            return _assembled(about, parts, path)
    except (zipfile.BadZipFile, LookupError, ValueError, TypeError, AttributeError) as problem:
        raise BadArtefact(_sentence(path, f"it is damaged or no classifier ({problem})")) from problem


def origin_of(path: Path) -> Origin:
    """Where the classifier in a file comes from. Raises as `load` does."""
    try:
        with zipfile.ZipFile(path) as archive:
            return Origin(**json.loads(archive.read(_ABOUT))["origin"])
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as problem:
        raise BadArtefact(_sentence(path, f"it is damaged or no classifier ({problem})")) from problem


def _plain_parts(classifier: EntryClassifier) -> dict[str, Any]:
    return {
        "parameters": classifier.get_params(),
        "names": classifier.space_.names(),
        "sharpness": classifier.sharpness_,
        "curves": classifier.curves_,
        "thresholds": classifier.thresholds_,
    }


def _trusted(content: bytes, path: Path) -> dict[str, Any]:
    unknown = skops.get_untrusted_types(data=content)
    _require(not unknown, path, f"it holds types that are not trusted: {', '.join(sorted(unknown))}")
    parts: dict[str, Any] = skops.loads(content, trusted=[])
    machines = parts["machines"].values()
    _require(all(type(machine) is LinearSVC for machine in machines), path, "it holds other machines than ours")
    return parts


def _assembled(about: Mapping[str, Any], parts: Mapping[str, Any], path: Path) -> EntryClassifier:
    classifier = EntryClassifier(**about["parameters"])
    classifier.space_ = FeatureSpace(about["names"], np.asarray(parts["rarity"]))
    classifier.machines_ = dict(parts["machines"])
    classifier.sharpness_ = dict(about["sharpness"])
    classifier.curves_ = {flag: tuple(curve) for flag, curve in about["curves"].items()}
    classifier.thresholds_ = dict(about["thresholds"])
    classifier.release = _release(classifier)
    widths = {machine.coef_.shape[1] for machine in classifier.machines_.values()}
    _require(widths == {classifier.space_.width}, path, "its parts do not fit together")
    return classifier


def _release(classifier: EntryClassifier) -> str:
    """The same for the same learning, whenever and wherever it is done (skops writes no equal bytes twice)."""
    learned = sha256(json.dumps(_plain_parts(classifier), ensure_ascii=False, sort_keys=True).encode())
    for head in sorted(classifier.machines_):
        learned.update(np.ascontiguousarray(classifier.machines_[head].coef_).tobytes())
    return learned.hexdigest()[:_RELEASE_LENGTH]


def _require(holds: bool, path: Path, why: str) -> None:
    if not holds:
        raise BadArtefact(_sentence(path, why))


def _sentence(path: Path, why: str) -> str:
    return f"{path} cannot be used: {why}. Train a new one with `langnghe triage train`."
