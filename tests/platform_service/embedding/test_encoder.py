"""The written graph against the same model computed plainly in numpy, and against what the model is known for."""

import json
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from platform_service.embedding.encoder import Encoder
from platform_service.embedding.meaning import Meaning
from platform_service.embedding.weights import NoModel, map_tensors, model_folder, read_shape


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(model_folder())


def plainly(text: str) -> np.ndarray:
    """BERT, mean pooling, unit length: one text, no batching, straight from the definition."""
    folder = model_folder()
    w, shape = map_tensors(folder / "model.safetensors"), read_shape(folder)
    ids = Tokenizer.from_file(str(folder / "tokenizer.json")).encode(text).ids
    ids = [token for token in ids if token != 0]

    def dense(name: str, x: np.ndarray) -> np.ndarray:
        return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]

    def normed(name: str, x: np.ndarray) -> np.ndarray:
        centred = x - x.mean(-1, keepdims=True)
        return centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12) * w[f"{name}.weight"] + w[f"{name}.bias"]

    def gelu(x: np.ndarray) -> np.ndarray:
        erf = np.vectorize(__import__("math").erf)
        return x * 0.5 * (1 + erf(x / np.sqrt(2)))

    x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][: len(ids)]
    x = normed("embeddings.LayerNorm", x + w["embeddings.token_type_embeddings.weight"][0])
    for layer in range(shape.layers):
        name, size = f"encoder.layer.{layer}", shape.width // shape.heads
        q, k, v = (
            dense(f"{name}.attention.self.{part}", x).reshape(-1, shape.heads, size).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        scores = np.exp(q @ k.transpose(0, 2, 1) / np.sqrt(size))
        mixed = (scores / scores.sum(-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(len(ids), -1)
        x = normed(f"{name}.attention.output.LayerNorm", x + dense(f"{name}.attention.output.dense", mixed))
        wide = gelu(dense(f"{name}.intermediate.dense", x))
        x = normed(f"{name}.output.LayerNorm", x + dense(f"{name}.output.dense", wide))
    mean = x.mean(0)
    return mean / np.linalg.norm(mean)


@pytest.mark.parametrize("text", ["neon", "Magenta rain on Lantern Street. neon, city, night, 1994", "Ünïcode 夜 42!"])
def test_the_graph_computes_the_model(encoder, text):
    assert np.abs(encoder.encode([text])[0] - plainly(text)).max() < 2e-5


def test_a_batch_gives_what_each_text_gives_alone(encoder):
    texts = ["sea", "", "a very long description of a quiet harbour in the evening " * 30, "rain", "x" * 5_000]
    together = encoder.encode(texts * 9)
    alone = np.stack([encoder.encode([text])[0] for text in texts])
    assert np.abs(together[: len(texts)] - alone).max() < 2e-5
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert encoder.encode([]).shape == (0, 384)


@pytest.mark.parametrize(
    ("text", "paraphrase", "unrelated"),
    [
        ("A man is eating food.", "A man is eating a piece of bread.", "The girl is carrying a baby."),
        ("neon city at night", "glowing signs over a dark street", "a pressed fern in a herbarium"),
        ("calm sea at dawn", "still ocean in the early morning", "a green circuit board"),
        ("snowy peaks", "mountains covered with ice", "a bowl of fruit on a table"),
    ],
)
def test_paraphrases_are_nearer_than_what_is_unrelated(encoder, text, paraphrase, unrelated):
    one, near, far = encoder.encode([text, paraphrase, unrelated])
    assert one @ near > one @ far + 0.2


def test_the_known_similarity_of_a_known_pair(encoder):
    one, other = encoder.encode(["A man is eating food.", "A man is eating a piece of bread."])
    assert one @ other == pytest.approx(0.7553, abs=0.002)


@pytest.mark.parametrize("damage", ["missing", "cut", "not weights", "other config"])
def test_a_damaged_model_is_no_model_and_says_why(tmp_path: Path, damage):
    folder = model_folder()
    for name in ("config.json", "tokenizer.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    weights = tmp_path / "model.safetensors"
    if damage == "cut":
        with (folder / "model.safetensors").open("rb") as whole:
            weights.write_bytes(whole.read(1_000_000))
    elif damage == "not weights":
        weights.write_bytes(b"\x05\0\0\0\0\0\0\0hello")
    elif damage == "other config":
        weights.symlink_to(folder / "model.safetensors")
        config = json.loads((folder / "config.json").read_text())
        (tmp_path / "config.json").write_text(json.dumps({**config, "num_hidden_layers": 12}))
    with pytest.raises(NoModel):
        Encoder(tmp_path)


def test_without_the_package_search_knows_that_it_goes_by_words(monkeypatch):
    monkeypatch.setattr("platform_service.embedding.weights.PACKAGE", "a_package_that_is_not_installed")
    meaning = Meaning()
    assert meaning.load() is False
    assert (meaning.state, meaning.query("neon")) == ("absent", None)
    assert "not installed" in meaning.why_absent


def test_queries_are_remembered_and_empty_texts_have_no_vector():
    meaning = Meaning()
    assert meaning.query("too early") is None
    meaning.load()
    assert meaning.query("neon  city") is meaning.query(" neon city ")
    vectors = meaning.embed(["sea", "  ", "rain"])
    assert vectors[1] is None
    assert vectors[0] is not None
    sea = meaning.query("sea")
    assert sea is not None
    assert np.allclose(vectors[0], sea, atol=1e-5)
