/** Sequents modelled on the catalogue's claims: each true one with what it becomes when it is moved by a hair. */

export interface Case {
  readonly name: string;
  readonly true: string;
  /** Never proved. */
  readonly false?: readonly string[];
}
const of = (name: string, text: string, ...wrong: readonly string[]): Case => ({
  name,
  true: text,
  false: wrong,
});

/** One element's gradient weight against a sign or a bound. */
const W = 'a * exp(s)';
const PPO = `(if r * a <= clip(r, 1 - eps, 1 + eps) * a then -a * r else if r < 1 - eps or r > 1 + eps then 0 else -a * r)`;
const EPS = 'eps > 0; eps < 1';
const REAL = '1 / (tau * (1 + (1 + R) * exp(s / tau)))';
const SAPO = '4 * u * sigmoid(tau * (u - 1)) * sigmoid(tau * (1 - u))';

export const SIGNS: readonly Case[] = [
  of('sign of an exponential weight', `a > 0 |- ${W} > 0`, `a >= 0 |- ${W} > 0`),
  of('sign of a product', 'a < 0; b > 0 |- a * b * exp(s) < 0', 'a < 0; b >= 0 |- a * b * exp(s) < 0'),
  of('sign of a clipped weight', `${EPS}; a > 0; r > 0 |- ${PPO} <= 0`, `${EPS}; a > 0; r > 0 |- ${PPO} < 0`),
  of('wrong direction', `${EPS}; a < 0; r > 0 |- ${PPO} >= 0`, `${EPS}; a < 0; r > 0 |- ${PPO} > 0`),
  of(
    'clip is positive',
    `${EPS} |- clip(exp(s), 1 - eps, 1 + eps) > 0`,
    'eps > 0 |- clip(exp(s), 1 - eps, 1 + eps) >= 0.01',
  ),
  of('sigmoid is positive', 'sigmoid(x) > 0', 'sigmoid(x) > 1e-6'),
  of('sigmoid is under 1', 'sigmoid(x) < 1', 'sigmoid(x) < 0.999999'),
  of('softplus is positive', 'softplus(x) > 0', 'softplus(x) > 1e-6'),
  of('softplus is above its argument', 'softplus(x) > x', 'softplus(x) > x + 1e-6'),
  of('logsigmoid is negative', 'logsigmoid(x) < 0'),
  of('tanh is between -1 and 1', 'tanh(x) < 1 and tanh(x) > -1', 'tanh(x) < 0.99999'),
  of('a weighted softmax', `R >= 0; tau > 0 |- ${REAL} > 0`),
  of('a guard decides', 'abs(x) > 0 |- x != 0', 'abs(x) >= 0 |- x != 0'),
  of('max is at least both', 'max(x, y) >= x and max(x, y) >= y', 'max(x, y) > x'),
  of('min is at most both', 'min(x, y) <= x and min(x, y) <= y'),
  of('abs is even', 'abs(x) == abs(-x)', 'abs(x) == abs(x + 1e-6)'),
  of('triangle', 'abs(x + y) <= abs(x) + abs(y)', 'abs(x + y) <= abs(x) + abs(y) - 1e-6'),
  of('clip stays inside', 'l <= h |- clip(x, l, h) <= h and clip(x, l, h) >= l', 'clip(x, l, h) <= h'),
  of('sign times value', 'sign(x) * x == abs(x)'),
];

