/** Every function and aggregate: its table of examples, evaluated by the reference interpreter. */
import { describe, expect, test } from 'vitest';
import { aggregateNamed, aggregates, atomNamed, atoms, scanNamed, scans } from '../../src/atoms/index.js';
import type { Aggregate, Atom, Scan, ScanExample } from '../../src/atoms/atom.js';
import type { Ragged } from '../../src/base/ragged.js';
import { ONE, bool, eq, input } from '../../src/ir/build.js';
import { evaluate } from '../../src/ir/eval.js';
import { intern } from '../../src/ir/graph.js';

const single: Ragged = {
  sizes: { batch: 1, group: 1, rollout: 1, token: 0 },
  groupOfRollout: Int32Array.of(0),
  rolloutOfToken: new Int32Array(0),
};

function valueOf(atom: Atom, args: readonly number[]): number {
  const params = new Map(args.map((arg, at) => [`x${at}`, arg]));
  const expr = atom.expand(args.map((_, at) => input('param', `x${at}`, 'batch')));
  return evaluate([expr], single, { params, inputs: new Map() })[0]?.[0] ?? NaN;
}

/** The aggregate over the tokens of one rollout. */
function reducedValue(
  { expand, argument, beside: param }: Aggregate,
  elements: readonly number[],
  beside: number | undefined = param && 0.5,
): number {
  const ragged: Ragged = {
    ...single,
    sizes: { ...single.sizes, token: elements.length },
    rolloutOfToken: new Int32Array(elements.length),
  };
  const x = input('data', 'x', 'token');
  const term = argument === 'none' ? ONE : argument === 'bool' ? eq(x, ONE) : x;
  const a = beside === undefined ? undefined : input('param', 'a', 'batch');
  const values = {
    params: new Map(beside === undefined ? [] : [['a', beside] as const]),
    inputs: new Map([['x', Float64Array.from(elements)]]),
  };
  return evaluate([expand({ from: 'token', to: 'rollout' }, term, a)], ragged, values)[0]?.[0] ?? NaN;
}

const same = (actual: number, expected: number): void => {
  if (Number.isFinite(expected) && expected !== 0)
    expect(Math.abs(actual / expected - 1)).toBeLessThan(1e-14);
  else expect(actual + 0).toBe(expected + 0);
};

describe.each(atoms)('$name', (atom) => {
  test('is found by its name', () => expect(atomNamed(atom.name)).toBe(atom));
  test('says what it is in one sentence', () => expect(atom.doc).toMatch(/^\S.*\.$/));
  test.each(atom.examples)('of $args is $value', ({ args, value }) => same(valueOf(atom, args), value));
  test('passes NaN from every argument', () => {
    const { args = [] } = atom.examples[0] ?? {};
    args.forEach((_, at) =>
      expect(
        valueOf(
          atom,
          args.map((arg, place) => (place === at ? NaN : arg)),
        ),
      ).toBeNaN(),
    );
  });
});

describe.each(aggregates)('$name[…]', (aggregate) => {
  test('is found by its name', () => expect(aggregateNamed(aggregate.name)).toBe(aggregate));
  test('says what it is in one sentence', () => expect(aggregate.doc).toMatch(/^\S.*\.$/));
  test.each(aggregate.examples)('of $elements is $value', ({ elements, anchor, beside, value }) =>
    same(reducedValue(aggregate, elements, anchor ?? beside), value),
  );
  test('over nothing is what it says', () => {
    if (aggregate.overNothing === 'error unless anchor') same(reducedValue(aggregate, [], 7), 7);
    else same(reducedValue(aggregate, []), Number(aggregate.overNothing));
  });
  test('reads nothing that its condition leaves out', () => {
    const { expand, argument, overNothing } = aggregate;
    const x = argument === 'none' ? ONE : argument === 'bool' ? bool(true) : input('data', 'x', 'token');
    const beside = overNothing === 'error unless anchor' || aggregate.beside ? ONE : undefined;
    const expr = expand({ from: 'token', to: 'rollout', where: bool(false) }, x, beside);
    const ragged = { ...single, sizes: { ...single.sizes, token: 1 }, rolloutOfToken: Int32Array.of(0) };
    const [result] = evaluate([expr], ragged, {
      params: new Map(),
      inputs: new Map([['x', Float64Array.of(NaN)]]),
    });
    expect(result?.[0]).not.toBeNaN();
  });
  test('takes an anchor only where it may need one', () => {
    expect(aggregate.acceptsAnchor).toBe(aggregate.overNothing === 'error unless anchor');
  });
  test('expands to a graph of a few ops', () => {
    const x = aggregate.argument === 'bool' ? bool(true) : input('data', 'x', 'token');
    const expansion = aggregate.expand({ from: 'token', to: 'rollout' }, x, aggregate.beside && ONE);
    expect(intern([expansion]).nodes.length).toBeLessThan(20);
  });
});

/** What a scan makes of the tokens of one rollout. */
function scannedValues({ expand }: Scan, { x, numbers = [], integers = [] }: ScanExample): readonly number[] {
  const ragged: Ragged = {
    ...single,
    sizes: { ...single.sizes, token: x.length },
    rolloutOfToken: new Int32Array(x.length),
  };
  const params = new Map(numbers.map((value, at) => [`p${at}`, value]));
  const expr = expand({
    x: input('data', 'x', 'token'),
    numbers: numbers.map((_, at) => input('param', `p${at}`, 'batch')),
    integers,
  });
  const inputs = new Map([['x', Float64Array.from(x)]]);
  return [...(evaluate([expr], ragged, { params, inputs })[0] ?? [])];
}

describe.each(scans)('$name[token]', (scan) => {
  test('is found by its name', () => expect(scanNamed(scan.name)).toBe(scan));
  test('says what it is in one sentence', () => expect(scan.doc).toMatch(/^\S.*\.$/));
  test.each(scan.examples)('of $x, $numbers, $integers is $value', (example) => {
    const values = scannedValues(scan, example);
    expect(values).toHaveLength(example.value.length);
    example.value.forEach((value, at) => same(values[at] ?? 0, value));
  });
});

test('equal values have no deviation, whatever their size', () => {
  for (const name of ['var', 'std', 'pvar', 'pstd']) {
    const aggregate = aggregateNamed(name);
    expect(aggregate).toBeDefined();
    for (const x of [0.1, -1e-300, 1e300, 1 / 3])
      if (aggregate) expect(reducedValue(aggregate, [x, x, x])).toBe(0);
  }
});
