/** The checker never fails: whatever is cut out of, doubled in or swapped within a right program. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { intern } from '../../src/ir/graph.js';
import { lower } from '../../src/lower/lower.js';
import { checked } from './checked.js';

const folder = fileURLToPath(new URL('../../objectives/', import.meta.url));
const names = readdirSync(folder).filter((name) => name.endsWith('.obj'));

/** A small linear congruential generator: the same mutants in every run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

test.each(names)('mutants of %s', (name) => {
  const text = readFileSync(`${folder}${name}`, 'utf8').replace(/#[^\n]*/g, '');
  const tokens = text.match(/\s+|"[^"]*"|[\p{L}_][\p{L}\d_]*|[\d.]+|[<>=!]=|->|./gu) ?? [];
  const next = random(tokens.length);
  let right = 0;
  for (let round = 0; round < 60; round += 1) {
    const mutant = [...tokens];
    const [from, to] = [next(mutant.length), next(mutant.length)];
    if (round % 3 === 0) mutant.splice(from, 1);
    else mutant.splice(to, round % 3 === 1 ? 1 : 0, mutant[from] ?? '');
    const { models, diagnostics } = checked(mutant.join(''));
    for (const { primary } of diagnostics)
      expect(primary.span.end).toBeGreaterThanOrEqual(primary.span.start);
    for (const model of models) {
      const { losses, metrics, lets } = lower(model).program;
      const [loss] = losses.map((one) => one.loss);
      if (loss === undefined) throw new Error('no loss');
      expect(loss.type).toEqual({ kind: 'real', level: 'batch' });
      intern([loss, ...metrics.map(({ value }) => value), ...lets.map(({ value }) => value)]);
      right += 1;
    }
  }
  expect(right).toBeGreaterThan(0);
});
