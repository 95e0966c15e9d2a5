"""What is kept about one person, and taking out of it what may go: the rights of access and erasure, in the chat.

What the centre still works on, and what has to be documented, stays until its rule is over (`centre.retention`):
open requests, courses to come, attendance, the municipality's list. Everything else that is somebody's own goes at
once. Doing it twice does nothing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OwnData:
    """How much is kept about a person; `requests` and `courses` are all, of which some are open or to come."""

    requests: int
    open_requests: int
    courses: int
    coming_courses: int
    purposes: int
    interests: int
    saved_views: int

    @property
    def may_go(self) -> int:
        """How much of it is taken out when the person asks for it; courses keep their attendance."""
        return self.requests - self.open_requests + self.purposes + self.interests + self.saved_views
