"""Static word vectors from the wordllama wheel: looked up, never computed, nothing downloaded."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

SIZE = 256
_vectors: dict[str, np.ndarray] = {}
MOST = 50_000  # words kept in memory


@lru_cache(maxsize=1)
def _tables() -> tuple[np.ndarray, Any]:
    """The vectors of word pieces (float16) and the tokenizer that cuts words into pieces."""
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    found = find_spec("wordllama")
    if found is None or found.origin is None:
        raise ImportError("Tone and page zones need the package wordllama for its word vectors. Run: "
                          "pip install 'wordllama<0.5'")
    folder = Path(found.origin).parent
    pieces = next(iter(load_file(folder / "weights" / "l2_supercat_256.safetensors").values()))
    return pieces, Tokenizer.from_file(str(folder / "tokenizers" / "l2_supercat_tokenizer_config.json"))


def word_vector(word: str) -> np.ndarray:
    """The mean vector (256 numbers) of the pieces of one word as written; zeros for an empty word."""
    if word not in _vectors:
        if len(_vectors) >= MOST:
            _vectors.clear()
        pieces, tokenizer = _tables()
        numbers = tokenizer.encode(word, add_special_tokens=False).ids
        _vectors[word] = pieces[numbers].astype(np.float32).mean(0) if numbers else np.zeros(SIZE, np.float32)
    return _vectors[word]
