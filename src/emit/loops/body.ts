/** The statements of one function: a fused plan over arrays. */
import type { Level } from '../../base/level.js';
import type { DerivedProgram } from '../../ir/program.js';
import type { Block, FusedOutput, FusedPlan } from '../../plan/fused/program.js';
import { access, literal, numberText, optional, type Names } from '../javascript/names.js';
import { coarseLines, orderingLines, readCoarse, usesGroup } from './coarse.js';
import { rowsLines } from './rows.js';
import { LOOP_NAMES, element, scopeFor, type Scope } from './scope.js';

export interface FusedBody {
  readonly lines: readonly string[];
  /** The text of each output, in order: a number, or an array of it. */
  readonly outputs: readonly string[];
}

/** What the statements read of the layout, in the order in which they take it. */
const LAYOUT_NAMES: readonly string[] = LOOP_NAMES.slice(LOOP_NAMES.indexOf('rollouts'));

/** The statements that compute a plan's outputs from `batch`, `layout` and `params`. */
export function fusedBody(plan: FusedPlan, program: DerivedProgram, names: Names): FusedBody {
  const locals = new Map<string, string>();
  const localOf = (name: string): string => {
    const known = locals.get(name) ?? names.fresh(name);
    locals.set(name, known);
    return known;
  };
  const arrays = new Map<number, string>();
  const arrayOf = (at: number): string => {
    const known = arrays.get(at) ?? names.fresh(`gradient_${plan.outputs[at]?.name ?? ''}`);
    arrays.set(at, known);
    return known;
  };
  const scope = scopeFor(plan, { names, paramName: localOf, inputName: localOf, sure: '!' });
  const blocks = plan.blocks.flatMap((block) => [commentOf(block), ...blockLines(block, scope, arrayOf)]);
  const outputs = plan.outputs.map((output, at) => outputLines(output, at, scope, arrayOf));
  const body = [...blocks, ...outputs.flatMap(({ lines }) => lines)];
  const declared = plan.outputs.flatMap(({ name, level }, at) =>
    level === 'batch' ? [] : [`const ${arrayOf(at)} = zerosLike(${access('batch', name)}, ${SIZES[level]});`],
  );
  const taken = LAYOUT_NAMES.filter((name) =>
    [...declared, ...body].some((line) => new RegExp(String.raw`\b${name}\b`).test(line)),
  );
  return {
    lines: [
      ...(taken.length > 0 ? [`const { ${taken.join(', ')} } = layout;`] : []),
      ...paramLines(program, locals),
      ...program.inputs.flatMap(({ name }) => {
        const local = locals.get(name);
        return local === undefined ? [] : [`const ${local} = ${access('batch', name)};`];
      }),
      ...declared,
      ...body,
    ],
    outputs: outputs.map(({ text }) => text),
  };
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

function blockLines(block: Block, scope: Scope, output: (at: number) => string): readonly string[] {
  if (block.kind === 'loop') return coarseLines(block, scope);
  return block.kind === 'rows' ? rowsLines(block, scope, { output }) : orderingLines(block, scope);
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
