"""What the office owes on an entry: a case, who may not see it, and the replies on their way.

No number that people see is sequential: a gap would tell an excluded officer that a case exists.
"""

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, relationship

from models.base import Base, EncryptedText, Located, UtcDateTime, column, enum_of
from models.entries import Entry
from models.people import Post

JOINED = "joined"
"""Route of a case that another of the same entry took in: nobody's any more, and counted no more."""


class CaseState(StrEnum):
    """Life of a case."""

    WAITING = "waiting"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ISSUED = "issued"
    FILED = "filed"


class Ending(StrEnum):
    """How a filed case ended without an answer of ours."""

    NO_ACTION = "no_action"
    FORWARDED = "forwarded"
    WITHDRAWN = "withdrawn"


class Finding(StrEnum):
    """What the verification of an accusation or complaint found."""

    TRUE = "true"
    PARTLY = "partly"
    FALSE = "false"


class Case(Base, Located):
    """One matter of one entry, owed an answer by one post."""

    __tablename__ = "cases"
    __table_args__ = (
        sa.Index("ix_cases_unit_state_due", "unit_id", "state", "due_at"),
        sa.CheckConstraint("(state IN ('issued', 'filed')) = (closed_at IS NOT NULL)", name="closed_has_time"),
        sa.CheckConstraint("NOT superior OR confidential", name="superior_is_confidential"),
        sa.CheckConstraint("(part_start IS NULL) = (part_end IS NULL)", name="part_has_two_ends"),
        sa.UniqueConstraint("entry_id", "matter"),
    )

    id: Mapped[uuid.UUID] = column("derived from the entry", sa.Uuid, primary_key=True)
    reference: Mapped[str] = column("what people call it, random-looking", sa.String(16), unique=True)
    entry_id: Mapped[uuid.UUID] = column("entry it answers", sa.ForeignKey("entries.id"))
    matter: Mapped[int] = column("which of the entry's matters, from 1", default=1)
    part_start: Mapped[int | None] = column("where its part of the text begins; empty: the whole text")
    part_end: Mapped[int | None] = column("where its part of the text ends")
    kind: Mapped[str] = column("label of the taxonomy, as last decided", sa.String(40))
    topic: Mapped[str] = column("primary topic, as last decided", sa.String(40))
    urgent: Mapped[bool] = column("danger now")
    accuses_staff: Mapped[bool] = column("blames the conduct of someone who serves the authority")
    confidential: Mapped[bool] = column("suspected complaint or denunciation, or sent up: few may see it")
    superior: Mapped[bool] = column("for the superior level only")
    route: Mapped[str] = column("as in the decision", sa.String(60))
    post_id: Mapped[int] = column("post that answers", sa.ForeignKey("posts.id"), index=True)
    state: Mapped[CaseState] = column("where it stands", enum_of(CaseState))
    opened_at: Mapped[datetime] = column("when the entry was received: clocks run from here", UtcDateTime)
    due_at: Mapped[datetime] = column("when the answer is due", UtcDateTime)
    intake_due_at: Mapped[datetime | None] = column(
        "when the sender must be told what became of the intake", UtcDateTime
    )
    intake_done_at: Mapped[datetime | None] = column("when the sender was told", UtcDateTime)
    paused_at: Mapped[datetime | None] = column(
        "since when the clocks wait for the sender; empty: they run", UtcDateTime
    )
    extensions: Mapped[int] = column("how often the term was extended", default=0, server_default="0")
    finding: Mapped[Finding | None] = column("what a verification found", enum_of(Finding))
    ending: Mapped[Ending | None] = column("how it was filed, where it was", enum_of(Ending))
    confirmed: Mapped[bool] = column("whether a person confirmed or corrected the reading", default=False)
    closed_at: Mapped[datetime | None] = column("when it was issued or filed", UtcDateTime)
    version: Mapped[int] = column("raised by every change; two at once are noticed")
    staff_version: Mapped[int] = column(
        "staff_version of the unit when the text was last held against its people", default=0, server_default="0"
    )

    entry: Mapped[Entry] = relationship()
    post: Mapped[Post] = relationship()
    replies: Mapped[list["Reply"]] = relationship(order_by="Reply.revision")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (read once by SQLAlchemy)

    @property
    def is_open(self) -> bool:
        """Whether an answer is still owed."""
        return self.state not in (CaseState.ISSUED, CaseState.FILED)


class ExclusionReason(StrEnum):
    """Why an officer may not know of a case."""

    ACCUSED = "accused"
    DOUBTFUL = "doubtful"
    """Named, and perhaps blamed: kept out alone, without whoever serves under the person."""
    RECUSED = "recused"


class CaseExclusion(Base, Located):
    """This officer never learns that this case exists."""

    __tablename__ = "case_exclusions"

    case_id: Mapped[uuid.UUID] = column("case", sa.ForeignKey("cases.id"), primary_key=True)
    officer_id: Mapped[int] = column("officer kept out", sa.ForeignKey("officers.id"), primary_key=True)
    reason: Mapped[ExclusionReason] = column("why", enum_of(ExclusionReason))
    at: Mapped[datetime] = column("since when", UtcDateTime)


class SealedPackage(Base, Located):
    """What the superior level alone may read, where the commune runs alone: encrypted to the province's key.

    The installation keeps neither the text nor a key that opens the package.
    """

    __tablename__ = "sealed_packages"

    case_id: Mapped[uuid.UUID] = column("case", sa.ForeignKey("cases.id"), primary_key=True)
    recipient: Mapped[str] = column("fingerprint of the public key it is sealed to", sa.String(64))
    sealed: Mapped[bytes] = column("JSON of text and contact, HPKE", sa.LargeBinary, personal="free_text")
    sealed_at: Mapped[datetime] = column("when it was sealed", UtcDateTime)
    handed_over_at: Mapped[datetime | None] = column("when it was last written out for the province", UtcDateTime)


class ReplyState(StrEnum):
    """drafted → submitted → returned, or signed → issued."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    SIGNED = "signed"
    ISSUED = "issued"


class Reply(Base, Located):
    """One revision of the answer to the citizen."""

    __tablename__ = "replies"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "revision"),
        sa.CheckConstraint("(state IN ('signed', 'issued')) = (signed_at IS NOT NULL)", name="signed_has_time"),
    )

    id: Mapped[uuid.UUID] = column("random", sa.Uuid, primary_key=True, default=uuid.uuid4)
    case_id: Mapped[uuid.UUID] = column("case", sa.ForeignKey("cases.id"))
    revision: Mapped[int] = column("1, 2, 3 …")
    state: Mapped[ReplyState] = column("where it stands", enum_of(ReplyState))
    text: Mapped[str] = column("the answer", EncryptedText, personal="free_text")
    note: Mapped[str | None] = column("why it was returned", EncryptedText, personal="free_text")
    drafted_by: Mapped[int] = column("account that drafted", sa.ForeignKey("accounts.id"))
    drafted_at: Mapped[datetime] = column("when it was last saved", UtcDateTime)
    signed_by: Mapped[int | None] = column("account that signed", sa.ForeignKey("accounts.id"))
    signed_at: Mapped[datetime | None] = column("when it was signed", UtcDateTime)
    signer_title: Mapped[str | None] = column("title under the signature, as of the day", sa.String(200))
