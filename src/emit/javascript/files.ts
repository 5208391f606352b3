/** The files of a module: TypeScript as it is, or JavaScript with its declarations; both laid out. */
import type { EmittedFile, EmitOptions } from '../backend.js';

const STYLE = { printWidth: 110, singleQuote: true, trailingComma: 'all' } as const;

/** The files of a module in TypeScript, in the wanted language. */
export async function moduleFiles(
  name: string,
  text: string,
  { language }: EmitOptions,
): Promise<readonly EmittedFile[]> {
  const { format } = await import('prettier');
  const pretty = (one: string): Promise<string> => format(one, { parser: 'typescript', ...STYLE });
  if (language !== 'js') return [{ path: `${name}.ts`, text: await pretty(text) }];
  const { js, declarations } = await compiled(text);
  return [
    { path: `${name}.js`, text: await pretty(js) },
    { path: `${name}.d.ts`, text: await pretty(declarations) },
  ];
}

/** Strips the types, file by file: every export is annotated, so nothing else has to be read. */
async function compiled(text: string): Promise<{ readonly js: string; readonly declarations: string }> {
  const { ts } = await import('ts-morph');
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    verbatimModuleSyntax: true,
    isolatedDeclarations: true,
  };
  return {
    js: ts.transpileModule(text, { compilerOptions }).outputText,
    declarations: ts.transpileDeclaration(text, { compilerOptions }).outputText,
  };
}
