/** Checks a certificate against the text that it is about. */
import type { Resolve } from './link/link.js';

export interface RecheckRequest {
  readonly text: string;
  readonly name?: string;
  readonly resolve?: Resolve;
  /** As a file holds it: nobody has looked at it yet. */
  readonly certificate: unknown;
  /** Of a refuted claim. */
  readonly witness?: unknown;
}

export type Rechecked =
  | { readonly accepted: true }
  | { readonly accepted: false; readonly reason: string; readonly where?: string };

export function recheck(_request: RecheckRequest): Rechecked {
  return { accepted: false, reason: 'nothing is checked yet' };
}
