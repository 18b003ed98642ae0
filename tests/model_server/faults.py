"""All faults of the model server, by name: what a provider, a proxy or the line between can do to an answer."""

from collections.abc import Iterable

from tests.model_server.content_faults import CONTENT_FAULTS
from tests.model_server.fault import Fault
from tests.model_server.line_faults import LINE_FAULTS
from tests.model_server.status_faults import STATUS_FAULTS


def _named(faults: Iterable[Fault]) -> dict[str, Fault]:
    found = list(faults)
    assert len({fault.name for fault in found}) == len(found), "every fault has a name of its own"
    return {fault.name: fault for fault in found}


FAULTS = _named([*LINE_FAULTS, *STATUS_FAULTS, *CONTENT_FAULTS])
"""Every fault by its name."""

TRANSPORT_FAULTS = tuple(fault.name for fault in (*LINE_FAULTS, *STATUS_FAULTS))
"""The faults of line and status, which say nothing about what a model answered."""
