/** Something to speak of: a batch and an element at which the hypotheses of a proved claim hold. */
import type { Certificate } from './certificate.js';
import { fields } from './json.js';
import { demand, reject, Rejection } from './rejection.js';
import { readBatch } from './reading/batch.js';
import { evaluate } from './reading/evaluate.js';
import type { Objective } from './reading/objective.js';
import { statementOf } from './reading/statement.js';
import { demandHypotheses } from './refutation.js';

export function checkExample(objective: Objective, certificate: Certificate): void {
  const claim = objective.claims[certificate.claim] ?? reject('claim', 'the objective has no such claim');
  const { level } = statementOf(claim);
  const { batch: json, params } = fields(certificate.example, 'example');
  const batch = readBatch(objective, json, params, 'example.batch');
  const evaluation = evaluate([...claim.hypotheses, ...objective.assumptions], batch);
  const holds = Array.from({ length: batch.ragged.sizes[level] }, (_, at) => {
    try {
      demandHypotheses(objective, claim.hypotheses, evaluation, { batch, element: { level, at } });
      return true;
    } catch (error) {
      if (error instanceof Rejection) return false;
      throw error;
    }
  });
  demand(holds.includes(true), 'example', 'the hypotheses surely hold at no element of the example');
}
