/** What a generated module takes from the runtime: imported, or, where it stands alone, carried along. */
import type { SourceFile } from 'ts-morph';
import { RUNTIME_SOURCE } from './runtime-source.gen.js';

const TYPES: readonly string[] = ['Layout', 'InputSpec', 'ParamSpec'];

/** Adds imports of what the module mentions, and the exports that every module passes on. */
export async function addImports(file: SourceFile, standalone: boolean): Promise<void> {
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
  if (standalone) {
    await addRuntime(file, wanted, [...TYPES, 'prepare', 'BatchError']);
  } else {
    file.insertStatements(0, [
      `import { ${[...wanted, ...TYPES.map((name) => `type ${name}`)].sort(byName).join(', ')} } from 'veriloss/runtime';`,
      "export { BatchError, prepare, type Layout } from 'veriloss/runtime';",
    ]);
  }
  file.insertStatements(0, "import * as tf from '@tensorflow/tfjs-core';");
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

/** Appends the declarations that the wanted and the exported names reach, in the runtime's own order. */
export async function addRuntime(
  file: SourceFile,
  wanted: readonly string[],
  exported: readonly string[],
): Promise<void> {
  const { Project, SyntaxKind, Node } = await import('ts-morph');
  const source = new Project({ useInMemoryFileSystem: true }).createSourceFile('runtime.ts', RUNTIME_SOURCE);
  const declared = new Map<string, ReturnType<SourceFile['getStatements']>[number]>();
  for (const statement of source.getStatements()) {
    if (Node.isVariableStatement(statement))
      for (const one of statement.getDeclarations()) declared.set(one.getName(), statement);
    else if (
      Node.isFunctionDeclaration(statement) ||
      Node.isClassDeclaration(statement) ||
      Node.isInterfaceDeclaration(statement) ||
      Node.isTypeAliasDeclaration(statement)
    )
      declared.set(statement.getName() ?? '', statement);
  }
  const needed = new Set<ReturnType<SourceFile['getStatements']>[number]>();
  const open = [...wanted, ...exported];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const statement = declared.get(name);
    if (statement === undefined || needed.has(statement)) continue;
    needed.add(statement);
    const references = statement.getDescendantsOfKind(SyntaxKind.Identifier).filter((identifier) => {
      const parent = identifier.getParent();
      const isName = Node.isPropertyAccessExpression(parent) && parent.getNameNode() === identifier;
      return !isName && !Node.isPropertySignature(parent) && !Node.isGetAccessorDeclaration(parent);
    });
    open.push(...references.map((identifier) => identifier.getText()));
  }
  const shown = new Set(exported.map((name) => declared.get(name)));
  const texts = source
    .getStatements()
    .filter((statement) => needed.has(statement))
    .map((statement) => {
      const text = statement.getText();
      const doc = statement.getFullText().slice(0, -text.length).trim();
      return `${doc}\n${shown.has(statement) ? 'export ' : ''}${text}`;
    });
  file.addStatements(['// What follows is the part of veriloss/runtime that this module needs.', ...texts]);
}
