/** A mistake of the person who started the trainer: told in one line, without a stack, with exit code 2. */

const usageErrorName = 'UsageError';

export function usageError(message: string): Error {
  const error = new Error(message);
  error.name = usageErrorName;
  return error;
}

export function isUsageError(error: unknown): error is Error {
  return error instanceof Error && error.name === usageErrorName;
}
