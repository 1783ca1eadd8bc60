"""What the case page says for ids that are not part of the reference data."""

from flask_babel import LazyString, lazy_gettext

from app.domain.answers import NoThanks, Pressure
from app.domain.errors import RecourseError, RequirementsMissing
from app.services import responding

Sentences = dict[str, LazyString]

# The steps that only this portal knows; those of the life cycle have their own sentences.
EVENTS: Sentences = {
    "consent_given": lazy_gettext("You agreed that a company may see parts of your report."),
    "consent_withdrawn": lazy_gettext("You took back what a company may see."),
    "advice_recorded": lazy_gettext("You said that you got independent advice."),
    "promise_confirmed": lazy_gettext("You confirmed that a promise was kept."),
    "promise_disputed": lazy_gettext("You said that something is missing."),
    "evidence_added": lazy_gettext("A file was added."),
    "answer_extended": lazy_gettext("The company got more time for its answer."),
    "severity_set": lazy_gettext("We set how severe the harm is."),
    "remind": lazy_gettext("We asked you once more for your answer."),
    "reject:changes": lazy_gettext("You asked for changes to the offer."),
    "reject:refuse": lazy_gettext("You refused the offer."),
}

# Why a company is part of the case.
REASONS: Sentences = {
    "runs_named_system": lazy_gettext("It runs the system that you named."),
    "supplies_named_system": lazy_gettext("It makes something that the system you named is built on."),
    "role_fits_harm": lazy_gettext("Its part in making or running the system fits what happened."),
    "nearest_in_chain": lazy_gettext("It is the nearest that we could find to the system you named."),
    "chosen_by_person": lazy_gettext("You chose it."),
}

# What somebody opened, as the record of openings names it.
PARTS: Sentences = {
    "statement": lazy_gettext("what happened and what you want"),
    "identity": lazy_gettext("who you are"),
    "thread": lazy_gettext("messages"),
    "evidence": lazy_gettext("a file"),
    "evidence_list": lazy_gettext("the list of files"),
}

OFFER_STATES: Sentences = {
    "open": lazy_gettext("Waits for your answer"),
    "accepted": lazy_gettext("You accepted it"),
    "changes_asked": lazy_gettext("You asked for changes"),
    "refused": lazy_gettext("You refused it"),
    "replaced": lazy_gettext("A newer offer took its place"),
}

PROMISE_STATES: Sentences = {
    "promised": lazy_gettext("Not done yet"),
    "claimed": lazy_gettext("The company says that it is done"),
    "disputed": lazy_gettext("You said that something is missing"),
    "confirmed": lazy_gettext("You confirmed it"),
}

NO_THANKS: Sentences = {
    str(NoThanks.CHANGES): lazy_gettext("Ask for changes: you say what is missing or wrong"),
    str(NoThanks.REFUSE): lazy_gettext("Refuse: this is not what you need"),
}

# What is said on top of the case page after a step.
DONE: Sentences = {
    "message": lazy_gettext("Your message was sent."),
    "answered": lazy_gettext("Your answer was sent. Thank you."),
    "accepted": lazy_gettext("You accepted the offer. You can follow each promise here."),
    "advice": lazy_gettext("We noted that you got independent advice."),
    "declined": lazy_gettext("Your answer was sent. The talks go on."),
    "confirmed": lazy_gettext("Thank you. You confirmed that this promise was kept."),
    "closed": lazy_gettext("Thank you. You confirmed every promise of this company."),
    "disputed": lazy_gettext("We told the company what is missing. It has to go on."),
    "shared": lazy_gettext("Your choice is kept. You can take it back at any time."),
    "unshared": lazy_gettext("Done. The company can no longer open these parts."),
    "paused": lazy_gettext("Your case is paused. Nothing happens until you say so."),
    "resumed": lazy_gettext("Your case goes on."),
    "ended": lazy_gettext("Your case is ended. Thank you for your trust."),
    "safety": lazy_gettext("We hold everything, and somebody with training looks at it within one day."),
    "notices": lazy_gettext("We will write to this address when there is news."),
    "no_notices": lazy_gettext("We forgot your address and will not write to it."),
    "evidence": lazy_gettext("Your file was added."),
}

NOT_NOW = lazy_gettext("Your case has moved on meanwhile, so this is not possible now. See where it stands.")

# Why a step was not taken; what was typed is still on the page.
REFUSALS: Sentences = {
    "illegal_transition": NOT_NOW,
    "offer_not_open": lazy_gettext("This offer is no longer open. Please look at the newest one."),
    "promise_not_claimed": lazy_gettext("You have answered this already, or the company has not claimed it."),
    "thread_silent": lazy_gettext(
        "At the moment nothing goes to a company in this case. You can write to us."
    ),
    "consent_ended": lazy_gettext("You took this back before. It is not open to the company."),
    "covers": lazy_gettext("Please choose at least one part to share."),
    "empty_text": lazy_gettext("Please write a few words."),
    "long_text": lazy_gettext("Please shorten the text a little and send the rest in a second message."),
    "email": lazy_gettext("Please give an e-mail address such as name@example.org."),
    "no_waiver_or_advice": lazy_gettext(
        "This offer asks you to give up rights. It can be accepted only after you got independent advice."
    ),
}
PRESSURE: Sentences = {
    str(Pressure.NONE): lazy_gettext("It is my own free choice"),
    str(Pressure.PUSHED): lazy_gettext("Somebody pushes me to stop"),
    str(Pressure.NOT_SAID): lazy_gettext("I would rather not say"),
}

SATISFACTION: Sentences = {
    "5": lazy_gettext("Very good"),
    "4": lazy_gettext("Good"),
    "3": lazy_gettext("So-so"),
    "2": lazy_gettext("Bad"),
    "1": lazy_gettext("Very bad"),
}

CODE_ERRORS: Sentences = {
    "code_wrong_character": lazy_gettext(
        "A case code has digits only. Please look for letters or other signs."
    ),
    "code_wrong_length": lazy_gettext(
        "A case code has 28 digits: seven groups of four. Please count them once more."
    ),
    "code_wrong_check": lazy_gettext(
        "One of the digits is wrong, or two changed places. Please compare them once more."
    ),
    "unknown": lazy_gettext(
        "This code opens no case here. Please compare it with what you kept. "
        "If you cannot find your code, nobody can open the case for you, but you can report again."
    ),
}


def answer_lines(text: str) -> dict[str, str]:
    """What a company's answer says, by the key of each point and of what stands beside the points."""
    return responding.read_answer(text)


def choices(table: Sentences) -> list[tuple[str, LazyString]]:
    """The sentences as answers to choose from."""
    return list(table.items())


def refusal_sentence(refusal: RecourseError) -> LazyString:
    """The sentence for a refusal; a code without one raises KeyError, so that tests meet it."""
    if isinstance(refusal, RequirementsMissing):
        return REFUSALS[refusal.missing[0]]
    return REFUSALS[refusal.code]
