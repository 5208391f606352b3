/** Views as text, for people who judge them and for tests that compare them. */
import { equals, MINUS_ONE, rationalText, signOf, opposite } from '../../../src/proof/rational.js';
import type { Condition, Relation, Term } from '../../../src/proof/term.js';
import type { Viewed } from '../../../src/verify/view/view.js';

const [SUM, TERM, POWER, ATOM] = [1, 2, 3, 4];

/** A term in the notation of the language. */
export function termText(term: Term): string {
  return shown(term)[0];
}
const within = (term: Term, level: number): string => {
  const [text, own] = shown(term);
  return own < level ? `(${text})` : text;
};

function shown(term: Term): readonly [string, number] {
  switch (term.op) {
    case 'number': {
      const text = rationalText(term.value);
      return [text, text.includes('/') ? TERM : text.startsWith('-') ? TERM : ATOM];
    }
    case 'pi':
      return ['pi', ATOM];
    case 'variable':
      return [term.name, ATOM];
    case 'sum': {
      const parts = term.terms.map((one, at) => {
        const [sign, rest] = signed(one);
        return `${at === 0 ? (sign ? '-' : '') : sign ? ' - ' : ' + '}${within(rest, TERM)}`;
      });
      return [parts.join(''), SUM];
    }
    case 'product': {
      const [sign, rest] = signed(term);
      if (sign) return [`-${within(rest, TERM)}`, TERM];
      const above = term.factors.filter((one) => !isInverse(one));
      const below = term.factors.filter(isInverse);
      const top = above.length === 0 ? '1' : above.map((one) => within(one, TERM)).join('*');
      const bottom = below.map((one) => `/${within(flipped(one), POWER)}`).join('');
      return [`${top}${bottom}`, TERM];
    }
    case 'power':
      if (isInverse(term)) return [`1/${within(flipped(term), POWER)}`, TERM];
      return [
        `${within(term.base, ATOM)}^${rationalText(term.exponent).replace(/^(.*\/.*)$/, '($1)')}`,
        POWER,
      ];
    case 'exp':
    case 'log':
      return [`${term.op}(${termText(term.x)})`, ATOM];
    case 'select':
      return [`if ${conditionText(term.if)} then ${termText(term.then)} else ${termText(term.else)}`, 0];
  }
}
const isInverse = (term: Term): boolean => term.op === 'power' && signOf(term.exponent) < 0;
const flipped = (term: Term): Term => {
  if (term.op !== 'power') return term;
  const exponent = opposite(term.exponent);
  return equals(exponent, opposite(MINUS_ONE)) ? term.base : { ...term, exponent };
};
/** A sign in front, and what follows it. */
function signed(term: Term): readonly [boolean, Term] {
  if (term.op === 'number' && signOf(term.value) < 0)
    return [true, { op: 'number', value: opposite(term.value) }];
  if (term.op !== 'product') return [false, term];
  const [first, second, ...others] = term.factors;
  if (first?.op !== 'number' || signOf(first.value) >= 0 || second === undefined) return [false, term];
  const positive = opposite(first.value);
  if (!equals(positive, opposite(MINUS_ONE)))
    return [true, { op: 'product', factors: [{ op: 'number', value: positive }, second, ...others] }];
  return [true, others.length === 0 ? second : { op: 'product', factors: [second, ...others] }];
}

const RELATIONS: Readonly<Record<Relation, string>> = { '>=': '>=', '>': '>', '==': '==', '!=': '!=' };

export function conditionText(condition: Condition): string {
  switch (condition.op) {
    case 'boolean':
      return String(condition.value);
    case 'flag':
      return condition.name;
    case 'not':
      return `not ${condition.x.op === 'flag' ? conditionText(condition.x) : `(${conditionText(condition.x)})`}`;
    case 'and':
      return condition.all
        .map((one) => (one.op === 'or' ? `(${conditionText(one)})` : conditionText(one)))
        .join(' and ');
    case 'or':
      return condition.any
        .map((one) => (one.op === 'and' ? `(${conditionText(one)})` : conditionText(one)))
        .join(' or ');
    default:
      return literalText(condition.op, condition.x);
  }
}
function literalText(op: Relation, x: Term): string {
  const terms = x.op === 'sum' ? x.terms : [x];
  const split = terms.map(signed);
  const [left, right] = [split.filter(([sign]) => !sign), split.filter(([sign]) => sign)];
  const side = (parts: readonly (readonly [boolean, Term])[]): string =>
    parts.length === 0 ? '0' : parts.map(([, one]) => within(one, TERM)).join(' + ');
  return `${side(left)} ${RELATIONS[op]} ${side(right)}`;
}

/** Everything of a view but the derivations. */
export function viewText(viewed: Viewed, claimed: readonly string[]): string {
  const { view, variables, given, defined, lossDefined, moving } = viewed;
  const list = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];
  const integers = variables.flatMap(({ name, integer }) => (integer === true ? [name] : []));
  return [
    `opaque: ${view.opaque.join(', ') || '-'}`,
    ...list(
      'families',
      view.families.map(
        ({ name, from, to, where, ownInside, copy }) =>
          `${name}: ${ownInside ? 'other ' : ''}${from} in ${to}${copy === undefined ? '' : ` @${String(copy)}`}${where.op === 'boolean' ? '' : ` where ${conditionText(where)}`}`,
      ),
    ),
    ...list(
      'rests',
      view.rests.map(
        ({ name, family, reduce, body }) => `${name} = ${reduce} over ${family} of ${termText(body)}`,
      ),
    ),
    ...list(
      'splits',
      view.splits.map((one) => `${one.family} = ${one.then} + ${one.else} by ${conditionText(one.on)}`),
    ),
    ...list(
      'lifts',
      view.lifts.map(
        ({ family, relation, weights, constant }) =>
          `${family}: ${weights.map(({ rest, weight }) => `${within(weight, TERM)}*${rest}`).join(' + ')} + ${within(constant, TERM)}*count ${relation} 0`,
      ),
    ),
    ...list('claimed', claimed),
    ...list('given', given.map(conditionText)),
    ...list(
      'defined',
      defined.map((one) => `${conditionText(one.condition)} (${String(one.given.length)} given)`),
    ),
    ...list(
      'loss defined',
      lossDefined.map((one) => `${conditionText(one.condition)} (${String(one.given.length)} given)`),
    ),
    ...list('integers', integers),
    ...list('moving', [...moving]),
    ...list('own data', [...viewed.ownData]),
  ].join('\n');
}
