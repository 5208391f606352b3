/** A certificate as it lies in its file: its parts found, each read where it is checked. */
import { fields, oneOf, string, unexpected } from './json.js';

export interface Certificate {
  readonly objective: string;
  /** Position among the objective's claims. */
  readonly claim: number;
  readonly status: 'proved' | 'refuted';
  readonly view: unknown;
  readonly obligations: unknown;
  readonly example: unknown;
  readonly bound: unknown;
}

export function readCertificate(json: unknown): Certificate {
  const one = fields(json, 'certificate');
  if (one['format'] !== 1) unexpected(one['format'], 'the format 1', 'format');
  const claim = one['claim'];
  if (typeof claim !== 'number' || !Number.isInteger(claim) || claim < 0)
    return unexpected(claim, 'the position of a claim', 'claim');
  return {
    objective: string(one['objective'], 'objective'),
    claim,
    status: oneOf(one['status'], ['proved', 'refuted'], 'status'),
    view: one['view'],
    obligations: one['obligations'],
    example: one['example'],
    bound: one['bound'],
  };
}
