/**
 * The values that inputs permit of a let that a claim varies (§3, ranges): each obligation "range" gives one bound of them, which
 * has to hold of the definition in every batch that keeps to the domains, whatever the claim and the objective assume.
 */
import { use, type Obligation } from './case.js';
import { demand, reject } from './rejection.js';
import { sign } from './rational.js';
import { isLiteral, readCondition, type Condition, type Literal, type Term } from './term.js';
import { namesIn, substitutedIn } from './variables.js';
import { contextWith, elementFacts, liftFacts, setFacts } from './reading/facts.js';
import type { Objective } from './reading/objective.js';
import { ownPlace } from './reading/place.js';
import { readerFor } from './reading/reader.js';
import type { Said, Varied } from './reading/statement.js';
import { isTruth } from './reading/tree.js';
import { readView } from './reading/view.js';

/** What is varied, with what was shown of all its values. */
export function rangedOf(
  objective: Objective,
  { varied }: Said,
  obligations: readonly Obligation[],
): Varied | undefined {
  const ranges = obligations.filter(({ what }) => what === 'range');
  if (varied === undefined || ranges.length === 0) return varied;
  const bounds = ranges.map((one) => boundOf(objective, varied, one));
  return {
    ...varied,
    permitted: (x) => bounds.map((bound) => substitutedIn(bound, varied.name, x)),
  };
}

function boundOf(objective: Objective, { name, node }: Varied, obligation: Obligation): Condition {
  const { json, where, kind } = obligation;
  demand(kind === 'holds', `${where}.kind`, 'a bound is a sequent');
  if (node.op !== 'let' || node.level === 'peer') return reject(where, `${name} is no let`);
  const bound = readCondition(json['fact'], `${where}.fact`);
  demandBound(objective, bound, name, `${where}.fact`);
  const view = readView(json['view'], `${where}.view`);
  demand(view.opaque.size === 0, `${where}.view.opaque`, 'a definition is read whole');
  const reader = readerFor({ ...objective, assumptions: [] }, view, ownPlace(node.level), undefined, 1);
  demand(!isTruth(node.x), where, `${name} is no number`);
  const value = reader.term(node.x, reader.own, 1);
  const base = [...elementFacts(reader), ...setFacts(reader, undefined)];
  const lifted = liftFacts(reader, base);
  // Lifts may have named more.
  const context = contextWith(
    reader,
    ...elementFacts(reader),
    ...setFacts(reader, undefined),
    ...lifted(undefined),
  );
  use(obligation, context, substitutedIn(bound, name, value), reader);
  return bound;
}

/** One end of an interval, the same for all batches of the same parameters: ±x + e ≥ 0 or > 0, e over parameters. */
function demandBound({ inputs }: Objective, bound: Condition, name: string, where: string): void {
  const params = new Set(inputs.filter(({ role }) => role === 'param').map((one) => one.name));
  const isEnd = isLiteral(bound) && (bound.op === '>=' || bound.op === '>') && isOneEnd(bound, name);
  demand(isEnd, where, `this is no bound of ${name}`);
  const foreign = [...namesIn(bound)].find((one) => one !== name && !params.has(one));
  demand(foreign === undefined, where, `a bound must not depend on ${foreign ?? ''}`);
}
function isOneEnd({ x }: Literal, name: string): boolean {
  const parts = x.op === 'sum' ? x.of : [x];
  const own = parts.filter((one) => namesIn(one).has(name));
  return own.length === 1 && own.every((one) => isMultiple(one, name));
}
const isMultiple = (one: Term, name: string): boolean =>
  (one.op === 'variable' && one.name === name) ||
  (one.op === 'product' &&
    one.of.length === 2 &&
    one.of.some((part) => part.op === 'variable' && part.name === name) &&
    one.of.some((part) => part.op === 'number' && sign(part.value) !== 0));