export const BOUNDS: readonly Case[] = [
  of(
    'positives are bounded',
    `${EPS}; a > 0; r > 0 |- abs(${PPO}) <= (1 + eps) * a`,
    `${EPS}; a > 0; r > 0 |- abs(${PPO}) <= (1 + eps - 1e-6) * a`,
  ),
  of(
    'a cap on the ratio',
    'a > 0; c >= 1 |- min(exp(s), c) * a <= c * a',
    'a > 0; c >= 1 |- min(exp(s), c) * a < c * a',
  ),
  of(
    'dual clip',
    `c > 1; a < 0; r > 0; ${EPS} |- abs(if r > c then 0 else if r < 1 - eps then 0 else a * r) <= -c * a`,
  ),
  of(
    'a softmax weight',
    `R >= 0; tau > 0 |- ${REAL} <= 1 / tau`,
    `R >= 0; tau > 0 |- ${REAL} <= 0.9999 / tau`,
  ),
  of('strictly', `R >= 0; tau > 0 |- ${REAL} < 1 / tau`),
  of(
    'a binary weight',
    'tau > 0 |- exp(s / tau) / (tau * (1 + R ^ 2 + exp(s / tau))) <= 1 / tau',
    'tau > 0 |- exp(s / tau) / (tau * (1 + R ^ 2 + exp(s / tau))) <= 0.99 / tau',
  ),
  of(
    'dpo',
    'beta > 0 |- beta * sigmoid(beta * (x - y)) < beta',
    'beta > 0 |- beta * sigmoid(beta * (x - y)) < 0.999 * beta',
  ),
  of(
    'a sigmoid times its other',
    'sigmoid(x) * sigmoid(-x) <= 1 / 4',
    'sigmoid(x) * sigmoid(-x) <= 0.249999',
  ),
  of(
    'slope of a weight',
    `R >= 0; tau > 0 |- (1 + R) * exp(s / tau) / (tau ^ 2 * (1 + (1 + R) * exp(s / tau)) ^ 2) <= 1 / (4 * tau ^ 2)`,
    `R >= 0; tau > 0 |- (1 + R) * exp(s / tau) / (tau ^ 2 * (1 + (1 + R) * exp(s / tau)) ^ 2) <= 1 / (4.001 * tau ^ 2)`,
  ),
  of(
    'tanh gate',
    'a > 0 |- a * (1 - tanh(b * s) ^ 2) <= a',
    'a > 0 |- a * (1 - tanh(b * s) ^ 2) <= 0.99999 * a',
  ),
  of(
    'gspo',
    'a > 0; T >= 1; eps > 0; s + M <= T * log(1 + eps) |- a * exp((s + M) / T) / T <= a * (1 + eps) / T',
    'a > 0; T >= 1; eps > 0; s + M <= T * log(1 + eps) |- a * exp((s + M) / T) / T < a * (1 + eps) / T',
  ),
  of('gmpo', 'a > 0; T >= 1; s <= eps; M > 0 |- a * exp((s + M) / T) / T <= a * exp((eps + M) / T) / T'),
  of('an assumed window', 'x <= log(c); c > 0 |- exp(x) <= c', 'x <= log(c); c > 0 |- exp(x) < c'),
  of('and back', 'exp(x) <= c |- x <= log(c)', 'exp(x) <= c |- x < log(c)'),
  of(
    'a guard on the log-ratio',
    'x < log(2.61) |- exp(x) < 2.61',
    'x <= log(2.61) |- exp(x) < 2.61',
    'x < log(2.61) |- exp(x) < 2.6099',
  ),
  of('a rational guard', 'x < 2.61 |- exp(x) < 13.6', 'x < 2.61 |- exp(x) < 13.59'),
  of('sapo gate', 'tau > 0; u > 0 |- 4 * sigmoid(tau * (u - 1)) * sigmoid(tau * (1 - u)) <= 1'),
  of('sapo', `tau > 0; u > 0 |- ${SAPO} <= 1 + 0.9 / tau`, `tau > 0; u > 0 |- ${SAPO} <= 1 + 0.89 / tau`),
  of(
    'sapo in the log-ratio',
    `tau > 0 |- 4 * exp(s) * sigmoid(tau * (exp(s) - 1)) * sigmoid(tau * (1 - exp(s))) <= 1 + 0.9 / tau`,
  ),
  of('the bump', 'x / (1 + exp(x)) <= 0.2785', 'x / (1 + exp(x)) <= 0.2784'),
  of('the hump', '4 * z * sigmoid(z) * sigmoid(-z) <= 0.9', '4 * z * sigmoid(z) * sigmoid(-z) <= 0.895'),
  of(
    'the hump, of a difference',
    'b > 0 |- b * (x - y) * sigmoid(b * (x - y)) * sigmoid(b * (y - x)) <= 0.224',
    'b > 0 |- b * (x - y) * sigmoid(b * (x - y)) * sigmoid(b * (y - x)) <= 0.2238',
  ),
  of('x e^x', 'x * exp(x) >= -1 / exp(1)', 'x * exp(x) >= -0.367'),
  of('bounded quotient', 'x / (1 + x ^ 2) <= 1 / 2', 'x / (1 + x ^ 2) <= 0.499999'),
  of('root quotient', 'x / sqrt(1 + x ^ 2) < 1', 'x / sqrt(1 + x ^ 2) < 0.999'),
  of('a share', 'x > 0; y >= 0 |- x / (x + y) <= 1', 'x > 0; y >= 0 |- x / (x + y) < 1'),
];

