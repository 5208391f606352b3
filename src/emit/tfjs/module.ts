/** The module of one objective: its exports are the same whatever the objective is. */
import type { DerivedProgram } from '../../ir/program.js';
import type { Plans } from '../../plan/plan.js';
import type { EmitOptions, Provenance } from '../backend.js';
import { addConstants, addTypes } from '../javascript/declarations.js';
import type { ModuleText } from '../javascript/files.js';
import { header } from '../javascript/docs.js';
import { addFunctions } from './exports.js';
import { tensorType } from './functions.js';
import { addImports } from '../javascript/imports.js';

export async function moduleText(
  program: DerivedProgram,
  plans: Plans,
  options: EmitOptions & Provenance,
): Promise<ModuleText> {
  const { Project, VariableDeclarationKind } = await import('ts-morph');
  const project = new Project({ useInMemoryFileSystem: true });
  const file = project.createSourceFile('module.ts', '');
  addConstants(file, program, VariableDeclarationKind.Const);
  addTypes(file, program, {
    mask: 'tf.Tensor',
    maskDoc: '1 where a token counts, 0 elsewhere, [B, T]. What stands where it is 0 is not read.',
    input: ({ level }) => tensorType(level),
    metric: 'tf.Scalar',
  });
  await addFunctions(file, program, plans, options);
  const carried = await addImports(file, options.standalone === true);
  // Doc comments are set off by a blank line, which the printer does not add.
  const own = file.getFullText().replace(/(?<!\n)\n\/\*\*/g, '\n\n/**');
  return { own: `${header(program, 'tfjs', options)}\n${own}`, carried };
}
