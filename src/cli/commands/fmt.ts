/** `veriloss fmt`: the canonical layout of objectives, in place, as a check or as a difference. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { source } from '../../base/source.js';
import { counted, diagnosticsText, tally, type Reported } from '../../report/diagnostics-text.js';
import type { Context } from '../context.js';
import { EXIT, Failure } from '../failure.js';
import { objectiveFiles, readText, type TextFile } from '../files.js';
import { unifiedDiff } from '../line-diff.js';
import { cross, tick } from '../output.js';
import { writeAll } from '../written.js';

interface Options {
  readonly check?: true;
  readonly diff?: true;
  readonly stdinFilename?: string;
}

const HELP = `
Puts objectives into the one layout that there is: nothing but blanks and line ends is changed, never a token or a
comment. A file with mistakes of syntax stays as it is, and its mistakes are shown; the others are formatted. Folders
are searched for .obj and .objective; meshes and compilers' object files, which share .obj, are passed over there.
Standard input is formatted to standard output.

Exit codes
  0  formatted; with --check or --diff, already formatted
  1  a file has mistakes of syntax; with --check or --diff, a file is not formatted
  2  wrong usage, a file that cannot be read or written

Examples
  veriloss fmt                                every objective in objectives/
  veriloss fmt --check                        for CI: writes nothing, names what is not formatted
  veriloss fmt objectives/mine.obj --diff     what would change, as \`patch\` reads it
  cat x.obj | veriloss fmt - --stdin-filename x.obj
`;

interface Changed {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}
interface Outcome {
  readonly changed: readonly Changed[];
  readonly wrong: readonly Reported[];
  readonly count: number;
}

async function formatAll(files: readonly TextFile[]): Promise<Outcome> {
  // The other commands do without the printer.
  const { format } = await import('../../format/format.js');
  const changed: Changed[] = [];
  const wrong: Reported[] = [];
  for (const { name, text, byteOrderMark } of files) {
    const formatted = format(text, name);
    const before = byteOrderMark === undefined ? text : `\uFEFF${text}`;
    if ('diagnostics' in formatted)
      wrong.push({ source: source(name, text), diagnostics: formatted.diagnostics });
    else if (formatted.text !== before) changed.push({ name, before, after: formatted.text });
  }
  return { changed, wrong, count: files.length };
}

/** The frames of the files that cannot be formatted, and how many there are. */
function showWrong({ out, settle }: Context, { wrong, count }: Outcome): void {
  if (wrong.length === 0) return;
  out.aside(diagnosticsText(wrong, out.errorPaint));
  out.aside(cross(out.errorPaint, `${tally(wrong)}; ${wrong.length} of ${counted(count, 'file')} wrong`));
  settle(EXIT.wrong);
}

function coloured({ out: { paint } }: Context, diff: string): string {
  const line = (text: string): string => {
    if (/^(?:---|\+\+\+) /.test(text)) return paint.bold(text);
    if (text.startsWith('@@')) return paint.cyan(text);
    return text.startsWith('-') ? paint.red(text) : text.startsWith('+') ? paint.green(text) : text;
  };
  return diff.split('\n').map(line).join('\n');
}

/** Writes nothing: shows the differences, or names the files that have some. */
function compare(context: Context, outcome: Outcome, { diff }: Options): void {
  const { out, settle } = context;
  const { changed, wrong, count } = outcome;
  for (const { name, before, after } of changed) {
    if (diff) out.data(coloured(context, unifiedDiff(name, before, after)));
    else out.aside(cross(out.errorPaint, `${name} is not formatted`));
  }
  const [say, paint] = diff ? [out.aside, out.errorPaint] : [out.data, out.paint];
  if (changed.length > 0) {
    out.note(`\`veriloss fmt\` formats ${changed.length === 1 ? 'it' : 'them'}`);
    settle(EXIT.wrong);
  } else if (wrong.length === 0) say(tick(paint, `${counted(count, 'file')} already formatted`));
  showWrong(context, outcome);
}

function write(context: Context, outcome: Outcome): void {
  const { io, out } = context;
  const { changed, wrong, count } = outcome;
  writeAll(changed.map(({ name, after }) => ({ path: resolve(io.cwd, name), name, text: after })));
  const same = count - changed.length - wrong.length;
  const also = same === 0 ? '' : `, ${same} already ${same === 1 ? 'was' : 'were'}`;
  if (changed.length > 0) out.data(tick(out.paint, `${counted(changed.length, 'file')} formatted${also}`));
  else if (same > 0) out.data(tick(out.paint, `${counted(same, 'file')} already formatted`));
  showWrong(context, outcome);
}

async function fmt(context: Context, paths: readonly string[], options: Options): Promise<void> {
  const { io, out } = context;
  const compares = options.check === true || options.diff === true;
  if (!paths.includes('-')) {
    const outcome = await formatAll(await objectiveFiles(io, paths));
    if (compares) compare(context, outcome, options);
    else write(context, outcome);
    return;
  }
  if (paths.length > 1) throw new Failure('standard input is formatted alone', 'name files, or `-`');
  const file = await readText(io, '-', options.stdinFilename);
  const outcome = await formatAll([file]);
  if (compares) {
    compare(context, outcome, options);
    return;
  }
  if (outcome.wrong.length === 0) out.data(outcome.changed[0]?.after ?? file.text);
  showWrong(context, outcome);
}

export function defineFmt(program: Command, context: Context): void {
  program
    .command('fmt')
    .summary('the layout of objectives')
    .description('Formats objectives in place.')
    .argument('[paths...]', 'files or folders, - for standard input (default: objectives/)')
    .option('--check', 'write nothing; name the files that are not formatted, and exit with 1')
    .option('--diff', 'write nothing; print what would change, and exit with 1')
    .option('--stdin-filename <name>', 'what diagnostics call standard input')
    .addHelpText('after', HELP)
    .action((paths: readonly string[], options: Options) => fmt(context, paths, options));
}
