/** Every vector function against the record of its op, on special operands and on samples of all there are. */
import { describe, expect, test } from 'vitest';
import { VECTOR_FUNCTIONS } from '../../../src/emit/wasm/math/index.js';
import { BINARY_OPS, UNARY_OPS, type TernaryOp } from '../../../src/ir/expr.js';
import { OPS } from '../../../src/ir/ops/index.js';
import { accuracies, distance, everyPattern, listed, powers, type Fill, type Subject } from './accuracy.js';
import { runsRelaxed } from './engine.js';
import { bitsOf, FEW, randomWords, SPECIAL } from './operands.js';
import { binarySubject, ternarySubject, unarySubject } from './subjects.js';
import { vectorModule, VARIANTS, type Emit } from './vector-module.js';

/** Fails with the operands where a variant is further away than it says. */
async function expectWithin(subject: Subject, ulp: number, ...fills: readonly Fill[]): Promise<void> {
  for (const fill of fills) {
    const found = await accuracies(subject, VARIANTS, fill);
    const far = found.flatMap((one, k) => (one.ulp > ulp ? [{ variant: VARIANTS[k]?.name, ...one }] : []));
    expect(far).toEqual([]);
    expect(found[0]?.count).toBeGreaterThan(0);
  }
}

test('the variant with relaxed SIMD is tested too', ({ skip }) => {
  if (!runsRelaxed) console.error('NOT TESTED: the variant with relaxed SIMD, which this engine has not.');
  skip(!runsRelaxed, 'this engine has no relaxed SIMD, not even behind a flag');
  expect(VARIANTS.map(({ name }) => name)).toEqual(['plain', 'relaxed']);
});

/** A condition is 0 or 1 on the outside; other operands would be neither. */
const CONDITIONS = [0, 1].map(bitsOf);

describe('of one operand', () => {
  test.each(UNARY_OPS.filter((op) => op !== 'not'))('%s', async (op) => {
    const rows = SPECIAL.map((bits) => [bits]);
    await expectWithin(unarySubject(op), VECTOR_FUNCTIONS.unary[op].ulp, listed(rows), everyPattern(4097));
  });

  test('not', () => expectWithin(unarySubject('not'), 0, listed(CONDITIONS.map((bits) => [bits]))));
});

const pairsOf = (values: readonly number[]): readonly (readonly number[])[] =>
  values.flatMap((x) => values.map((y) => [x, y]));
const randomRows = (count: number, arity: number): readonly (readonly number[])[] => {
  const next = randomWords(arity);
  return Array.from({ length: count }, () => Array.from({ length: arity }, next));
};
const FEW_BITS = FEW.map(bitsOf);

describe('of two operands', () => {
  const connectives: readonly string[] = ['and', 'or'];
  test.each(BINARY_OPS.filter((op) => !connectives.includes(op)))('%s', async (op) => {
    const { ulp } = VECTOR_FUNCTIONS.binary[op];
    await expectWithin(binarySubject(op), ulp, listed(pairsOf(FEW_BITS)), listed(randomRows(100_000, 2)));
  });

  test.each(['and', 'or', 'eq', 'ne'] as const)('%s of conditions', (op) =>
    expectWithin(binarySubject(op, 'bool'), 0, listed(pairsOf(CONDITIONS))),
  );

  test('pow where it is neither 0 nor infinite', async () => {
    const next = randomWords(5);
    const rows = Array.from({ length: 200_000 }, () => {
      // Any positive base, subnormal or not, and an exponent for a result between 2^−152 and 2^130.
      const base = (next() % 0x7f800000) + 1;
      const wanted = -152 + (282 * next()) / 2 ** 32;
      const view = new Float32Array(new Int32Array([base]).buffer);
      return [base, bitsOf(wanted / Math.log2(view[0] ?? NaN))];
    });
    await expectWithin(binarySubject('pow'), VECTOR_FUNCTIONS.binary.pow.ulp, listed(rows), powers(100_003));
  });
});

describe('of three operands', () => {
  const triples = (first: readonly number[]): readonly (readonly number[])[] =>
    first.flatMap((x) => pairsOf(FEW_BITS).map((pair) => [x, ...pair]));
  test.each(['select', 'clip'] satisfies TernaryOp[])('%s', async (op) => {
    const first = op === 'select' ? CONDITIONS : FEW_BITS;
    const random = randomRows(50_000, 3).map(([x = 0, ...rest]) => [first[x % first.length] ?? x, ...rest]);
    await expectWithin(ternarySubject(op), 0, listed(triples(first)), listed(random));
  });
});

test.each(['eq', 'ne'] as const)('%s of tags, which are integers', async (op) => {
  const tags = [0, 1, -1, 0x7fc00000, -(2 ** 31), 0x7fffffff];
  const pairs = pairsOf(tags);
  const emit: Emit = (code, [x = '$x', y = '$y']) => VECTOR_FUNCTIONS.binary[op].emit(code, x, y, 'tag');
  for (const variant of VARIANTS) {
    const { inputs, output, run } = await vectorModule(emit, 2, variant, pairs.length);
    const integers = ({ buffer, byteOffset, length }: Float32Array): Int32Array =>
      new Int32Array(buffer, byteOffset, length);
    inputs.forEach((array, k) => integers(array).set(pairs.map((pair) => pair[k] ?? 0)));
    run(pairs.length);
    // A lane that is true is all ones, the integer −1.
    const expected = pairs.map(([x = 0, y = 0]) => 0 - OPS.binary[op].eval(x, y));
    expect([...integers(output)]).toEqual(expected);
  }
});

describe('what is measured', () => {
  test('the distance between two float32', () => {
    const between = (x: number, y: number): number => distance(bitsOf(x), bitsOf(y));
    const next = 1 + 2 ** -23;
    expect(between(1, 1)).toBe(0);
    expect(between(1, next)).toBe(1);
    expect(between(-1, -next)).toBe(1);
    expect(between(2 ** -149, -(2 ** -149))).toBe(2);
    expect(between(0, 2 ** -149)).toBe(1);
    expect(between(3.4028234663852886e38, Infinity)).toBe(1);
    expect(distance(0x7fc00000, -1)).toBe(0);
    expect(between(NaN, 1)).toBe(Infinity);
    expect(between(Infinity, NaN)).toBe(Infinity);
    expect(between(0, -0)).toBe(Infinity);
  });

  test('a function that is wrong at one operand is found out', async () => {
    const wrong: Subject = { ...unarySubject('exp'), eval: (x) => (x === 1 ? 3 : Math.exp(x)) };
    const [found] = await accuracies(wrong, VARIANTS, listed([[bitsOf(0)], [bitsOf(1)], [bitsOf(2)]]));
    expect(found?.at).toEqual([1]);
    expect(found?.ulp).toBeGreaterThan(1000);
    expect(found?.error).toBeCloseTo((3 - Math.E) * 2 ** 22, -2);
  });
});
