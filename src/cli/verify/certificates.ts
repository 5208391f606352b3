/** Certificates as files: found, read, and checked against the text that each is about. */
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { hasErrors } from '../../base/diagnostic.js';
import { parseBatch } from '../../batch/json.js';
import { analyze } from '../../compile.js';
import { claimText } from '../../report/claim-text.js';
import { Failure } from '../failure.js';
import { readText, shownPath, type TextFile } from '../files.js';
import type { Io } from '../io.js';
import { placeText } from './rechecked.js';

/** What became of one certificate. */
export interface Judgement {
  readonly name: string;
  readonly objective?: string;
  /** The claim's label, or its text. */
  readonly title?: string;
  readonly accepted: boolean;
  /** Why it is refused. */
  readonly reason?: string;
}

const isFolder = (io: Io, path: string): boolean =>
  statSync(resolve(io.cwd, path), { throwIfNoEntry: false })?.isDirectory() ?? false;

async function within(io: Io, folder: string): Promise<readonly string[]> {
  const { glob } = await import('tinyglobby');
  const cwd = resolve(io.cwd, folder);
  io.onRead(cwd, 'folder');
  const found = await glob(['**/*.json'], { cwd, expandDirectories: false, ignore: ['**/node_modules/**'] });
  return found.sort().map((name) => shownPath(io, resolve(cwd, name)));
}

/** The certificates that paths name, each once; of a folder, every .json file in it. */
export async function certificatePaths(io: Io, paths: readonly string[]): Promise<readonly string[]> {
  const names = new Map<string, string>();
  for (const path of paths)
    for (const name of isFolder(io, path) ? await within(io, path) : [path])
      if (!names.has(resolve(io.cwd, name))) names.set(resolve(io.cwd, name), name);
  return [...names.values()];
}

interface Members {
  readonly source: string;
  readonly objective: string;
  readonly claim: number;
  readonly label?: string;
  readonly text: string;
  readonly certificate: unknown;
  readonly witness?: unknown;
}

type Read = { readonly members: Members } | { readonly reason: string };

/** The members of a certificate's file, or what it has in their place. */
function membersOf(text: string): Read {
  const parsed = parseBatch(text);
  if ('problem' in parsed) {
    const { line, column } = parsed.problem;
    const message = parsed.problem.message.replace(
      /^a batch is an object with .*, found/,
      'expected an object, found',
    );
    return { reason: `${line}:${column}: ${message}` };
  }
  const {
    source,
    objective,
    claim,
    label,
    text: wording,
    certificate,
    witness,
    format_version: format,
  } = parsed.raw;
  if (typeof format !== 'string' || !/^1\.\d+$/.test(format))
    return { reason: 'it is no certificate of this format, expected `"format_version": "1.…"`' };
  if (typeof source !== 'string') return { reason: 'it has no `source`, the path of its text' };
  if (typeof objective !== 'string' || typeof wording !== 'string' || typeof claim !== 'number')
    return { reason: 'it does not say which claim it is of: `objective`, `claim` and `text`' };
  return {
    members: {
      source,
      objective,
      claim,
      text: wording,
      certificate,
      ...(typeof label === 'string' ? { label } : {}),
      ...(witness === undefined ? {} : { witness }),
    },
  };
}

/** Whether the certificate itself is of the claim that its file says. */
function isOf({ certificate, objective, claim }: Members): boolean {
  if (typeof certificate !== 'object' || certificate === null) return false;
  const { objective: own, claim: at } = certificate as Readonly<Record<string, unknown>>;
  return own === objective && at === claim;
}

/** Why the claim is not that of the text today; nothing where it is. */
function changed(file: TextFile, { objective, claim, text: wording }: Members): string | undefined {
  const { source, units, diagnostics } = analyze(file.text, file.name, file.resolve);
  if (hasErrors(diagnostics)) return `${file.name} is wrong: \`veriloss check ${file.name}\` says how`;
  const unit = units.find(({ program }) => program.name === objective);
  if (unit === undefined) return `${file.name} has no objective \`${objective}\``;
  const found = unit.program.claims[claim];
  if (found === undefined)
    return `\`${objective}\` has ${unit.program.claims.length} claims, expected more than ${claim}`;
  const { text } = claimText(source, found.span);
  return text === wording ? undefined : `the claim is \`${text}\` today, expected \`${wording}\``;
}

/** The text that a certificate is about; nothing where it cannot be read. */
async function textOf(io: Io, name: string, source: string): Promise<TextFile | string> {
  try {
    return await readText(io, shownPath(io, resolve(dirname(resolve(io.cwd, name)), source)));
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
}

/** Reads and checks one certificate. That it cannot be checked is a refusal, too. */
export async function readCertificate(io: Io, name: string): Promise<Judgement> {
  const { recheck } = await import('../../recheck.js');
  const read = membersOf((await readText(io, name)).text);
  if ('reason' in read) return { name, accepted: false, reason: read.reason };
  const { members } = read;
  const about = { name, objective: members.objective, title: members.label ?? members.text };
  const refused = (reason: string): Judgement => ({ ...about, accepted: false, reason });
  if (!isOf(members)) return refused('`certificate` is not of the claim that the file names');
  const file = await textOf(io, name, members.source);
  if (typeof file === 'string') return refused(file);
  const difference = changed(file, members);
  if (difference !== undefined) return refused(difference);
  const { certificate, witness } = members;
  const { text, name: source, resolve: find } = file;
  const request = { text, name: source, resolve: find, certificate };
  const found = recheck(witness === undefined ? request : { ...request, witness });
  return found.accepted ? { ...about, accepted: true } : refused(`${found.reason}${placeText(found)}`);
}
