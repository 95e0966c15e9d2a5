"""Fresh names for drafts and questions."""

from __future__ import annotations

import secrets

_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def fresh_name(length: int) -> str:
    """Return a random name of letters a to p, four random bits in each.

    There are no digits in it, because every field of a click is searched for CPR numbers, and ten digits in a
    row that happen to begin like a date would be taken out of the middle of an id.
    """
    return secrets.token_hex((length + 1) // 2)[:length].translate(_LETTERS)
