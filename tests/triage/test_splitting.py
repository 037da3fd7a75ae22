"""An entry is divided only where the whole and every part are ordinary and sure, and go to different posts."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from triage.deciding import Decided, Decider
from triage.reading.labels import default_posts
from triage.reading.readings import Reading, Reason, TopicGuess
from triage.routing.roster import Person, Roster
from triage.splitting import with_matters

LAMP = "Đèn đường ngõ 12 tắt hai tuần nay."
BIRTH = "Ngoài ra xin hỏi làm giấy khai sinh cần giấy gì?"
TEXT = f"{LAMP} {BIRTH}"
LAND = Person("dc", "Nguyễn Văn Tuấn", "Công chức địa chính", "land_officer", "Phòng Kinh tế", "male")
ROSTER = Roster("Xã Nà Lốc", (LAND,))

Change = Callable[[Reading], Reading]


def read_as(kind: str, topic: str) -> Reading:
    guesses = (TopicGuess(topic, 0.9), TopicGuess("other", 0.05))
    return Reading(kind, 0.95, topic, guesses, False, 0.01, False, 0.01, False, (), post_p=0.9)


class Stand:
    """Reads lamps as infrastructure, births as civil status, both together as the first; `change` by text."""

    release = "r1"

    def __init__(self, change: dict[str, Change]) -> None:
        self.change = change

    def read(self, texts: Sequence[str]) -> list[Reading]:
        return [self.change.get(text.strip(), lambda one: one)(self._plain(text)) for text in texts]

    @staticmethod
    def _plain(text: str) -> Reading:
        if "Cảm ơn" in text:
            return read_as("praise", "civil_status")
        lamp = "Đèn" in text
        return read_as("petition" if lamp else "question", "infrastructure" if lamp else "civil_status")


def decided(text: str = TEXT, roster: Roster = ROSTER, **change: Change) -> Decided:
    named = {"whole": text, "lamp": LAMP, "birth": BIRTH}
    decider = Decider(Stand({named[key]: value for key, value in change.items()}), default_posts())
    posts = default_posts()
    (one,) = with_matters(
        lambda parts: decider.decide(parts, roster, posts), [text], decider.decide([text], roster, posts), posts
    )
    return one


def test_two_ordinary_matters_of_two_posts_are_two() -> None:
    one = decided()
    assert [(TEXT[m.start : m.end].strip(), m.reading.topic, m.routing.route) for m in one.matters] == [
        (LAMP, "infrastructure", "economy_department_head"),
        (BIRTH, "civil_status", "justice_officer"),
    ]
    assert (one.reading.topic, one.routing.route) == ("infrastructure", "economy_department_head"), "the whole stays"
    assert one.as_row("x")["matters"][1] == {
        "start": len(LAMP) + 1, "end": len(TEXT), "kind": "question", "topic": "civil_status",
        "route": "justice_officer",
    }  # fmt: skip


GRAVE: list[Change] = [
    lambda one: replace(one, urgent=True),
    lambda one: replace(one, accuses_staff=True, accuses_p=0.95),
    lambda one: replace(one, kind="denunciation"),
    lambda one: replace(one, kind="complaint"),
    lambda one: replace(one, abstained=True, restricted_p=0.5),
    lambda one: replace(one, topic="integrity"),
    lambda one: replace(one, reasons=(Reason("rule.bribe_taken", "vòi tiền"),)),
]


@pytest.mark.parametrize("place", ["whole", "lamp", "birth"])
@pytest.mark.parametrize("change", GRAVE)
def test_what_is_grave_anywhere_stays_one(place: str, change: Change) -> None:
    one = decided(**{place: change})
    assert one.matters == ()
    assert "matters" not in one.as_row("x")


@pytest.mark.parametrize("place", ["lamp", "birth"])
def test_a_part_that_says_nothing_leaves_the_entry_whole(place: str) -> None:
    assert decided(**{place: lambda one: replace(one, kind="other")}).matters == ()


@pytest.mark.parametrize("unsure", [lambda one: replace(one, abstained=True), lambda one: replace(one, post_p=0.5)])
def test_a_part_that_is_not_sure_goes_to_a_person(unsure: Change) -> None:
    one = decided(birth=unsure)
    assert [(matter.reading.abstained, matter.routing.route) for matter in one.matters] == [
        (False, "economy_department_head"), (True, "reception"),
    ]  # fmt: skip
    assert decided(lamp=unsure, birth=unsure).matters == (), "at least one must be sure"


def test_an_unsure_part_that_may_be_a_complaint_leaves_it_whole() -> None:
    assert decided(birth=lambda one: replace(one, post_p=0.5, restricted_p=0.3)).matters == ()


def test_two_of_one_kind_are_two_only_where_both_posts_are_sure() -> None:
    asked = {"lamp": lambda one: replace(one, kind="question")}
    assert len(decided(**asked).matters) == 2
    assert decided(**asked, birth=lambda one: replace(one, post_p=0.5)).matters == ()


def test_a_part_that_speaks_of_what_the_other_is_about_leaves_it_whole() -> None:
    both = (TopicGuess("civil_status", 0.9), TopicGuess("infrastructure", 0.4))
    assert decided(birth=lambda one: replace(one, topics=both)).matters == ()


OF_BOTH = (TopicGuess("infrastructure", 0.5), TopicGuess("civil_status", 0.4))


@pytest.mark.parametrize(
    ("first", "whole", "matters"),
    [
        ("question", {"topics": OF_BOTH, "post_p": 0.5}, 2),  # who has asked and then tells begins anew
        ("petition", {"topics": OF_BOTH, "post_p": 0.5}, 0),  # who tells and tells on may tell of one thing
        ("question", {"topics": OF_BOTH[:1], "post_p": 0.5}, 0),  # the whole does not speak of both
        ("question", {"topics": OF_BOTH, "post_p": 0.9}, 0),  # the whole is surely for one post
    ],
)
def test_without_a_mark_only_what_plainly_begins_anew_is_cut(first: str, whole: dict, matters: int) -> None:
    birth, lamp = "Xin hỏi làm giấy khai sinh cần giấy gì?", LAMP
    text = f"{birth} {lamp}"
    stand = Stand({birth: lambda one: replace(one, kind=first), text: lambda one: replace(one, **whole)})
    decider, posts = Decider(stand, default_posts()), default_posts()
    (one,) = with_matters(
        lambda parts: decider.decide(parts, ROSTER, posts), [text], decider.decide([text], ROSTER, posts), posts
    )
    assert len(one.matters) == matters


def test_an_unsure_whole_of_sure_parts_is_divided() -> None:
    assert len(decided(whole=lambda one: replace(one, abstained=True)).matters) == 2


def test_one_whom_the_roster_knows_and_the_text_blames_leaves_it_whole() -> None:
    blaming = f"{LAMP} Ngoài ra anh Tuấn địa chính quát mẹ tôi rồi ném hồ sơ."
    assert decided(blaming).accuses_staff
    assert decided(blaming).matters == ()


def test_two_matters_of_one_post_stay_together() -> None:
    assert decided(birth=lambda one: replace(one, topic="environment")).matters == ()


def test_praise_and_a_question_are_two_even_for_one_post() -> None:
    text = f"Cảm ơn cô tư pháp rất nhiệt tình. {BIRTH}"
    assert [matter.reading.kind for matter in decided(text).matters] == ["praise", "question"]


@pytest.mark.parametrize(("kind", "matters"), [("praise", 2), ("petition", 0)])
def test_but_divides_only_after_praise(kind: str, matters: int) -> None:
    thanks, wish = "Cảm ơn cô tư pháp rất nhiệt tình.", "Nhưng mà Đèn đường ngõ 12 vẫn tắt."
    stand = Stand({thanks: lambda one: replace(one, kind=kind)})
    decider, posts = Decider(stand, default_posts()), default_posts()
    (one,) = with_matters(
        lambda parts: decider.decide(parts, ROSTER, posts), [f"{thanks} {wish}"],
        decider.decide([f"{thanks} {wish}"], ROSTER, posts), posts,
    )  # fmt: skip
    assert len(one.matters) == matters


def test_a_text_whose_places_would_shift_stays_whole() -> None:
    assert decided(TEXT.replace("tắt", "ta\u0302\u0301t")).matters == ()
