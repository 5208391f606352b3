/** The model that a module of tfjs carries for TensorFlow, and what each of its functions takes of it. */
import type { DerivedProgram } from '../../ir/program.js';
import type { Provenance } from '../backend.js';
import { base64 } from '../javascript/base64.js';
import { calledIn } from '../javascript/called.js';
import { key, literal } from '../javascript/names.js';
import type { Fused } from '../loops/fused.js';
import { encode } from './encode.js';
import { savedModel } from './model.js';

/** An object literal, a `NativeFunctions` of the runtime; `fused` names the functions. */
export function nativeText(
  program: DerivedProgram,
  { losses, metrics }: Pick<Fused, 'losses' | 'metrics'>,
  provenance: Pick<Provenance, 'sourceHash' | 'version'>,
): string {
  const model = savedModel(program, calledIn(program), { ...provenance, form: 'xla', metrics: 'alone' });
  const tensorsOf = (signature: number): readonly string[] =>
    (model.signatures[signature]?.outputs ?? []).map(({ tensor }) => literal(tensor));
  const entries = [
    ...program.losses.flatMap(({ gradients }, at) => {
      const [loss = '', ...by] = tensorsOf(at);
      const names = losses[at];
      if (names === undefined) throw new Error('internal: a loss was lost');
      const each = gradients.map(({ input }, index) => `${key(input)}: ${by[index] ?? ''}`);
      return [
        `${names.loss}: ${loss}`,
        `${names.lossAndGradients}: { loss: ${loss}, gradients: { ${each.join(', ')} } }`,
      ];
    }),
    `${metrics}: { ${tensorsOf(program.losses.length)
      .map((tensor, at) => `${key(program.metrics[at]?.name ?? '')}: ${tensor}`)
      .join(', ')} }`,
  ];
  const inputs = (model.signatures[0]?.inputs ?? []).map(
    ({ key: name, tensor, dtype, shape }) =>
      `{ key: ${literal(name)}, tensor: ${literal(tensor)}, dtype: ${literal(dtype)}, shape: [${shape.join(', ')}] }`,
  );
  return `{ bytes: '${base64(encode(model))}', inputs: [${inputs.join(', ')}], results: { ${entries.join(', ')} } }`;
}
