"""Tables and their invariants; knows no feature."""

from models.accounts import Account, Role
from models.audit import CaseEvent, CaseEventPayload, CaseKey
from models.base import Base
from models.calendar_days import CalendarDay
from models.cases import (
    Case,
    CaseExclusion,
    CaseState,
    Ending,
    ExclusionReason,
    Finding,
    Reply,
    ReplyState,
    SealedPackage,
)
from models.casework import (
    PraisedOfficer,
    Reminder,
    ReminderStep,
    SameMatter,
    SavedReply,
    SigningRule,
    Statement,
    Transfer,
)
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
from models.sign_ins import RecoveryCode, SecondFactor, SignIn
from models.submissions import Submission
from models.units import Unit, UnitKind, UnitSuccession
from models.workers import WorkerHeartbeat

__all__ = [
    "AccessCode", "Account", "Answer", "AuditedCase", "Base", "CalendarDay", "Case", "CaseEvent",
    "CaseEventPayload", "CaseExclusion", "CaseFact", "CaseKey", "CaseState", "ClassifierRelease", "CodePurpose",
    "Database", "DatabaseBusy", "Decision", "DecisionSource", "Department", "DutyShift", "Ending", "Entry",
    "EntryContact", "EntryMark", "EntrySource", "ExclusionReason", "Finding", "Keyring", "MarkKind", "Officer",
    "Post", "PraisedOfficer", "Procedure", "Questionnaire", "QuestionnaireStatus", "RatingFact", "RecoveryCode",
    "ReleaseState", "Reminder", "ReminderStep", "Reply", "ReplyState", "Response", "Role", "RoutingRule",
    "SameMatter", "SavedReply", "SealedPackage", "SecondFactor", "SignIn", "SigningRule", "StaleFact",
    "Statement", "Stratum", "Submission", "Tenure", "Transaction", "TransactionFact", "Transfer", "Unit",
    "UnitKind", "UnitSuccession", "WorkerHeartbeat",
]  # fmt: skip
