/**
 * Which values inputs can give to a let: the exact interval, where the definition's structure shows it. Operands that read no
 * input in common take their values independently of each other, and the elements of an index set may all be alike.
 */
import * as q from '../rational.js';
import type { Rational } from '../rational.js';
import * as t from '../term.js';
import type { Condition, Term } from '../term.js';
import type { Objective } from './objective.js';
import { operands, postOrder, type Node, type Number_ } from './tree.js';

type End = Rational | '-inf' | 'inf';
interface Image {
  readonly low: End;
  readonly high: End;
  readonly lowOpen: boolean;
  readonly highOpen: boolean;
}
/** What is known of a value that surely exists. */
interface Reach {
  /** The inputs that are read, parameters aside: those have one value each. */
  readonly reads: ReadonlySet<string>;
  readonly image?: Image;
  readonly isPositive: boolean;
}

const ALL: Image = { low: '-inf', high: 'inf', lowOpen: true, highOpen: true };
const isAll = ({ low, high }: Image): boolean => low === '-inf' && high === 'inf';
const isZero = (end: End): boolean => typeof end !== 'string' && q.sign(end) === 0;
/** Whether each positive multiple of a value is a value too. */
const isCone = ({ low, high }: Image): boolean =>
  (low === '-inf' || isZero(low)) && (high === 'inf' || isZero(high)) && !(isZero(low) && isZero(high));
const isAbove = ({ low, lowOpen }: Image): boolean =>
  typeof low !== 'string' && (q.sign(low) > 0 || (q.sign(low) === 0 && lowOpen));

/** What a value satisfies exactly if inputs can give it; nothing where that is not known. */
export function imageOf(
  objective: Objective,
  definition: Number_,
): ((x: Term) => readonly Condition[]) | undefined {
  const known = new Map<Node, Reach | undefined>();
  for (const node of postOrder(definition))
    known.set(
      node,
      reachOf(objective, node, (one) => known.get(one)),
    );
  const image = known.get(definition)?.image;
  if (image === undefined) return undefined;
  const { low, high, lowOpen, highOpen } = image;
  return (x) => [
    ...(typeof low === 'string' ? [] : [t.literal(lowOpen ? '>' : '>=', t.difference(x, t.number(low)))]),
    ...(typeof high === 'string' ? [] : [t.literal(highOpen ? '>' : '>=', t.difference(t.number(high), x))]),
  ];
}

type Known = (node: Node) => Reach | undefined;

function reachOf(objective: Objective, node: Node, known: Known): Reach | undefined {
  const parts = operands(node).map(known);
  const exist = parts.filter((one) => one !== undefined);
  if (exist.length < parts.length) return undefined;
  const reads = new Set(exist.flatMap((one) => [...one.reads]));
  const something = (isPositive = false): Reach => ({ reads, isPositive });
  const within = (image: Image): Reach => ({ reads, image, isPositive: isAbove(image) });
  const [first] = exist;
  switch (node.op) {
    case 'number': {
      const at = { low: node.value, high: node.value, lowOpen: false, highOpen: false };
      return within(at);
    }
    case 'input':
      return inputReach(objective, node.name);
    case 'let':
    case 'stop':
      return first;
    case 'sum': {
      const images = exist.flatMap(({ image }) => (image === undefined ? [] : [image]));
      if (!areApart(exist)) return something();
      if (images.some(isAll)) return within(ALL);
      return images.length < exist.length ? something() : within(images.reduce(added));
    }
    case 'product':
      return multiplied(node, exist, known, something, within);
    case 'exp': {
      const image = first?.image && mapped(first.image, exponential);
      return image === undefined ? something(true) : within(image);
    }
    case 'log': {
      if (first?.isPositive !== true) return undefined;
      const image = first.image && mapped(first.image, logarithm);
      return image === undefined ? something() : within(image);
    }
    case 'inverse': {
      if (first?.isPositive !== true) return undefined;
      const image = first.image && turned(first.image);
      return image === undefined ? something(true) : within(image);
    }
    case 'select':
      return isMean(node) ? known(node.then) : something();
    case 'total': {
      if (node.from === 'peer') return undefined;
      const isWhole = node.where.op === 'boolean' && node.where.value;
      const body = known(node.x);
      // Of members that are all alike it is a multiple of one.
      if (isWhole && body?.image !== undefined && isCone(body.image)) return within(body.image);
      return something(isWhole && body?.isPositive === true);
    }
    case 'pi':
      return something(true);
    case 'boolean':
    case 'named':
    case 'not':
    case 'and':
    case 'or':
    case '>=':
    case '>':
    case '==':
    case '!=':
      return something();
    default:
      return undefined;
  }
}

function inputReach({ inputs }: Objective, name: string): Reach | undefined {
  const declared = inputs.find((one) => one.name === name);
  if (declared === undefined) return undefined;
  const { domain, role, isInteger } = declared;
  const isParam = role === 'param';
  const reads = new Set(isParam ? [] : [name]);
  if (domain.kind !== 'interval') return { reads, isPositive: false };
  const { low, high, lowOpen, highOpen } = domain;
  if ((typeof low !== 'string' && 'param' in low) || (typeof high !== 'string' && 'param' in high))
    return { reads, isPositive: false };
  const image = { low, high, lowOpen, highOpen };
  if (isParam || isInteger || role === 'tag') return { reads, isPositive: isAbove(image) };
  return { reads, image, isPositive: isAbove(image) };
}

