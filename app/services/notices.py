"""Word that there is news: an e-mail that says nothing else, for those who ask for it.

Rules:
1. Off until the person gives an address, and gone when they take it away.
2. It is sealed under the site secret, because jobs must read it: the one exception, said where it is asked.
"""

import re
from dataclasses import dataclass

from sqlalchemy import delete, select

from app.crypto import aead, padding, site
from app.domain.errors import InvalidInput
from app.models import NoticeAddress
from app.models.types import new_id
from app.services import outbox
from app.services.context import Context
from app.services.reporters import own_case

TASK = "notice"
ADDRESS = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,180}\.[^@\s,;<>\".]{2,63}")
STEP = 320  # longer than any address: its length is not told


@dataclass(frozen=True)
class Addressee:
    """Where to send word, and in which language."""

    address: str
    language: str


def set_address(ctx: Context, case_id: str, typed: str, language: str) -> None:
    """Send word to this address from now on; raises InvalidInput (`email`) for what is no address."""
    own_case(ctx, case_id)
    address = typed.strip()
    if not ADDRESS.fullmatch(address):
        raise InvalidInput("email")
    remove_address(ctx, case_id)
    row = NoticeAddress(id=new_id(), case_id=case_id, language=language)
    row.address = site.seal_for_site(ctx.portal.secrets, padding.pad(address.encode(), STEP), _place(row))
    ctx.session.add(row)


def remove_address(ctx: Context, case_id: str) -> None:
    """Forget the address of a case; having none is no error (rule 1)."""
    own_case(ctx, case_id)
    ctx.session.execute(delete(NoticeAddress).where(NoticeAddress.case_id == case_id))


def find_addressee(ctx: Context, case_id: str) -> Addressee | None:
    """Who wants word of this case, for the job that sends it; None if nobody does."""
    row = ctx.session.scalars(select(NoticeAddress).where(NoticeAddress.case_id == case_id)).first()
    if row is None:
        return None
    opened = site.open_for_site(ctx.portal.secrets, row.address, _place(row))
    return Addressee(padding.unpad(opened, STEP).decode(), row.language)


def tell(ctx: Context, case_id: str, event_number: int) -> None:
    """Ask the jobs to send word once for this event; they send nothing where nobody asked for it."""
    outbox.enqueue(ctx, TASK, case_id, f"{TASK}:{case_id}:{event_number}")


def _place(row: NoticeAddress) -> aead.Place:
    return aead.Place("notice_address", "address", row.id, row.case_id)
