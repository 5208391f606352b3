/** What a generated module takes from the runtime: imported, or, where it stands alone, carried along. */
import type { SourceFile } from 'ts-morph';
import type { RuntimeDeclaration } from './runtime-source.gen.js';

const TYPES: readonly string[] = ['Layout', 'InputSpec', 'ParamSpec'];

/**
 * Adds imports of what the module mentions, and the exports that every module passes on; answers what follows the module,
 * where it stands alone.
 */
export async function addImports(file: SourceFile, standalone: boolean): Promise<string> {
  const { Node, SyntaxKind } = await import('ts-morph');
  const mentioned = new Set<string>();
  for (const identifier of file.getDescendantsOfKind(SyntaxKind.Identifier))
    mentioned.add(identifier.getText());
  const wanted = RUNTIME_NAMES.filter((name) => mentioned.has(name) && !isPropertyOnly(file, name));
  function isPropertyOnly(source: SourceFile, name: string): boolean {
    return source
      .getDescendantsOfKind(SyntaxKind.Identifier)
      .filter((identifier) => identifier.getText() === name)
      .every((identifier) => {
        const parent = identifier.getParent();
        return (
          (Node.isPropertyAccessExpression(parent) && parent.getNameNode() === identifier) ||
          Node.isPropertySignature(parent) ||
          Node.isPropertyAssignment(parent)
        );
      });
  }
  if (!standalone)
    file.insertStatements(0, [
      `import { ${[...wanted, ...TYPES.map((name) => `type ${name}`)].sort(byName).join(', ')} } from 'veriloss/runtime';`,
      "export { BatchError, prepare, type Layout } from 'veriloss/runtime';",
    ]);
  file.insertStatements(0, "import * as tf from '@tensorflow/tfjs-core';");
  return standalone ? runtimeText(wanted, [...TYPES, 'prepare', 'BatchError']) : '';
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
  'exchanged',
  'exp',
  'expm1',
  'first',
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
  'pow',
  'quantile',
  'release',
  'repeated',
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
