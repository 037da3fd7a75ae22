"""From scores to probabilities that mean what they say, and to thresholds that keep a promise (pure)."""

import numpy as np

_SHARPNESS = np.geomspace(0.3, 40, 80)


def softmax(scores: np.ndarray, sharpness: float) -> np.ndarray:
    """Probabilities of each row's labels from their scores."""
    powers = np.exp(sharpness * (scores - scores.max(axis=1, keepdims=True)))
    result: np.ndarray = powers / powers.sum(axis=1, keepdims=True)
    return result


def sharpness_of(scores: np.ndarray, accepted: np.ndarray) -> float:
    """The sharpness under which the accepted labels (mask of the scores' shape) are likeliest.

    An entry with two fair labels asks only that they share the probability.
    """
    losses = [-np.log((softmax(scores, sharpness) * accepted).sum(axis=1) + 1e-12).mean() for sharpness in _SHARPNESS]
    return float(_SHARPNESS[int(np.argmin(losses))])


def logistic(scores: np.ndarray, slope: float, offset: float) -> np.ndarray:
    """Probability of a flag from its score."""
    result: np.ndarray = 1 / (1 + np.exp(-(slope * scores + offset)))
    return result


def log_odds(p: np.ndarray) -> np.ndarray:
    """What `logistic` with slope 1 and offset 0 turns into `p`."""
    inside = np.clip(p, 1e-6, 1 - 1e-6)
    result: np.ndarray = np.log(inside / (1 - inside))
    return result


def slope_and_offset(scores: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """Platt's two numbers: the logistic curve under which `truth` is likeliest."""
    from sklearn.linear_model import LogisticRegression

    curve = LogisticRegression(C=1e3).fit(scores.reshape(-1, 1), truth)
    return float(curve.coef_[0, 0]), float(curve.intercept_[0])


def threshold_for_recall(p: np.ndarray, truth: np.ndarray, recall: float) -> float:
    """The highest threshold at or above which at least `recall` (0–1) of the true ones lie."""
    ranked = np.sort(p[truth])[::-1]
    if not len(ranked):
        return 1.0
    return float(ranked[min(len(ranked), int(np.ceil(recall * len(ranked)))) - 1])


def threshold_for_accuracy(p: np.ndarray, right: np.ndarray, accuracy: float, least: int = 30) -> float:
    """The lowest threshold such that the answers at or above it are right with at least `accuracy`.

    Fewer than `least` answers prove nothing. Above 1 where no threshold keeps the promise.
    """
    order = np.argsort(-p, kind="stable")
    shares = np.cumsum(right[order]) / np.arange(1, len(p) + 1)
    good = np.flatnonzero((shares >= accuracy) & (np.arange(len(p)) >= least - 1))
    return float(p[order][good[-1]]) if len(good) else 1.01


def threshold_for_overlap(p: np.ndarray, true: np.ndarray, wanted: int) -> float:
    """The threshold at which what lies above it overlaps best (F1) with the true ones, of which there are `wanted`."""
    if not len(p):
        return 1.01
    order = np.argsort(-p, kind="stable")
    hits = np.cumsum(true[order])
    overlap = 2 * hits / (np.arange(1, len(p) + 1) + max(wanted, 1))
    return float(p[order][int(overlap.argmax())])


def calibration_error(p: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error (0–1) over bins of equal width."""
    if not len(p):
        return 0.0
    place = np.minimum((p * bins).astype(int), bins - 1)
    gaps = [abs(p[place == at].mean() - right[place == at].mean()) * (place == at).mean() for at in set(place)]
    return float(sum(gaps))
