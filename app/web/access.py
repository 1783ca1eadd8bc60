"""Who may use which endpoint. An endpoint that is not listed here is refused."""

from dataclasses import dataclass
from enum import StrEnum

from flask import Flask, abort, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.permissions import Permission, permissions_of
from app.web import identity
from app.web.carry import carry_on


class Who(StrEnum):
    """The kinds of people who ask for a page."""

    PUBLIC = "public"
    DRAFT = "draft"  # whoever has begun a report in this browser
    REPORTER = "reporter"  # whoever entered a case code
    STAFF = "staff"  # whoever signed in


@dataclass(frozen=True)
class Rule:
    """Who may use an endpoint; for staff also the permission that one of their roles must hold."""

    who: Who
    permission: Permission | None = None


PUBLIC, DRAFT, REPORTER = Rule(Who.PUBLIC), Rule(Who.DRAFT), Rule(Who.REPORTER)
MEMBER = Rule(Who.STAFF)  # any signed-in member

# Where people are sent who are not let in yet.
DOORS = {Who.DRAFT: "report.none_open", Who.REPORTER: "case.enter", Who.STAFF: "desk.sign_in"}


def staff(permission: Permission) -> Rule:
    """Signed-in members one of whose roles holds the permission."""
    return Rule(Who.STAFF, permission)


ACCESS: dict[str, Rule] = {
    "case.close": REPORTER,
    "case.enter": PUBLIC,
    "case_course.end": REPORTER,
    "case_course.pause": REPORTER,
    "case_course.resume": REPORTER,
    "case_course.safety": REPORTER,
    "case_notices.ask": REPORTER,
    "case_notices.remove": REPORTER,
    "case_offers.advice": REPORTER,
    "case_offers.decline": REPORTER,
    "case_offers.offer": REPORTER,
    "case_page.show": REPORTER,
    "case_promises.confirm": REPORTER,
    "case_promises.dispute": REPORTER,
    "case_sharing.choose": REPORTER,
    "case_sharing.end": REPORTER,
    "case_sharing.share": REPORTER,
    "case_talk.answer": REPORTER,
    "case_talk.thread": REPORTER,
    "desk.sign_in": PUBLIC,
    "desk.sign_out": MEMBER,
    "desk.start": MEMBER,
    "desk_case.do": staff(Permission.CASE_READ),
    "desk_case.message": staff(Permission.MESSAGE_WRITE),
    "desk_case.note": staff(Permission.NOTE_WRITE),
    "desk_case.show": staff(Permission.CASE_READ),
    "desk_cases.queue": staff(Permission.CASE_LIST),
    "desk_join.choose": PUBLIC,
    "desk_join.code": PUBLIC,
    "desk_join.picture": PUBLIC,
    "desk_join.recover": PUBLIC,
    "desk_members.cancel": staff(Permission.MEMBER_INVITE),
    "desk_members.disable": staff(Permission.MEMBER_REMOVE),
    "desk_members.index": staff(Permission.MEMBER_INVITE),
    "desk_members.invite": staff(Permission.MEMBER_INVITE),
    "desk_settings.index": MEMBER,
    "desk_settings.language": MEMBER,
    "desk_settings.password": MEMBER,
    "desk_settings.sign_out_everywhere": MEMBER,
    "desk_settings.undertaking": MEMBER,
    "desk_systems.add": staff(Permission.SYSTEM_EDIT),
    "desk_systems.change": staff(Permission.SYSTEM_EDIT),
    "desk_systems.cut": staff(Permission.SYSTEM_EDIT),
    "desk_systems.index": staff(Permission.SYSTEM_READ),
    "desk_systems.link": staff(Permission.SYSTEM_EDIT),
    "desk_systems.remove": staff(Permission.SYSTEM_EDIT),
    "desk_systems.show": staff(Permission.SYSTEM_READ),
    "evidence.add": REPORTER,
    "evidence.at_desk": staff(Permission.EVIDENCE_READ),
    "evidence.index": REPORTER,
    "evidence.own": REPORTER,
    "operators.live": PUBLIC,
    "operators.ready": PUBLIC,
    "public.blank": PUBLIC,
    "public.choose_language": PUBLIC,
    "public.home": PUBLIC,
    "public.how": PUBLIC,
    "public.leave": PUBLIC,
    "public.rights": PUBLIC,
    "public.routes": PUBLIC,
    "public.safety": PUBLIC,
    "receipts.ask": PUBLIC,
    "receipts.check": PUBLIC,
    "receipts.key": PUBLIC,
    "report.add_files": DRAFT,
    "report.address": PUBLIC,
    "report.begin": PUBLIC,
    "report.check": DRAFT,
    "report.done": DRAFT,
    "report.evidence": DRAFT,
    "report.finish": DRAFT,
    "report.harm": DRAFT,
    "report.help_first": DRAFT,
    "report.main": DRAFT,
    "report.none_open": PUBLIC,
    "report.receipt": DRAFT,
    "report.remove_file": DRAFT,
    "report.review": DRAFT,
    "report.safety": DRAFT,
    "report.send": DRAFT,
    "report.sharing": DRAFT,
    "report.since": DRAFT,
    "report.start": PUBLIC,
    "report.system": DRAFT,
    "report.want": DRAFT,
    "report.what": DRAFT,
    "report.who": DRAFT,
    "report.whom": DRAFT,
    "static": PUBLIC,
}


def init_app(app: Flask) -> None:
    """Check every request against the table before its view runs."""
    app.before_request(enforce)
    app.jinja_env.globals["may"] = may


def may(permission: str) -> bool:
    """Whether the signed-in member holds a permission, for pages that leave out what would be refused."""
    return permission in permissions_of(g.actor.roles)


def enforce() -> ResponseReturnValue | None:
    """Let the request pass, or send it to the door, or answer that there is no such page."""
    if request.endpoint is None:
        return None  # nothing matched; the error page follows
    if request.endpoint not in ACCESS:
        raise LookupError(f"{request.endpoint} is not in the access table")
    rule = ACCESS[request.endpoint]
    if not _identified(rule.who):
        return _to_the_door(rule.who)
    if rule.permission and rule.permission not in permissions_of(g.actor.roles):
        abort(404)
    return None


def _identified(who: Who) -> bool:
    match who:
        case Who.PUBLIC:
            return True
        case Who.DRAFT:
            return identity.token(identity.DRAFT) is not None
        case Who.REPORTER:
            return identity.load_reporter()
        case Who.STAFF:
            return identity.load_staff()


def _to_the_door(who: Who) -> ResponseReturnValue:
    door = url_for(DOORS[who])
    if request.method == "POST":  # what was typed is handed back, not thrown away
        return make_response(carry_on(door=door), 403)
    return redirect(door, 303)
