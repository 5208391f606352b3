/** `--format`, or VERILOSS_FORMAT where the line does not say it, and where the formatted text goes. */
import { resolve } from 'node:path';
import { oneOf } from './colour.js';
import type { Context } from './context.js';
import type { Environment } from './io.js';
import { writeAll } from './written.js';

/** Every format of any command. */
const FORMATS = [
  'text',
  'concise',
  'json',
  'github',
  'latex',
  'sarif',
  'junit',
  'markdown',
  'svg',
  'html',
] as const;

/** The format that is asked for; the variable counts for the commands that have that format. */
export function formatOf<const Format extends (typeof FORMATS)[number]>(
  env: Environment,
  given: Format | undefined,
  formats: readonly Format[],
): Format | undefined {
  const variable = env['VERILOSS_FORMAT'];
  if (given !== undefined || variable === undefined || variable === '') return given;
  const wanted = oneOf('VERILOSS_FORMAT', FORMATS)(variable);
  return formats.find((format) => format === wanted);
}

/** Puts a result where `--output` says, or on stdout. */
export function deliver({ io, out }: Context, output: string | undefined, text: string): void {
  if (output === undefined) out.data(text);
  else writeAll([{ path: resolve(io.cwd, output), name: output, text }]);
}
