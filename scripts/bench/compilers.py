"""GRPO and REAL compiled by XLA or by torch.compile, on one thread: what the best compilers for CPUs make of the same work.

    python3 scripts/bench/compilers.py {jax|torch} ROLLOUTS POSITIONS ROUNDS

Prints a line of JSON for each objective: milliseconds of the processor in each round, of loss and gradient and of a copy of
as many bytes as a fused plan moves; and the sum of the gradient's absolute values, by which it is known to be the same. The batch is that of scripts/bench/data.ts, the objectives are those of scripts/bench/naive.ts.
"""

import json
import os
import sys
import time

if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np  # noqa: E402

GROUP = 8
WARM_UP = 10
BYTES_PER_TOKEN = {"grpo": 16, "real": 12}


def batch(rollouts, positions):
    at = np.arange(rollouts * positions)

    def wave(phase):
        return (-1 + 0.6 * np.sin(at * 0.37 + phase)).astype(np.float32).reshape(rollouts, positions)

    row = np.arange(rollouts)
    lengths = positions * (0.4 + 0.6 * ((row * 7) % 10) * 0.1)
    mask = (np.arange(positions)[None] < lengths[:, None]).astype(np.float32)
    reward = (row % 3 == 0).astype(np.float32)
    return [wave(0), wave(0.3), wave(0.9), mask, reward]


def objectives(xp):
    """The losses, written with what numpy, JAX and torch have in common; `xp` is one of them."""

    def token_mean(x, mask):
        return (x * mask).sum(1) / xp.clip(mask.sum(1), 1, None)

    def grpo(logp, old_logp, ref_logp, mask, reward):
        groups = reward.reshape(-1, GROUP)
        centred = groups - groups.mean(1)[:, None]
        std = xp.sqrt((centred * centred).sum(1)[:, None] / (GROUP - 1))
        advantage = (centred / (std + 1e-6)).reshape(-1, 1)
        ratio = xp.exp(logp - old_logp)
        surrogate = xp.minimum(ratio * advantage, xp.clip(ratio, 0.8, 1.2) * advantage)
        difference = ref_logp - logp
        kl = xp.exp(difference) - difference - 1
        return token_mean(0.04 * kl - surrogate, mask).mean()

    def real(logp, old_logp, _ref_logp, mask, reward):
        s = (token_mean(logp - old_logp, mask) / 0.5).reshape(-1, GROUP)
        positive = reward.reshape(-1, GROUP)
        negative = 1 - positive
        positives = xp.log((xp.exp(-s) * positive).sum(1) + 1)
        negatives = xp.log((xp.exp(s) * negative).sum(1) + 1)
        mixed = (positive.sum(1) > 0) & (negative.sum(1) > 0)
        return xp.where(mixed, positives + negatives, 0.0).mean()

    return {"grpo": grpo, "real": real}


def with_jax(arrays):
    import jax
    import jax.numpy as jnp

    given = [jax.device_put(one) for one in arrays]
    for name, loss in objectives(jnp).items():
        step = jax.jit(jax.value_and_grad(loss))
        yield name, lambda step=step: jax.block_until_ready(step(*given))[1]


def with_torch(arrays):
    import torch

    torch.set_num_threads(1)
    logp, *others = [torch.from_numpy(one) for one in arrays]
    logp.requires_grad_()
    for name, loss in objectives(torch).items():
        compiled = torch.compile(loss)

        def step(compiled=compiled):
            logp.grad = None
            compiled(logp, *others).backward()
            return logp.grad

        yield name, step


def milliseconds(work):
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def main():
    which, rollouts, positions, rounds = sys.argv[1], *map(int, sys.argv[2:5])
    arrays = batch(rollouts, positions)
    tokens = int(arrays[3].sum())
    for name, step in {"jax": with_jax, "torch": with_torch}[which](arrays):
        numbers = BYTES_PER_TOKEN[name] * tokens // 8
        origin, target = np.ones(numbers, np.float32), np.empty(numbers, np.float32)
        for _ in range(WARM_UP):
            step()
        times, copies = [], []
        for _ in range(rounds):
            times.append(milliseconds(step))
            copies.append(milliseconds(lambda: np.copyto(target, origin)))
        size = float(np.abs(np.asarray(step(), dtype=np.float64)).sum())
        print(json.dumps({"objective": name, "times": times, "copies": copies, "size": size}), flush=True)


main()
