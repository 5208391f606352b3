/** Right programs and the trees they yield. */
import { describe, expect, test } from 'vitest';
import { parseText } from './render.js';
import { GRPO, items, REAL } from './programs.js';
import { showItem, showObjective } from './show.js';

const tree = (text: string): string => parseText(text).file.objectives.map(showObjective).join('\n');

test('the first example of the specification', () => {
  expect(parseText(REAL).diagnostics).toEqual([]);
  expect(tree(REAL)).toMatchInlineSnapshot(`
    "objective real
      param tau in (0, inf) = 0.5
      model logp : token
      data old_logp : token
      data reward : rollout in {0, 1}
      let positive = (== reward 1)
      let s = mean[token]((- logp old_logp))
      let mixed = (and any[rollout](positive) any[rollout]((not positive)))
      let cost = (+ logsumexp[rollout where positive]((/ (- s) tau), anchor: 0) logsumexp[rollout where (not positive)]((/ s tau), anchor: 0))
      minimize (/ sum[group in batch where mixed](cost) count[group in batch])
      let w = grad(cost, s)
      verify "no gradient misassignment" for positive : abs(w) is nonincreasing s
      verify "no gradient domination" for (not positive) : (<= abs(w) (/ 1 tau))
      verify "right direction" for positive : (<= w 0)"
  `);
});

test('the second example of the specification', () => {
  expect(parseText(GRPO).diagnostics).toEqual([]);
  expect(tree(GRPO)).toMatchInlineSnapshot(`
    "objective grpo
      param eps in (0, 1) = 0.2
      param beta in [0, inf) = 0
      model logp : token
      data old_logp : token
      data ref_logp : token
      data reward : rollout
      let advantage = (/ (- reward mean[rollout](reward)) (+ std[rollout](reward) 1e-6))
      let s = (- logp old_logp)
      let ratio = exp(s)
      let surrogate = min((* ratio advantage), (* clip(ratio, (- 1 eps), (+ 1 eps)) advantage))
      let kl = (- (- exp((- ref_logp logp)) (- ref_logp logp)) 1)
      minimize mean[rollout in batch](mean[token]((- (* beta kl) surrogate)))
      metric clip_fraction = mean[token in batch]((if (> abs((- ratio 1)) eps) 1 0))
      let w = grad((- surrogate), s)
      refute "no gradient misassignment" for (> advantage 0) : abs(w) is nonincreasing s
      refute "no gradient domination" for (< advantage 0) : abs(w) is bounded"
  `);
});

test('every form of item', () => {
  const shown = items.map((item) => {
    const { file, diagnostics } = parseText(`objective a {\n${item}\n}`);
    expect(diagnostics).toEqual([]);
    return `${item}\n    ${file.objectives[0]?.items.map(showItem).join(' ;; ') ?? ''}`;
  });
  expect(items.length).toBeGreaterThanOrEqual(40);
  expect(shown.join('\n')).toMatchInlineSnapshot(`
    "param a in real
        param a in real
    param a in integer = 3
        param a in integer = 3
    param a in integer [1, inf) = 1 "how many"
        param a in integer [1, inf) = 1 "how many"
    param a in (-inf, -1.5e-3] = -2.
        param a in (-inf, -1.5e-3] = -2.
    param a in {0, 1, -1} = -1 "sign"
        param a in {0, 1, -1} = -1 "sign"
    model x : batch
        model x : batch
    data x : group in [0, 1]
        data x : group in [0, 1]
    data x : rollout in {0, 1} "label"
        data x : rollout in {0, 1} "label"
    data is : token in integer
        data is : token in integer
    let sum = sum[token](real)
        let sum = sum[token](real)
    let integer = 1
        let integer = 1
    let others = mean[rollout](others)
        let others = mean[rollout](others)
    let a = mean[others where others > 0](others)
        let a = mean[others where (> others 0)](others)
    let a = count[others]
        let a = count[others]
    let τ = ε_low + 中文 - _x1
        let τ = (- (+ ε_low 中文) _x1)
    let a = -inf
        let a = (- inf)
    let a = clip(x, 0, inf)
        let a = clip(x, 0, inf)
    let a = max[token](x, anchor: -inf)
        let a = max[token](x, anchor: (- inf))
    let a = count[rollout where positive]
        let a = count[rollout where positive]
    let a = mean[token in batch where x > 0](x)
        let a = mean[token in batch where (> x 0)](x)
    let a = if p then x else if q then y else z
        let a = (if p x (if q y z))
    let a = 1 + (if p then x else y)
        let a = (+ 1 (if p x y))
    let a = not not p and q or r
        let a = (or (and (not (not p)) q) r)
    let a = p or q and r or not q == r
        let a = (or (or p (and q r)) (not (== q r)))
    let a = x + y * z - - x * y ^ 2 < z
        let a = (< (- (+ x (* y z)) (* (- x) (^ y 2))) z)
    let a = not x < y
        let a = (not (< x y))
    let a = - - x ^ - 2 ^ 3
        let a = (- (- (^ x (- (^ 2 3)))))
    let a = a - b - c / d * e
        let a = (- (- a b) (* (/ c d) e))
    let a = pi * (true == false)
        let a = (* pi (== true false))
    let a = quantile[token](x, 0.5)
        let a = quantile[token](x, 0.5)
    let a = shift[token](x, by: 1, fill: 0)
        let a = shift[token](x, by: 1, fill: 0)
    let a = f()
        let a = f()
    minimize x
        minimize x
    maximize mean[rollout in batch](x)
        maximize mean[rollout in batch](x)
    metric at = at
        metric at = at
    assume x > 0 and y < 1
        assume (and (> x 0) (< y 1))
    verify : w <= 0
        verify : (<= w 0)
    verify for x > 0 assuming y < 1 : w >= 0
        verify for (> x 0) assuming (< y 1) : (>= w 0)
    refute "a label" assuming p : w == 0
        refute "a label" assuming p : (== w 0)
    verify : w is constant in x
        verify : w is constant x
    verify : w is bounded
        verify : w is bounded
    verify : w is bounded in x
        verify : w is bounded x
    verify : w is lipschitz in x by 1 / tau
        verify : w is lipschitz x by (/ 1 tau)
    verify : w is nowhere zero in x
        verify : w is nowhere zero x
    verify : w is independent of y
        verify : w is independent y
    verify : w tends to 0 as x -> inf
        verify : w -> 0 as x -> inf
    verify : w tends to -1 as x -> -inf
        verify : w -> (- 1) as x -> (- inf)
    verify : sup(w, x) == 1
        verify : (== sup(w, x) 1)
    verify : inf(w, x) == -1
        verify : (== inf(w, x) (- 1))
    verify : is is convex in by
        verify : is is convex by"
  `);
});

