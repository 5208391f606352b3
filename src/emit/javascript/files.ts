/** The files of a module: TypeScript as it is, or JavaScript with its declarations. */
import type { EmittedFile, EmitOptions } from '../backend.js';

const STYLE = { printWidth: 110, singleQuote: true, trailingComma: 'all' } as const;

/** A module in TypeScript: its own text, and what it carries of the runtime, which is laid out already. */
export interface ModuleText {
  readonly own: string;
  readonly carried: string;
}

/** The files of a module, in the wanted language. */
export async function moduleFiles(
  name: string,
  { own, carried }: ModuleText,
  { language, layout }: EmitOptions,
): Promise<readonly EmittedFile[]> {
  const pretty = async (one: string): Promise<string> =>
    layout === false ? one : (await import('prettier')).format(one, { parser: 'typescript', ...STYLE });
  const joined = (before: string): string => (carried === '' ? before : `${before}\n${carried}\n`);
  if (language !== 'js') return [{ path: `${name}.ts`, text: joined(await pretty(own)) }];
  const { js, declarations } = await compiled(joined(own));
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
