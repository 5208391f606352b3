/** Squares that a term is written with: facts that its normal form no longer shows. */
import * as build from '../../proof/build.js';
import { isWhole } from '../../proof/rational.js';
import type { Literal, Term } from '../../proof/term.js';
import { keyOf } from '../../proof/key.js';
import { distinct } from './keys.js';
import { hasSelect, subparts, type Part } from './walk.js';

const MOST = 4;

/** t² ≥ 0 for each sum t that is multiplied by itself. */
export function squaresIn(parts: readonly Part[]): readonly Literal[] {
  const bases = subparts(...parts).flatMap((part) => (hasSelect(part) ? [] : squaredIn(part)));
  return distinct(bases)
    .slice(0, MOST)
    .map((base): Literal => ({ op: '>=', x: build.power(base, 2) }));
}
function squaredIn(part: Part): readonly Term[] {
  if (part.op === 'power')
    return isWhole(part.exponent) && part.exponent.n % 2n === 0n && part.base.op === 'sum' ? [part.base] : [];
  if (part.op !== 'product') return [];
  const sums = part.factors.filter(({ op }) => op === 'sum');
  return sums.filter((one, at) => sums.findIndex((other) => keyOf(other) === keyOf(one)) < at);
}