test('tags, bounds that are names, and the names of optimizers', () => {
  const text = `objective a {
    param ε in (0, 1) = 0.2
    param hi in [ε, inf) = 1
    param shift in integer (-hi, ε] "moves"
    tag task : group in {1, 2} "of the prompt"
    data x : token in [-ε, hi]
    minimize x + 1 as actor
    maximize x as critic
    metric m = 1
  }`;
  expect(tree(text)).toBe(
    [
      'objective a',
      '  param ε in (0, 1) = 0.2',
      '  param hi in [ε, inf) = 1',
      '  param shift in integer (-hi, ε] "moves"',
      '  tag task : group in {1, 2} "of the prompt"',
      '  data x : token in [-ε, hi]',
      '  minimize (+ x 1) as actor',
      '  maximize x as critic',
      '  metric m = 1',
    ].join('\n'),
  );
});

test('items need no line ends, and files may be empty or hold several objectives', () => {
  expect(tree('objective a { let x = 1 let y = 2 minimize x } objective b { }')).toBe(
    'objective a\n  let x = 1\n  let y = 2\n  minimize x\nobjective b',
  );
  expect(parseText('').diagnostics).toEqual([]);
  expect(parseText('# nothing\n').file.objectives).toEqual([]);
});

test('spans cover the text they say, parentheses included', () => {
  const text = 'objective a { let x = (1 + 2) * f(y, by: -3) }';
  const item = parseText(text).file.objectives[0]?.items[0];
  const value = item?.kind === 'let' ? item.value : undefined;
  const at = (span: { readonly start: number; readonly end: number } | undefined): string =>
    text.slice(span?.start ?? 0, span?.end ?? 0);
  expect(at(item?.span)).toBe('let x = (1 + 2) * f(y, by: -3)');
  expect(at(value?.span)).toBe('(1 + 2) * f(y, by: -3)');
  expect(value?.kind === 'binary' ? [at(value.left.span), at(value.right.span)] : []).toEqual([
    '(1 + 2)',
    'f(y, by: -3)',
  ]);
});

test('names are normalised, so that two spellings of one name are one name', () => {
  const [first, second] = parseText('objective e\u0301 {} objective \u00e9 {}').file.objectives;
  expect(first?.name.text).toBe(second?.name.text);
});

test('names of every script, beyond the basic plane as well', () => {
  for (const name of [
    'τ',
    'ε_low',
    '中文',
    'Ωmega',
    'été',
    'हिन्दी',
    '𝜏',
    'ª',
    '_0',
    'ﬀ',
    '한글',
    'information',
    'integers',
  ])
    expect(tree(`objective ${name} {}`)).toBe(`objective ${name.normalize('NFC')}`);
});

describe('documentation', () => {
  const documented = `# not this: a blank line follows

# The first line.
# The second.
# paper: Someone 2025,
#   continued
# equation: (3)
#
# After the fields.
objective a {
  # differs: no clamp
  let x = 1  # trailing, not documentation
  let y = 2
  # free
  let z = 3
}
`;
  test('lines directly above an objective or an item, with their fields', () => {
    const [objective] = parseText(documented).file.objectives;
    expect(objective?.doc?.text).toBe('The first line.\nThe second.\n\nAfter the fields.');
    expect(objective?.doc?.fields).toEqual([
      { key: 'paper', text: 'Someone 2025, continued' },
      { key: 'equation', text: '(3)' },
    ]);
    expect(
      objective?.items.map(
        ({ doc }) => doc && [doc.text, ...doc.fields.map(({ key, text }) => `${key}=${text}`)],
      ),
    ).toEqual([['', 'differs=no clamp'], undefined, ['free']]);
  });
});