export const DIVERGENCES: readonly Case[] = [
  of('k3', 'exp(s) - 1 - s >= 0', 'exp(s) - 1 - s >= 1e-6', 'exp(s) - 1 - s > 0'),
  of('k3 away from 0', 's != 0 |- exp(s) - 1 - s > 0'),
  of('k3 of a difference', 'exp(r - l) - 1 - (r - l) >= 0', 'exp(r - l) - 1 - (r - l) > 0'),
  of('k2', 's ^ 2 / 2 >= 0', 's ^ 2 / 2 > 0'),
  of('scaled k3', 'beta >= 0 |- beta * (exp(s) - 1 - s) >= 0', 'beta >= 0 |- beta * (exp(s) - 1 - s) > 0'),
  of('x log x', 'x > 0 |- x * log(x) >= x - 1', 'x > 0 |- x * log(x) >= x - 0.999'),
  of('log is under its tangent', 'x > 0 |- log(x) <= x - 1', 'x > 0 |- log(x) < x - 1'),
  of('log is above', 'x > 0 |- log(x) >= 1 - 1 / x', 'x > 0 |- log(x) >= 1.0001 - 1 / x'),
  of('a divergence', 'p > 0; q > 0 |- p * log(p / q) >= p - q', 'p > 0; q > 0 |- p * log(p / q) > p - q'),
  of(
    'a bump of two',
    'k > 0; l > 0 |- k * s - l * (exp(s) - 1) <= k * log(k / l) + l - k',
    'k > 0; l > 0 |- k * s - l * (exp(s) - 1) < k * log(k / l) + l - k',
  ),
  of('cosh', 'exp(x) + exp(-x) >= 2', 'exp(x) + exp(-x) >= 2.000001'),
  of('pulled back from above', 'l > r |- 1 - exp(r - l) > 0', 'l >= r |- 1 - exp(r - l) > 0'),
  of('pulled back from below', 'l < r |- 1 - exp(r - l) < 0', 'l < r |- 1 - exp(r - l) < -1e-6'),
  of('entropy', 'p > 0; p < 1 |- -p * log(p) > 0', 'p > 0; p <= 1 |- -p * log(p) > 0'),
];

export const PAIRS: readonly Case[] = [
  of('no misassignment', `R >= 0; tau > 0; x < y |- ${REAL.replace('s', 'x')} >= ${REAL.replace('s', 'y')}`),
  of(
    'strictly',
    `R >= 0; tau > 0; x < y |- ${REAL.replace('s', 'x')} > ${REAL.replace('s', 'y')}`,
    `R >= 0; tau > 0; x <= y |- ${REAL.replace('s', 'x')} > ${REAL.replace('s', 'y')}`,
  ),
  of(
    'an exponential rises',
    'a > 0; x < y |- a * exp(x) < a * exp(y)',
    'a >= 0; x < y |- a * exp(x) < a * exp(y)',
  ),
  of(
    'a capped one, weakly',
    'a > 0; x < y |- a * min(exp(x), c) <= a * min(exp(y), c)',
    'a > 0; x < y |- a * min(exp(x), c) < a * min(exp(y), c)',
  ),
  of('a sigmoid', 'x < y |- sigmoid(x) < sigmoid(y)', 'x < y |- sigmoid(x) < sigmoid(y) - 1e-6'),
  of('a softplus', 'x < y |- softplus(x) < softplus(y)'),
  of('tanh', 'b > 0; x < y |- tanh(b * x) < tanh(b * y)', 'b >= 0; x < y |- tanh(b * x) < tanh(b * y)'),
  of(
    'clip',
    'l < h; x < y |- clip(x, l, h) <= clip(y, l, h)',
    'l < h; x < y |- clip(x, l, h) < clip(y, l, h)',
  ),
  of(
    'a clipped exponential',
    `${EPS}; x < y |- clip(exp(x), 1 - eps, 1 + eps) <= clip(exp(y), 1 - eps, 1 + eps)`,
  ),
  of('k3 weight', 'x < y |- 1 - exp(-x) < 1 - exp(-y)'),
  of('k2 weight', 'beta > 0; x < y |- beta * x < beta * y'),
  of(
    'lipschitz sigmoid',
    'x < y |- sigmoid(y) - sigmoid(x) <= (y - x) / 4',
    'x < y |- sigmoid(y) - sigmoid(x) <= (y - x) / 4.01',
  ),
  of('lipschitz dpo', 'b > 0; x < y |- b * sigmoid(b * y) - b * sigmoid(b * x) <= b ^ 2 / 4 * (y - x)'),
  of(
    'lipschitz weight',
    `R >= 0; tau > 0; x < y |- ${REAL.replace('s', 'x')} - ${REAL.replace('s', 'y')} <= (y - x) / (4 * tau ^ 2)`,
  ),
  of('convex softplus', 'x < y |- sigmoid(x) <= sigmoid(y)'),
  of('cubes', 'x < y |- x ^ 3 <= y ^ 3', 'x < y |- x ^ 3 < y ^ 3 - 1e-6'),
  of('x + e^x', 'x < y |- x + exp(x) < y + exp(y)'),
  of('x e^x from 0 on', 'x >= 0; x < y |- x * exp(x) < y * exp(y)', 'x < y |- x * exp(x) < y * exp(y)'),
  of('a root', 'x >= 0; x < y |- sqrt(x) < sqrt(y)'),
  of('a power', 'g > 0; p > 0; p < q |- p ^ g < q ^ g', 'p > 0; p < q |- p ^ g < q ^ g'),
  of('constant beyond the clip', `x > log(2); x < y |- min(exp(x), 2) == min(exp(y), 2)`),
  of('huber', 'd > 0; x < y |- clip(x, -d, d) <= clip(y, -d, d)'),
];

