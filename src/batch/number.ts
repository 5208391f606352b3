/** Numbers as they are written at the boundary: JSON numbers, and strings for what JSON has no numbers for. */

const named: ReadonlyMap<string, number> = new Map([
  ['NaN', NaN],
  ['nan', NaN],
  ['inf', Infinity],
  ['+inf', Infinity],
  ['-inf', -Infinity],
  ['Infinity', Infinity],
  ['+Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/** The number that a JSON value stands for; `undefined` for anything else, numerals in quotes included. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? named.get(value) : undefined;
}

/** Shortest text that reads back as the same double: `NaN`, `inf`, `-inf`, `-0`, or a JSON number. */
export function formatNumber(value: number): string {
  if (value === Infinity) return 'inf';
  if (value === -Infinity) return '-inf';
  return Object.is(value, -0) ? '-0' : String(value);
}

const SHOWN = 30;

/** What was found in place of a number, in words that fit after "is" and "found". */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return value === undefined ? 'nothing' : 'an object';
  const short = value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
  return `the text ${JSON.stringify(short)}`;
}
