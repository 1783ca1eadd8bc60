"""What a guess costs on this portal, and the peppers of its look-up ids."""

from app.crypto.kdf import Argon2Cost
from app.crypto.site import site_keys
from app.portal import Portal


def argon2_cost(portal: Portal) -> Argon2Cost:
    """The cost of one guess of a password or a code, as set."""
    settings = portal.settings
    return Argon2Cost(settings.argon2_memory_kib, settings.argon2_iterations, settings.argon2_lanes)


def code_peppers(portal: Portal) -> tuple[bytes, ...]:
    """The peppers of look-up ids, newest first."""
    return site_keys(portal.secrets, "code look-up")
