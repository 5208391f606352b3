/** The module of one objective: its exports are the same whatever the objective is. */
import type {
  InterfaceDeclarationStructure,
  OptionalKind,
  PropertySignatureStructure,
  SourceFile,
  VariableDeclarationKind,
} from 'ts-morph';
import type { DerivedProgram } from '../../ir/program.js';
import type { Plans } from '../../plan/plan.js';
import type { EmitOptions, Provenance } from '../backend.js';
import { describe, header, inputShape } from './docs.js';
import { addFunctions } from './exports.js';
import { tensorType } from './functions.js';
import { commentText, key, literal, member, numberText } from './names.js';
import { addImports } from './imports.js';
import { inputSpecs, paramSpecs } from './specs.js';

export async function moduleText(
  program: DerivedProgram,
  plans: Plans,
  options: EmitOptions & Provenance,
): Promise<string> {
  const { Project, VariableDeclarationKind } = await import('ts-morph');
  const project = new Project({ useInMemoryFileSystem: true });
  const file = project.createSourceFile('module.ts', '');
  addConstants(file, program, VariableDeclarationKind.Const);
  addTypes(file, program);
  await addFunctions(file, program, plans, options.wording);
  await addImports(file, options.standalone === true);
  // Doc comments are set off by a blank line, which the printer does not add.
  return `${header(program, options)}\n${file.getFullText().replace(/(?<!\n)\n\/\*\*/g, '\n\n/**')}`;
}

function addConstants(
  file: SourceFile,
  program: DerivedProgram,
  declarationKind: VariableDeclarationKind,
): void {
  const constant = (name: string, type: string, initializer: string, doc: string): void => {
    file.addVariableStatement({
      isExported: true,
      declarationKind,
      declarations: [{ name, type, initializer }],
      docs: [doc],
    });
  };
  const defaults = program.params.flatMap(({ name, default: value }) =>
    value === undefined ? [] : [`${key(name)}: ${numberText(value)}`],
  );
  constant('name', 'string', literal(program.name), "The objective's name.");
  constant(
    'inputs',
    'readonly InputSpec[]',
    inputSpecs(program.inputs),
    'What a batch holds besides `group` and `mask`.',
  );
  constant(
    'parameters',
    'readonly ParamSpec[]',
    paramSpecs(program.params),
    'The parameters of the objective.',
  );
  constant(
    'defaults',
    'Partial<Params>',
    `{ ${defaults.join(', ')} }`,
    'The parameters that have a default.',
  );
}

function addTypes(file: SourceFile, program: DerivedProgram): void {
  const property = (name: string, type: string, doc: string): OptionalKind<PropertySignatureStructure> => ({
    name: member(name),
    type,
    isReadonly: true,
    docs: doc === '' ? [] : [commentText(doc)],
  });
  const hasTokens = program.inputs.some(({ level }) => level === 'token');
  const mask = property(
    'mask',
    'tf.Tensor',
    '1 where a token counts, 0 elsewhere, [B, T]. What stands where it is 0 is not read.',
  );
  const batch: OptionalKind<InterfaceDeclarationStructure> = {
    name: 'Batch',
    isExported: true,
    docs: ['One batch: B rollouts in P groups, T positions for the tokens of each. Token values are padded.'],
    properties: [
      property(
        'group',
        'ArrayLike<number>',
        'Integer ids in any order, [B]; the rollouts with one id are a group.',
      ),
      { ...mask, hasQuestionToken: !hasTokens },
      ...program.inputs.map((input) =>
        property(
          input.name,
          tensorType(input.level),
          describe(input.doc, inputShape(input.role, input.level)),
        ),
      ),
    ],
  };
  file.addInterface(batch);
  file.addInterface({
    name: 'Params',
    isExported: true,
    docs: ['The parameters: numbers that may change from step to step.'],
    properties: program.params.map((param) => property(param.name, 'number', describe(param.doc, ''))),
  });
}
