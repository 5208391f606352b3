/** Whether a certificate decides a claim of a text: from the text alone, with nothing of the prover but the parser and the linker. */
import type { Resolve } from '../link/link.js';
import { readCertificate } from './certificate.js';
import { checkExample } from './example.js';
import { checkProof } from './proof.js';
import { readObjective } from './reading/objective.js';
import { checkRefutation } from './refutation.js';
import { outcomeOf, type Outcome } from './sequent.js';

export interface Question {
  /** The source of the objective, and what its own imports are relative to. */
  readonly text: string;
  readonly name: string;
  readonly resolve?: Resolve;
  /** Parsed JSON that nobody has looked at. */
  readonly certificate: unknown;
  /** Of a refuted claim: the verdict's witness. */
  readonly witness?: unknown;
}

export const recheck = ({ text, name, resolve, certificate, witness }: Question): Outcome =>
  outcomeOf(() => {
    const found = readCertificate(certificate);
    const objective = readObjective(text, name, resolve, found.objective);
    if (found.status === 'refuted') return checkRefutation(objective, found, witness);
    checkExample(objective, found);
    checkProof(objective, found);
  });
