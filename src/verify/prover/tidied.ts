/** Literals in normal form: what a change of variables leaves is written shortly again. */
import * as build from '../../proof/build.js';
import type { Condition, Term } from '../../proof/term.js';
import { normalize } from '../algebra/normalize.js';
import type { Knowledge } from '../algebra/knowledge.js';
import { termOfQuotient } from '../algebra/written.js';
import { hasSelect } from './walk.js';

export const tidied = (term: Term, known: Knowledge): Term =>
  hasSelect(term) ? term : termOfQuotient(normalize(term, known));
export const tidiedIn = (condition: Condition, known: Knowledge): Condition =>
  build.isLiteral(condition) ? build.literal(condition.op, tidied(condition.x, known)) : condition;
