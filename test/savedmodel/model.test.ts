/** SavedModels as bytes, read again: what is in them, what callers see, and that nothing but the program decides it. */
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile.js';
import { encode } from '../../src/emit/savedmodel/encode.js';
import { listing } from '../../src/emit/savedmodel/listing.js';
import type { FunctionDef, NodeDef, SavedModel } from '../../src/emit/savedmodel/saved-model.js';
import { ACTOR_CRITIC, EXTREMES } from '../emit/programs.js';
import { OBJECTIVES, objective, programOf } from '../emit/compiled.js';
import { read } from '../sources.js';
import { decode, rounded } from './decode.js';
import { modelOf } from './models.js';

const PROGRAMS = [
  ...OBJECTIVES.map((name) => [name, () => objective(name)] as const),
  ...[...EXTREMES, ['three losses', ACTOR_CRITIC] as const].map(
    ([name, text]) => [name, () => programOf(text)] as const,
  ),
];

/** What is wrong with the inputs of nodes: each is made before it is read, and every node is needed. */
function loose({ args, nodes, results }: FunctionDef): readonly string[] {
  const known = new Set(args.map(({ name }) => name));
  const used = new Set<string>();
  const nodeOf = (ref: string): string => ref.split(':')[0] ?? '';
  const wrong: string[] = [];
  const use = (ref: string, by: string): void => {
    used.add(nodeOf(ref));
    if (!known.has(nodeOf(ref))) wrong.push(`${by} reads ${ref}`);
  };
  for (const { name, inputs } of nodes) {
    for (const input of inputs) use(input, name);
    if (known.has(name)) wrong.push(`${name} is there twice`);
    known.add(name);
  }
  for (const { name, from } of results) use(from, name);
  return [...wrong, ...nodes.filter(({ name }) => !used.has(name)).map(({ name }) => `nobody reads ${name}`)];
}

const calledBy = ({ attrs }: NodeDef): readonly string[] =>
  Object.values(attrs).flatMap((attr) => (attr.kind === 'function' ? [attr.value] : []));

describe.each(PROGRAMS)('%s', (_name, load) => {
  test('is what its bytes say, and each of its functions hangs together', () => {
    const model = modelOf(load());
    const { tags, method, ...decoded } = decode(encode(model));
    expect(decoded).toEqual(rounded(model));
    expect(tags).toBe('serve');
    expect(method).toEqual(model.signatures.map(() => 'tensorflow/serving/predict'));
    expect(model.functions.flatMap(loose)).toEqual([]);
    const names = model.functions.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const called = [...model.nodes, ...model.functions.flatMap(({ nodes }) => nodes)].flatMap(calledBy);
    expect(new Set(called)).toEqual(new Set(names));
  });

  test('has the inputs and outputs that the program declares', () => {
    const program = load();
    const { signatures, nodes } = modelOf(program);
    expect(signatures.map(({ name }) => name)).toEqual(program.losses.map(({ name }) => name ?? 'loss'));
    const shapes = { token: [-1, -1], rollout: [-1], group: [-1], batch: [] };
    const inputs = [
      ['group', 'int32', [-1]],
      ['mask', 'float32', [-1, -1]],
      ...program.inputs.map(({ name, role, level }) => [
        name,
        role === 'tag' ? 'int32' : 'float32',
        shapes[level],
      ]),
      ...program.params.map(({ name }) => [name, 'float32', []]),
    ];
    const levels = new Map(program.inputs.map(({ name, level }) => [name, level]));
    for (const [at, signature] of signatures.entries()) {
      expect(signature.inputs.map(({ key, dtype, shape }) => [key, dtype, shape])).toEqual(inputs);
      const gradients = program.losses[at]?.gradients ?? [];
      expect(signature.outputs.map(({ key, dtype, shape }) => [key, dtype, shape])).toEqual([
        ['loss', 'float32', []],
        ...gradients.map(({ input }) => [`grad_${input}`, 'float32', shapes[levels.get(input) ?? 'batch']]),
        ...program.metrics.map(({ name }) => [`metric_${name}`, 'float32', []]),
      ]);
      const given = new Set(nodes.filter(({ op }) => op === 'Placeholder').map(({ name }) => `${name}:0`));
      expect(signature.inputs.filter(({ tensor }) => !given.has(tensor))).toEqual([]);
      const calls = nodes.filter(({ op }) => op === 'PartitionedCall').map(({ name }) => name);
      expect(signature.outputs.map(({ tensor }) => tensor)).toEqual(
        signature.outputs.map((_, index) => `${calls[at] ?? ''}:${index}`),
      );
    }
  });
});

test.each(['grpo', 'real'])('%s: the graph', async (name) => {
  const program = objective(name);
  await expect(listing(modelOf(program))).toMatchFileSnapshot(`../snapshots/${name}/savedmodel.txt`);
});

