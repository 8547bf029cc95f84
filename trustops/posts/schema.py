"""The shape of `heartbeat.toml`; unknown keys are refused."""

from __future__ import annotations

from datetime import time as time_of_day
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from trustops.channels.networks import BY_NAME
from trustops.content.schema import Whole
from trustops.posts.values import Approval

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_Weekday = Annotated[str, StringConstraints(pattern=f"^({'|'.join(WEEKDAYS)})$")]
_Time = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]

_Network = Annotated[str, StringConstraints(pattern=f"^({'|'.join(BY_NAME)})$")]


class HeartbeatFile(BaseModel):
    """`heartbeat.toml`: when the weekly heartbeat is due, who approves it, and where it goes.

    Up to `catch_up_hours` after its moment it still goes out, marked as late; after that the
    week is missed. While it is `stopped`, no heartbeat is planned, written or sent.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    weekday: _Weekday
    time: _Time
    timezone: str = "UTC"
    approval: Approval
    catch_up_hours: Annotated[Whole, Field(ge=1, le=96)] = 48
    networks: Annotated[list[_Network], Field(min_length=1)]
    stopped: bool = False

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(
                "is not a time zone of the IANA list, such as Europe/Berlin"
            ) from error
        return value

    @field_validator("networks")
    @classmethod
    def _are_distinct(cls, value: list[str]) -> list[str]:
        if len(set(value)) < len(value):
            raise ValueError("names a network twice")
        return value

    @property
    def day(self) -> int:
        """The weekday of ISO 8601: 1 is Monday."""
        return WEEKDAYS.index(self.weekday) + 1

    @property
    def at(self) -> time_of_day:
        """The time of day in the zone."""
        return time_of_day.fromisoformat(self.time)
