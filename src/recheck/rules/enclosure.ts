/**
 * `enclosure`: closes. The ranges of variables are those that literals of the context say in so many words; they are split
 * as the tree says, and in each part one literal of the context is false throughout, by interval arithmetic.
 */
import { holdsPlainly, literals, withoutPositiveFactors, type Context } from '../context.js';
import { decide } from '../enclose.js';
import * as i from '../interval.js';
import { fields, string } from '../json.js';
import { constantOf, summands, type Polynomial } from '../polynomial.js';
import * as q from '../rational.js';
import { demand } from '../rejection.js';
import { readLiteral, readRational } from '../term.js';
import type { Rule } from './rule.js';

type Ranges = ReadonlyMap<string, i.Interval>;

export const enclosure: Rule = ({ node, where, context }) => {
  checkBoxes(node['boxes'], rangesOf(context), context, `${where}.boxes`);
  return undefined;
};

function checkBoxes(json: unknown, ranges: Ranges, context: Context, where: string): void {
  const one = fields(json, where);
  if (!('split' in one)) {
    const fails = readLiteral(one['fails'], `${where}.fails`);
    demand(holdsPlainly(context, fails), where, 'the context does not give this literal');
    demand(decide(fails, ranges) === false, where, 'the literal may hold somewhere in this box');
    return;
  }
  const name = string(one['split'], `${where}.split`);
  const at = readRational(one['at'], `${where}.at`);
  const range = ranges.get(name) ?? i.REALS;
  for (const [side, half] of [
    ['below', i.between('-inf', at)],
    ['above', i.between(at, 'inf')],
  ] as const) {
    const part = i.meet(range, half);
    if (part !== undefined)
      checkBoxes(one[side], new Map([...ranges, [name, part]]), context, `${where}.${side}`);
  }
}

/** c·x + r stands so to 0: a bound on x. */
function boundIn(
  form: Polynomial,
): { readonly name: string; readonly slope: q.Rational; readonly end: q.Rational } | undefined {
  const [first, second, third] = [...summands(form)].sort(
    (a, b) => b.monomial.factors.length - a.monomial.factors.length,
  );
  const [factor, another] = first?.monomial.factors ?? [];
  if (first === undefined || factor === undefined || another !== undefined || third !== undefined)
    return undefined;
  if (factor.generator.kind !== 'variable' || !q.equal(factor.exponent, q.ONE)) return undefined;
  if (second !== undefined && second.monomial.factors.length > 0) return undefined;
  const end = q.opposite(q.over(second?.coefficient ?? q.ZERO, first.coefficient));
  return { name: factor.generator.name, slope: first.coefficient, end };
}

export function rangesOf(context: Context): Ranges {
  const ranges = new Map<string, i.Interval>();
  for (const { op, form } of literals(context)) {
    if (op === '!=' || constantOf(form) !== undefined) continue;
    const bound = boundIn(withoutPositiveFactors(form, context.normal.facts)) ?? boundIn(form);
    if (bound === undefined) continue;
    const { name, slope, end } = bound;
    const allowed =
      op === '==' ? i.point(end) : q.sign(slope) > 0 ? i.between(end, 'inf') : i.between('-inf', end);
    const before = ranges.get(name) ?? i.REALS;
    ranges.set(name, i.meet(before, allowed) ?? before);
  }
  return ranges;
}
