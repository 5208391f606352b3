/** The error for a batch or a parameter that breaks its contract. A class, so that callers can tell it by `instanceof`. */

export class BatchError extends Error {
  override readonly name = 'BatchError';
  /** Where: `reward[3]`, `logp[0][2]`; empty for the whole batch. */
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}
