/** The tfjs backend: one module per objective, in TypeScript, or in JavaScript with its declarations. */
import { plan } from '../../plan/plan.js';
import { simplify } from '../../simplify/simplify.js';
import type { Backend, EmittedFile } from '../backend.js';
import { moduleText } from './module.js';

const STYLE = { printWidth: 110, singleQuote: true, trailingComma: 'all' } as const;

export const tfjs: Backend = {
  name: 'tfjs',
  async emit(program, options) {
    const { format } = await import('prettier');
    const pretty = (text: string): Promise<string> => format(text, { parser: 'typescript', ...STYLE });
    const values = simplify(
      program.lets.map(({ value }) => value),
      'float',
    );
    const called = program.lets.map(({ name, value }, at) => ({ name, value: values[at] ?? value }));
    const text = await moduleText(program, plan(program, called), options);
    if (options.language !== 'js') return [{ path: `${program.name}.ts`, text: await pretty(text) }];
    const { js, declarations } = await compiled(text);
    return [
      { path: `${program.name}.js`, text: await pretty(js) },
      { path: `${program.name}.d.ts`, text: await pretty(declarations) },
    ] satisfies readonly EmittedFile[];
  },
};

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
