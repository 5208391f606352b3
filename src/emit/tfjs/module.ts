/** The module of one objective: its exports are the same whatever the objective is. */
import type {
  InterfaceDeclarationStructure,
  OptionalKind,
  PropertySignatureStructure,
  SourceFile,
  VariableDeclarationKind,
} from 'ts-morph';
import type { DerivedProgram } from '../../ir/program.js';
import type { Plan, Plans } from '../../plan/plan.js';
import type { EmitOptions, Provenance } from '../backend.js';
import { describe, header, shapeOf, summary } from './docs.js';
import {
  gradientStatements,
  lossAloneStatements,
  lossStatements,
  metricStatements,
  metricsType,
  tensorType,
} from './functions.js';
import { commentText, key, literal, member, namesBeside, numberText, optional } from './names.js';
import { RUNTIME_NAMES, addImports } from './imports.js';
import { inputSpecs, paramSpecs } from './specs.js';
import { statementsFor, type Naming, type Statements } from './statements.js';

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
          describe(input.doc, `${input.role}, ${shapeOf(input.level)}.`),
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

async function addFunctions(
  file: SourceFile,
  program: DerivedProgram,
  plans: Plans,
  wording: Provenance['wording'],
): Promise<void> {
  const body = (of: Plan): { readonly params: readonly string[]; readonly statements: Statements } => {
    const names = namesBeside(RUNTIME_NAMES);
    const used = new Set(
      of.steps.flatMap(({ node }) => (node.op === 'input' && node.role === 'param' ? [node.name] : [])),
    );
    const locals = new Map(
      program.params.filter(({ name }) => used.has(name)).map(({ name }) => [name, names.fresh(name)]),
    );
    const naming: Naming = {
      names,
      paramName: (name) => locals.get(name) ?? '',
    };
    const statements = statementsFor(of, naming);
    const params = program.params.flatMap((param) => {
      const local = locals.get(param.name);
      if (local === undefined) return [];
      const fallback =
        param.default === undefined ? `required(${literal(param.name)})` : numberText(param.default);
      return [`const ${local} = ${optional('params', param.name)} ?? ${fallback};`];
    });
    return { params, statements };
  };
  const common = [
    { name: 'batch', type: 'Batch' },
    { name: 'layout', type: 'Layout' },
    { name: 'params', type: 'Partial<Params>', initializer: '{}' },
  ];
  const models = program.gradients
    .map(({ input }) => program.inputs.find(({ name }) => name === input))
    .filter((one) => one !== undefined);
  const gradientType = models
    .map(({ name, level }) => `readonly ${member(name)}: ${tensorType(level)}`)
    .join('; ');
  file.addFunction({
    name: 'loss',
    isExported: true,
    parameters: common,
    returnType: 'tf.Scalar',
    statements: lossStatements(models),
    docs: [summary(program, 'loss', wording)],
  });
  file.addFunction({
    name: 'lossAndGradients',
    isExported: true,
    parameters: common,
    returnType: `{ readonly loss: tf.Scalar; readonly gradients: { ${gradientType} } }`,
    statements: gradientStatements(body(plans.gradients), models),
    docs: [summary(program, 'gradients', wording)],
  });
  file.addFunction({
    name: 'lossAlone',
    parameters: common,
    returnType: 'tf.Scalar',
    statements: lossAloneStatements(body(plans.loss)),
    docs: ['The loss where nobody asks for its derivative, [].'],
  });
  file.addFunction({
    name: 'metrics',
    isExported: true,
    parameters: common,
    returnType: metricsType(program.metrics),
    statements: metricStatements(body(plans.metrics), program.metrics),
    docs: [summary(program, 'metrics', wording)],
  });
  file.addFunction({
    name: 'validate',
    isExported: true,
    parameters: [common[0], common[2]].filter((one) => one !== undefined),
    returnType: 'Promise<void>',
    statements: ['return checkBatch(inputs, parameters, batch, params);'],
    docs: [
      'Checks a batch and its parameters, and rejects with a `BatchError` that names the first thing wrong. It waits for\nvalues from the device, so it is not for every step.',
    ],
  });
}
