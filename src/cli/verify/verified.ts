/** The work of `veriloss verify`, and all that the prover is loaded for. */
import type { Analysis } from '../../compile.js';
import { counted } from '../../report/diagnostics-text.js';
import { verdictsLine } from '../../report/verdicts-text.js';
import { placed, type Verified } from '../../report/verified.js';
import { claimsOf, type Asked } from '../../verification.js';
import type { VerifyCommandOptions } from '../commands/verify.js';
import type { Configs } from '../config/configs.js';
import type { Context } from '../context.js';
import { EXIT, Failure } from '../failure.js';
import { objectiveFiles, type TextFile } from '../files.js';
import { deliver } from '../formats.js';
import { analyzed } from '../loaded.js';
import { cross } from '../output.js';
import { writeAll } from '../written.js';
import { decided } from './decided.js';
import { addToSummary } from './job-summary.js';
import { asked } from './only.js';
import { picturesOf } from './pictures.js';
import { rechecked, type Refusals } from './rechecked.js';
import { VERIFY_REPORTS } from './reports.js';
import { removeStale } from './stale.js';
import { assertDistinct, certificateFiles, replayWith, witnessFiles } from './stored.js';

/** Says what was expected where nothing is claimed: an empty report would look like success. */
function assertClaims(analyses: readonly Analysis[], claims: readonly Asked[]): void {
  if (claims.length > 0) return;
  const names = analyses.flatMap(({ units }) => units.map(({ program }) => `\`${program.name}\``));
  if (names.length === 0) throw new Failure('there is no objective, only definitions');
  const who =
    names.length === 1 ? `objective ${names[0] ?? ''} claims` : `${counted(names.length, 'objective')} claim`;
  throw new Failure(`${who} nothing`, 'write `verify "label" : claim` in an objective');
}

/** Writes certificates and batches, and removes what earlier runs wrote of claims that have none now. */
function store({ io }: Context, files: readonly Verified[], options: VerifyCommandOptions): void {
  const { certificates, witnesses, only } = options;
  if (certificates !== undefined) assertDistinct(files, '--certificates');
  if (witnesses !== undefined) assertDistinct(files, '--witnesses');
  const kinds = [
    { folder: certificates, filesOf: certificateFiles },
    { folder: witnesses, filesOf: witnessFiles },
  ];
  for (const { folder, filesOf } of kinds) {
    if (folder === undefined) continue;
    const written = filesOf(io, folder, files);
    writeAll(written);
    if (only === undefined) removeStale(io, folder, files, written);
  }
}

async function show(
  context: Context,
  analyses: readonly Analysis[],
  files: readonly Verified[],
  options: VerifyCommandOptions,
): Promise<void> {
  const { format, output, verbose = false, quiet = false, witnesses } = options;
  const replay = replayWith(witnesses);
  const pictures = format === 'html' ? { pictures: await picturesOf(analyses) } : {};
  const reportOptions = { replay, verbose, quiet, isFile: output !== undefined, ...pictures };
  deliver(context, output, VERIFY_REPORTS[format ?? 'text'](context, files, reportOptions));
  if (context.io.env['GITHUB_ACTIONS'] !== 'true') return;
  if (format === undefined) context.out.data(VERIFY_REPORTS.github(context, files, reportOptions));
  if (format === undefined || format === 'github') addToSummary(context, files, replay);
}

/** What is wrong with all of it, in a line; nothing where all is well. */
function wrongLine(files: readonly Verified[], refusals: Refusals | undefined): string | undefined {
  if (placed(files).some(({ verdict }) => !verdict.passes)) return verdictsLine(files);
  const refused = refusals?.lines.length ?? 0;
  return refused === 0
    ? undefined
    : `${refused} of ${counted(refusals?.checked ?? 0, 'certificate')} refused`;
}

export async function verified(
  context: Context,
  paths: readonly string[],
  options: VerifyCommandOptions,
  found: Configs,
): Promise<void> {
  const { io, out, settle } = context;
  const started = io.now();
  const { stdinFilename: stdinName } = options;
  const texts: readonly TextFile[] = await objectiveFiles(io, paths, { stdinName, applied: found.ofFolder });
  const analyses = await analyzed(texts, found);
  const claims = analyses.flatMap(claimsOf);
  assertClaims(analyses, claims);
  const only = asked(options.only, claims);
  const files = await decided(context, analyses, options, found, only);
  const refusals = options.recheck === undefined ? undefined : await rechecked(texts, files);

  store(context, files, options);
  await show(context, analyses, files, options);
  // A document on stdout is followed by nothing.
  const isText = (options.format ?? 'text') === 'text' || options.output !== undefined;
  for (const line of refusals?.lines ?? []) out.aside(cross(out.errorPaint, line));
  const wrong = wrongLine(files, refusals);
  if (wrong !== undefined) {
    if (isText) out.data(cross(out.paint, wrong));
    else out.aside(cross(out.errorPaint, wrong));
    settle(EXIT.wrong);
    return;
  }
  const also = refusals === undefined ? '' : `; ${counted(refusals.checked, 'certificate')} rechecked`;
  out.success(`${verdictsLine(files, io.now() - started)}${also}`, isText ? 'stdout' : 'stderr');
}
