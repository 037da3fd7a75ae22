import numpy as np
import pytest

from triage.reading.calibration import (
    calibration_error,
    logistic,
    sharpness_of,
    slope_and_offset,
    softmax,
    threshold_for_accuracy,
    threshold_for_recall,
)

RANDOM = np.random.default_rng(7)


def test_softmax_sums_to_one_and_keeps_the_order():
    p = softmax(np.array([[1.0, 3.0, 2.0], [900.0, 0.0, 0.0]]), 2.0)
    assert p.sum(axis=1) == pytest.approx([1, 1])
    assert p[0].argsort().tolist() == [0, 2, 1]


def test_sharpness_recovers_the_one_that_made_the_answers():
    scores = RANDOM.normal(size=(4000, 5))
    p = softmax(scores, 3.0)
    answers = np.array([RANDOM.choice(5, p=row) for row in p])
    assert sharpness_of(scores, np.eye(5, dtype=bool)[answers]) == pytest.approx(3.0, rel=0.1)


def test_two_fair_labels_share_the_probability():
    scores = np.array([[2.0, 2.0, -9.0]] * 50)
    both = np.array([[True, True, False]] * 50)
    assert sharpness_of(scores, both) > sharpness_of(scores, np.array([[True, False, True]] * 50))


def test_platt_gives_calibrated_flags():
    scores = RANDOM.normal(size=6000)
    truth = RANDOM.random(6000) < logistic(scores, 2.0, -1.0)
    slope, offset = slope_and_offset(scores, truth)
    assert (slope, offset) == (pytest.approx(2.0, abs=0.2), pytest.approx(-1.0, abs=0.2))
    assert calibration_error(logistic(scores, slope, offset), truth) < 0.03


def test_threshold_for_recall_keeps_its_promise():
    p, truth = RANDOM.random(1000), RANDOM.random(1000) < 0.2
    threshold = threshold_for_recall(p, truth, 0.9)
    assert (p[truth] >= threshold).mean() >= 0.9
    assert (p[truth] > threshold).mean() < 0.9
    assert threshold_for_recall(p, np.zeros(1000, dtype=bool), 0.9) == 1.0


def test_threshold_for_accuracy_is_the_lowest_that_keeps_its_promise():
    p = RANDOM.random(3000)
    right = RANDOM.random(3000) < p
    threshold = threshold_for_accuracy(p, right, 0.9)
    assert right[p >= threshold].mean() >= 0.9
    assert 0.7 < threshold < 0.9
    assert threshold_for_accuracy(p, np.zeros(3000, dtype=bool), 0.9) > 1


def test_calibration_error_of_a_boaster():
    assert calibration_error(np.full(100, 0.99), np.arange(100) < 50) == pytest.approx(0.49)
    assert calibration_error(np.zeros(0), np.zeros(0)) == 0.0
