/** The line: text in, artefacts and diagnostics out. It calls one stage after the other and has no logic of its own. */
import { hasErrors, inOrder, type Diagnostic } from './base/diagnostic.js';
import { source, type Source } from './base/source.js';
import { check } from './check/check.js';
import type { Model } from './check/model.js';
import { calledIn } from './emit/javascript/called.js';
import type { EmittedFile, EmitOptions, Target } from './emit/index.js';
import { differentiate, reaches } from './grad/differentiate.js';
import { input } from './ir/build.js';
import type { Expr, Input } from './ir/expr.js';
import type { DerivedLoss, DerivedProgram, Loss, Program } from './ir/program.js';
import { link, modulesUnder, type Resolve } from './link/link.js';
import { lint } from './lint/run.js';
import { lower } from './lower/lower.js';
import { fusedPlans } from './plan/fused/plans.js';
import { explanation, type Explanation } from './report/explanation.js';
import type { Style } from './report/formula.js';
import { planned, type Planned } from './report/planned.js';
import { simplify } from './simplify/simplify.js';
import { parse } from './syntax/parse.js';
import { VERSION } from './base/version.js';
import { wordingOf } from './wording.js';

export interface Unit {
  readonly model: Model;
  readonly program: DerivedProgram;
}
export interface Analysis {
  readonly source: Source;
  /** The text itself, last, and before it every text that it imports. */
  readonly sources: readonly Source[];
  /** How many functions the text defines. */
  readonly definitions: number;
  /** One per objective, in order; empty when there are errors. */
  readonly units: readonly Unit[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Parses, checks, lowers and differentiates. `name` is what diagnostics call the text; `resolve` finds the files that it
 * imports, without which only the standard library can be imported.
 */
export function analyze(text: string, name = '<text>', resolve?: Resolve): Analysis {
  const file = source(name, text);
  const parsed = parse(file);
  const module = link(parsed, file, resolve);
  const checked = check(module);
  const sources = modulesUnder(module).map(({ source: one }) => one);
  const definitions = parsed.file.definitions.length;
  const found = inOrder([...parsed.diagnostics, ...checked.diagnostics]);
  if (hasErrors(found)) return { source: file, sources, definitions, units: [], diagnostics: found };
  const lowered = checked.models.map((model) => ({ model, ...lower(model) }));
  const linted = lowered.flatMap((one) => lint(one.model, one, file));
  const diagnostics = inOrder([...found, ...linted]);
  if (hasErrors(linted)) return { source: file, sources, definitions, units: [], diagnostics };
  const units = lowered.map(({ model, program }) => ({ model, program: derive(program) }));
  return { source: file, sources, definitions, units, diagnostics };
}

/** Adds to each loss its gradient with respect to each model input that it reaches. */
export function derive(program: Program): DerivedProgram {
  const declared = program.inputs
    .filter(({ role }) => role === 'model')
    .map(({ name, level }) => input('model', name, level));
  return {
    ...program,
    losses: program.losses.map((one) => ({ ...one, gradients: gradientsOf(one, declared) })),
  };
}

function gradientsOf({ loss }: Loss, declared: readonly Input[]): DerivedLoss['gradients'] {
  const reached = reaches(loss, declared);
  const models = declared.filter((_, at) => reached[at] === true);
  const values = differentiate(loss, models);
  return models.flatMap(({ name }, at) => {
    const value = values[at];
    return value === undefined ? [] : [{ input: name, value }];
  });
}

/** The same program as code computes it: simplified with rules that are safe in floating point, without names. */
export function forCode(program: DerivedProgram): DerivedProgram {
  const { losses, metrics } = program;
  const values = [
    ...losses.flatMap(({ loss, gradients }) => [loss, ...gradients.map(({ value }) => value)]),
    ...metrics.map(({ value }) => value),
  ];
  const simple = simplify(values, 'float').values();
  const next = (value: Expr): Expr => simple.next().value ?? value;
  return {
    ...program,
    losses: losses.map((one) => ({
      ...one,
      loss: next(one.loss),
      gradients: one.gradients.map((gradient) => ({ ...gradient, value: next(gradient.value) })),
    })),
    metrics: metrics.map((one) => ({ ...one, value: next(one.value) })),
  };
}

/** The objective, its weights and its gradients in closed form. */
export const explain = (unit: Unit, file: Source, style: Style): Explanation =>
  explanation(unit.program, wordingOf(unit.model, file), style);

/** The fused plans of its losses, with their gradients, and of its metrics: those that kernels are printed from. */
export function explainPlan({ program }: Unit): Planned {
  const simple = forCode(program);
  return planned(simple.name, fusedPlans(simple, calledIn(simple)));
}

export interface CompileOptions extends EmitOptions {
  /** What diagnostics call the text. */
  readonly name?: string;
  /** Which objective of the file; needed only where it holds several. */
  readonly objective?: string;
  readonly target?: Target;
  /** Finds the files that the text imports. */
  readonly resolve?: Resolve;
}
export interface Compilation {
  /** Empty when there are errors, or when the file holds no such objective. */
  readonly files: readonly EmittedFile[];
  readonly diagnostics: readonly Diagnostic[];
  readonly source: Source;
}

/** Compiles one objective of a text to code. Same text and options, same bytes. */
export async function compile(text: string, options: CompileOptions): Promise<Compilation> {
  const { source: file, sources, units, diagnostics } = analyze(text, options.name, options.resolve);
  const unit = units.find(
    ({ program }) => options.objective === undefined || program.name === options.objective,
  );
  if (unit === undefined) return { files: [], diagnostics, source: file };
  const sourceHash = await sha256(sources.map((one) => one.text).join('\0'));
  const { backendFor } = await import('./emit/index.js');
  const files = await backendFor(options.target ?? 'tfjs').emit(forCode(unit.program), {
    ...options,
    sourceHash,
    version: VERSION,
    wording: wordingOf(unit.model, file),
  });
  return { files, diagnostics, source: file };
}

/** The digest of a text, in hexadecimal. */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
