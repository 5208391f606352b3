/** The statements of one function: a fused plan over arrays. */
import type { Level } from '../../base/level.js';
import type { DerivedProgram } from '../../ir/program.js';
import type { Block, FusedOutput, FusedPlan } from '../../plan/fused/program.js';
import type { Argument } from '../wasm/arguments.js';
import type { NamedRows } from '../wasm/module.js';
import { rowsArguments } from '../wasm/rows.js';
import { access, literal, numberText, optional, type Names } from '../javascript/names.js';
import { coarseLines, orderingLines, readCoarse, usesGroup } from './coarse.js';
import { argumentName, argumentType } from './kernel-arguments.js';
import { rowsCode } from './rows.js';
import { element, scopeFor, type Scope } from './scope.js';

/** One walk over rollouts, as the function that it is in every target. */
export interface RowsOfBody extends NamedRows {
  /** What it is called with after `from` and `to`. */
  readonly args: readonly Argument[];
  readonly params: readonly { readonly name: string; readonly type: string }[];
  readonly body: readonly string[];
}

export interface FusedBody {
  readonly lines: readonly string[];
  /** The text of each output, in order: a number, or an array of it. */
  readonly outputs: readonly string[];
  readonly rows: readonly RowsOfBody[];
}

/** What the statements read of the layout, and take of the memory, in the order in which they do. */
const LAYOUT_NAMES: readonly string[] = [
  ...['rollouts', 'groups', 'positions', 'groupOf', 'members', 'memberStart'],
  ...['lengths', 'runOf', 'runStart', 'runEnd'],
];
const MEMORY_NAMES: readonly string[] = [
  ...['realArray', 'flagArray', 'placeArray', 'laneArray', 'laneFlags'],
  ...['scratch'],
];

/**
 * The statements that compute a plan's outputs from `batch`, `layout` and `params`, with arrays from `memory` and walks
 * from `kernels`, whose names come from `kernelName`.
 */
export function fusedBody(
  plan: FusedPlan,
  program: DerivedProgram,
  names: Names,
  kernelName: () => string,
): FusedBody {
  const locals = remembered((name) => names.fresh(name));
  const arrays = remembered((at) => names.fresh(`gradient_${plan.outputs[Number(at)]?.name ?? ''}`));
  const arrayOf = (at: number): string => arrays.of(String(at));
  const scope = scopeFor(plan, { names, paramName: locals.of, inputName: locals.of, sure: '!' });
  const rows: RowsOfBody[] = [];
  // Walks that keep the same value of a rollout's tokens fill the same row.
  const made = new Set<string>();
  const linesOf = (block: Block): readonly string[] => {
    if (block.kind === 'loop') return coarseLines(block, scope);
    if (block.kind === 'quantile') return orderingLines(block, scope);
    const { declared, body } = rowsCode(block, scope, { output: arrayOf });
    const args = rowsArguments(block, plan);
    const called = args.map((argument) => argumentName(argument, scope, arrayOf));
    const name = kernelName();
    const params = args.map((argument, at) => ({ name: called[at] ?? '', type: argumentType(argument) }));
    rows.push({ name, block, plan, args, params, body });
    const missing = declared.filter((line) => !made.has(line));
    for (const line of missing) made.add(line);
    return [...missing, `kernels.${name}!(${['0', 'rollouts', ...called].join(', ')});`];
  };
  const blocks = plan.blocks.flatMap((block, at) => {
    const comment = commentOf(block);
    const before = plan.blocks[at - 1];
    return [...(before && commentOf(before) === comment ? [] : [comment]), ...linesOf(block)];
  });
  const outputs = plan.outputs.map((output, at) => outputLines(output, at, scope, arrayOf));
  const body = [...blocks, ...outputs.flatMap(({ lines }) => lines)];
  const declared = plan.outputs.flatMap(({ name, level }, at) =>
    level === 'batch'
      ? []
      : [`const ${arrayOf(at)} = memory.output(${access('batch', name)}, ${ofLayoutText(SIZES[level])});`],
  );
  const taken = (of: readonly string[]): readonly string[] =>
    of.filter((name) => body.some((line) => new RegExp(String.raw`\b${name}\b`).test(line)));
  const [ofLayout, ofMemory] = [taken(LAYOUT_NAMES), taken(MEMORY_NAMES)];
  return {
    // Room is made first: where memory has to grow for it, what was taken of it before is lost.
    lines: [
      ...roomLines(body),
      ...declared,
      ...(ofLayout.length > 0 ? [`const { ${ofLayout.join(', ')} } = layout;`] : []),
      ...(ofMemory.length > 0 ? [`const { ${ofMemory.join(', ')} } = memory;`] : []),
      ...paramLines(program, locals.known),
      ...program.inputs.flatMap(({ name }) => {
        const local = locals.known.get(name);
        return local === undefined ? [] : [`const ${local} = ${access('batch', name)};`];
      }),
      ...body,
    ],
    outputs: outputs.map(({ text }) => text),
    rows,
  };
}