/** Whether no two of the values read the same input. */
function areApart(parts: readonly Reach[]): boolean {
  const seen = new Set<string>();
  for (const { reads } of parts)
    for (const name of reads) {
      if (seen.has(name)) return false;
      seen.add(name);
    }
  // Several may read nothing.
  return true;
}

/** `if count > 0 then total / count else 0` over a whole set, which is not empty: a mean, of members that may be all alike. */
function isMean({ if: test, then, else: otherwise }: Extract<Number_, { op: 'select' }>): boolean {
  const isCount = (one: Node): boolean =>
    one.op === 'total' &&
    one.from !== 'peer' &&
    one.where.op === 'boolean' &&
    one.where.value &&
    one.x.op === 'number' &&
    q.equal(one.x.value, q.ONE);
  return (
    test.op === '>' &&
    isCount(test.x) &&
    otherwise.op === 'number' &&
    then.op === 'product' &&
    then.of.some((one) => one.op === 'inverse' && isCount(one.x))
  );
}

function multiplied(
  { of }: Extract<Number_, { op: 'sum' | 'product' }>,
  parts: readonly Reach[],
  known: Known,
  something: (isPositive?: boolean) => Reach,
  within: (image: Image) => Reach,
): Reach {
  const average = averaged(of);
  const alone = average && known(average)?.image;
  if (alone !== undefined) return within(alone);
  const isPositive = parts.every((one) => one.isPositive);
  const factor = parts.flatMap((one) => numberOf(one) ?? []).reduce(q.times, q.ONE);
  const others = parts.filter((one) => numberOf(one) === undefined);
  const moving = others.filter(({ isPositive: positive }) => !positive);
  const [only = others[0]] = moving;
  if (q.sign(factor) === 0 || moving.length > 1 || only?.image === undefined || !areApart(parts))
    return something(isPositive);
  if (others.length === 1) return within(scaled(only.image, factor));
  return isCone(only.image) ? within(scaled(only.image, factor)) : something(isPositive);
}

/** Of what has one value alone. */
function numberOf({ image }: Reach): Rational | undefined {
  if (image === undefined || typeof image.low === 'string' || typeof image.high === 'string')
    return undefined;
  return q.equal(image.low, image.high) ? image.low : undefined;
}

/** What a product is the mean of: a whole set's total over the count of the same set. */
function averaged(of: readonly Number_[]): Number_ | undefined {
  const [first, second, third] = of;
  const [sum, under] = first?.op === 'total' ? [first, second] : [second, first];
  if (third !== undefined || sum?.op !== 'total' || under?.op !== 'inverse') return undefined;
  const { x: count } = under;
  const isSame =
    count.op === 'total' &&
    count.from === sum.from &&
    count.to === sum.to &&
    [sum, count].every(({ where }) => where.op === 'boolean' && where.value) &&
    count.x.op === 'number' &&
    q.equal(count.x.value, q.ONE);
  return isSame && sum.from !== 'peer' ? sum.x : undefined;
}

const added = (a: Image, b: Image): Image => ({
  low: typeof a.low === 'string' || typeof b.low === 'string' ? '-inf' : q.plus(a.low, b.low),
  high: typeof a.high === 'string' || typeof b.high === 'string' ? 'inf' : q.plus(a.high, b.high),
  lowOpen: a.lowOpen || b.lowOpen,
  highOpen: a.highOpen || b.highOpen,
});
function scaled({ low, high, lowOpen, highOpen }: Image, by: Rational): Image {
  const isTurned = q.sign(by) < 0;
  const end = (one: End): End =>
    typeof one !== 'string' ? q.times(one, by) : isTurned ? (one === 'inf' ? '-inf' : 'inf') : one;
  return isTurned
    ? { low: end(high), high: end(low), lowOpen: highOpen, highOpen: lowOpen }
    : { low: end(low), high: end(high), lowOpen, highOpen };
}
function mapped({ low, high, ...open }: Image, end: (one: End) => End | undefined): Image | undefined {
  const [from, to] = [end(low), end(high)];
  return from === undefined || to === undefined ? undefined : { low: from, high: to, ...open };
}
const exponential = (end: End): End | undefined =>
  end === '-inf' ? q.ZERO : end === 'inf' ? 'inf' : isZero(end) ? q.ONE : undefined;
const logarithm = (end: End): End | undefined => {
  if (typeof end === 'string') return end;
  return isZero(end) ? '-inf' : q.equal(end, q.ONE) ? q.ZERO : undefined;
};
/** Of positive values. */
function turned({ low, high, lowOpen, highOpen }: Image): Image | undefined {
  if (typeof low === 'string') return undefined;
  return {
    low: typeof high === 'string' ? q.ZERO : q.inverse(high),
    high: isZero(low) ? 'inf' : q.inverse(low),
    lowOpen: highOpen,
    highOpen: lowOpen,
  };
}
