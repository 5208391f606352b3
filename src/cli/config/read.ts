/** Reads what a configuration file says, in each of the forms it may have. What it may say is `schema.ts`. */
import { statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findFault } from '../../batch/malformed.js';
import { positionAt, source } from '../../base/source.js';
import { Failure } from '../failure.js';
import { readText, shownPath } from '../files.js';
import type { Io } from '../io.js';

/** The member of package.json, and the table under `[tool]` in pyproject.toml. */
const SECTION = 'veriloss';

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;

function json(name: string, text: string): unknown {
  const file = source(name, text);
  try {
    return JSON.parse(file.text);
  } catch {
    const { offset, message, hint } = findFault(file.text) ?? { offset: 0, message: 'the text is not JSON' };
    const { line, column } = positionAt(file, offset);
    const isComment = /^\/[/*]/.test(file.text.slice(offset));
    throw new Failure(`${name}:${line}:${column}: ${message}`, isComment ? 'JSON has no comments' : hint);
  }
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

async function toml(name: string, text: string): Promise<unknown> {
  const { parse, TomlError } = await import('smol-toml');
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const what = firstLine(error).replace(/^Invalid TOML document: /, '');
    throw new Failure(`${name}:${error.line}:${error.column}: the text is not TOML: ${what}`);
  }
}

async function module(name: string, path: string): Promise<unknown> {
  // A module is loaded once under one address, and may have changed since.
  const { mtimeMs, size } = statSync(path);
  let loaded: unknown;
  try {
    loaded = await import(`${pathToFileURL(path).href}?${mtimeMs}-${size}`);
  } catch (error) {
    throw new Failure(`${name} cannot be loaded: ${firstLine(error)}`);
  }
  const value = memberOf(loaded, 'default');
  if (value === undefined) throw new Failure(`${name} has no default export`, 'write `export default { … }`');
  return value;
}

/** What the file at an absolute path says; nothing where it is another tool's file that has no part for this one. */
export async function readConfigFile(io: Io, path: string): Promise<unknown> {
  const name = shownPath(io, path);
  const { text } = await readText(io, name);
  if (basename(path) === 'package.json')
    return text.includes(`"${SECTION}"`) ? memberOf(json(name, text), SECTION) : undefined;
  if (extname(path) === '.toml')
    return text.includes(SECTION) ? memberOf(memberOf(await toml(name, text), 'tool'), SECTION) : undefined;
  return extname(path) === '.mjs' ? module(name, path) : json(name, text);
}

/** Likewise of a file that the user names, which has to say something. */
export async function readNamedConfig(io: Io, path: string): Promise<unknown> {
  const name = shownPath(io, path);
  if (!['.json', '.mjs', '.toml'].includes(extname(path)))
    throw new Failure(`--config is \`${name}\`, expected a name that ends in .json, .mjs or .toml`);
  const value = await readConfigFile(io, path);
  if (value !== undefined) return value;
  const part = extname(path) === '.toml' ? `table [tool.${SECTION}]` : `member "${SECTION}"`;
  throw new Failure(`${name} has no ${part}`);
}
