/** The formats of `veriloss verify`. */
import { plain } from '../../base/frame.js';
import { verdictsConcise } from '../../report/verdicts-concise.js';
import { verdictsGithub } from '../../report/verdicts-github.js';
import { verdictsHtml, type HtmlOptions } from '../../report/verdicts-html.js';
import { verdictsJson } from '../../report/verdicts-json.js';
import { verdictsJunit } from '../../report/verdicts-junit.js';
import { verdictsMarkdown } from '../../report/verdicts-markdown.js';
import { verdictsSarif } from '../../report/verdicts-sarif.js';
import { plainTable, verdictsText } from '../../report/verdicts-text.js';
import type { Replay, Verified } from '../../report/verified.js';
import { PROVER } from '../../verification.js';
import type { Context } from '../context.js';
import { inWorkspace } from '../workspace.js';

export const VERIFY_FORMATS = [
  'text',
  'concise',
  'json',
  'github',
  'sarif',
  'junit',
  'markdown',
  'html',
] as const;
export type VerifyFormat = (typeof VERIFY_FORMATS)[number];

export interface ReportOptions {
  readonly replay: Replay;
  readonly verbose: boolean;
  readonly quiet: boolean;
  /** Whether it goes to a file, which has no colour. */
  readonly isFile: boolean;
  /** Of a page that shows them. */
  readonly pictures?: HtmlOptions['pictures'];
}

type Report = (context: Context, files: readonly Verified[], options: ReportOptions) => string;

const rooted = ({ io }: Context, files: readonly Verified[]): readonly Verified[] =>
  files.map((file) => ({ ...file, source: inWorkspace(io, file.source) }));

/** What each format makes of verdicts. */
export const VERIFY_REPORTS: Readonly<Record<VerifyFormat, Report>> = {
  text: ({ out }, files, { replay, verbose, quiet, isFile }) =>
    verdictsText(files, { paint: isFile ? plainTable : out.paint, verbose, quiet, replay }),
  concise: ({ out }, files, { isFile }) => verdictsConcise(files, isFile ? plain : out.paint),
  json: (_context, files, { replay }) => verdictsJson(files, PROVER, replay),
  github: (context, files, { replay }) => verdictsGithub(rooted(context, files), replay),
  sarif: (context, files, { replay }) => verdictsSarif(rooted(context, files), replay),
  junit: (_context, files, { replay }) => verdictsJunit(files, replay),
  markdown: (_context, files, { replay }) => verdictsMarkdown(files, { replay }),
  html: (_context, files, { replay, pictures }) =>
    verdictsHtml(files, { prover: PROVER, replay, ...(pictures === undefined ? {} : { pictures }) }),
};
