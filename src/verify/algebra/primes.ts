/** Prime factors of rationals: what logarithms and roots of numbers are made of. */
import type { Rational } from '../../proof/rational.js';

/** Trial division ends here; what is left is taken for a prime. */
const LAST = 2000n;

/** Pairs of a prime and its exponent, negative ones of the denominator. */
export const primePowers = ({ n, d }: Rational): readonly (readonly [bigint, number])[] => [
  ...factors(n),
  ...factors(d).map(([prime, times]) => [prime, -times] as const),
];

function factors(n: bigint): readonly (readonly [bigint, number])[] {
  const out: (readonly [bigint, number])[] = [];
  let left = n;
  for (let prime = 2n; prime <= LAST && prime * prime <= left; prime += prime === 2n ? 1n : 2n) {
    let times = 0;
    for (; left % prime === 0n; left /= prime) times += 1;
    if (times > 0) out.push([prime, times]);
  }
  return left === 1n ? out : [...out, [left, 1]];
}
