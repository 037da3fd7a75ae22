"""The routing table of a unit, and a dry run of it. What is typed there is never stored and never logged."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from models import Unit
from models.refusals import Refused
from models.routing_rules import get_rules, save_rules
from surveys.questions import LONGEST_TEXT, clean_text
from triage.reading.labels import KIND_IDS, KINDS, TOPIC_IDS, TOPICS, default_posts
from webapp.admin import admin
from webapp.admin.desk import basis_of, check_basis, get_unit, go_on, status_of, today, undo, unit_for_change
from webapp.admin.dry_run import Outcome, try_out
from webapp.admin.registry import PostLine, posts_of
from webapp.db import page, reader, session
from webapp.reasons import kind_words, topic_words


@dataclass(frozen=True)
class TopicLine:
    """One topic: the post of the common table, the post it goes to here, whether that is the unit's own line."""

    id: str
    label: str
    default: str
    post: str
    own: bool


@admin.get("/<unit_code>/phan-viec")
def routing(unit_code: str) -> Any:
    """Which topic goes to which post."""
    return _page(unit_code)


@admin.post("/<unit_code>/phan-viec")
def routing_save(unit_code: str) -> Any:
    """Store the whole table in one act, or put everything back to the common one."""
    unit = unit_for_change(unit_code)
    try:
        check_basis(basis_of(get_rules(session(), unit)))
        back = request.form.get("viec") == "mac_dinh"
        save_rules(session(), unit, {} if back else read_rules(request.form))
    except Refused as refused:
        return _page(unit_code, refused)
    return go_on("rules_saved", "admin.routing", unit_code=unit_code)


@admin.post("/<unit_code>/phan-viec/thu")
def routing_try(unit_code: str) -> Any:
    """Where an entry with these words would go today. Writes nothing."""
    unit = get_unit(unit_code)
    text = clean_text(request.form.get("loi", ""))[:LONGEST_TEXT]
    try:
        kind, topic = request.form.get("loai", ""), request.form.get("chu_de", "")
        if kind not in KIND_IDS or topic not in TOPIC_IDS:
            raise Refused("labels_unknown", "thu-loai")
        if not text:
            raise Refused("text_missing", "thu-loi")
        flags = "khan" in request.form, "che_trach" in request.form
        outcome = try_out(reader(), unit, text, kind, topic, *flags, day=today())
    except Refused as refused:
        return _page(unit_code, refused)
    return _page(unit_code, outcome=outcome)


def read_rules(form: Mapping[str, str]) -> dict[str, str]:
    """The unit's own lines as chosen: topic → post code. A topic left at the common table has none."""
    chosen = {topic.id: form.get(f"chu-de-{topic.id}", "") for topic in TOPICS}
    return {topic: post for topic, post in chosen.items() if post}


def topic_lines(rules: Mapping[str, str]) -> list[TopicLine]:
    """The whole table in the order of the taxonomy."""
    defaults = default_posts()
    return [TopicLine(id, topic_words(id), post, rules.get(id, post), id in rules) for id, post in defaults.items()]


def _page(unit_code: str, refused: Refused | None = None, outcome: Outcome | None = None) -> Any:
    problem = undo(refused)
    unit: Unit = get_unit(unit_code)
    posts = {line.code: line for line in posts_of(session(), unit, today())}
    rules = get_rules(session(), unit)
    lines = topic_lines(rules)
    return page(
        "admin/routing.html",
        status=status_of(refused),
        unit=unit,
        lines=lines,
        posts=posts,
        options=[(post.code, post.title) for post in posts.values()],
        trouble=[line for line in lines if not _answered(posts.get(line.post))],
        typed=request.form,
        tried=request.endpoint == "admin.routing_try",
        outcome=outcome,
        kinds=KINDS,
        kind_words=kind_words,
        basis=basis_of(rules),
        problem=problem,
    )


def _answered(post: PostLine | None) -> bool:
    return post is not None and bool(post.holders)
