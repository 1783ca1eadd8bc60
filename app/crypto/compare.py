"""Comparing secrets.

Rule 1: how long a comparison takes says nothing about where two secrets differ.
"""

import hmac


def same_secret(left: bytes, right: bytes) -> bool:
    """Tell whether two secrets are equal, in a time that does not depend on their content (rule 1)."""
    return hmac.compare_digest(left, right)
