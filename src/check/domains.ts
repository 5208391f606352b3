/** Declared domains: from syntax to sets of numbers, none of them empty, and defaults inside them. */
import { domainText, fixedDomain, hullOf, inDomain, paramsOf, type Domain } from '../base/domain.js';
import { REALS, contains, intervalText, type Interval } from '../base/interval.js';
import type { Diagnostic } from '../base/diagnostic.js';
import type { DomainSyntax, IntervalSyntax, SignedLiteral } from '../syntax/ast.js';
import type { Context } from './context.js';
import { endOf, signedValue, type End } from './domain-ends.js';
import { describeClosedInfinity } from './rules/closed-infinity.js';
import { describeDefaultOutside } from './rules/default-outside.js';
import { describeEmptyDomain } from './rules/empty-domain.js';
import { describeTagDomain } from './rules/tag-domain.js';

type Report = (diagnostic: Diagnostic) => void;

/** The set that a domain stands for; none where it has a mistake. That of a tag holds integers only. */
export function domainOf(syntax: DomainSyntax, context: Context, ofTag = false): Domain | undefined {
  const { report } = context;
  switch (syntax.kind) {
    case 'missing':
      return undefined;
    case 'real':
      return { kind: 'interval', integer: ofTag, interval: REALS };
    case 'set': {
      const values = syntax.values.map((value) => signedValue(value, report));
      const known = values.filter((value) => value !== undefined);
      const fraction = ofTag ? values.findIndex((value) => !Number.isInteger(value ?? 0)) : -1;
      if (fraction >= 0) report(describeTagDomain(syntax.values[fraction]?.span ?? syntax.span));
      return known.length === values.length && known.length > 0 ? { kind: 'set', values: known } : undefined;
    }
    case 'interval': {
      const integer = syntax.integer || ofTag;
      if (syntax.interval === undefined) return { kind: 'interval', integer, interval: REALS };
      const domain = intervalOf(syntax.interval, integer, context);
      if (domain === undefined || !isEmpty(domain, integer)) return domain;
      const { low, high } = hullOf(domain);
      report(describeEmptyDomain(syntax.span, integer, low > high, domain.kind === 'dependent'));
      return undefined;
    }
  }
}

function intervalOf(syntax: IntervalSyntax, integer: boolean, context: Context): Domain | undefined {
  const { report } = context;
  const [low, high] = [endOf(syntax.low, context), endOf(syntax.high, context)];
  if (low === undefined || high === undefined) return undefined;
  const isInfinite = ({ bound }: End): boolean => typeof bound === 'number' && !Number.isFinite(bound);
  if (isInfinite(low) && !syntax.lowOpen)
    report(describeClosedInfinity(syntax.low.span, low.bound === -Infinity ? '(-inf' : '(inf'));
  if (isInfinite(high) && !syntax.highOpen)
    report(describeClosedInfinity(syntax.high.span, high.bound === -Infinity ? '-inf)' : 'inf)'));
  const [lowOpen, highOpen] = [syntax.lowOpen || isInfinite(low), syntax.highOpen || isInfinite(high)];
  const hull: Interval = {
    low: low.range.low,
    high: high.range.high,
    lowOpen: lowOpen || low.range.lowOpen,
    highOpen: highOpen || high.range.highOpen,
  };
  return typeof low.bound === 'number' && typeof high.bound === 'number'
    ? { kind: 'interval', integer, interval: hull }
    : { kind: 'dependent', integer, low: low.bound, high: high.bound, lowOpen, highOpen, hull };
}

/** Whether a domain holds nothing, whatever the parameters are that it names. */
function isEmpty(domain: Domain, integer: boolean): boolean {
  const interval = hullOf(domain);
  const { low, high, lowOpen, highOpen } = interval;
  if (low > high || (low === high && (lowOpen || highOpen))) return true;
  if (domain.kind === 'dependent' && isPoint(domain) && (domain.lowOpen || domain.highOpen)) return true;
  if (!integer || !Number.isFinite(low) || !Number.isFinite(high)) return false;
  const first = lowOpen ? Math.floor(low) + 1 : Math.ceil(low);
  return !contains(interval, first);
}

/** Whether both ends are the same parameter. */
const isPoint = ({ low, high }: Extract<Domain, { kind: 'dependent' }>): boolean =>
  typeof low !== 'number' &&
  typeof high !== 'number' &&
  low.param === high.param &&
  low.negative === high.negative;

/** The default of a parameter, which lies in its domain; beside the defaults of others, where the domain names those. */
export function defaultOf(
  literal: SignedLiteral,
  domain: Domain | undefined,
  at: DomainSyntax,
  defaults: (param: string) => number | undefined,
  report: Report,
): number | undefined {
  const value = signedValue(literal, report);
  if (value === undefined || domain === undefined) return value;
  const fixed = fixedDomain(domain, defaults);
  const known = fixed ?? { kind: 'interval', integer: false, interval: hullOf(domain) };
  if (inDomain(known, value)) return value;
  const names = [...new Set(paramsOf(domain))].map((name) => `\`${name}\``).join(' and ');
  const given =
    domain.kind !== 'dependent'
      ? ''
      : fixed?.kind === 'interval'
        ? `, by default ${intervalText(fixed.interval)}`
        : `, whatever ${names} is`;
  report(describeDefaultOutside(literal.span, at.span, `${domainText(domain)}${given}`));
  return undefined;
}
