"""A unit's own lines of the routing table."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.people import Post, RoutingRule
from models.refusals import Refused
from models.units import Unit


def get_rules(session: Session, unit: Unit) -> dict[str, str]:
    """Topic → post code, for the topics the unit decided itself."""
    query = sa.select(RoutingRule).where(RoutingRule.unit_id == unit.id).order_by(RoutingRule.topic)
    return {rule.topic: rule.post_code for rule in session.scalars(query)}


def save_rules(session: Session, unit: Unit, rules: Mapping[str, str]) -> None:
    """Replace the unit's own lines; a topic that is left out goes back to the taxonomy's post.

    Raises Refused for a post the unit does not have. Which topics exist is the caller's to know.
    """
    posts = set(session.scalars(sa.select(Post.code).where(Post.unit_id == unit.id)))
    for topic, post_code in rules.items():
        if post_code not in posts:
            raise Refused("post_unknown", f"chu-de-{topic}")
    session.execute(sa.delete(RoutingRule).where(RoutingRule.unit_id == unit.id))
    session.add_all(RoutingRule(unit_id=unit.id, topic=topic, post_code=code) for topic, code in rules.items())
    session.flush()
