/** The sign of float32 lanes, as a bit. */
import type { Code, Value } from '../code.js';
import { v128 } from '../instructions.js';

/** The sign bit alone: −0 or 0. */
export const signOf = (code: Code, x: Value): Value => v128.and(x, code.splatBits(0x80000000));
