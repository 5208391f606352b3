/** Certificates and witnesses as files: one for each claim, under names that say which, and the command that replays it. */
import { dirname, join, relative, resolve } from 'node:path';
import { formatNumber, stringifyResult, type ResultValue } from '../../batch/json.js';
import { certificateJson } from '../../proof/certificate-json.js';
import type { Json } from '../../proof/json.js';
import type { RawBatch, Verdict } from '../../proof/verdict.js';
import { FORMAT_VERSION } from '../../report/diagnostics-json.js';
import { placed, titleOf, type Placed, type Replay, type Verified } from '../../report/verified.js';
import { settingsOf } from '../../report/witness-text.js';
import { Failure } from '../failure.js';
import { STDIN_NAME } from '../files.js';
import type { Io } from '../io.js';
import type { FileToWrite } from '../written.js';

const LONGEST = 48;

/** `no gradient domination` as `no-gradient-domination`. */
const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');

/** `real/03-no-gradient-domination`: the same for the same claims. */
export const stemOf = (verdict: Verdict): string =>
  `${verdict.objective}/${String(verdict.claim + 1).padStart(2, '0')}-${slugOf(titleOf(verdict))}`;

/** Two objectives of one name would overwrite each other's files. */
export function assertDistinct(files: readonly Verified[], option: string): void {
  const taken = new Map<string, string>();
  for (const { source, objectives } of files)
    for (const { name } of objectives) {
      // Some file systems do not tell upper from lower case.
      const other = taken.get(name.toLowerCase());
      if (other !== undefined)
        throw new Failure(
          `${option} has one folder for \`${name}\`, which both ${other} and ${source.name} hold`,
          'rename one, or run the command for each file',
        );
      taken.set(name.toLowerCase(), source.name);
    }
}

/** A certificate's file: the certificate, and which claim of which text it is of. `recheck` reads it. */
export interface StoredCertificate {
  readonly format_version: string;
  /** The path of the text, from the folder of the file. */
  readonly source: string;
  readonly objective: string;
  readonly claim: number;
  readonly label?: string;
  readonly text: string;
  readonly certificate: Json;
  /** Of a refuted claim. */
  readonly witness?: Json;
}

/** Plain JSON of what may hold numbers that JSON has none of. */
const plainJson = (value: unknown): Json =>
  JSON.parse(
    JSON.stringify(value, (_key, one: unknown) =>
      typeof one === 'number' && !Number.isFinite(one) ? formatNumber(one) : one,
    ),
  ) as Json;

/** Nothing for a claim that is not decided. */
export function storedCertificate(verdict: Verdict, source: string): StoredCertificate | undefined {
  const { certificate, witness, objective, claim, label, text, status } = verdict;
  if (certificate === undefined || status === 'unknown') return undefined;
  return {
    format_version: FORMAT_VERSION,
    source,
    objective,
    claim,
    ...(label === undefined ? {} : { label }),
    text,
    certificate: certificateJson(certificate),
    ...(witness === undefined ? {} : { witness: plainJson(witness) }),
  };
}

/** One for each claim that is decided; the source is named from where the certificate is. */
export function certificateFiles(io: Io, folder: string, files: readonly Verified[]): readonly FileToWrite[] {
  return placed(files).flatMap(({ file, verdict }) => {
    const name = join(folder, `${stemOf(verdict)}.json`);
    const path = resolve(io.cwd, name);
    const source = relative(dirname(path), resolve(io.cwd, file.source.name)).replaceAll('\\', '/');
    const stored = storedCertificate(verdict, source);
    return stored === undefined ? [] : [{ path, name, text: `${JSON.stringify(stored, null, 1)}\n` }];
  });
}

const asResult = (batch: RawBatch): ResultValue => batch as Readonly<Record<string, ResultValue>>;

function batchesText({ witness }: Verdict): string {
  const batches = (witness?.points ?? []).map(({ batch }) => stringifyResult(asResult(batch)));
  const [only, ...others] = batches;
  if (others.length === 0) return `${only ?? ''}\n`;
  // Several are read one a line; line ends between members are all that the layout adds.
  return batches.map((text) => `${text.replace(/\n\s*/g, ' ')}\n`).join('');
}

const hasBatch = ({ witness }: Verdict): boolean => (witness?.points.length ?? 0) > 0;

const witnessName = (folder: string, verdict: Verdict): string =>
  join(
    folder,
    `${stemOf(verdict)}.${(verdict.witness?.points.length ?? 0) > 1 ? 'jsonl' : 'json'}`,
  ).replaceAll('\\', '/');

/** The batches of each witness: one, or one a line. */
export function witnessFiles(io: Io, folder: string, files: readonly Verified[]): readonly FileToWrite[] {
  return placed(files).flatMap(({ verdict }: Placed) => {
    if (!hasBatch(verdict)) return [];
    const name = witnessName(folder, verdict);
    return [{ path: resolve(io.cwd, name), name, text: batchesText(verdict) }];
  });
}

/** A word of a command line; quoted where a shell would read it otherwise. */
const shellWord = (word: string): string =>
  /^[\p{L}\p{N}_./=+:@%,-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** The command by which a witness is seen: `eval` on its batch, or what writes that batch first. */
export const replayWith =
  (folder: string | undefined): Replay =>
  (file, verdict) => {
    const { source, objectives } = file;
    if (verdict.witness === undefined || !hasBatch(verdict) || source.name === STDIN_NAME) return undefined;
    const path = shellWord(source.name);
    if (folder === undefined)
      return `veriloss verify ${path} --only ${shellWord(titleOf(verdict))} --witnesses FOLDER`;
    const chosen = objectives.length > 1 ? ['--objective', verdict.objective] : [];
    const words = ['veriloss', 'eval', path, ...chosen, '--batch', shellWord(witnessName(folder, verdict))];
    return [...words, ...settingsOf(verdict.witness)].join(' ');
  };
