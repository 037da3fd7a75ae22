import pytest

from triage.reading.labels import KINDS, TOPICS, default_posts, kind_label, topic_label


def test_restricted_kinds_are_those_of_the_law():
    assert {kind.id for kind in KINDS if kind.restricted} == {"complaint", "denunciation"}


def test_every_topic_has_a_post():
    posts = default_posts()
    assert set(posts) == {topic.id for topic in TOPICS}
    assert all(posts.values())
    assert posts["integrity"] == "chairperson"


def test_the_routing_table_is_a_copy():
    default_posts()["integrity"] = "nobody"
    assert default_posts()["integrity"] == "chairperson"


def test_labels_are_vietnamese():
    assert kind_label("denunciation") == "Tố cáo (dấu hiệu)"
    assert topic_label("fees") == "Phí, lệ phí"
    with pytest.raises(KeyError):
        kind_label("gossip")
