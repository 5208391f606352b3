/** `veriloss explain`: an objective in closed form, or what a code means. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { DiagnosticKind } from '../../base/diagnostic.js';
import { nearest } from '../../base/suggest.js';
import { analyze, explain, explainPlan, type Analysis } from '../../compile.js';
import { kinds } from '../../kinds.js';
import type { Resolve } from '../../link/link.js';
import { FORMAT_VERSION } from '../../report/diagnostics-json.js';
import { explainJson } from '../../report/explain-json.js';
import { explainLatex } from '../../report/explain-latex.js';
import { explainText } from '../../report/explain-text.js';
import type { Explanation } from '../../report/explanation.js';
import { kindText } from '../../report/kind-text.js';
import { planJson } from '../../report/plan-json.js';
import { planText } from '../../report/plan-text.js';
import { plain } from '../../base/frame.js';
import { configs } from '../config/configs.js';
import type { Context } from '../context.js';
import { Failure } from '../failure.js';
import { readText } from '../files.js';
import { deliver, formatOf } from '../formats.js';
import { load } from '../loaded.js';
import {
  formatOption,
  perform,
  withConfig,
  withStdinName,
  withWatch,
  type ConfigOptions,
  type WatchOption,
} from '../options.js';

const FORMATS = ['text', 'latex', 'json'] as const;
/** Of a code, and of a plan. */
const DATA_FORMATS = ['text', 'json'] as const;

interface Options extends ConfigOptions, WatchOption {
  readonly objective?: string;
  readonly plan?: true;
  readonly format?: (typeof FORMATS)[number];
  readonly output?: string;
  readonly stdinFilename?: string;
}

const HELP = `
Of a file: every name with its level and domain, the gradient weights and the gradients in closed form, and the side
that is taken at each kink. Of a code: what it means, a program that gives it, and the same program put right.

With --plan: the loops in which kernels compute each loss with its gradients, alone and with the metrics, and the metrics
alone. What is computed and gathered in each, what a walk over the tokens reads and waits for, and the bytes per token
beside the least possible.

Exit codes
  0  explained
  1  the program is wrong
  2  wrong usage, an unknown code

Examples
  veriloss explain objectives/real.obj
  veriloss explain objectives/real.obj --format latex -o real.tex
  veriloss explain objectives/real.obj --watch
  veriloss explain objectives/real.obj --plan
  veriloss explain E0301
`;

const json = (members: object): string =>
  `${JSON.stringify({ format_version: FORMAT_VERSION, ...members }, null, 2)}\n`;

const EXAMPLE = 'example.obj';
/** What the programs of a kind may import: themselves, too. */
const example =
  ({ files = {}, bad }: DiagnosticKind): Resolve =>
  (path) => {
    const text = path === EXAMPLE ? bad : Object.hasOwn(files, path) ? files[path] : undefined;
    return text === undefined ? undefined : { name: path, text };
  };

/** A letter and digits, as no file is called. */
const isCode = (word: string): boolean => /^[a-z]\d+$/i.test(word);

/** A hint: the code that differs in one character, else the one of the same letter whose number is nearest. */
function nearestCode(code: string): string {
  const codes = kinds.map((one) => one.code);
  const far = (one: string): number => Math.abs(Number(one.slice(1)) - Number(code.slice(1)));
  const [closest] = codes.filter((one) => one.startsWith(code.charAt(0))).sort((a, b) => far(a) - far(b));
  const meant = nearest(code, codes);
  if (meant !== undefined) return `did you mean \`${meant}\`?`;
  return closest === undefined ? 'codes begin with E, W or V' : `the nearest is \`${closest}\``;
}

function kindOf(word: string): DiagnosticKind {
  const code = word.toUpperCase();
  const kind = kinds.find((one) => one.code === code);
  if (kind !== undefined) return kind;
  throw new Failure(`there is no code ${code}`, nearestCode(code));
}

/** The program of a kind with what is said of it; claims are decided only for codes about them. */
async function analysisOf(kind: DiagnosticKind): Promise<Analysis> {
  if (!kind.code.startsWith('V')) return analyze(kind.bad, EXAMPLE, example(kind));
  const { diagnosticsWithVerdicts } = await import('../../verification.js');
  return diagnosticsWithVerdicts(kind.bad, EXAMPLE, example(kind));
}

function refuseLatex(format: Options['format'], of: string): void {
  if (format === 'latex') throw new Failure(`${of} has no LaTeX`, 'write `--format text` or `--format json`');
}

async function explainCode(
  context: Context,
  word: string,
  { format = 'text', output, plan }: Options,
): Promise<void> {
  const kind = kindOf(word);
  if (plan) throw new Failure('a code has no plan', 'leave `--plan` out, or name an objective file');
  refuseLatex(format, 'a code');
  const { code, severity, title, explanation, bad, good, files } = kind;
  const paint = output === undefined ? context.out.paint : plain;
  const text =
    format === 'json'
      ? json({ code, severity, title, explanation, bad, good, ...(files && { files }) })
      : kindText(kind, await analysisOf(kind), paint);
  deliver(context, output, text);
}

const TEXTS: Readonly<Record<(typeof FORMATS)[number], (explanation: Explanation) => string>> = {
  text: explainText,
  latex: explainLatex,
  json: (explanation) => json(explainJson(explanation)),
};

async function explainFile(context: Context, path: string, options: Options): Promise<void> {
  const { format = 'text', output, plan } = options;
  if (plan) refuseLatex(format, 'a plan');
  const file = await readText(context.io, path, options.stdinFilename);
  const { analysis, unit } = await load(file, options.objective, configs(context.io, options));
  if (plan) {
    const made = explainPlan(unit);
    deliver(context, output, format === 'json' ? json(planJson(made)) : planText(made));
    return;
  }
  const explanation = explain(unit, analysis.source, format === 'latex' ? 'latex' : 'unicode');
  deliver(context, output, TEXTS[format](explanation));
}

async function explainCommand(context: Context, word: string, given: Options): Promise<void> {
  const { cwd, env } = context.io;
  const isFile = statSync(resolve(cwd, word), { throwIfNoEntry: false }) !== undefined;
  const isAboutCode = isCode(word) && !isFile;
  // The variable speaks of what has such a format, and a code has no LaTeX.
  const format = formatOf(env, given.format, isAboutCode || given.plan ? DATA_FORMATS : FORMATS);
  const options = format === undefined ? given : { ...given, format };
  if (isAboutCode) await explainCode(context, word, options);
  else await explainFile(context, word, options);
}

export function defineExplain(program: Command, context: Context): void {
  const command = program
    .command('explain')
    .summary('an objective in closed form, or what a code means')
    .description('Explains an objective in closed form, or what the code of a diagnostic means.')
    .argument('<file|code>', 'an objective file, - for standard input; or a code such as E0301')
    .option('--objective <name>', 'which objective, where the file holds several')
    .option('--plan', 'the loops that compute it, and what they read and write')
    .addOption(formatOption(FORMATS))
    .option('-o, --output <file>', 'where the explanation goes (default: stdout)');
  withWatch(withConfig(withStdinName(command)))
    .addHelpText('after', HELP)
    .action((word: string, options: Options) =>
      perform(context, options, (own) => explainCommand(own, word, options)),
    );
}
