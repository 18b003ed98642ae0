"""What texts mean, asked of the platform."""

import numpy as np

from agent.ports.closeness import Vectors
from app.platform.http import PlatformHttp


class PlatformCloseness:
    """Fills `agent.ports.closeness.Closeness`; a call raises PortError where the platform cannot be asked."""

    def __init__(self, http: PlatformHttp) -> None:
        self._http = http

    async def vectors(self, texts: tuple[str, ...]) -> Vectors | None:
        """One unit vector for each text; None where the platform has no model."""
        answer = await self._http.ask("/v1/vectors", {"texts": list(texts)})
        if not answer.body:
            return None
        rows, dimensions = int(answer.headers["x-rows"]), int(answer.headers["x-dimensions"])
        found = np.frombuffer(answer.body, dtype="<f4").reshape(rows, dimensions)
        return Vectors(answer.headers["x-model"], found.astype(np.float32))
