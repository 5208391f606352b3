/** Literals of constants, such as e^0.3 > 1.2. */
import * as b from '../../proof/build.js';
import type { Literal } from '../../proof/term.js';

/** Decides a literal of constants that are rational; nothing where it is none. */
export function decideConstants({ op, x }: Literal): boolean | undefined {
  return x.op === 'number' ? b.standsSo(op, x.value) : undefined;
}
