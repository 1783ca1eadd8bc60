"""The ids that code names; the loader of the reference data checks that both sides list the same."""

from enum import StrEnum


class Role(StrEnum):
    """Who can act, as DESIGN's table of people has it."""

    AFFECTED_PERSON = "affected_person"
    REPRESENTATIVE = "representative"
    CASEWORKER = "caseworker"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    FACILITATOR = "facilitator"
    RESPONDENT = "respondent"
    MANAGER = "manager"
    REVIEWER = "reviewer"
    AUDITOR = "auditor"
    ADMIN = "admin"
    SYSTEM = "system"


class State(StrEnum):
    """Where a case or a party's thread stands, in the order of its life."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SAFEGUARDING = "safeguarding"
    SCREENING = "screening"
    INFO_REQUESTED = "info_requested"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    ROUTED = "routed"
    ACTOR_REVIEW = "actor_review"
    DIALOGUE = "dialogue"
    REMEDY_PROPOSED = "remedy_proposed"
    REMEDY_AGREED = "remedy_agreed"
    REMEDY_DELIVERY = "remedy_delivery"
    REMEDY_CLAIMED = "remedy_claimed"
    CLOSED_REMEDIED = "closed_remedied"
    CLOSED_UNCONFIRMED = "closed_unconfirmed"
    CLOSED_PARTIAL = "closed_partial"
    CLOSED_NO_REMEDY = "closed_no_remedy"
    CLOSED_WITHDRAWN = "closed_withdrawn"
    PAUSED_BY_PERSON = "paused_by_person"
    UNDER_APPEAL = "under_appeal"
    ESCALATED = "escalated"
    MERGED_GROUP = "merged_group"


class Action(StrEnum):
    """What can be done to a case or to a party's thread."""

    SUBMIT = "submit"
    SAFETY_FLAG = "safety_flag"
    SAFETY_CLEARED = "safety_cleared"
    START_SCREENING = "start_screening"
    ASK_INFO = "ask_info"
    INFO_GIVEN = "info_given"
    ACCEPT = "accept"
    REFUSE = "refuse"
    ROUTE = "route"
    ACTOR_ACK = "actor_ack"
    ACTOR_ANSWER = "actor_answer"
    OPEN_DIALOGUE = "open_dialogue"
    DIALOGUE_OFFER = "dialogue_offer"
    AGREE = "agree"
    REJECT = "reject"
    START_DELIVERY = "start_delivery"
    CLAIM_DONE = "claim_done"
    CONFIRM = "confirm"
    DISPUTE_DELIVERY = "dispute_delivery"
    NO_REPLY = "no_reply"
    CLOSE_PARTIAL = "close_partial"
    CLOSE_NO_REMEDY = "close_no_remedy"
    WITHDRAW = "withdraw"
    PAUSE = "pause"
    RESUME = "resume"
    APPEAL = "appeal"
    APPEAL_UPHELD = "appeal_upheld"
    APPEAL_DENIED = "appeal_denied"
    REOPEN = "reopen"
    ESCALATE = "escalate"
    JOIN_GROUP = "join_group"


class Scope(StrEnum):
    """What an action moves: the whole case, or one party's thread."""

    CASE = "case"
    PARTY = "party"


class Outcome(StrEnum):
    """What a closed thread means for the person's remedy."""

    REMEDIED = "remedied"
    PARTIAL = "partial"
    NONE = "none"


class Band(StrEnum):
    """How severe a case is, from low to critical."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for low to 3 for critical."""
        return list(Band).index(self)


class Involvement(StrEnum):
    """How an organisation is tied to a harm."""

    UNDETERMINED = "undetermined"
    CAUSE = "cause"
    CONTRIBUTE = "contribute"
    DIRECTLY_LINKED = "directly_linked"
    NOT_INVOLVED = "not_involved"


class Kind(StrEnum):
    """Whether the harm happened or could happen."""

    ACTUAL = "actual"
    POTENTIAL = "potential"
