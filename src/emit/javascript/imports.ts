/** What a generated module takes from the runtime: imported, or, where it stands alone, carried along. */
import type { SourceFile, ts as MorphTs } from 'ts-morph';
import type { RuntimeDeclaration } from './runtime-source.gen.js';

const TYPES: readonly string[] = ['Layout', 'InputSpec', 'ParamSpec'];
/** Types that only some modules mention. */
const OTHER_TYPES: readonly string[] = [
  'FusedForms',
  'LaneFlags',
  'Memory',
  'Numbers',
  'PathReport',
  'RowLayout',
];

/**
 * Adds imports of what the module mentions, and the exports that every module passes on; answers what follows the module,
 * where it stands alone.
 */
export async function addImports(file: SourceFile, standalone: boolean): Promise<string> {
  const { mentioned, free } = await namesIn(file);
  const wanted = RUNTIME_NAMES.filter((name) => free.has(name));
  const others = mentioned.has('FusedForms') ? OTHER_TYPES : [];
  const types = [...TYPES, ...others.filter((name) => mentioned.has(name))];
  file.insertStatements(0, [
    "import * as tf from '@tensorflow/tfjs-core';",
    ...(standalone
      ? []
      : [
          `import { ${[...wanted, ...types.map((name) => `type ${name}`)].sort(byName).join(', ')} } from 'veriloss/runtime';`,
          `export { BatchError, prepare, type Layout${types.includes('PathReport') ? ', type PathReport' : ''} } from 'veriloss/runtime';`,
        ]),
  ]);
  return standalone
    ? runtimeText(
        [...wanted, ...types],
        [...TYPES, ...types.filter((name) => name === 'PathReport'), 'prepare', 'BatchError'],
      )
    : '';
}
/** The names that a module mentions; `free` are those that are not names of members alone. */
export async function namesIn(
  file: SourceFile,
): Promise<{ readonly mentioned: ReadonlySet<string>; readonly free: ReadonlySet<string> }> {
  const { ts } = await import('ts-morph');
  const [mentioned, free] = [new Set<string>(), new Set<string>()];
  // The compiler's own nodes: those of ts-morph take longer to make than a module to print.
  const visit = (node: MorphTs.Node, parent: MorphTs.Node): void => {
    if (ts.isIdentifier(node)) {
      mentioned.add(node.text);
      const isMember =
        (ts.isPropertyAccessExpression(parent) ||
          ts.isPropertySignature(parent) ||
          ts.isPropertyAssignment(parent)) &&
        parent.name === node;
      if (!isMember) free.add(node.text);
    }
    ts.forEachChild(node, (child) => {
      visit(child, node);
    });
  };
  visit(file.compilerNode, file.compilerNode);
  return { mentioned, free };
}

const byName = (a: string, b: string): number => (bare(a) < bare(b) ? -1 : 1);
const bare = (text: string): string => text.replace(/^type /, '');

/** Every function of the runtime that generated code may call. */
export const RUNTIME_NAMES: readonly string[] = [
  'all',
  'any',
  'attains',
  'byGroup',
  'checkBatch',
  'clip',
  'column',
  'count',
  'differentiated',
  'exchanged',
  'exp',
  'expm1',
  'first',
  'fusedResult',
  'idsOf',
  'isDifferentiating',
  'log',
  'log1p',
  'logsumexp',
  'masked',
  'max',
  'maximum',
  'mean',
  'min',
  'minimum',
  'ofOthers',
  'otherTag',
  'pathOf',
  'pow',
  'quantile',
  'quantileOf',
  'release',
  'repeated',
  'reported',
  'required',
  'sameTag',
  'scalar',
  'scanAlong',
  'select',
  'shiftAlong',
  'sigmoid',
  'sign',
  'softplus',
  'spread',
  'spreadFactor',
  'sum',
  'tagToRollouts',
  'tanh',
  'toRollouts',
  'widened',
  'within',
];

/**
 * The declarations of the runtime that the wanted and the exported names reach, in the runtime's own order, as text that
 * is laid out already.
 */
export async function runtimeText(wanted: readonly string[], exported: readonly string[]): Promise<string> {
  const { RUNTIME } = await import('./runtime-source.gen.js');
  const declared = new Map(RUNTIME.flatMap((one) => one.names.map((name) => [name, one] as const)));
  const needed = new Set<RuntimeDeclaration>();
  const open = [...wanted, ...exported];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const one = declared.get(name);
    if (one === undefined || needed.has(one)) continue;
    needed.add(one);
    open.push(...one.needs);
  }
  const texts = RUNTIME.filter((one) => needed.has(one)).map(({ names, doc, text }) => {
    const isShown = names.some((name) => exported.includes(name));
    return `${doc === '' ? '' : `${doc}\n`}${isShown ? 'export ' : ''}${text}`;
  });
  return ['// What follows is the part of veriloss/runtime that this module needs.', ...texts].join('\n\n');
}
