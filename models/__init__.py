"""Tables and their invariants; knows no feature."""

from models.accounts import Account, Role
from models.audit import CaseEvent, CaseEventPayload, CaseKey
from models.base import Base
from models.cases import Case, CaseExclusion, CaseState, ExclusionReason, Reply, ReplyState, SealedPackage
from models.codes import AccessCode, CodePurpose
from models.decisions import AuditedCase, Decision, DecisionSource
from models.encryption import Keyring
from models.engine import Database, DatabaseBusy
from models.entries import Entry, EntryContact, EntryMark, EntrySource, MarkKind
from models.facts import CaseFact, RatingFact, StaleFact, TransactionFact
from models.people import Department, DutyShift, Officer, Post, RoutingRule, Tenure
from models.procedures import Procedure, Transaction
from models.questionnaires import Questionnaire, QuestionnaireStatus
from models.releases import ClassifierRelease, ReleaseState
from models.responses import Answer, Response, Stratum
from models.submissions import Submission
from models.units import Unit, UnitKind, UnitSuccession
from models.workers import WorkerHeartbeat

__all__ = [
    "AccessCode", "Account", "Answer", "AuditedCase", "Base", "Case", "CaseEvent", "CaseEventPayload",
    "CaseExclusion", "CaseFact", "CaseKey", "CaseState", "ClassifierRelease", "CodePurpose", "Database",
    "DatabaseBusy", "Decision", "DecisionSource", "Department", "DutyShift", "Entry", "EntryContact",
    "EntryMark", "EntrySource", "ExclusionReason", "Keyring", "MarkKind", "Officer", "Post", "Procedure",
    "Questionnaire", "QuestionnaireStatus", "RatingFact", "ReleaseState", "Reply", "ReplyState", "Response",
    "Role", "RoutingRule", "SealedPackage", "StaleFact", "Stratum", "Submission", "Tenure", "Transaction",
    "TransactionFact", "Unit", "UnitKind", "UnitSuccession", "WorkerHeartbeat",
]  # fmt: skip
