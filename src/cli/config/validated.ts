/** Holds the value of a configuration file to the schema; what does not fit is named, with what was expected. */
import * as v from 'valibot';
import { nearest } from '../../base/suggest.js';
import { describe } from '../../batch/number.js';
import { kinds } from '../../kinds.js';
import { Failure } from '../failure.js';
import type { Config } from './config.js';
import { configSchema } from './schema.js';

type Issue = v.InferIssue<typeof configSchema>;

/** `rules.W0201`, `include[0]`. */
const keyOf = (issue: Issue): string =>
  (issue.path ?? []).reduce((text, { key }) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');

interface ObjectSchema {
  readonly entries: Readonly<Record<string, unknown>>;
  /** What was expected. */
  readonly message: string;
}

const isObjectSchema = (schema: unknown): schema is ObjectSchema =>
  typeof schema === 'object' && schema !== null && 'entries' in schema;

/** The objects in a configuration, by key; the configuration itself has none. */
const OBJECTS: ReadonlyMap<string, ObjectSchema> = new Map(
  Object.entries({ '': configSchema, ...configSchema.entries }).flatMap(([key, schema]) => {
    const inner: unknown = 'wrapped' in schema ? schema.wrapped : schema;
    return isObjectSchema(inner) ? [[key, inner]] : [];
  }),
);

/** The keys that stand beside an unknown one. */
function known(issue: Issue): readonly string[] {
  const parent = issue.path?.at(-2)?.key;
  return Object.keys(OBJECTS.get(parent === undefined ? '' : String(parent))?.entries ?? {});
}

function unknownKey(file: string, issue: Issue): Failure {
  const key = String(issue.path?.at(-1)?.key);
  const isRule = issue.path?.[0]?.key === 'rules';
  if (isRule && kinds.some(({ code }) => code === key))
    return new Failure(
      `${file}: \`${key}\` is an error, and stays one`,
      'only warnings and notes have a severity to choose',
    );
  const names = known(issue);
  const meant = nearest(key, names);
  const hint =
    meant === undefined
      ? `there are ${names.map((name) => `\`${name}\``).join(', ')}`
      : `did you mean \`${meant}\`?`;
  const where =
    issue.path === undefined || issue.path.length < 2 ? '' : ` in \`${String(issue.path[0]?.key)}\``;
  return new Failure(`${file}: unknown ${isRule ? 'code' : 'key'} \`${key}\`${where}`, hint);
}

function misfit(file: string, key: string, found: unknown, expected: string): Failure {
  const what = Array.isArray(found) && found.length === 0 ? 'an empty list' : describe(found);
  const subject = key === '' ? 'the configuration' : `\`${key}\``;
  return new Failure(`${file}: ${subject} is ${what}, expected ${expected}`);
}

function failureOf(file: string, issue: Issue): Failure {
  if (issue.type === 'strict_object' && issue.expected === 'never') return unknownKey(file, issue);
  return misfit(file, keyOf(issue), issue.input, issue.message);
}

/** Valibot takes a list for an object. */
function assertNoList(file: string, value: unknown): void {
  for (const [key, { message }] of OBJECTS) {
    const member: unknown =
      key === '' ? value : (value as Readonly<Record<string, unknown>> | null | undefined)?.[key];
    if (Array.isArray(member)) throw misfit(file, key, member, message);
  }
}

/** The configuration that a value is, or a failure that names the first key that does not fit. */
export function validated(file: string, value: unknown): Config {
  assertNoList(file, value);
  const result = v.safeParse(configSchema, value);
  // Not the output, into which defaults are written: who asks where a setting comes from wants to know.
  if (result.success) return value as Config;
  throw failureOf(file, result.issues[0]);
}