/** How far the chord from x to w is above a function at y, times w − x. */
const chord = (f: (at: string) => string): string =>
  `(w - y) * ${f('x')} + (y - x) * ${f('w')} - (w - x) * ${f('y')}`;
const SOFT = chord((at) => `log(k * exp(b * ${at}) + 1)`);
const ORDER = 'x < y; y < w';

export const CHORDS: readonly Case[] = [
  of(
    'a softplus',
    `${ORDER}; b > 0; k > 0 |- ${SOFT} >= 0`,
    // The middle one is not in the middle.
    `x < y; x < w; b > 0; k > 0 |- ${SOFT} >= 0`,
    `${ORDER}; b > 0; k > 0 |- ${SOFT} >= 1e-6`,
    `${ORDER}; b > 0; k > -1 |- ${SOFT} >= 0`,
    `${ORDER}; b > 0; k > 0 |- ${SOFT} <= 0`,
  ),
  of(
    'a square',
    `${ORDER} |- ${chord((at) => `${at} ^ 2`)} >= 0`,
    `${ORDER} |- ${chord((at) => `${at} ^ 3`)} >= 0`,
    `${ORDER} |- ${chord((at) => `(${at} ^ 2 - ${at} ^ 4 / 1000)`)} >= 0`,
  ),
  of(
    'an exponential, and what is known to be under its own chord',
    `${ORDER}; (w - y) * p + (y - x) * q >= (w - x) * r |- ${chord((at) => `(exp(${at}) + ${{ x: 'p', y: 'r', w: 'q' }[at] ?? ''})`)} >= 0`,
    `${ORDER}; (w - y) * p + (y - x) * q >= (w - x) * r |- ${chord((at) => `(exp(${at}) + ${{ x: 'q', y: 'r', w: 'p' }[at] ?? ''})`)} >= 0`,
  ),
  of(
    'a logarithm from above',
    `${ORDER}; x > 0 |- ${chord((at) => `log(${at})`)} <= 0`,
    `${ORDER}; x > -1 |- ${chord((at) => `log(${at})`)} <= 0`,
    `${ORDER}; x > 0 |- ${chord((at) => `log(${at})`)} >= 0`,
  ),
  of(
    'a sigmoid on one side',
    `${ORDER}; w <= 0 |- ${chord((at) => `sigmoid(${at})`)} >= 0`,
    `${ORDER}; w <= 0.1 |- ${chord((at) => `sigmoid(${at})`)} >= 0`,
  ),
];

