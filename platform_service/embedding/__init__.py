"""A sentence embedding that runs offline: installed weights, a graph written here, onnxruntime."""
