/** Elementwise ops in WGSL against the records of the ops, on special operands and on samples of all there are. */
import { beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { WGSL, WGSL_EACH } from '../../../src/emit/wgsl/elementwise.js';
import { calledBy } from '../../../src/emit/wgsl/functions.js';
import type { Kernels } from '../../../src/emit/wgsl/kernel.js';
import { BINARY_OPS, UNARY_OPS } from '../../../src/ir/expr.js';
import { OPS } from '../../../src/ir/ops/index.js';
import { rowLayout } from '../../../src/runtime/plain/row-layout.js';
import { announceMissing } from '../../backends/backend.js';
import { distance } from '../wasm/accuracy.js';
import { bitsOf, FEW, SPECIAL } from '../wasm/operands.js';
import { openDevice, run } from './executor.js';

let device: GPUDevice | undefined;
beforeAll(async () => {
  device = await openDevice();
  if (device === undefined)
    announceMissing('functions in WGSL', 'WebGPU found no adapter, not even a software one');
});
const opened = (context: TestContext): GPUDevice => device ?? context.skip('no adapter');

/** What is asked: one number, or as many as a lane takes at once. */
const FORMS = {
  'one number': { templates: WGSL, type: 'f32', grain: { lanes: 32, width: 1 } },
  'four at once': { templates: WGSL_EACH, type: 'Reals', grain: { lanes: 32, width: 4 } },
} as const;
type Form = (typeof FORMS)[keyof typeof FORMS];

/** One op, asked at every element of its operands. */
function kernelsFor(text: string, arity: number, { type }: Form): Kernels {
  const names = ['x', 'y', 'z'].slice(0, arity);
  const body = [
    '@compute @workgroup_size(LANES)',
    'fn main(@builtin(local_invocation_index) lane: u32) {',
    '  for (var i = lane; i < arrayLength(&out); i += LANES) {',
    ...names.map((name) => `    let ${name} = ${name}_all[i];`),
    `    out[i] = ${text};`,
    '  }',
    '}',
  ].join('\n');
  const code = [
    'struct Sizes { infinity: f32, nan: f32, }',
    '@group(0) @binding(0) var<uniform> sizes: Sizes;',
    ...names.map(
      (name, at) => `@group(0) @binding(${at + 1}) var<storage, read> ${name}_all: array<${type}>;`,
    ),
    `@group(0) @binding(${arity + 1}) var<storage, read_write> out: array<${type}>;`,
    ...calledBy(body),
    body,
  ].join('\n');
  const bound = [
    ...names.map((name) => ({ kind: 'input', name, isTag: false, isToken: true }) as const),
    { kind: 'output', at: 0 } as const,
  ];
  return {
    kernels: [{ parts: [code], isWide: true, bound, workgroups: 'one' }],
    uniforms: [{ kind: 'infinity' }, { kind: 'nan' }],
    values: { numbers: 0, rollouts: 0, groups: 0, tokens: 0 },
    bins: 0,
    relayed: [],
    results: [],
  };
}

const SMALLEST_NORMAL = 2 ** -126;
/** Subnormal numbers may be taken for 0. */
const flushed = (x: number): number => (Math.abs(x) < SMALLEST_NORMAL ? 0 * x : x);

/** The same operands with any of the subnormal ones taken for 0. */
const variants = (operands: readonly number[]): readonly (readonly number[])[] =>
  operands.reduce<readonly (readonly number[])[]>(
    (all, x) =>
      all.flatMap((some) => (Math.abs(x) < SMALLEST_NORMAL ? [x, 0 * x] : [x]).map((one) => [...some, one])),
    [[]],
  );
/** Between what is had and what is wanted, in float32 numbers; 0 and −0 are the same. */
const apart = (got: number, want: number): number =>
  [flushed(want), flushed(Math.fround(want))].includes(flushed(got))
    ? 0
    : distance(bitsOf(got), bitsOf(want));

/**
 * Fails where an answer is further from the op's own value than `most` float32 numbers, whether or not subnormal numbers
 * count as such; and says where it is furthest.
 */
async function demandClose(
  on: GPUDevice,
  form: Form,
  text: string,
  evaluate: (...operands: number[]) => number,
  rows: readonly (readonly number[])[],
  most: (row: readonly number[]) => number,
): Promise<void> {
  const arity = rows[0]?.length ?? 0;
  // As many as are a multiple of four, the last ones again.
  const asked = Array.from(
    { length: 4 * Math.ceil(rows.length / 4) },
    (_, at) => rows[at] ?? rows.at(-1) ?? [],
  );
  const operands = Array.from({ length: arity }, (_, k) => Float32Array.from(asked, (row) => row[k] ?? NaN));
  const mask = new Float32Array(asked.length).fill(1);
  const [x, y, z] = operands;
  const inputs = { ...(x && { x }), ...(y && { y }), ...(z && { z }) };
  const given = { layout: rowLayout([0], mask), mask, inputs, params: {} };
  const { outputs } = await run(on, kernelsFor(text, arity, form), given, form.grain);
  const answers = outputs.get(0) ?? [];
  expect(answers).toHaveLength(asked.length);
  let [furthest, message] = [0, ''];
  answers.forEach((got, i) => {
    const own = operands.map((all) => all[i] ?? NaN);
    const allowed = Math.max(furthest, most(asked[i] ?? []));
    if (apart(got, evaluate(...own)) <= allowed) return;
    const ulp = Math.min(...variants(own).map((some) => apart(got, evaluate(...some))));
    if (ulp <= allowed) return;
    furthest = ulp;
    message = `${ulp} at ${own}: ${got} for ${evaluate(...own)}`;
  });
  expect(message).toBe('');
}

const word = new Uint32Array(1);
const float = new Float32Array(word.buffer);
const numberOf = (bits: number): number => {
  word[0] = bits;
  return float[0] ?? NaN;
};
/** Special numbers, and every so many-th pattern of bits. */
const NUMBERS = [
  ...SPECIAL.map(numberOf),
  ...Array.from({ length: 2 ** 17 }, (_, at) => numberOf(at * 32_771)),
];
const PAIRS = FEW.flatMap((x) => FEW.map((y) => [x, y]));
const TRIPLES = FEW.flatMap((x) => PAIRS.map((pair) => [x, ...pair]));

/** How far each may be from the op's value on any adapter that these tests run on. */
const ULP: Readonly<Record<string, number>> = {
  exp: 1,
  expm1: 1,
  log: 1,
  log1p: 1,
  sigmoid: 2,
  softplus: 2,
  tanh: 2,
};

describe.for(Object.entries(FORMS))('ops in WGSL, %s', ([, form]) => {
  const { templates, type } = form;

  test.for(UNARY_OPS.filter((op) => op !== 'not'))('%s', async (op, context) => {
    const rows = NUMBERS.map((x) => [x]);
    const text = templates.unary[op]('x');
    await demandClose(opened(context), form, text, OPS.unary[op].eval, rows, () => ULP[op] ?? 0);
  });

  const conditions: readonly string[] = ['lt', 'le', 'gt', 'ge', 'eq', 'ne'];
  test.for(BINARY_OPS.filter((op) => op !== 'and' && op !== 'or' && op !== 'pow'))(
    '%s',
    async (op, context) => {
      const own = templates.binary[op]('x', 'y', 'real');
      const text = conditions.includes(op) ? `select(${type}(0.0), ${type}(1.0), ${own})` : own;
      await demandClose(opened(context), form, text, OPS.binary[op].eval, PAIRS, () => 0);
    },
  );

  test('pow loses as many digits as its logarithm is large', async (context) => {
    const text = templates.binary.pow('x', 'y', 'real');
    const bases = FEW.concat(0.7071068, 10, 97.3, 1.01);
    const exponents = [0, 0.5, -1, 2, 1 / 3, -7.3, 37, 1e-3, -0.9, Infinity, -Infinity, NaN];
    const sizeOf = ([x = NaN, y = NaN]: readonly number[]): number => Math.abs(y * Math.log(x));
    const rows = bases
      .flatMap((x) => exponents.map((y) => [x, y] as const))
      // Where it is neither 0 nor infinite, or exactly so.
      .filter(([x, y]) => !(x > 0 && sizeOf([x, y]) > 85 && Number.isFinite(sizeOf([x, y]))));
    await demandClose(opened(context), form, text, OPS.binary.pow.eval, rows, (row) =>
      Number.isFinite(sizeOf(row)) ? 2 + 2 * sizeOf(row) : 0,
    );
  });

  test('clip', async (context) => {
    const text = templates.ternary.clip('x', 'y', 'z', 'real');
    await demandClose(opened(context), form, text, OPS.ternary.clip.eval, TRIPLES, () => 0);
  });
});
