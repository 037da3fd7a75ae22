"""Tables and their invariants; knows no feature."""

from models.accounts import Account, Role
from models.audit import CaseEvent, CaseEventPayload, CaseKey
from models.base import Base
from models.cases import Case, CaseExclusion, CaseState, ExclusionReason, Reply, ReplyState, SealedPackage
from models.codes import AccessCode, CodePurpose
from models.decisions import Decision, DecisionSource
from models.encryption import Keyring
from models.engine import Database, DatabaseBusy
from models.entries import Entry, EntryContact, EntrySource
from models.facts import CaseFact, RatingFact, StaleFact, TransactionFact
from models.people import Department, DutyShift, Officer, Post, RoutingRule, Tenure
from models.procedures import Procedure, Transaction
from models.questionnaires import Questionnaire, QuestionnaireStatus
from models.responses import Answer, Response, Stratum
from models.submissions import Submission
from models.units import Unit, UnitKind, UnitSuccession
from models.workers import WorkerHeartbeat

__all__ = [
    "AccessCode", "Account", "Answer", "Base", "Case", "CaseEvent", "CaseEventPayload", "CaseExclusion",
    "CaseFact", "CaseKey", "CaseState", "CodePurpose", "Database", "DatabaseBusy", "Decision", "DecisionSource",
    "Department", "DutyShift", "Entry", "EntryContact", "EntrySource", "ExclusionReason", "Keyring", "Officer",
    "Post", "Procedure", "Questionnaire", "QuestionnaireStatus", "RatingFact", "Reply", "ReplyState",
    "Response", "Role", "RoutingRule", "SealedPackage", "StaleFact", "Stratum", "Submission", "Tenure",
    "Transaction", "TransactionFact", "Unit", "UnitKind", "UnitSuccession", "WorkerHeartbeat",
]  # fmt: skip
