"""An encoder of a few words: what means the same in its languages has the same vector."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Sequence

from careconsole.model.folding import fold, words

CONCEPTS = (
    "parcel package paket посылка 包裹 paketi pakk",
    "late verspätet nicht angekommen опоздала 没到 kasni hilineb arrived",
    "refund erstattung geld возврат 退款 povrat raha money",
    "login anmelden войти 登录 prijaviti logima",
    "broken kaputt сломался 坏了 pokvaren katki",
    "thanks danke спасибо 谢谢 hvala aitäh",
)


class FewWords:
    """Counts concepts; keeps the texts that it was asked for."""

    def __init__(self, model: str = "few words 1") -> None:
        self.model = model
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        self.asked += texts
        return [self._vector(text) for text in texts]

    def _vector(self, text: str) -> bytes:
        found = words(fold(text))
        counts = [sum(word in words(fold(concept)) for word in found) + 1e-3 for concept in CONCEPTS]
        length = math.sqrt(sum(count * count for count in counts))
        return struct.pack(f"<{len(counts)}e", *(count / length for count in counts))

    def near(self, vectors: Sequence[bytes]) -> Callable[[bytes], Sequence[float]]:
        others = [_numbers(vector) for vector in vectors]

        def nearness(vector: bytes) -> Sequence[float]:
            own = _numbers(vector)
            return [sum(one * other for one, other in zip(own, each, strict=True)) for each in others]

        return nearness


def _numbers(vector: bytes) -> tuple[float, ...]:
    return struct.unpack(f"<{len(vector) // 2}e", vector)