export const EQUATIONS: readonly Case[] = [
  of('on-policy', 'l - o == 0 |- -a * exp(l - o) == -a', 'l - o == 1e-6 |- -a * exp(l - o) == -a'),
  of('on-policy, clipped', `${EPS}; l == o |- -a * clip(exp(l - o), 1 - eps, 1 + eps) == -a`),
  of('a pair of logits', 'sigmoid(x) + sigmoid(-x) == 1', 'sigmoid(x) + sigmoid(x) == 1'),
  of('tanh by sigmoid', 'tanh(x) == 2 * sigmoid(2 * x) - 1'),
  of('softplus by its other', 'softplus(x) - softplus(-x) == x', 'softplus(x) - softplus(-x) == x + 1e-6'),
  of('log of a product', 'x > 0; y > 0 |- log(x * y) == log(x) + log(y)', 'log(x * y) == log(x) + log(y)'),
  of('a quotient', 'x != 0 |- x / x == 1', 'x / x == 1'),
  of('advantages of two', 'n == 2; n * m == x + y |- (x - m) + (y - m) == 0'),
  of('zero where nothing is', 'n >= 1; (n == 0 or r == 2) |- r == 2'),
  of('squares', '(x + y) ^ 2 == x ^ 2 + 2 * x * y + y ^ 2'),
  of('a root of a square', 'x >= 0 |- sqrt(x ^ 2) == x', 'sqrt(x ^ 2) == x'),
];

export const WHOLE: readonly Case[] = [
  of('at least one', 'int n; n > 0 |- n >= 1', 'n > 0 |- n >= 1'),
  of('not none', 'int n; n >= 0; n != 0 |- n >= 1'),
  of('at most all but one', 'int n; n < 5 |- n <= 4', 'int n; n <= 5 |- n <= 4'),
  of('labels', '(r == 0 or r == 1) |- r ^ 2 == r', '(r == 0 or r == 2) |- r ^ 2 == r'),
  of('labels decide', '(r == 0 or r == 1); r != 1 |- if r == 1 then x else 0 == 0'),
  of('shares of a count', 'int n; n >= 0; R >= 0; R <= n |- R / (1 + n) <= 1'),
  of('flags', 'flag p or flag q; not flag p |- flag q', 'flag p or flag q |- flag q'),
  of(
    'a flagged weight',
    'w >= 0 |- (if flag p then w else 0) >= 0',
    'w > 0 |- (if flag p then w else 0) > 0',
  ),
  of('a leave-one-out mean', 'int n; n >= 1; R <= n; R >= -n |- abs(R / n) <= 1'),
];

const KL = 'exp(r - l) - (r - l) - 1 <= 10';
const BUMP = 'exp(k * (p - o) - l * (exp(p - o) - 1)) * a';

export const HYPOTHESES: readonly Case[] = [
  of('runaways', `r - l > 2.62; r - l <= 20; ${KL} |- b == 0`, `r - l > 2.61; r - l <= 20; ${KL} |- b == 0`),
  of(
    'on the other side',
    `l - r >= 11; l - r <= 20; ${KL} |- b == 0`,
    `l - r >= 10.9; l - r <= 20; ${KL} |- b == 0`,
  ),
  of(
    'a bound by an inverse',
    `b > 0; r - l <= 20; r - l >= -20; ${KL} |- b * (exp(r - l) - 1) <= 12.62 * b`,
    `b > 0; r - l <= 20; r - l >= -20; ${KL} |- b * (exp(r - l) - 1) <= 12.61 * b`,
  ),
  of(
    'a branch that is never taken',
    's < 0; n >= 1 |- (if exp(s / n) >= 1 then 0 else 1) > 0',
    's <= 0; n >= 1 |- (if exp(s / n) >= 1 then 0 else 1) > 0',
  ),
  of('numbers alone', '(if exp(20) > 31 then 1 else 0) > 0', '(if exp(3) > 31 then 1 else 0) > 0'),
  of(
    'clipped from above',
    'e > 0; h > 0; clip(x, -e, h) >= x |- x <= h',
    'clip(x, -e, h) >= x |- x <= h',
    'e > 0; h > 0; clip(x, -e, h) >= x |- x < h',
  ),
  of(
    'the top of a bump',
    `k > 0; l > 0; k / l > 0; a > 0 |- ${BUMP} <= exp(k * log(k / l)) * exp(l - k) * a`,
    `k > 0; l > 0; k / l > 0; a > 0 |- ${BUMP} < exp(k * log(k / l)) * exp(l - k) * a`,
    `k > 0; l > 0; k / l > 0; a < 0 |- ${BUMP} <= exp(k * log(k / l)) * exp(l - k) * a`,
  ),
  of(
    'the bottom of a bump',
    `k > 0; l > 0; k / l > 0; a < 0 |- ${BUMP} >= exp(k * log(k / l)) * exp(l - k) * a`,
  ),
];

export const FAMILIES = { HYPOTHESES, SIGNS, BOUNDS, DIVERGENCES, PAIRS, CHORDS, EQUATIONS, WHOLE };
