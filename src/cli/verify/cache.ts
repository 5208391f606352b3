/**
 * Verdicts kept between runs: a file for each text with its imports, under the options and the versions of prover and
 * compiler that they were found with. An entry that is damaged, or of anything else, is as if it were not there.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { VERSION } from '../../base/version.js';
import { formatNumber, numberOf } from '../../batch/number.js';
import type { Analysis } from '../../compile.js';
import type { Verdict } from '../../proof/verdict.js';
import { claimName, PROVER, type Asked } from '../../verification.js';
import { Failure } from '../failure.js';
import { writeAll } from '../written.js';

const FORMAT = 2;
/** Texts of which verdicts are kept: those that were written last. */
const MOST_TEXTS = 1000;
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What JSON has no form for: big integers, and doubles that are no JSON numbers. */
function encoded(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return { $integer: String(value) };
  if (typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))) return value;
  return { $number: formatNumber(value) };
}

function decoded(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$integer' in value) return BigInt(String(value.$integer));
  if ('$number' in value) return value.$number === '-0' ? -0 : numberOf(value.$number);
  return value;
}

export interface VerdictCache {
  readonly has: (claim: Asked) => boolean;
  /** The kept verdict, or what `prove` finds, which is kept from now on. */
  readonly decide: (claim: Asked, prove: () => Verdict) => Verdict;
  /** Writes what was added. That this fails is no failure of the command. */
  readonly save: () => void;
}

type Entries = Record<string, Verdict>;

/** The first line is the digest of the rest. */
function readEntries(path: string): Entries {
  try {
    const [sum, body = ''] = readFileSync(path, 'utf8').split('\n');
    // What has the digest that was written with it is what was written.
    return sum === digest(body) ? (JSON.parse(body, decoded) as Entries) : {};
  } catch {
    return {};
  }
}

function write(path: string, entries: Entries): void {
  const body = JSON.stringify(entries, encoded);
  try {
    writeAll([{ path, name: path, text: `${digest(body)}\n${body}` }]);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
}

/** Removes what was written first, where there is more than is kept; that this fails is no failure of the command. */
export function prune(folder: string, most = MOST_TEXTS): void {
  try {
    const entries = readdirSync(folder).filter((name) => /^[0-9a-f]{64}\.json$/.test(name));
    if (entries.length <= most) return;
    const dated = entries.map((name) => ({
      path: join(folder, name),
      at: statSync(join(folder, name)).mtimeMs,
    }));
    dated.sort((a, b) => b.at - a.at);
    for (const { path } of dated.slice(most)) rmSync(path, { force: true });
  } catch {
    // Another run may be at it.
  }
}

/** The verdicts that are kept of a text: of all that it imports, under a budget, by this prover. */
export function verdictCache(folder: string, { sources }: Analysis, budget: number): VerdictCache {
  const key = [FORMAT, PROVER, VERSION, budget, ...sources.map(({ text }) => text)];
  const path = join(folder, `${digest(JSON.stringify(key))}.json`);
  const kept = readEntries(path);
  const found: Entries = {};
  return {
    has: (claim) => Object.hasOwn(kept, claimName(claim)),
    decide: (claim, prove) => {
      const name = claimName(claim);
      const verdict = (Object.hasOwn(kept, name) ? kept[name] : undefined) ?? prove();
      found[name] = verdict;
      return verdict;
    },
    save: () => {
      if (Object.keys(found).every((name) => Object.hasOwn(kept, name))) return;
      write(path, { ...kept, ...found });
      prune(folder);
    },
  };
}
