"""What the report's pages say for the ids and codes of rules and services."""

from collections.abc import Sequence

from flask_babel import LazyString, gettext, lazy_gettext
from markupsafe import Markup, escape

from app.domain.intake import Age, ForWhom, Safety
from app.domain.routing import ReasonId
from app.services.proposals import ProposedParty, Reason
from app.web.unit import portal

SAFETY: dict[str, LazyString] = {
    Safety.SAFE: lazy_gettext("Yes, I am safe"),
    Safety.UNSURE: lazy_gettext("I am not sure"),
    Safety.DANGER: lazy_gettext("No, I am in danger"),
}
FOR_WHOM: dict[str, LazyString] = {
    ForWhom.ME: lazy_gettext("Me"),
    ForWhom.SOMEONE_ELSE: lazy_gettext("Another person"),
    ForWhom.CHILD: lazy_gettext("A child, under 18"),
    ForWhom.GROUP: lazy_gettext("Several people or a group"),
}
AGE: dict[str, LazyString] = {
    Age.UNDER_13: lazy_gettext("Under 13"),
    Age.FROM_13: lazy_gettext("13 to 17"),
    Age.FROM_18: lazy_gettext("18 to 64"),
    Age.FROM_65: lazy_gettext("65 or older"),
}
COVERS: dict[str, LazyString] = {
    "statement": lazy_gettext("What happened and what you want"),
    "evidence": lazy_gettext("Your evidence"),
    "identity": lazy_gettext("Your name and how to reach you"),
}
REFUSED: dict[str, LazyString] = {
    "empty": lazy_gettext("The file is empty."),
    "too_large": lazy_gettext("The file is too large."),
    "too_many": lazy_gettext("There are too many files. Take one out to make room for it."),
    "report_full": lazy_gettext("All files together are too large. Take one out to make room for it."),
    "type_not_allowed": lazy_gettext(
        "We cannot take this kind of file. Photos, PDF, text, sound and video work."
    ),
    "office_document": lazy_gettext(
        "Office documents often hide who wrote them. Please save it as a PDF and add that."
    ),
    "archive": lazy_gettext("This is a packed folder. Please unpack it and add the files themselves."),
    "broken": lazy_gettext("The file seems to be damaged. Please save it once more and try again."),
    "encrypted_pdf": lazy_gettext("This PDF asks for a password. Please save it without one."),
    "picture_too_large": lazy_gettext("The picture has too many points. Please make it smaller."),
    "no_files_here": lazy_gettext("For this kind of harm we must not take files."),
    "store_unavailable": lazy_gettext("It could not be kept just now. Please try again in a minute."),
}
NOT_CLEANED: dict[str, LazyString] = {
    "nothing_to_clean": lazy_gettext("Plain text carries no hidden details. All of it can be read."),
    "cannot_clean": lazy_gettext(
        "We cannot take hidden details out of this kind of file. It may tell where, when and with which "
        "device it was made."
    ),
    "moving_picture": lazy_gettext(
        "We cannot take hidden details out of moving pictures. It may tell where, when and with which "
        "device it was made."
    ),
}
FAULTS: dict[str, LazyString] = {
    "nothing_told": lazy_gettext("Please write a few words about what happened, or choose a kind of harm."),
    "link_in_text": lazy_gettext("Please take the web address out of this answer. We must not keep it."),
}


REASONS: dict[str, LazyString] = {
    ReasonId.RUNS_NAMED_SYSTEM: lazy_gettext("It runs %(system)s, which you named."),
    ReasonId.SUPPLIES_NAMED_SYSTEM: lazy_gettext(
        "It makes or supplies %(system)s, on which the AI that you named is built."
    ),
    ReasonId.ROLE_FITS_HARM: lazy_gettext("It can do something about this kind of harm as: %(role)s."),
    ReasonId.NEAREST_IN_CHAIN: lazy_gettext(
        "It is the closest organisation behind it that takes part in this portal."
    ),
    ReasonId.SYSTEM_UNKNOWN: lazy_gettext(
        "We do not know yet which AI it was. Our team finds out who is responsible."
    ),
    ReasonId.NOBODY_TAKES_PART: lazy_gettext(
        "Nobody behind this AI takes part in this portal yet. Our team looks for a way."
    ),
    ReasonId.LEFT_OUT_AT_YOUR_WISH: lazy_gettext("You left it out."),
}


def reason(given: Reason) -> Markup:
    """Why an organisation is proposed, or why the report stays with the host; names stand apart."""
    role = gettext(portal().reference.roles[given.role].name) if given.role else ""
    system = Markup("<bdi>{}</bdi>").format(given.system)
    return escape(str(REASONS[given.id])) % {"system": system, "role": role}


def reasons(party: ProposedParty) -> Sequence[Markup]:
    """Each reason for a proposed organisation as a sentence."""
    return [reason(each) for each in party.reasons]
