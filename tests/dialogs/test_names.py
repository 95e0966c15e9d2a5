from __future__ import annotations

from catalogue.cpr import mask_cpr
from dialogs.names import fresh_name


def test_a_name_is_never_taken_for_a_cpr_number() -> None:
    names = {fresh_name(24) for _ in range(2000)}
    assert len(names) == 2000
    assert all(mask_cpr(name) == name and len(name) == 24 and name.isalpha() for name in names)
