"""Word that there is news, to whoever asked for it. It names neither the portal nor what it is about."""

import gettext
import hashlib
from urllib.parse import urlsplit

from app.jobs import mail
from app.services import notices
from app.services.context import Context
from app.services.outbox import Claim
from config import ROOT


def notify(ctx: Context, claimed: Claim) -> str | None:
    """Send word of a case's news to its person, if they left an address; raises TaskFailed."""
    addressee = notices.find_addressee(ctx, claimed.subject_id)
    if addressee is None:
        return None
    settings = ctx.portal.settings
    if settings.smtp_url is None:
        return "no_mail_server"
    _ = gettext.translation("messages", ROOT / "translations", [addressee.language], fallback=True).gettext
    text = _(
        "There is news for you. Look at it when you are alone and safe, in the way that you know. "
        "Nobody reads answers to this e-mail."
    )
    letter_id = hashlib.sha256(claimed.key.encode()).hexdigest()
    sender = settings.mail_from or f"post@{urlsplit(settings.base_url).hostname}"
    ctx.session.rollback()  # the mail server may be slow: nothing is held meanwhile
    mail.send(settings.smtp_url, sender, mail.Letter(addressee.address, _("News for you"), text, letter_id))
    return None
