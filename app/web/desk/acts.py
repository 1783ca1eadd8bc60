"""Every act of the desk on a case: which form it asks for, and what it does with it.

What is offered to whom is decided in `app.domain.desk`; an act that is offered and missing here fails a test.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString, lazy_gettext

from app.domain.desk import Act
from app.domain.ids import Action
from app.domain.remedies import PlanItem
from app.services import (
    assessing,
    closing,
    responding,
    safeguarding,
    screening,
    second_person,
    sharing,
)
from app.services.context import Context
from app.services.desk_case import DeskCase
from app.services.offers import NewOffer
from app.services.opening import Found
from app.web.desk import host_forms, party_forms
from app.web.forms import Form

Perform = Callable[[Context, Found, DeskCase, str, Form], Any]


@dataclass(frozen=True)
class Page:
    """The form of an act, what it does, and what is said above it."""

    form: Callable[[DeskCase, str | None], Form]
    perform: Perform
    intro: LazyString | str = ""
    template: str = "desk/case/act.html"


def _plain(form: type[Form]) -> Callable[[DeskCase, str | None], Form]:
    return lambda _case, _party_id: form()


def _text(form: Form, name: str) -> str:
    return str(form[name].data or "")


def _start(ctx: Context, found: Found, _case: DeskCase, _party: str, form: Form) -> None:
    screening.start(ctx, found, bool(form["no_conflict"].data), _text(form, "acknowledgement"))


def _ask(ctx: Context, found: Found, _case: DeskCase, _party: str, form: Form) -> None:
    questions = [_text(form, name) for name in ("first", "second", "third")]
    screening.ask(ctx, found, questions, _text(form, "why"))


def _refuse(ctx: Context, found: Found, _case: DeskCase, _party: str, form: Form) -> None:
    routes = tuple(form["routes"].data or ())
    refusal = screening.Refusal(_text(form, "code"), _text(form, "reasons"), routes)
    screening.propose_refusal(ctx, found, refusal)


def _assess(ctx: Context, found: Found, _case: DeskCase, _party: str, form: Form) -> None:
    main, likely = _text(form, "main"), _text(form, "likelihood")
    potential = form["kind"].data == "potential"
    others = [harm for harm in form["others"].data or () if harm != main]
    assessing.assess(
        ctx,
        found,
        assessing.Assessment(
            harms=(main, *others),
            scale=int(form["scale"].data),
            scope=int(form["scope"].data),
            irremediability=int(form["irremediability"].data),
            delay_makes_irremediable=bool(form["delay_makes_irremediable"].data),
            kind=_text(form, "kind"),
            likelihood=int(likely) if potential and likely else None,
            reason=_text(form, "reason"),
        ),
    )


def _route(ctx: Context, found: Found, _case: DeskCase, _party: str, form: Form) -> None:
    risk = sharing.RiskCheck(_text(form, "level"), _text(form, "note"))
    sharing.route(ctx, found, form["organisations"].data or (), risk)


def _answer(ctx: Context, found: Found, case: DeskCase, party_id: str, form: Form) -> None:
    said = {point.key: _text(form, f"point_{number}") for number, point in enumerate(case.points)}
    makes_offer = form["offers"].data == "yes"
    new = responding.Answer(
        points=said,
        involvement=_text(form, "involvement"),
        view=_text(form, "view"),
        reasons="" if makes_offer else _text(form, "reasons"),
        offer=_offer(form) if makes_offer else None,
    )
    responding.answer(ctx, found, party_id, case.points, new)


def _offer_again(ctx: Context, found: Found, _case: DeskCase, party_id: str, form: Form) -> None:
    responding.offer_again(ctx, found, party_id, _offer(form))


def _offer(form: Form) -> NewOffer:
    return NewOffer(list(_items(form)), _text(form, "summary"), bool(form["asks_waiver"].data))


def _items(form: Form) -> Iterator[PlanItem]:
    for given in form["items"].data:
        if any(given[name] for name in ("remedy", "what", "owner", "due_on", "proof")):
            yield PlanItem(
                given["remedy"] or "",
                (given["what"] or "").strip(),
                (given["owner"] or "").strip(),
                given["due_on"],
                (given["proof"] or "").strip(),
            )


def _claim(ctx: Context, found: Found, _case: DeskCase, party_id: str, form: Form) -> None:
    proofs = {
        field.name.removeprefix("proof_"): str(field.data or "")
        for field in form
        if field.name.startswith("proof_")
    }
    responding.claim_done(ctx, found, party_id, proofs)


PAGES: dict[str, Page] = {
    Action.START_SCREENING: Page(
        host_forms.start_form,
        _start,
        lazy_gettext(
            "You become the caseworker of this case, and the person hears that somebody has read it."
        ),
    ),
    Act.ASSESS: Page(
        host_forms.assess_form,
        _assess,
        lazy_gettext("Severity sets order and speed. It never decides whether somebody is heard."),
        "desk/case/assess.html",
    ),
    Action.ASK_INFO: Page(
        _plain(host_forms.AskForm),
        _ask,
        lazy_gettext("The clock stops until the person answers. Not answering never counts against them."),
    ),
    Action.ACCEPT: Page(
        _plain(host_forms.ConfirmForm),
        lambda ctx, found, _case, _party, _form: screening.accept(ctx, found),
        lazy_gettext("Harm and severity are set. Below is what the person agreed to share."),
        "desk/case/accept.html",
    ),
    Action.REFUSE: Page(
        host_forms.refuse_form,
        _refuse,
        lazy_gettext(
            "Nobody is refused for missing proof, for staying anonymous, for not knowing the company or for "
            "their language. A second caseworker has to agree before the person hears anything."
        ),
    ),
    Act.CONFIRM_DECISION: Page(
        _plain(host_forms.ConfirmForm),
        lambda ctx, found, _case, _party, _form: second_person.confirm(ctx, found),
        lazy_gettext("Read the proposal and the report. If you agree, it takes effect at once."),
        "desk/case/decide.html",
    ),
    Act.DECLINE_DECISION: Page(
        _plain(host_forms.ConfirmForm),
        lambda ctx, found, _case, _party, _form: second_person.decline(ctx, found),
        lazy_gettext("The proposal is dropped and the case stays where it is."),
        "desk/case/decide.html",
    ),
    Action.ROUTE: Page(
        host_forms.route_form,
        _route,
        lazy_gettext("Each organisation gets exactly what the person agreed to, and nothing else."),
    ),
    Action.SAFETY_FLAG: Page(
        _plain(host_forms.HoldForm),
        lambda ctx, found, _case, _party, form: safeguarding.hold(ctx, found, _text(form, "reason")),
        lazy_gettext("Everything stops, and nothing goes to a company, until a safety lead has looked."),
    ),
    Action.SAFETY_CLEARED: Page(
        _plain(host_forms.ClearForm),
        lambda ctx, found, _case, _party, form: safeguarding.clear(
            ctx, found, _text(form, "risk"), _text(form, "contact_plan")
        ),
        lazy_gettext("What you write stays in the internal notes of the host's team."),
    ),
    Action.PAUSE: Page(
        _plain(host_forms.HoldForm),
        lambda ctx, found, _case, _party, form: safeguarding.pause(ctx, found, _text(form, "reason")),
        lazy_gettext("Only the person can let the case go on again."),
    ),
    Action.ACTOR_ACK: Page(
        party_forms.contact_form,
        lambda ctx, found, _case, party, form: responding.acknowledge(
            ctx, found, party, _text(form, "contact")
        ),
        lazy_gettext("The person sees the name of whoever answers."),
    ),
    Action.ACTOR_ANSWER: Page(
        party_forms.answer_form,
        _answer,
        lazy_gettext("Answer every point. The person reads your answer as you write it."),
    ),
    Action.DIALOGUE_OFFER: Page(
        party_forms.offer_form,
        _offer_again,
        lazy_gettext("The new offer takes the place of the one before."),
    ),
    Action.START_DELIVERY: Page(
        _plain(host_forms.ConfirmForm),
        lambda ctx, found, _case, party, _form: responding.start_delivery(ctx, found, party),
        lazy_gettext("The person sees that work on the promises has begun."),
    ),
    Action.CLAIM_DONE: Page(
        party_forms.claim_form,
        _claim,
        lazy_gettext("Say for each promise how it was kept. Only the person decides whether it was."),
    ),
    Act.REMIND: Page(
        host_forms.remind_form,
        lambda ctx, found, _case, party, form: closing.remind(ctx, found, party, _text(form, "text")),
        lazy_gettext("Two reminders have to be sent before a case may be closed without an answer."),
    ),
    Action.NO_REPLY: Page(
        _plain(host_forms.ConfirmForm),
        lambda ctx, found, _case, party, _form: closing.close_unanswered(ctx, found, party),
        lazy_gettext("The remedy then does not count as confirmed. The person can still write, at any time."),
    ),
}
