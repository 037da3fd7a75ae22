"""The model card that readers find is of the corpus as it stands."""

from pathlib import Path

from triage.reading.corpus import digest, load_corpus

DOCS = Path(__file__).parents[3] / "docs"


def test_the_card_was_written_after_the_corpus_was_last_changed() -> None:
    entries = load_corpus()
    card = (DOCS / "model-card.md").read_text("utf-8")
    assert f"from {len(entries)} entries (digest {digest(entries)})" in card, (
        "train, then: langnghe triage card > docs/model-card.md"
    )


def test_the_page_of_the_classifier_names_the_same_number() -> None:
    assert f"Learned from {len(load_corpus()):,} entries" in (DOCS / "classifier.md").read_text("utf-8")
