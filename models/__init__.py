"""Tables and their invariants; knows no feature."""

from models.accounts import Account, Role
from models.audit import CaseEvent, CaseEventPayload, CaseKey
from models.base import Base
from models.cases import Case, CaseExclusion, CaseState, ExclusionReason, Reply, ReplyState
from models.codes import AccessCode, CodePurpose
from models.decisions import Decision, DecisionSource
from models.encryption import Keyring
from models.engine import Database, DatabaseBusy
from models.entries import Entry, EntryContact, EntrySource
from models.facts import CaseFact, RatingFact, StaleFact
from models.people import Department, DutyShift, Officer, Post, Tenure
from models.questionnaires import Questionnaire, QuestionnaireStatus
from models.responses import Answer, Response, Stratum
from models.submissions import Submission
from models.units import Unit, UnitKind, UnitSuccession
from models.workers import WorkerHeartbeat

__all__ = [
    "AccessCode", "Account", "Answer", "Base", "Case", "CaseEvent", "CaseEventPayload", "CaseExclusion",
    "CaseFact", "CaseKey", "CaseState", "CodePurpose", "Database", "DatabaseBusy", "Decision",
    "DecisionSource", "Department", "DutyShift", "Entry", "EntryContact", "EntrySource", "ExclusionReason",
    "Keyring", "Officer", "Post", "Questionnaire", "QuestionnaireStatus", "RatingFact", "Reply",
    "ReplyState", "Response", "Role", "StaleFact", "Stratum", "Submission", "Tenure", "Unit", "UnitKind",
    "UnitSuccession", "WorkerHeartbeat",
]  # fmt: skip
