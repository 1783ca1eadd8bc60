"""Sending one e-mail through the server that SMTP_URL names.

An address that somebody left for news must not cross a network in clear: without TLS only a server on
this very machine is used.
"""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import SplitResult, unquote, urlsplit

from app.jobs.errors import TaskFailed
from config import LOOPBACK_HOSTS

PATIENCE_SECONDS = 20
REFUSED_FOR_GOOD = range(500, 600)


@dataclass(frozen=True)
class Letter:
    """What is sent to whom; `id` stays the same when it has to be sent again."""

    to: str
    subject: str
    text: str
    id: str


def send(url: str, sender: str, letter: Letter) -> None:
    """Hand the letter to the mail server at `smtp://...` or `smtps://...`; raises TaskFailed."""
    try:
        with _connect(urlsplit(url)) as server:
            server.send_message(_message(sender, letter))
    except smtplib.SMTPRecipientsRefused as error:
        final = all(code in REFUSED_FOR_GOOD for code, _text in error.recipients.values())
        raise TaskFailed("address_refused", final=final) from None
    except smtplib.SMTPException:
        raise TaskFailed("mail_server_refused") from None
    except OSError:
        raise TaskFailed("mail_server_unreachable") from None


def _connect(url: SplitResult) -> smtplib.SMTP:
    host, context = url.hostname or "", ssl.create_default_context()
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, url.port or 465, timeout=PATIENCE_SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(host, url.port or 587, timeout=PATIENCE_SECONDS)
        _secure(server, host, context)
    if url.username:
        server.login(unquote(url.username), unquote(url.password or ""))
    return server


def _secure(server: smtplib.SMTP, host: str, context: ssl.SSLContext) -> None:
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=context)
        server.ehlo()
    elif host not in LOOPBACK_HOSTS:
        server.close()
        raise TaskFailed("mail_server_without_tls")


def _message(sender: str, letter: Letter) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, letter.to, letter.subject
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{letter.id}@{sender.partition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message
