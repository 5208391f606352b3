/** The model that a module of tfjs carries for TensorFlow, and what each of its functions takes of it. */
import type { DerivedProgram } from '../../ir/program.js';
import type { Provenance } from '../backend.js';
import { base64 } from '../javascript/base64.js';
import { calledIn } from '../javascript/called.js';
import { literal, record } from '../javascript/names.js';
import type { Fused } from '../loops/fused.js';
import { encode } from './encode.js';
import { functionSignatures, savedModel, signatureName } from './model.js';

/** An object literal, a `NativeFunctions` of the runtime; `fused` names the functions. */
export function nativeText(
  program: DerivedProgram,
  { losses, metrics }: Pick<Fused, 'losses' | 'metrics'>,
  provenance: Pick<Provenance, 'sourceHash' | 'version'>,
): string {
  const model = savedModel(program, calledIn(program), {
    ...provenance,
    form: 'xla',
    signatures: 'per function',
  });
  const tensorsOf = (name: string): readonly string[] =>
    (model.signatures.find((one) => one.name === name)?.outputs ?? []).map(({ tensor }) => literal(tensor));
  const reported = program.metrics.map(({ name }) => name);
  const entries = [
    ...program.losses.flatMap((loss, at) => {
      const names = losses[at];
      if (names === undefined) throw new Error('internal: a loss was lost');
      const inputs = loss.gradients.map(({ input }) => input);
      const [value = '', ...by] = tensorsOf(signatureName(loss));
      const [again = '', ...others] = tensorsOf(functionSignatures.withMetrics(loss));
      const withMetrics = names.lossGradientsAndMetrics;
      return [
        `${names.loss}: ${value}`,
        `${names.lossAndGradients}: { loss: ${value}, gradients: ${record(inputs, by)} }`,
        ...(withMetrics === undefined
          ? []
          : [
              `${withMetrics}: { loss: ${again}, gradients: ${record(inputs, others)}, metrics: ${record(reported, others.slice(inputs.length))} }`,
            ]),
      ];
    }),
    `${metrics}: ${record(reported, tensorsOf(functionSignatures.metrics))}`,
  ];
  const whole = program.losses.map((loss) =>
    reported.length === 0 ? signatureName(loss) : functionSignatures.withMetrics(loss),
  );
  const tried = whole.flatMap((name) => tensorsOf(name).slice(0, 1));
  const inputs = (model.signatures[0]?.inputs ?? []).map(
    ({ key: name, tensor, dtype, shape }) =>
      `{ key: ${literal(name)}, tensor: ${literal(tensor)}, dtype: ${literal(dtype)}, shape: [${shape.join(', ')}] }`,
  );
  return `{ bytes: '${base64(encode(model))}', inputs: [${inputs.join(', ')}], results: { ${entries.join(', ')} }, tried: [${tried.join(', ')}] }`;
}
