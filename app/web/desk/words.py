"""Words of the desk for codes that the reference data does not name."""

from collections.abc import Mapping

from babel import Locale
from flask_babel import LazyString, get_locale, lazy_gettext

from app.domain.desk import Act
from app.domain.ids import Action, State
from app.services import responding

# The reference data names states for the person harmed; these are for whoever works on the case.
STATES: dict[str, LazyString] = {
    State.SUBMITTED: lazy_gettext("New"),
    State.SAFEGUARDING: lazy_gettext("Held: safety comes first"),
    State.SCREENING: lazy_gettext("Being read"),
    State.INFO_REQUESTED: lazy_gettext("Waiting for the person's answer"),
    State.ACCEPTED: lazy_gettext("Accepted"),
    State.NOT_ACCEPTED: lazy_gettext("Not accepted"),
    State.ROUTED: lazy_gettext("Sent, receipt not confirmed"),
    State.ACTOR_REVIEW: lazy_gettext("Being answered"),
    State.DIALOGUE: lazy_gettext("In talks"),
    State.REMEDY_PROPOSED: lazy_gettext("Answered, the person decides"),
    State.REMEDY_AGREED: lazy_gettext("Offer accepted"),
    State.REMEDY_DELIVERY: lazy_gettext("Being delivered"),
    State.REMEDY_CLAIMED: lazy_gettext("Said to be done, the person checks"),
    State.CLOSED_NO_REMEDY: lazy_gettext("Closed without a remedy"),
    State.CLOSED_UNCONFIRMED: lazy_gettext("Closed, not confirmed"),
    State.CLOSED_PARTIAL: lazy_gettext("Closed, partly remedied"),
    State.CLOSED_REMEDIED: lazy_gettext("Closed, remedy confirmed"),
    State.CLOSED_WITHDRAWN: lazy_gettext("Ended by the person"),
    State.PAUSED_BY_PERSON: lazy_gettext("Paused for the person"),
    State.UNDER_APPEAL: lazy_gettext("Under review"),
}
ACTS: dict[str, LazyString] = {
    Act.ASSESS: lazy_gettext("Set harm and severity"),
    Act.CONFIRM_DECISION: lazy_gettext("Agree as the second person"),
    Act.DECLINE_DECISION: lazy_gettext("Let the proposal fall"),
    Act.REMIND: lazy_gettext("Remind the person"),
}
STOPPING = {Action.SAFETY_FLAG, Action.PAUSE}
EVENTS: dict[str, LazyString] = {
    "advice_recorded": lazy_gettext("The person took independent advice."),
    "answer_extended": lazy_gettext("The time to answer was extended."),
    "consent_given": lazy_gettext("The person agreed to share something."),
    "consent_withdrawn": lazy_gettext("The person took an agreement back."),
    "evidence_added": lazy_gettext("Evidence was added."),
    "message": lazy_gettext("A message was written."),
    "promise_confirmed": lazy_gettext("The person confirmed that a promise was kept."),
    "promise_disputed": lazy_gettext("The person said that something is missing in a promise."),
    "proposal_declined": lazy_gettext("A proposal was dropped."),
    "refusal_proposed": lazy_gettext("Somebody proposed not to accept the report."),
    "remind": lazy_gettext("The person was reminded."),
    "severity_proposed": lazy_gettext("Somebody proposed another severity."),
    "severity_set": lazy_gettext("Harm and severity were set."),
}
OTHER_EVENT = lazy_gettext("Something was noted in the case.")
COVERS: dict[str, LazyString] = {
    "statement": lazy_gettext("The report"),
    "evidence": lazy_gettext("The evidence"),
    "identity": lazy_gettext("Who the person is"),
}
RISKS: dict[str, LazyString] = {
    "low": lazy_gettext("Low: nobody could tell who reported, or nobody could do harm"),
    "some": lazy_gettext("Some: somebody could tell, and could make life harder"),
    "high": lazy_gettext("High: the person could lose work, home, freedom or safety"),
}
OFFERS: dict[str, LazyString] = {
    "open": lazy_gettext("Waits for the person"),
    "accepted": lazy_gettext("Accepted"),
    "changes_asked": lazy_gettext("The person asks for changes"),
    "refused": lazy_gettext("Refused"),
    "replaced": lazy_gettext("Replaced by a newer one"),
}
PROMISES: dict[str, LazyString] = {
    "promised": lazy_gettext("Promised"),
    "claimed": lazy_gettext("Said to be done"),
    "confirmed": lazy_gettext("Confirmed by the person"),
    "disputed": lazy_gettext("Something is missing"),
}
PROPOSALS: dict[str, LazyString] = {
    "refuse": lazy_gettext("Not to accept the report"),
    "assess": lazy_gettext("To set harm and severity, with less weight on what cannot be undone than usual"),
}


def answer_lines(text: str) -> Mapping[str, str]:
    """What an organisation's answer says, by the key of each point and of what stands beside the points."""
    return responding.read_answer(text)


def language_name(code: str) -> str:
    """A language as the reader calls it."""
    return Locale.parse(code).get_display_name(get_locale()) or code
