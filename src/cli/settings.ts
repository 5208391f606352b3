/** Parameters as options give them: `--set tau=0.1`, repeated. */
import { numberOf } from '../batch/json.js';
import type { Program } from '../ir/program.js';
import { Failure } from './failure.js';

export type Settings = Readonly<Record<string, number>>;

/** Adds one `name=value` to those before it; for commander's option parser. */
export function addSetting(given: string, before: Settings = {}): Settings {
  const at = given.indexOf('=');
  const name = given.slice(0, Math.max(at, 0)).trim().normalize('NFC');
  const text = given.slice(at + 1).trim();
  if (name === '') throw new Failure(`--set is \`${given}\`, expected NAME=VALUE`, 'write `--set tau=0.5`');
  const value = numberOf(text) ?? (text === '' ? NaN : Number(text));
  if (Number.isNaN(value)) throw new Failure(`--set ${name} is \`${text}\`, expected a number`);
  if (Object.hasOwn(before, name)) throw new Failure(`--set gives \`${name}\` twice`);
  return { ...before, [name]: value };
}

/** The settings that an objective has parameters for, where several objectives share them. */
export const settingsFor = ({ params }: Program, given: Settings = {}): Settings =>
  Object.fromEntries(Object.entries(given).filter(([name]) => params.some((one) => one.name === name)));

/** A setting belongs to one of the objectives at least. */
export function assertOfSome(given: Settings = {}, programs: readonly Program[]): void {
  const names = programs.flatMap(({ params }) => params.map(({ name }) => name));
  const stray = Object.keys(given).find((name) => !names.includes(name));
  if (stray !== undefined)
    throw new Failure(
      `--set ${stray}: no objective here has a parameter \`${stray}\``,
      names.length === 0
        ? undefined
        : `they have ${[...new Set(names)].map((name) => `\`${name}\``).join(', ')}`,
    );
}
