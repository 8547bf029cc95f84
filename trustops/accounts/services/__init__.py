"""What can be done to staff, their sessions and API tokens. Callers import from here.

Every function writes its event in the same transaction; none commits. The row of the person is
locked before their invitations and sessions, always in this order.
"""

from trustops.accounts.services.api_tokens import add_token, revoke_token
from trustops.accounts.services.guessing import end_quiet_runs, note_refused_sign_in
from trustops.accounts.services.people import (
    change_role,
    disable,
    enable,
    invite,
    new_link,
    set_password,
)
from trustops.accounts.services.sessions import (
    SignInRefusedError,
    change_password,
    end_sessions,
    sign_in,
    sign_out,
)

__all__ = [
    "SignInRefusedError",
    "add_token",
    "change_password",
    "change_role",
    "disable",
    "enable",
    "end_quiet_runs",
    "end_sessions",
    "invite",
    "new_link",
    "note_refused_sign_in",
    "revoke_token",
    "set_password",
    "sign_in",
    "sign_out",
]
