/** Every measurement, in the order of the page. */
import type { Answer } from '../../proof/audit.js';
import type { Subject } from '../subject.js';
import { emptyRollouts } from './empty.js';
import { lengthExponent } from './length.js';
import { overflow } from './overflow.js';

export const measures: readonly ((subject: Subject) => Answer)[] = [lengthExponent, emptyRollouts, overflow];