test('the two forms differ in the marks of what XLA compiles, and in the names of functions', () => {
  const program = objective('ppo');
  const [xla, plain] = [modelOf(program, 'xla'), modelOf(program, 'plain')];
  const marks = ({ nodes, functions }: SavedModel): readonly unknown[] =>
    [...nodes, ...functions].flatMap(({ attrs }) => attrs['_XlaMustCompile'] ?? []);
  expect(marks(xla)).toEqual(Array(2).fill({ kind: 'bool', value: true }));
  expect(marks(plain)).toEqual(Array(2).fill({ kind: 'bool', value: false }));
  const unmarked = (model: SavedModel): string =>
    listing(model)
      .replaceAll('_plain_', '_')
      .replaceAll(/_XlaMustCompile: \w+/g, '');
  expect(unmarked(plain)).toBe(unmarked(xla));
  expect(listing(plain)).not.toBe(listing(xla));
});

test('nothing of XLA has a shape that depends on a value', () => {
  // What these answer has a size that only values decide.
  const sized = ['Where', 'Unique', 'BooleanMask', 'DynamicPartition', 'NonMaxSuppression'];
  const ops = PROGRAMS.flatMap(([, load]) =>
    modelOf(load()).functions.flatMap(({ nodes }) => nodes.map(({ op }) => op)),
  );
  expect([...new Set(ops)].filter((op) => sized.some((one) => op.startsWith(one)))).toEqual([]);
  expect([...new Set(ops)].sort()).toMatchInlineSnapshot(`
    [
      "Abs",
      "AddV2",
      "Any",
      "BroadcastTo",
      "Cast",
      "Ceil",
      "Const",
      "Equal",
      "Exp",
      "Expm1",
      "Floor",
      "GatherV2",
      "Greater",
      "GreaterEqual",
      "IsFinite",
      "IsNan",
      "Less",
      "LessEqual",
      "Log",
      "Log1p",
      "LogicalAnd",
      "LogicalNot",
      "LogicalOr",
      "Max",
      "Maximum",
      "Min",
      "Minimum",
      "Mul",
      "Neg",
      "NotEqual",
      "Pack",
      "Pad",
      "Pow",
      "Range",
      "RealDiv",
      "Reshape",
      "Roll",
      "ScatterNd",
      "SelectV2",
      "Shape",
      "Sigmoid",
      "Sign",
      "Slice",
      "Softplus",
      "Sqrt",
      "Square",
      "StatelessWhile",
      "StridedSlice",
      "Sub",
      "Sum",
      "Tanh",
      "TopKV2",
      "Transpose",
      "UnsortedSegmentMax",
      "UnsortedSegmentMin",
      "UnsortedSegmentSum",
    ]
  `);
});

describe('compile', () => {
  const source = read('objectives/grpo.obj');
  const files = async (text: string) => (await compile(text, { target: 'savedmodel' })).files;

  test('gives the same bytes for the same text, and others for another', async () => {
    const [one, again, other] = [
      await files(source),
      await files(source),
      await files(source.replace('= 0.2', '= 0.3')),
    ];
    expect(one.map(({ path }) => path)).toEqual(['saved_model.pb', 'plain/saved_model.pb', 'README.md']);
    expect(again).toEqual(one);
    expect(other.map(({ text }, at) => text === one[at]?.text)).toEqual([false, false, false]);
    expect(one.map(({ bytes }) => bytes === undefined)).toEqual([false, false, true]);
  });

  test('names functions by the source, so that two models may be loaded into one process', async () => {
    const names = async (text: string): Promise<readonly string[]> =>
      (await files(text))
        .slice(0, 2)
        .flatMap(({ bytes }) => decode(bytes ?? new Uint8Array()).functions.map(({ name }) => name));
    const all = [...(await names(source)), ...(await names(read('objectives/real.obj')))];
    expect(new Set(all).size).toBe(all.length);
  });

  test('the page names every input with its default, and every output', async () => {
    const page = (await files(ACTOR_CRITIC)).at(-1)?.text;
    await expect(page).toMatchFileSnapshot('actor-critic.md');
  });

  test('names that TensorFlow does not take are called otherwise inside, and by their name outside', async () => {
    const text = `objective größe {
      param ε in (0, 1) = 0.2
      model λ : token
      model Add_0 : token
      model __proto__ : token
      data arg_λ : token
      minimize mean[token in batch](ε * λ * arg_λ + Add_0 + __proto__)
      metric loss = mean[token in batch](λ)
    }`;
    const [model] = await files(text);
    const { nodes, functions, signatures } = decode(model?.bytes ?? new Uint8Array());
    const names = [...nodes, ...functions, ...functions.flatMap((one) => [...one.args, ...one.nodes])];
    expect(names.filter(({ name }) => !/^[A-Za-z][A-Za-z0-9_/]*$/.test(name))).toEqual([]);
    const [signature] = signatures;
    const keys = 'group mask λ Add_0 __proto__ arg_λ ε';
    expect(signature?.inputs.map(({ key }) => key).join(' ')).toBe(keys);
    expect(new Set(signature?.inputs.map(({ tensor }) => tensor)).size).toBe(7);
    expect(signature?.outputs.map(({ key }) => key).join(' ')).toBe(
      'loss grad_λ grad_Add_0 grad___proto__ metric_loss',
    );
  });
});
