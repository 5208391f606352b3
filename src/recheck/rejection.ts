/** Why a certificate is refused, and which part of it: the one way in which checking ends early. */

export class Rejection extends Error {
  /** Path into the certificate: `obligations[0].proof.then.by`. */
  readonly where: string;

  constructor(where: string, reason: string) {
    super(reason);
    this.where = where;
  }
}

export function reject(where: string, reason: string): never {
  throw new Rejection(where, reason);
}

/** Refuses unless something holds. */
export function demand(holds: boolean, where: string, reason: string): asserts holds {
  if (!holds) reject(where, reason);
}
