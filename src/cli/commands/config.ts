/** `veriloss config`: the settings that apply to a file, and where each comes from. */
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { FORMAT_VERSION } from '../../report/diagnostics-json.js';
import { configs } from '../config/configs.js';
import { settingsOf, type Setting } from '../config/listed.js';
import type { Context } from '../context.js';
import { Failure } from '../failure.js';
import { shownPath } from '../files.js';
import { formatOf } from '../formats.js';
import { formatOption, withConfig, type ConfigOptions } from '../options.js';

const FORMATS = ['text', 'json'] as const;

interface Options extends ConfigOptions {
  readonly format?: (typeof FORMATS)[number];
}

const HELP = `
A configuration is veriloss.config.json, veriloss.config.mjs, the member "veriloss" of package.json, or the table
[tool.veriloss] of pyproject.toml. Of the folder of an objective and those above it, the closest one that has a
configuration configures it; in one folder, the first of this list does. Configurations are not merged.

Exit codes
  0  shown
  2  wrong usage, a configuration that cannot be used

Examples
  veriloss config                        the settings of the current folder
  veriloss config objectives/grpo.obj    those of a file
  veriloss config --format json
`;

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function table(settings: readonly Setting[]): string {
  const rows = settings.map(
    ({ key, value, origin }) => [key, value === undefined ? '–' : shown(value), origin] as const,
  );
  const width = (at: 0 | 1): number => Math.max(...rows.map((row) => row[at].length));
  return rows
    .map(([key, value, origin]) => `${key.padEnd(width(0))}  ${value.padEnd(width(1))}  ${origin}\n`)
    .join('');
}

async function config({ io, out }: Context, path: string, options: Options): Promise<void> {
  const found = configs(io, options);
  const stats = statSync(resolve(io.cwd, path), { throwIfNoEntry: false });
  if (stats === undefined) throw new Failure(`there is no ${path}`);
  // A folder is configured as a file in it would be.
  const applied = await found.ofFile(stats.isDirectory() ? join(path, 'objective.obj') : path);
  const file = applied.file === undefined ? undefined : shownPath(io, applied.file);
  const settings = settingsOf(applied.config, file ?? 'default');
  if (formatOf(io.env, options.format, FORMATS) === 'json') {
    const document = {
      format_version: FORMAT_VERSION,
      path,
      file: file ?? null,
      settings: Object.fromEntries(
        settings.map(({ key, value, origin }) => [key, { value: value ?? null, origin }]),
      ),
    };
    out.data(`${JSON.stringify(document, null, 2)}\n`);
    return;
  }
  out.data(`${path} is configured by ${file ?? 'no file'}\n\n${table(settings)}`);
}

export function defineConfig(program: Command, context: Context): void {
  const command = program
    .command('config')
    .summary('the settings that apply to a file, and where they come from')
    .description('Shows the settings that apply to a file, and where each comes from.')
    .argument('[path]', 'a file or a folder (default: the current folder)')
    .addOption(formatOption(FORMATS));
  withConfig(command)
    .addHelpText('after', HELP)
    .action((path: string | undefined, options: Options) => config(context, path ?? '.', options));
}
