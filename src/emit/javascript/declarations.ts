/** What every generated module declares: its name, inputs and parameters, and the types of a batch and of parameters. */
import type {
  InterfaceDeclarationStructure,
  OptionalKind,
  PropertySignatureStructure,
  SourceFile,
  VariableDeclarationKind,
} from 'ts-morph';
import type { DerivedProgram, InputInfo } from '../../ir/program.js';
import { describe, inputShape } from './docs.js';
import { commentText, key, literal, member, numberText } from './names.js';
import { inputSpecs, paramSpecs } from './specs.js';

export function addConstants(
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

/** How a target holds a batch, and what it reports. */
export interface BatchTypes {
  readonly mask: string;
  readonly maskDoc: string;
  readonly input: (input: InputInfo) => string;
  /** Of one metric. */
  readonly metric: string;
}

export function addTypes(file: SourceFile, program: DerivedProgram, batchTypes: BatchTypes): void {
  const property = (name: string, type: string, doc: string): OptionalKind<PropertySignatureStructure> => ({
    name: member(name),
    type,
    isReadonly: true,
    docs: doc === '' ? [] : [commentText(doc)],
  });
  const hasTokens = program.inputs.some(({ level }) => level === 'token');
  const mask = property('mask', batchTypes.mask, batchTypes.maskDoc);
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
          batchTypes.input(input),
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
  file.addInterface({
    name: 'Metrics',
    isExported: true,
    docs: ['Numbers to report; none of them affects the gradient.'],
    properties: program.metrics.map(({ name, doc }) => property(name, batchTypes.metric, describe(doc, ''))),
  });
}
