/** An objective file as a command works on it: read, analysed, judged by its configuration, one objective of it chosen. */
import { analyze, type Analysis, type Unit } from '../compile.js';
import { hasErrors } from '../base/diagnostic.js';
import { nearest } from '../base/suggest.js';
import { withSeverities } from '../report/severities.js';
import type { Configs } from './config/configs.js';
import { Failure, WrongProgram } from './failure.js';
import type { TextFile } from './files.js';

export interface Loaded {
  readonly analysis: Analysis;
  readonly unit: Unit;
}

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** Analyses a file; its diagnostics have the severities that its configuration gives them. */
async function judged(
  { name, text, resolve }: TextFile,
  configs: Configs,
  pedantic: boolean,
): Promise<Analysis> {
  const { config } = await configs.ofFile(name);
  const analysis = analyze(text, name, resolve);
  const diagnostics = withSeverities(analysis.diagnostics, { rules: config.rules ?? {}, pedantic });
  return { ...analysis, diagnostics };
}

/** Analyses files, right or wrong. */
export async function analyses(
  files: readonly TextFile[],
  configs: Configs,
  pedantic = false,
): Promise<readonly Analysis[]> {
  const all: Analysis[] = [];
  for (const file of files) all.push(await judged(file, configs, pedantic));
  return all;
}

/** Analyses files; errors in any of them end the command, with exit code 1. */
export async function analyzed(files: readonly TextFile[], configs: Configs): Promise<readonly Analysis[]> {
  const all = await analyses(files, configs);
  if (all.some(({ diagnostics }) => hasErrors(diagnostics))) throw new WrongProgram(all);
  return all;
}

/** The objective that is asked for by name, or the only one of the file. */
export async function load(file: TextFile, wanted: string | undefined, configs: Configs): Promise<Loaded> {
  const [analysis] = await analyzed([file], configs);
  const units = analysis?.units ?? [];
  const names = units.map(({ program }) => program.name);
  if (wanted === undefined && names.length > 1)
    throw new Failure(
      `${file.name} holds ${names.length} objectives: ${quoted(names)}`,
      `choose one: \`--objective ${names[0] ?? ''}\``,
    );
  const unit = units.find(({ program }) => wanted === undefined || program.name === wanted);
  if (analysis !== undefined && unit !== undefined) return { analysis, unit };
  if (wanted === undefined) throw new Failure(`${file.name} holds no objective`);
  const meant = nearest(wanted, names);
  throw new Failure(
    `${file.name} has no objective \`${wanted}\``,
    meant === undefined ? `it has ${quoted(names)}` : `did you mean \`${meant}\`?`,
  );
}
