"""Feature flags through OpenFeature; by default a file says what is on, for everyone or for single tenants."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openfeature import api
from openfeature.evaluation_context import EvaluationContext
from openfeature.exception import FlagNotFoundError, TypeMismatchError
from openfeature.flag_evaluation import FlagResolutionDetails, Reason
from openfeature.provider import AbstractProvider, Metadata
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from platform_service.identity.caller import Caller
from platform_service.team_settings import BadSettings

DOMAIN = "vernissage"


class Flag(BaseModel):
    """One flag: on or off, with tenants for which it is otherwise."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: bool
    tenants: dict[str, bool] = {}


_FLAGS = TypeAdapter(dict[str, Flag])


class FileProvider(AbstractProvider):
    """Reads flags from a JSON file, anew when the file changes; one that broke leaves the flags as they were."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._stamp: tuple[int, int] | None = None
        self._flags: Mapping[str, Flag] = {}
        self._read(first=True)

    def get_metadata(self) -> Metadata:
        """The provider's name."""
        return Metadata(name="file")

    def resolve_boolean_details(
        self, flag_key: str, default_value: bool, evaluation_context: EvaluationContext | None = None
    ) -> FlagResolutionDetails[bool]:
        """Whether a flag is on for the tenant of the context."""
        self._read()
        flag = self._flags.get(flag_key)
        if flag is None:
            raise FlagNotFoundError(flag_key)
        tenant = "" if evaluation_context is None else str(evaluation_context.attributes.get("tenant", ""))
        if tenant in flag.tenants:
            return FlagResolutionDetails(flag.tenants[tenant], reason=Reason.TARGETING_MATCH)
        return FlagResolutionDetails(flag.on, reason=Reason.STATIC)

    def resolve_string_details(
        self, flag_key: str, default_value: str, evaluation_context: EvaluationContext | None = None
    ) -> FlagResolutionDetails[str]:
        """All flags are on or off."""
        raise TypeMismatchError(flag_key)

    def resolve_integer_details(
        self, flag_key: str, default_value: int, evaluation_context: EvaluationContext | None = None
    ) -> FlagResolutionDetails[int]:
        """All flags are on or off."""
        raise TypeMismatchError(flag_key)

    def resolve_float_details(
        self, flag_key: str, default_value: float, evaluation_context: EvaluationContext | None = None
    ) -> FlagResolutionDetails[float]:
        """All flags are on or off."""
        raise TypeMismatchError(flag_key)

    def resolve_object_details(
        self,
        flag_key: str,
        default_value: Sequence[Any] | Mapping[str, Any],
        evaluation_context: EvaluationContext | None = None,
    ) -> FlagResolutionDetails[Any]:
        """All flags are on or off."""
        raise TypeMismatchError(flag_key)

    def _read(self, first: bool = False) -> None:
        try:
            found = self._file.stat()
            if (found.st_mtime_ns, found.st_size) == self._stamp:
                return
            self._flags = _FLAGS.validate_python(json.loads(self._file.read_text("utf-8")))
            self._stamp = (found.st_mtime_ns, found.st_size)
        except (OSError, ValueError, ValidationError) as error:
            if first:
                raise BadSettings(
                    f"The flags in {self._file} cannot be read: {error}.", "Nothing was started."
                ) from error


class Flags:
    """Asks OpenFeature; a feature that no flag names is on."""

    def __init__(self, file: Path) -> None:
        api.set_provider(FileProvider(file), DOMAIN)
        self._client = api.get_client(DOMAIN)

    def is_on(self, feature: str, caller: Caller) -> bool:
        """Whether the caller's tenant has the feature."""
        context = EvaluationContext(
            targeting_key=f"{caller.tenant}/{caller.user}", attributes={"tenant": caller.tenant}
        )
        return self._client.get_boolean_value(feature, True, context)
