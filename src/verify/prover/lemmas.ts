/** Instances of the lemmas: what each adds, as `docs/certificates.md` has it. */
import * as build from '../../proof/build.js';
import type { Lemma } from '../../proof/derivation.js';
import { ratio, signOf, type Rational } from '../../proof/rational.js';
import type { Condition, Literal, Term } from '../../proof/term.js';
import type { Step } from './task.js';

/** Steps that derive facts, and the facts. */
export interface Instance {
  readonly steps: readonly Step[];
  readonly adds: readonly Literal[];
}

/** What an instance adds, given that its premises are known; `isStrict` says that they are known strictly. */
export function lemmaFacts(lemma: Lemma, terms: readonly Term[], isStrict: boolean): readonly Condition[] {
  const [a = build.zero, b = build.zero] = terms;
  const increased = (x: Term, y: Term): readonly Condition[] => [
    isStrict ? build.above(y, x) : build.atLeast(y, x),
  ];
  switch (lemma) {
    case 'exp-taylor':
      return [build.atLeast(build.exp(a), taylor(a, b.op === 'number' ? Number(b.value.n) : 1))];
    case 'exp-tangent-strict':
      return [build.above(build.exp(a), build.sum(build.one, a))];
    case 'exp-increasing':
      return increased(build.exp(a), build.exp(b));
    case 'log-increasing':
      return increased(build.log(a), build.log(b));
    case 'root':
      return b.op === 'number' ? rootFacts(a, b.value) : [];
    case 'integer-gap':
      return [build.atLeast(a, build.one)];
    case 'pi':
      return [
        build.above(build.pi, build.number(ratio(314159n, 100000n))),
        build.above(build.number(ratio(31416n, 10000n)), build.pi),
      ];
  }
}
function rootFacts(t: Term, q: Rational): readonly Condition[] {
  if (signOf(q) <= 0) return [];
  const root = build.power(t, q);
  return [build.literal('>=', root), build.equal(build.power(root, ratio(q.d)), build.power(t, ratio(q.n)))];
}

/** 1 + t + t²/2 + … + tⁿ/n! */
export function taylor(t: Term, n: number): Term {
  const summands: Term[] = [build.one];
  let factorial = 1n;
  for (let k = 1; k <= n; k++) {
    factorial *= BigInt(k);
    summands.push(build.product(build.number(ratio(1n, factorial)), build.power(t, k)));
  }
  return build.sum(...summands);
}

export function instance(
  lemma: Lemma,
  terms: readonly Term[],
  isStrict = false,
  before: readonly Step[] = [],
): Instance {
  const adds = lemmaFacts(lemma, terms, isStrict).filter(build.isLiteral);
  return { steps: [...before, { rule: 'lemma', lemma, terms }], adds };
}