/** A size in terms of the layout's own members. */
const ofLayoutText = (size: string): string =>
  size.replace(/\b(?:rollouts|groups|positions)\b/g, 'layout.$&');

/** Names that are made when they are first asked for. */
function remembered(make: (key: string) => string): {
  readonly of: (key: string) => string;
  readonly known: ReadonlyMap<string, string>;
} {
  const known = new Map<string, string>();
  const of = (key: string): string => {
    const name = known.get(key) ?? make(key);
    known.set(key, name);
    return name;
  };
  return { of, known };
}

/** Asks for room for all arrays that statements make: how many they are, and of how many numbers in all. */
function roomLines(lines: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const line of lines)
    for (const [, size] of line.matchAll(
      /\b(?:realArray|flagArray|placeArray|laneArray|laneFlags)\(([^()]*)\)/g,
    ))
      if (size !== undefined) counts.set(size, (counts.get(size) ?? 0) + 1);
  if (counts.size === 0) return [];
  const numbers = [...counts].map(([size, count]) => (count === 1 ? size : `${count} * ${size}`));
  const arrays = [...counts.values()].reduce((total, count) => total + count, 0);
  return [`memory.begin(${arrays}, ${ofLayoutText(numbers.join(' + '))});`];
}

const SIZES: Readonly<Record<Exclude<Level, 'batch'>, string>> = {
  group: 'groups',
  rollout: 'rollouts',
  token: 'rollouts * positions',
};

function paramLines(program: DerivedProgram, locals: ReadonlyMap<string, string>): readonly string[] {
  return program.params.flatMap(({ name, default: value }) => {
    const local = locals.get(name);
    if (local === undefined) return [];
    const fallback = value === undefined ? `required(${literal(name)})` : numberText(value);
    return [`const ${local} = ${optional('params', name)} ?? ${fallback};`];
  });
}

const COMMENTS = {
  batch: '// Of the batch.',
  group: '// Groups.',
  rollout: '// Rollouts.',
  peer: '// Every rollout with every other one of its group.',
} as const;

function commentOf(block: Block): string {
  if (block.kind === 'loop') return COMMENTS[block.over];
  return block.kind === 'rows' ? '// The tokens of each rollout.' : '// In order.';
}

/** An output that is no token's is copied from where its value is. */
function outputLines(
  { level, value }: FusedOutput,
  at: number,
  scope: Scope,
  arrayOf: (at: number) => string,
): { readonly lines: readonly string[]; readonly text: string } {
  if (level === 'token') return { lines: [], text: arrayOf(at) };
  const text = readCoarse(scope)(value);
  if (level === 'batch') return { lines: [], text };
  const [index, size] = level === 'group' ? ['g', 'groups'] : ['b', 'rollouts'];
  const own = `${arrayOf(at)}[${index}] = ${text};`;
  const group =
    level === 'rollout' && usesGroup([own]) ? [`const g = ${element(scope, 'groupOf', 'b')};`] : [];
  const loop = `for (let ${index} = 0; ${index} < ${size}; ${index} += 1) {`;
  return { lines: [loop, ...group, own, '}'], text: arrayOf(at) };
}
