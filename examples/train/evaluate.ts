/** Pass@1: the share of prompts that one rollout solves. */
import { type Policy } from './model.js';
import { createRng, type Rng } from './rng.js';
import { sampleRollouts } from './sample.js';
import { drawPrompt, type Split } from './task.js';

const chunk = 256;

export async function passAt1(policy: Policy, split: Split, count: number, rng: Rng): Promise<number> {
  const prompts = Array.from({ length: count }, () => drawPrompt(split, rng));
  let solved = 0;
  for (let from = 0; from < count; from += chunk) {
    const { reward } = await sampleRollouts(policy, prompts.slice(from, from + chunk), rng);
    solved += reward.reduce((sum, value) => sum + value, 0);
  }
  return solved / count;
}

/** Pass@1 on held-out prompts: the same prompts and the same random numbers whenever, and for whatever run, it is asked. */
export function heldOutPass(policy: Policy, count: number): Promise<number> {
  return passAt1(policy, 'held out', count, createRng(4242, 0));
}
