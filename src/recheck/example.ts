/** Something to speak of: a batch and an element at which the hypotheses of a proved claim hold; of pairs, two values of what is varied. */
import type { Certificate } from './certificate.js';
import * as i from './interval.js';
import { fields } from './json.js';
import { demand, reject, Rejection } from './rejection.js';
import { readBatch, type Element } from './reading/batch.js';
import { evaluate, type Batch } from './reading/evaluate.js';
import type { Claim, Objective } from './reading/objective.js';
import { statementOf, type Statement, type Varied } from './reading/statement.js';
import { demandHypotheses, enclosureOf, variedAt } from './refutation.js';

/** Claims about two values, or three, say nothing where there is one. */
const COMPARING: readonly Statement['kind'][] = ['monotone', 'constant', 'lipschitz', 'convex'];

export function checkExample(objective: Objective, certificate: Certificate): void {
  const claim = objective.claims[certificate.claim] ?? reject('claim', 'the objective has no such claim');
  const { level, statement, varied } = statementOf(claim);
  const example = fields(certificate.example, 'example');
  const batch = readBatch(objective, example['batch'], example['params'], 'example.batch');
  const elements = Array.from({ length: batch.ragged.sizes[level] }, (_, at): Element => ({ level, at }));
  const own = elements.filter((element) => isSatisfied(objective, claim, batch, element));
  demand(own.length > 0, 'example', 'the hypotheses surely hold at no element of the example');
  if (varied === undefined || !COMPARING.includes(statement.kind)) return;
  const second = fields(example['second'], 'example.second');
  const other = readBatch(objective, second['batch'], second['params'], 'example.second.batch');
  demand(
    own.some((element) => isSecond(objective, claim, varied, { batch, other, element })),
    'example.second',
    'it has no second value of what is varied at which the hypotheses surely hold',
  );
}

const succeeds = (check: () => boolean): boolean => {
  try {
    return check();
  } catch (error) {
    if (error instanceof Rejection) return false;
    throw error;
  }
};

const isSatisfied = (objective: Objective, claim: Claim, batch: Batch, element: Element): boolean =>
  succeeds(() => {
    const evaluation = evaluate([...claim.hypotheses, ...objective.assumptions], batch);
    demandHypotheses(objective, claim.hypotheses, evaluation, { batch, element });
    return true;
  });

interface Pair {
  readonly batch: Batch;
  /** From where the second value is taken. */
  readonly other: Batch;
  readonly element: Element;
}
/** Another value, and the hypotheses hold with it and all else the same. */
const isSecond = (
  objective: Objective,
  claim: Claim,
  { node }: Varied,
  { batch, other, element }: Pair,
): boolean =>
  succeeds(() => {
    const place = variedAt(node, element, batch);
    const [first, value] = [
      enclosureOf(node, batch, place),
      enclosureOf(node, other, variedAt(node, element, other)),
    ];
    const override = { node, element: place, value };
    return (
      i.meet(first, value) === undefined && isSatisfied(objective, claim, { ...batch, override }, element)
    );
  });
