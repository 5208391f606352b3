/** Checks derivations (§2): one node after the other, each by its rule, until every branch is closed. */
import type { Context } from './context.js';
import { fields, oneOf } from './json.js';
import { reject } from './rejection.js';
import { absurd } from './rules/absurd.js';
import { analytic } from './rules/analytic.js';
import { cases, have } from './rules/cases.js';
import { contradiction } from './rules/contradiction.js';
import { define } from './rules/define.js';
import { enclosure } from './rules/enclosure.js';
import { lemma } from './rules/lemma.js';
import { limitBound } from './rules/limit-bound.js';
import { limit } from './rules/limit.js';
import { meanValue } from './rules/mean-value.js';
import { substitute } from './rules/substitute.js';
import type { Check, Goal, Rule } from './rules/rule.js';

const RULES: Readonly<Record<string, Rule>> = {
  cases,
  have,
  lemma,
  define,
  substitute,
  'mean-value': meanValue,
  'limit-bound': limitBound,
  contradiction,
  enclosure,
  absurd,
  limit,
  analytic,
};

export const checkDerivation: Check = (json: unknown, start: Context, goal: Goal, from: string): void => {
  let [node, context, where] = [json, start, from];
  for (;;) {
    const here = fields(node, where);
    const name = oneOf(here['rule'], Object.keys(RULES), `${where}.rule`);
    // A context that contradicts itself has nothing left to show.
    if (context.isClosed) return;
    const rule = RULES[name] ?? reject(where, 'there is no such rule');
    const next = rule({ node: here, where, context, goal, check: checkDerivation });
    if (next === undefined) return;
    [node, context, where] = [here['then'], next, `${where}.then`];
  }
};
