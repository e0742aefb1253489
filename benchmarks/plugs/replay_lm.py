"""A model of lm-evaluation-harness that answers from a recording: no weights, no network.

    from replay_lm import Replay; lm_eval.simple_evaluate(model=Replay("predictions.jsonl"), tasks=["plumbline"], …)

Sources: lm_eval's interface of models (version in requirements.txt).
"""

from __future__ import annotations

from typing import Any

from lm_eval.api.model import LM
from lm_eval.api.registry import register_model

import records


@register_model("plumbline-replay")
class Replay(LM):
    """Answers a document by its id; what was not recorded is an empty reply."""

    def __init__(self, predictions: str = "", **_: Any) -> None:
        super().__init__()
        self.known = records.texts(predictions)

    def generate_until(self, requests: list[Any], disable_tqdm: bool = False) -> list[str]:
        return [self.known.get(request.doc["id"], "") for request in requests]

    def loglikelihood(self, requests: list[Any], disable_tqdm: bool = False) -> list[tuple[float, bool]]:
        raise NotImplementedError("a recording has no likelihoods")

    def loglikelihood_rolling(self, requests: list[Any], disable_tqdm: bool = False) -> list[float]:
        raise NotImplementedError("a recording has no likelihoods")
