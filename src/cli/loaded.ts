/** An objective file as a command works on it: read, analysed, and one objective of it chosen. */
import { analyze, type Analysis, type Unit } from '../compile.js';
import { hasErrors } from '../base/diagnostic.js';
import { nearest } from '../base/suggest.js';
import { Failure, WrongProgram } from './failure.js';
import type { TextFile } from './files.js';

export interface Loaded {
  readonly analysis: Analysis;
  readonly unit: Unit;
}

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** Analyses files; errors in any of them end the command, with exit code 1. */
export function analyzed(files: readonly TextFile[]): readonly Analysis[] {
  const analyses = files.map(({ name, text, resolve }) => analyze(text, name, resolve));
  if (analyses.some(({ diagnostics }) => hasErrors(diagnostics))) throw new WrongProgram(analyses);
  return analyses;
}

/** The objective that is asked for by name, or the only one of the file. */
export function load(file: TextFile, wanted: string | undefined): Loaded {
  const [analysis] = analyzed([file]);
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
