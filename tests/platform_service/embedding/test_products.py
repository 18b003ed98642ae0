import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from platform_service.embedding.products import Products


@pytest.fixture(scope="module")
def products() -> Products:
    return Products()


@settings(max_examples=40, deadline=None)
@given(rows=st.integers(1, 300), width=st.integers(1, 70), count=st.integers(1, 40), seed=st.integers(0, 2**16))
def test_products_are_numpys(products, rows, width, count, seed):
    rng = np.random.default_rng(seed)
    matrix, vectors = rng.standard_normal((rows, width), np.float32), rng.standard_normal((count, width), np.float32)
    found = products.of(matrix, list(vectors))
    assert found.shape == (count, rows)
    assert found.dtype == np.float32
    assert np.allclose(found, vectors @ matrix.T, atol=1e-4)
