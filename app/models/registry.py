"""What lies sealed and what lies in clear, column by column; a column on neither list fails a test.

`CLEAR` says why each may be read by somebody who takes the database. Days, numbers and switches are not
listed: they are clear, and said to be so in the threat model.
"""

SEALED = frozenset(
    {
        "organisation.sealed_key",
        "member.sealed_private_key",
        "member.sealed_organisation_key",
        "member.sealed_totp_seed",
        "invitation.sealed_organisation_key",
        "session.content",
        "draft.content",
        "reporter.sealed_private_key",
        "grant.sealed_key",
        "grant.wrapped_key",
        "part.body",
        "evidence.facts",
        "offer.summary",
        "commitment.detail",
        "commitment.proof",
        "notice_address.address",
    }
)

# Random ids, or ids of the reference data, or hashes: they name no person and repeat nothing anybody wrote.
CODES = frozenset(
    {"id", "state", "kind", "language", "role", "roles", "action", "by", "lookup", "digest", "previous"}
)

CLEAR = {
    "organisation.name": "organisations are public",
    "organisation.public_key": "public by nature",
    "member.name": "work name, shown to those the member writes to",
    "member.email": "work address, needed to sign in",
    "member.password_salt": "random",
    "member.verifier": "one-way",
    "member.public_key": "public by nature",
    "member.status": "code",
    "invitation.name": "work name",
    "invitation.email": "work address",
    "case.reference": "random, not secret",
    "case.channel": "code",
    "case.resume_state": "codes",
    "case.due_id": "code",
    "case.band": "code",
    "case.flags": "codes",
    "case_harm.harm_id": "code",
    "reporter.public_key": "public by nature",
    "party.reason": "code",
    "party.due_id": "code",
    "party.involvement": "code",
    "party.involvement_stated": "code",
    "event.from_state": "code",
    "event.to_state": "code",
    "event.facts": "ids and codes",
    "pending_decision.facts": "ids and codes",
    "consent.covers": "codes",
    "consent.purpose": "code",
    "consent.wording": "code",
    "grant.reader_kind": "code",
    "grant.purpose": "code",
    "evidence.original_name": "random name in the store",
    "evidence.shown_name": "random name in the store",
    "system.operator_name": "companies are public",
    "system.name": "products are public",
    "system.also_called": "products are public",
    "system_name.folded": "products are public",
    "system_edge.relation": "code",
    "audit_entry.chain": "random id",
    "audit_entry.actor": "random id",
    "audit_entry.subject": "random id or code",
    "audit_entry.facts": "ids and codes",
    "audit_anchor.heads": "hashes",
    "outbox.task": "code",
    "outbox.key": "ids",
    "outbox.failure": "code",
}
