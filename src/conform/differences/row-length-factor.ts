/** The gradient, and it alone, is off by the length of each rollout. */
import { isList, mapLeaves } from '../../vectors/tree.js';
import type { Batch, Tree } from '../../vectors/vector.js';
import { plainly, predicting, type Difference } from '../difference.js';

/** Each row of the tensors of a gradient times a factor of its rollout. */
function byRow(tree: Tree, batch: Batch, factor: (length: number) => number): Tree {
  if (typeof tree === 'number') return tree;
  if (!isList(tree))
    return Object.fromEntries(Object.entries(tree).map(([name, one]) => [name, byRow(one, batch, factor)]));
  const { mask } = batch;
  return tree.map((row, at) => {
    const counts = typeof mask === 'object' ? mask[at] : undefined;
    const length = typeof counts === 'object' ? counts.reduce((sum, one) => sum + one, 0) : 1;
    return mapLeaves(row, (value) => (length === 0 ? value : factor(length) * value));
  });
}

export const rowLengthFactor: Difference = {
  name: 'row-length-factor',
  kind: 'factor',
  title: 'the gradient of each rollout is off by its length, the loss is right',
  explanation:
    'A hand-written backward that forgets the 1/T of a mean over tokens, or applies it twice; automatic differentiation of the same loss would not.',
  knownFrom: ['Liger-Kernel Triton `luspo` (a factor T/L against the chunked version)', 'TRL #7063'],
  hypotheses: (subject) =>
    (
      [
        ['× its length', (length) => length],
        ['÷ its length', (length) => 1 / length],
      ] as const satisfies readonly (readonly [string, (length: number) => number])[]
    ).map(([label, factor]) =>
      predicting(subject, label, (vector) => {
        const result = plainly(subject, vector);
        return result && { loss: result.loss, grad: byRow(result.grad, vector.batch, factor) };
      }),
    ),
};
