"""The classifier as one file: arrays as numpy writes them and the rest as JSON, in a zip (pure).

No code and no pickled object is in it: the arrays are read with pickling forbidden. `classifier.json` says where the
classifier comes from and holds the names of its features.
"""

import gc
import io
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

from triage.reading.classifier import EntryClassifier
from triage.reading.features import FeatureSpace
from triage.reading.heads import Machines

FORMAT = 2
_ABOUT = "classifier.json"
_ARRAYS = ("weights", "offsets", "rarity")
_LIBRARIES = ("scikit-learn", "numpy", "scipy")
_RELEASE_LENGTH = 10
_SAME_DATE = (2025, 7, 1, 0, 0, 0)
"""Date of every member: the same classifier makes the same bytes."""


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
    return Path(sys.prefix) / "share" / "langnghe" / "classifier.npz"


def save(classifier: EntryClassifier, path: Path, origin: Origin) -> Path:
    """Write the classifier whole or not at all; returns `path`. Its release becomes a digest of what it learned."""
    libraries = {name: version(name) for name in _LIBRARIES}
    about = {"format": FORMAT, "origin": asdict(origin) | {"libraries": libraries}} | _plain_parts(classifier)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".classifier-")
    try:
        with os.fdopen(handle, "wb") as raw, zipfile.ZipFile(raw, "w") as archive:
            for name, array in _arrays(classifier).items():
                _add(archive, f"{name}.npy", _npy(array))
            _add(archive, _ABOUT, json.dumps(about, ensure_ascii=False).encode())
        os.chmod(draft, 0o644)
        os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    classifier.release = _release(classifier)
    return path


def load(path: Path) -> EntryClassifier:
    """The classifier in a file.

    Raises FileNotFoundError, or BadArtefact for a file that is damaged, of another format, or holds anything but
    plain arrays.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            about = json.loads(archive.read(_ABOUT))
            _require(about.get("format") == FORMAT, path, f"format {about.get('format')!r} is not {FORMAT}")
            arrays = {name: np.load(io.BytesIO(archive.read(f"{name}.npy")), allow_pickle=False) for name in _ARRAYS}
            classifier = _assembled(about, arrays, path)
    except (zipfile.BadZipFile, EOFError, LookupError, ValueError, TypeError, AttributeError) as problem:
        raise BadArtefact(_sentence(path, f"it is damaged or no classifier ({problem})")) from problem
    # It lives as long as the process: to look through its half million names again costs every collection 0.1 s.
    gc.freeze()
    return classifier


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


def _arrays(classifier: EntryClassifier) -> dict[str, np.ndarray]:
    # Half precision: three digits are more than a weight learned from a few thousand texts is worth.
    machines = classifier.machines_
    return {
        "weights": machines.weights.astype(np.float16),
        "offsets": machines.offsets,
        "rarity": classifier.space_.rarity,
    }


def _npy(array: np.ndarray) -> bytes:
    written = io.BytesIO()
    np.save(written, array, allow_pickle=False)
    return written.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    member = zipfile.ZipInfo(name, _SAME_DATE)
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, content, compresslevel=6)


def _assembled(about: Mapping[str, Any], arrays: Mapping[str, np.ndarray], path: Path) -> EntryClassifier:
    classifier = EntryClassifier(**about["parameters"])
    classifier.space_ = FeatureSpace(about["names"], arrays["rarity"])
    classifier.machines_ = Machines(arrays["weights"].astype(np.float32), arrays["offsets"])
    classifier.sharpness_ = dict(about["sharpness"])
    classifier.curves_ = {flag: tuple(curve) for flag, curve in about["curves"].items()}
    classifier.thresholds_ = dict(about["thresholds"])
    classifier.release = _release(classifier)
    fits = len(classifier.machines_.weights) == classifier.space_.width
    _require(fits, path, "its parts do not fit together")
    return classifier


def _release(classifier: EntryClassifier) -> str:
    """The same for the same learning, whenever and wherever it is done."""
    learned = sha256(json.dumps(_plain_parts(classifier), ensure_ascii=False, sort_keys=True).encode())
    for array in _arrays(classifier).values():
        learned.update(np.ascontiguousarray(array).tobytes())
    return learned.hexdigest()[:_RELEASE_LENGTH]


def _require(holds: bool, path: Path, why: str) -> None:
    if not holds:
        raise BadArtefact(_sentence(path, why))


def _sentence(path: Path, why: str) -> str:
    return f"{path} cannot be used: {why}. Train a new one with `langnghe triage train`."
