"""Junk goes to reception as nothing to answer, unless anything speaks of danger or blame."""

from dataclasses import replace

import pytest

from tests.fixtures.sorting import reading
from triage.aside import is_aside, set_aside
from triage.deciding import SUSPECT, Decided
from triage.routing.routes import Reason, Routing

ORDINARY = Decided(
    reading("petition", "infrastructure"),
    Routing("economy_department_head", (), (), False, False, (Reason("topic_post", "infrastructure"),)),
    accuses_staff=False,
)


def test_junk_goes_to_reception() -> None:
    aside = set_aside(ORDINARY)
    assert is_aside(aside)
    assert not is_aside(ORDINARY)
    assert (aside.reading.kind, aside.reading.topic, aside.routing.route) == ("other", "other", "reception")
    assert not aside.routing.confidential


@pytest.mark.parametrize(
    "spoken",
    [
        replace(ORDINARY, accuses_staff=True),
        replace(ORDINARY, reading=replace(ORDINARY.reading, urgent=True)),
        replace(ORDINARY, reading=replace(ORDINARY.reading, accuses_staff=True)),
        replace(ORDINARY, reading=replace(ORDINARY.reading, kind="denunciation")),
        replace(ORDINARY, reading=replace(ORDINARY.reading, kind="complaint")),
        replace(ORDINARY, reading=replace(ORDINARY.reading, restricted_p=SUSPECT)),
        replace(ORDINARY, routing=replace(ORDINARY.routing, confidential=True)),
        replace(ORDINARY, routing=replace(ORDINARY.routing, superior=True, confidential=True)),
        replace(ORDINARY, routing=replace(ORDINARY.routing, excluded=("7",))),
    ],
)
def test_whatever_may_matter_is_decided_as_if_it_were_none(spoken: Decided) -> None:
    assert set_aside(spoken) is spoken
