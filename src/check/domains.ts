/** Declared domains: from syntax to sets of numbers, none of them empty, and defaults inside them. */
import { domainText, inDomain, type Domain } from '../base/domain.js';
import { REALS, contains, type Interval } from '../base/interval.js';
import type { Diagnostic } from '../base/diagnostic.js';
import type { Bound, DomainSyntax, IntervalSyntax, SignedLiteral } from '../syntax/ast.js';
import { readNumber } from './literals.js';
import { describeClosedInfinity } from './rules/closed-infinity.js';
import { describeDefaultOutside } from './rules/default-outside.js';
import { describeEmptyDomain } from './rules/empty-domain.js';

type Report = (diagnostic: Diagnostic) => void;

/** The set that a domain stands for; none where it has a mistake. */
export function domainOf(syntax: DomainSyntax, report: Report): Domain | undefined {
  switch (syntax.kind) {
    case 'missing':
      return undefined;
    case 'real':
      return { kind: 'interval', integer: false, interval: REALS };
    case 'set': {
      const values = syntax.values.map((value) => signedValue(value, report));
      const known = values.filter((value) => value !== undefined);
      return known.length === values.length && known.length > 0 ? { kind: 'set', values: known } : undefined;
    }
    case 'interval': {
      const interval = syntax.interval === undefined ? REALS : intervalOf(syntax.interval, report);
      if (interval === undefined) return undefined;
      const domain: Domain = { kind: 'interval', integer: syntax.integer, interval };
      if (!isEmpty(interval, syntax.integer)) return domain;
      report(describeEmptyDomain(syntax.span, syntax.integer, interval.low > interval.high));
      return undefined;
    }
  }
}

export function signedValue(literal: SignedLiteral, report: Report): number | undefined {
  const read = readNumber(literal.text, literal.span);
  if ('value' in read) return literal.negative ? 0 - read.value : read.value;
  report(read.problem);
  return undefined;
}

function boundValue(bound: Bound, report: Report): number | undefined {
  if (bound.kind === 'number') return signedValue(bound.value, report);
  return bound.negative ? -Infinity : Infinity;
}

function intervalOf({ low, high, lowOpen, highOpen }: IntervalSyntax, report: Report): Interval | undefined {
  const [from, to] = [boundValue(low, report), boundValue(high, report)];
  if (from === undefined || to === undefined) return undefined;
  const [lowInfinite, highInfinite] = [!Number.isFinite(from), !Number.isFinite(to)];
  if (lowInfinite && !lowOpen) report(describeClosedInfinity(low.span, from < 0 ? '(-inf' : '(inf'));
  if (highInfinite && !highOpen) report(describeClosedInfinity(high.span, to < 0 ? '-inf)' : 'inf)'));
  return { low: from, high: to, lowOpen: lowOpen || lowInfinite, highOpen: highOpen || highInfinite };
}

function isEmpty(interval: Interval, integer: boolean): boolean {
  const { low, high, lowOpen, highOpen } = interval;
  if (low > high || (low === high && (lowOpen || highOpen))) return true;
  if (!integer || !Number.isFinite(low) || !Number.isFinite(high)) return false;
  const first = lowOpen ? Math.floor(low) + 1 : Math.ceil(low);
  return !contains(interval, first);
}

/** The default of a parameter, which lies in its domain. */
export function defaultOf(
  literal: SignedLiteral,
  domain: Domain | undefined,
  at: DomainSyntax,
  report: Report,
): number | undefined {
  const value = signedValue(literal, report);
  if (value === undefined || domain === undefined || inDomain(domain, value)) return value;
  report(describeDefaultOutside(literal.span, at.span, domainText(domain)));
  return undefined;
}
