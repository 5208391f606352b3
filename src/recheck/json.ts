/** Reading JSON that nobody has looked at: each part is what is expected, or the certificate is refused with its place. */
import { reject } from './rejection.js';

export type Fields = Readonly<Record<string, unknown>>;

const shown = (value: unknown): string => {
  const written = value === undefined ? 'nothing' : JSON.stringify(value);
  return written.length > 60 ? `${written.slice(0, 57)}...` : written;
};

/** Refuses with what was expected and what was found. */
export const unexpected = (value: unknown, what: string, where: string): never =>
  reject(where, `expected ${what}, found ${shown(value)}`);

export function fields(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return unexpected(value, 'an object', where);
  return value as Fields;
}

export function list(value: unknown, where: string): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : unexpected(value, 'a list', where);
}

export function string(value: unknown, where: string): string {
  return typeof value === 'string' ? value : unexpected(value, 'a text', where);
}

export function oneOf<Choice extends string>(
  value: unknown,
  choices: readonly Choice[],
  where: string,
): Choice {
  const found = choices.find((choice) => choice === value);
  return found ?? unexpected(value, choices.map((choice) => `"${choice}"`).join(' or '), where);
}

/** Reads each member of a list. */
export const each = <Value>(
  value: unknown,
  where: string,
  read: (one: unknown, where: string) => Value,
): readonly Value[] => list(value, where).map((one, at) => read(one, `${where}[${String(at)}]`));
