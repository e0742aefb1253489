"""Ordinary learners that answer questions from experiences: nearest neighbours, boosted trees, Gaussian process.

A learner sees the inputs of scenes (numbers by path) and the outcomes of one coarse run each; it knows
no mechanics. `fit_scalar` and `fit_event` return functions from inputs to quantiles, or to a probability.
Inputs and outcomes that are positive and spread over more than a factor of three are taken by their
logarithm; inputs are brought to mean 0 and standard deviation 1. Nothing here was tuned on questions;
the number of neighbours and the kernel's lengths come from the experiences themselves.

Sources: scikit-learn (versions in requirements.txt). Needs numpy and scikit-learn; no files, no network.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.exceptions import ConvergenceWarning
from sklearn.gaussian_process import GaussianProcessClassifier, GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel
from sklearn.neighbors import NearestNeighbors

Array = NDArray[np.float64]
Quantiles = Callable[[Array], Array]        # inputs (m, d) to quantiles (m, levels)
Chance = Callable[[Array], Array]           # inputs (m, d) to probabilities (m)

NEIGHBOURS = (1, 2, 3, 5, 8, 13, 20, 30)
GP_FIT = 300          # experiences from which the kernel's lengths are found
GP_LIMIT = 1000       # above, the cubic cost of a Gaussian process is not spent

warnings.filterwarnings("ignore", category=ConvergenceWarning)


@dataclass(frozen=True)
class Scale:
    """Logarithms of what spreads over decades, then mean 0 and standard deviation 1."""

    logarithmic: NDArray[np.bool_]
    mean: Array
    deviation: Array

    @staticmethod
    def of(values: Array) -> Scale:
        logarithmic = (values > 0).all(axis=0)
        logarithmic &= values.max(axis=0) > 3 * np.abs(values).min(axis=0)
        plain = Scale(logarithmic, np.zeros(values.shape[1]), np.ones(values.shape[1]))
        forward = plain.forward(values)
        deviation = forward.std(axis=0)
        return Scale(logarithmic, forward.mean(axis=0), np.where(deviation > 0, deviation, 1.0))

    def forward(self, values: Array) -> Array:
        logs = np.log10(np.where(self.logarithmic, np.maximum(values, 1e-300), 1.0))
        return (np.where(self.logarithmic, logs, values) - self.mean) / self.deviation

    def back(self, values: Array) -> Array:
        values = values * self.deviation + self.mean
        return np.where(self.logarithmic, 10.0 ** np.minimum(values, 300.0), values)


def column(values: Array) -> Array:
    return values.reshape(-1, 1)


def constant_chance(happens: Array) -> Chance:
    share = (happens.sum() + 0.5) / (len(happens) + 1)
    return lambda inputs: np.full(len(inputs), share)


class Neighbours:
    """k nearest neighbours, k by leave-one-out."""

    name = "neighbours"
    limit: int | None = None

    def fit_scalar(self, inputs: Array, outcomes: Array, levels: list[float]) -> Quantiles:
        scale, target = Scale.of(inputs), Scale.of(column(outcomes))
        values = target.forward(column(outcomes))[:, 0]
        search = NearestNeighbors().fit(scale.forward(inputs))
        tau = np.array(levels)

        def loss(k: int, near: NDArray[np.int64]) -> float:
            error = values[:, None] - np.quantile(values[near[:, :k]], tau, axis=1).T
            return float(np.maximum(tau * error, (tau - 1) * error).mean())

        k = self.choose(search, len(values), loss)

        def quantiles(queries: Array) -> Array:
            near = search.kneighbors(scale.forward(queries), n_neighbors=k, return_distance=False)
            return target.back(np.quantile(values[near], tau, axis=1).T.reshape(-1, 1)).reshape(-1, len(levels))

        return quantiles

    def fit_event(self, inputs: Array, happens: Array) -> Chance:
        scale = Scale.of(inputs)
        search = NearestNeighbors().fit(scale.forward(inputs))

        def share(near: NDArray[np.int64]) -> Array:
            return (happens[near].sum(axis=1) + 0.5) / (near.shape[1] + 1)

        k = self.choose(search, len(happens), lambda k, near: float(((share(near[:, :k]) - happens) ** 2).mean()))
        return lambda queries: share(search.kneighbors(scale.forward(queries), n_neighbors=k, return_distance=False))

    @staticmethod
    def choose(search: NearestNeighbors, count: int, loss: Callable[[int, NDArray[np.int64]], float]) -> int:
        allowed = [k for k in NEIGHBOURS if k < count] or [1]
        if count < 3:
            return 1
        near = search.kneighbors(n_neighbors=allowed[-1], return_distance=False)   # without the point itself
        return min(allowed, key=lambda k: loss(k, near))


class Boosting:
    """Gradient-boosted trees, one for each quantile level."""

    name = "boosting"
    limit: int | None = None

    @staticmethod
    def leaf(count: int) -> int:
        return max(2, min(20, count // 10))

    def fit_scalar(self, inputs: Array, outcomes: Array, levels: list[float]) -> Quantiles:
        scale, target = Scale.of(inputs), Scale.of(column(outcomes))
        features, values = scale.forward(inputs), target.forward(column(outcomes))[:, 0]
        models = [
            HistGradientBoostingRegressor(
                loss="quantile", quantile=level, max_iter=200, max_leaf_nodes=15,
                min_samples_leaf=self.leaf(len(values)), early_stopping=False, random_state=0,
            ).fit(features, values)
            for level in levels
        ]

        def quantiles(queries: Array) -> Array:
            features = scale.forward(queries)
            ordered = np.sort(np.column_stack([model.predict(features) for model in models]), axis=1)
            return target.back(ordered.reshape(-1, 1)).reshape(-1, len(levels))

        return quantiles

    def fit_event(self, inputs: Array, happens: Array) -> Chance:
        if len(set(happens)) < 2:
            return constant_chance(happens)
        scale = Scale.of(inputs)
        model = HistGradientBoostingClassifier(
            max_iter=100, max_leaf_nodes=15, min_samples_leaf=self.leaf(len(happens)), early_stopping=False,
            random_state=0,
        ).fit(scale.forward(inputs), happens)
        return lambda queries: model.predict_proba(scale.forward(queries))[:, 1]


class Process:
    """Gaussian process with one length for each input, and noise."""

    name = "process"
    limit: int | None = GP_LIMIT

    @staticmethod
    def kernel(dimensions: int) -> object:
        lengths = RBF(np.ones(dimensions), (0.05, 100.0))
        return ConstantKernel(1.0, (1e-2, 1e3)) * lengths

    def fit_scalar(self, inputs: Array, outcomes: Array, levels: list[float]) -> Quantiles:
        scale, target = Scale.of(inputs), Scale.of(column(outcomes))
        features, values = scale.forward(inputs), target.forward(column(outcomes))[:, 0]
        kernel = self.kernel(inputs.shape[1]) + WhiteKernel(1e-2, (1e-8, 1.0))
        model = GaussianProcessRegressor(kernel, random_state=0).fit(features[:GP_FIT], values[:GP_FIT])
        if len(values) > GP_FIT:
            model = GaussianProcessRegressor(model.kernel_, optimizer=None).fit(features, values)

        def quantiles(queries: Array) -> Array:
            mean, deviation = model.predict(scale.forward(queries), return_std=True)
            ordered = mean[:, None] + deviation[:, None] * norm.ppf(levels)[None, :]
            return target.back(ordered.reshape(-1, 1)).reshape(-1, len(levels))

        return quantiles

    def fit_event(self, inputs: Array, happens: Array) -> Chance:
        if len(set(happens)) < 2:
            return constant_chance(happens)
        scale = Scale.of(inputs)
        features = scale.forward(inputs)
        model = GaussianProcessClassifier(self.kernel(inputs.shape[1]), random_state=0)
        first = slice(0, GP_FIT)
        if len(set(happens[first])) == 2:
            model.fit(features[first], happens[first])
            if len(happens) > GP_FIT:
                model = GaussianProcessClassifier(model.kernel_, optimizer=None).fit(features, happens)
        else:
            model.fit(features, happens)
        return lambda queries: model.predict_proba(scale.forward(queries))[:, 1]


LEARNERS = (Neighbours(), Boosting(), Process())
