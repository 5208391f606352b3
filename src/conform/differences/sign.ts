/** The objective is maximised where the loss is wanted, or the other way round. */
import { mapLeaves } from '../../vectors/tree.js';
import { plainly, predicting, type Difference } from '../difference.js';

export const sign: Difference = {
  name: 'sign',
  kind: 'factor',
  title: 'the sign is turned: the objective is maximised where it is to be minimised',
  explanation:
    'Loss and gradient are the right ones times −1. A loss is what an optimizer goes down; the objective of a paper is often what goes up.',
  knownFrom: ['papers that state J, frameworks that want L = −J'],
  hypotheses: (subject) =>
    (['both', 'the loss only', 'the gradient only'] as const).map((part) =>
      predicting(subject, part === 'both' ? 'loss and gradient' : part, (vector) => {
        const result = plainly(subject, vector);
        if (result === undefined) return undefined;
        const { loss, grad } = result;
        return {
          loss: part === 'the gradient only' ? loss : mapLeaves(loss, (value) => -value),
          grad: part === 'the loss only' ? grad : mapLeaves(grad, (value) => -value),
        };
      }),
    ),
};
