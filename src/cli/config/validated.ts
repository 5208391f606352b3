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

/** The keys that stand beside an unknown one. */
function known(issue: Issue): readonly string[] {
  const entries: Readonly<Record<string, v.GenericSchema>> = configSchema.entries;
  const [parent] = (issue.path ?? []).slice(0, -1);
  if (parent === undefined) return Object.keys(entries);
  const schema = entries[String(parent.key)];
  const wrapped = schema !== undefined && 'wrapped' in schema ? schema.wrapped : undefined;
  return typeof wrapped === 'object' && wrapped !== null && 'entries' in wrapped
    ? Object.keys(wrapped.entries as object)
    : [];
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

function failureOf(file: string, issue: Issue): Failure {
  if (issue.type === 'strict_object' && issue.expected === 'never') return unknownKey(file, issue);
  const key = keyOf(issue);
  const { input, message } = issue;
  const found = Array.isArray(input) && input.length === 0 ? 'an empty list' : describe(input);
  return new Failure(
    `${file}: ${key === '' ? 'the configuration' : `\`${key}\``} is ${found}, expected ${message}`,
  );
}

/** The configuration that a value is, or a failure that names the first key that does not fit. */
export function validated(file: string, value: unknown): Config {
  const result = v.safeParse(configSchema, value);
  // Not the output, into which defaults are written: who asks where a setting comes from wants to know.
  if (result.success) return value as Config;
  throw failureOf(file, result.issues[0]);
}
