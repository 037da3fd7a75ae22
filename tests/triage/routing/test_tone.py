"""What a voice hears in a text: masked people, and sums that do not depend on where a stretch is cut."""

import pytest

from triage.routing.mentions import mentions_in
from triage.routing.posts import directory_of
from triage.routing.roster import Roster
from triage.routing.tokens import tokenize
from triage.routing.tone import Tone, Voice, default_voice


def hear(text: str, roster: Roster, voice: Voice) -> Tone:
    tokens = tokenize(text)
    return Tone(tokens, mentions_in(tokens, directory_of(roster)), voice)


def test_everybody_mentioned_is_masked(commune: Roster) -> None:
    said = hear("Anh Tuấn địa chính quát tôi, chủ tịch xã biết, cán bộ cười", commune, Voice(0.0, {})).features()
    assert {"<ours>", "<leader>", "<officer>", "<ours> quat"} <= said.keys()
    assert not {"tuan", "tich", "chinh"} & said.keys()


def test_a_text_typed_without_marks_sounds_the_same(commune: Roster) -> None:
    voice = default_voice()
    marked, bare = (hear(text, commune, voice) for text in ("Cô ấy quát mẹ tôi", "Co ay quat me toi"))
    assert marked.of_text() == pytest.approx(bare.of_text(), abs=0.7)


def test_a_stretch_sums_the_words_and_pairs_inside_it(commune: Roster) -> None:
    voice = Voice(-1.0, {"quat": 2.0, "quat toi": 0.5, "toi": -1.0})
    tone = hear("hôm qua họ quát tôi", commune, voice)
    assert tone.of((0, 5)) == pytest.approx(1.5)
    assert tone.of((3, 4)) == pytest.approx(2.0)
    assert tone.of((0, 3)) == tone.of((5, 5)) == 0.0


def test_an_empty_text_says_what_is_usual() -> None:
    assert hear("", Roster(), Voice(-1.0, {"quat": 2.0})).of_text() == -1.0


def test_the_shipped_voice_hears_blame_and_thanks(commune: Roster) -> None:
    voice = default_voice()
    blame = hear("Anh Tuấn địa chính hẹn mãi không làm, hỏi thì quát dân", commune, voice)
    thanks = hear("Cảm ơn anh Tuấn địa chính nhiệt tình giúp mẹ tôi", commune, voice)
    assert blame.of_text() > 0 > thanks.of_text()
