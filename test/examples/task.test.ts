/** The task, its split and its generator of random numbers: everything that decides what a reward means. */
import { describe, expect, it } from 'vitest';
import { createRng, resumeRng, shuffled } from '../../examples/train/rng.js';
import {
  decode,
  drawPrompt,
  encode,
  promptLength,
  rolloutLength,
  solve,
  splitOf,
  verify,
  vocabularySize,
} from '../../examples/train/task.js';

describe('the verifier of sort8', () => {
  const prompt = '47559109:';
  it.each([
    ['the sorted digits and the end', '01455799$', 1],
    ['a rollout that never ends', '014557990', 0],
    ['no end symbol', '01455799', 0],
    ['two digits swapped', '01455979$', 0],
    ['descending order', '99755410$', 0],
    ['a digit left out', '0145579$', 0],
    ['a digit twice', '001455799$', 0],
    ['another digit in its place', '01455798$', 0],
    ['text after the end', '01455799$1', 0],
    ['an answer with a sign', '+1455799$', 0],
    ['nothing but the end', '$', 0],
    ['nothing at all', '', 0],
  ])('%s', (_, answer, reward) => {
    expect(verify(prompt, encode(answer))).toBe(reward);
  });

  it('accepts what `solve` answers, for drawn prompts of both splits', () => {
    const rng = createRng(3, 0);
    for (const split of ['train', 'held out'] as const) {
      for (let draw = 0; draw < 50; draw++) {
        const drawn = drawPrompt(split, rng);
        expect(splitOf(drawn)).toBe(split);
        const tokens = encode(`${solve(drawn)}$`);
        expect(verify(drawn, tokens)).toBe(1);
        expect([drawn.length, tokens.length]).toEqual([promptLength, rolloutLength]);
      }
    }
  });

  it('holds out about one prompt in eight', () => {
    const rng = createRng(4, 0);
    const prompts = Array.from({ length: 4000 }, () => String(rng.integer(1e8)).padStart(8, '0') + ':');
    const share = prompts.filter((drawn) => splitOf(drawn) === 'held out').length / prompts.length;
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.15);
  });

  it('has a symbol for each token id', () => {
    const ids = Array.from({ length: vocabularySize }, (_, id) => id);
    expect(encode(decode(ids))).toEqual(ids);
  });
});

describe('the random generator', () => {
  it('goes on from its state', () => {
    const rng = createRng(7, 1);
    rng.normal();
    const copy = resumeRng(rng.state());
    expect(Array.from({ length: 5 }, copy.uniform)).toEqual(Array.from({ length: 5 }, rng.uniform));
  });

  it('differs between seeds and between streams', () => {
    const first = (seed: number, stream: number): number => createRng(seed, stream).uniform();
    expect(new Set([first(1, 0), first(2, 0), first(1, 1), first(2 ** 40 + 1, 0)]).size).toBe(4);
  });

  it('shuffles all of 0 … n − 1, uniformly enough', () => {
    const rng = createRng(5, 0);
    const firsts = [0, 0, 0, 0];
    for (let draw = 0; draw < 4000; draw++) {
      const order = shuffled(4, rng);
      expect([...order].sort()).toEqual([0, 1, 2, 3]);
      const first = order[0] ?? 0;
      firsts[first] = (firsts[first] ?? 0) + 1;
    }
    for (const count of firsts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
