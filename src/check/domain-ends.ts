/** The ends of an interval: a number, or an earlier parameter with what its own domain says of it. */
import { hullOf, type DomainBound } from '../base/domain.js';
import { REALS, negate, point, type Interval } from '../base/interval.js';
import { nearest } from '../base/suggest.js';
import type { Bound, Name, SignedLiteral } from '../syntax/ast.js';
import type { Context } from './context.js';
import { readNumber } from './literals.js';
import { describeBoundName } from './rules/bound-name.js';
import { describeItself, describeLaterName } from './rules/later-name.js';
import { describeUnknownName } from './rules/unknown-name.js';

export interface End {
  readonly bound: DomainBound;
  /** The values that it can have. */
  readonly range: Interval;
}

/** An end; none where it has a mistake. */
export function endOf(syntax: Bound, context: Context): End | undefined {
  if (syntax.kind === 'param') return paramEnd(syntax.name, syntax.negative, context);
  const value =
    syntax.kind === 'inf'
      ? syntax.negative
        ? -Infinity
        : Infinity
      : signedValue(syntax.value, context.report);
  return value === undefined ? undefined : { bound: value, range: point(value) };
}

/** The value of a signed literal; none where no double is near it. */
export function signedValue(literal: SignedLiteral, report: Context['report']): number | undefined {
  const read = readNumber(literal.text, literal.span);
  if ('value' in read) return literal.negative ? 0 - read.value : read.value;
  report(read.problem);
  return undefined;
}

function paramEnd(name: Name, negative: boolean, { scope, domains, report }: Context): End | undefined {
  const entity = scope.known.get(name.text);
  if (entity?.kind === 'param') {
    const domain = domains.get(name.text);
    const range = domain === undefined ? REALS : hullOf(domain);
    return { bound: { param: name.text, negative }, range: negative ? negate(range) : range };
  }
  const params = [...scope.known.values()].flatMap((one) => (one.kind === 'param' ? [one.name.text] : []));
  const meant = nearest(name.text, params);
  const later = scope.defined.get(name.text);
  if (entity !== undefined) report(describeBoundName(name, entity, meant));
  else if (later === undefined)
    report(
      describeUnknownName(name, meant === undefined ? undefined : `did you mean \`${meant}\`?`, undefined),
    );
  else if (later.span.start < name.span.start) report(describeItself(name, later));
  else report(describeLaterName(name, later));
  return undefined;
}
