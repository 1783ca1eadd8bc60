"""Refusals of services as errors of a form: nothing typed is lost, and each says what to do."""

from flask_babel import LazyString, gettext, lazy_gettext
from wtforms import Field

from app.domain.errors import PlanIncomplete, RecourseError, RequirementsMissing
from app.web.forms import Form
from app.web.unit import portal

PLAN: dict[str, LazyString] = {
    "nothing_for_the_person": lazy_gettext(
        "At least one promise has to be for the person, not only for the system."
    ),
    "nothing_against_repetition": lazy_gettext(
        "This case is severe: at least one promise has to keep it from happening again."
    ),
    "item_without_remedy": lazy_gettext("Please choose what kind of remedy it is."),
    "item_without_what": lazy_gettext("Please say what exactly will be done."),
    "item_without_owner": lazy_gettext("Please name who does it."),
    "item_without_due_on": lazy_gettext("Please give a day."),
    "item_without_proof": lazy_gettext("Please say how the person will see that it is done."),
}
OTHERS: dict[str, LazyString] = {
    "contact": lazy_gettext("Please choose somebody from the list."),
    "empty_text": lazy_gettext("Please write something."),
    "level_out_of_range": lazy_gettext("Please choose one of the answers in the list."),
    "likelihood_out_of_place": lazy_gettext("Likelihood is asked only for what could still happen."),
    "long_text": lazy_gettext("Please shorten this text."),
    "no_harm": lazy_gettext("Please choose what harm it is."),
    "nobody_chosen": lazy_gettext("Please choose at least one organisation."),
    "not_agreed": lazy_gettext("The person has taken an agreement back. Please look at the list again."),
    "question_count": lazy_gettext("Please ask one to three questions."),
    "second_person": lazy_gettext("Somebody else than you has to agree."),
    "thread_silent": lazy_gettext("Nothing can be sent to the person in this conversation at the moment."),
    "unknown_harm": lazy_gettext("Please choose from the list only."),
}


def put_errors(form: Form, refusal: RecourseError, field: Field | None = None) -> None:
    """Put what a refusal says where it belongs: to its field, to a promise, or to the form as a whole."""
    match refusal:
        case PlanIncomplete(problems=problems):
            for code, number in problems:
                _put_plan_error(form, code, number)
        case RequirementsMissing(missing=missing):
            for need in missing:
                form.form_errors.append(gettext(portal().reference.requirements[need].text))
        case _ if field is not None:
            field.errors = [*field.errors, OTHERS[refusal.code]]
        case _:
            form.form_errors.append(OTHERS[refusal.code])


def _put_plan_error(form: Form, code: str, number: int | None) -> None:
    if number is None:
        form.form_errors.append(PLAN[code])
        return
    filled = [item for item in form["items"] if any(item.form.data.values())]
    field = filled[number].form[code.removeprefix("item_without_")]
    field.errors = [*field.errors, PLAN[code]]
