/** An explanation as data for JSON: of one loss, its parts stand beside the rest; of several, `losses` lists them. */
import type { Explanation, LossText } from './explanation.js';

type Parts = Omit<Explanation, 'losses'>;

/** The members in the order in which they are printed. */
export function explainJson({ losses, ...of }: Explanation): object {
  const [only] = losses;
  return only === undefined || losses.length > 1 ? several(of, losses) : single(of, only);
}

function single({ objective, about, ...rest }: Parts, loss: LossText): object {
  const { direction, value, gradients, kinks } = loss;
  return { objective, about, direction, value, ...rest, gradients, kinks };
}

const several = ({ objective, about, ...rest }: Parts, losses: readonly LossText[]): object => ({
  objective,
  about,
  losses,
  ...rest,
});
