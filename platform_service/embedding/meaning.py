"""The sentence embedding as a part of the running service: loaded late, absent without harm, queries remembered."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from platform_service.embedding.encoder import Encoder
from platform_service.embedding.weights import MODEL, NoModel, model_folder

log = logging.getLogger(__name__)
REMEMBERED = 4_096
LONGEST_QUERY = 1_000
State = Literal["loading", "ready", "absent"]
Vector = NDArray[np.float32]


class Meaning:
    """Embeds texts once its model is loaded; until then, and without one, it says so."""

    name = f"{MODEL}/1"
    """The model and the way its texts are put together; vectors of another name are made anew."""

    def __init__(self, wanted: bool = True) -> None:
        self.state: State = "loading" if wanted else "absent"
        self.why_absent = "" if wanted else "switched off"
        self._encoder: Encoder | None = None
        self._queries: OrderedDict[str, Vector] = OrderedDict()
        self._lock = threading.Lock()
        self._loading = threading.Lock()

    def load(self) -> bool:
        """Load the model; blocks for a fraction of a second. False when there is none."""
        with self._loading:
            if self.state != "loading":
                return self.state == "ready"
            try:
                self._encoder = Encoder(model_folder())
                self.query("warm up")
                self.state = "ready"
            except (NoModel, ImportError) as error:
                self.state, self.why_absent = "absent", str(error)
                log.warning("search goes by words only: %s", error)
            return self.state == "ready"

    def queries(self, texts: Sequence[str]) -> list[Vector | None]:
        """The unit vector of each query, together; None for one without words, and while there is no model."""
        encoder = self._encoder
        if encoder is None:
            return [None] * len(texts)
        keys = [" ".join(text.split())[:LONGEST_QUERY] for text in texts]
        found: dict[str, Vector] = {}
        with self._lock:
            for key in keys:
                if key in self._queries:
                    self._queries.move_to_end(key)
                    found[key] = self._queries[key]
        new = [key for key in dict.fromkeys(keys) if key and key not in found]
        if new:
            found |= dict(zip(new, encoder.encode(new), strict=True))
            self._remember({key: found[key] for key in new})
        return [found.get(key) for key in keys]

    @property
    def width(self) -> int:
        """How many numbers a vector has; the model must be loaded."""
        assert self._encoder is not None, "load the model first"
        return self._encoder.shape.width

    def query(self, text: str) -> Vector | None:
        """The unit vector of one query."""
        return self.queries([text])[0]

    def _remember(self, found: Mapping[str, Vector]) -> None:
        with self._lock:
            self._queries.update(found)
            while len(self._queries) > REMEMBERED:
                self._queries.popitem(last=False)

    def embed(self, texts: Sequence[str]) -> list[Vector | None]:
        """The unit vector of each text; None for a text without words. The model must be loaded."""
        assert self._encoder is not None, "load the model first"
        places = [place for place, text in enumerate(texts) if text.strip()]
        vectors: list[Vector | None] = [None] * len(texts)
        if places:
            for place, vector in zip(places, self._encoder.encode([texts[p] for p in places]), strict=True):
                vectors[place] = vector
        return vectors
