/** Test vectors for a comparison: drawn anew, or read from where they were written and held to the objective. */
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseBatch, type RawBatch } from '../batch/json.js';
import { compare } from '../conform/compare.js';
import { readStored, type Stored } from '../conform/read.js';
import type { DerivedProgram } from '../ir/program.js';
import { MANIFEST, VECTORS_FORMAT } from '../report/vectors-json.js';
import { fingerprintOf, withResults, type Vector } from '../vectors.js';
import { checkBatch } from '../evaluation.js';
import { resolveParams } from '../batch/params.js';
import { toleranceFor } from '../vectors/precision.js';
import { problemFailure } from './batches.js';
import { Failure } from './failure.js';
import { readText } from './files.js';
import type { Io } from './io.js';

/** A JSON object, or a failure that says where the text stops being one. */
export async function readObject(
  io: Io,
  path: string,
): Promise<{ readonly name: string; readonly raw: RawBatch }> {
  const { name, text } = await readText(io, path);
  const parsed = parseBatch(text);
  if ('raw' in parsed) return { name, raw: parsed.raw };
  const { line, column, message, hint } = parsed.problem;
  const said = message.replace(/^a batch is an object with one member per input/, 'expected an object');
  throw new Failure(`${name}:${line}:${column}: ${said}`, hint);
}

/** The vectors of a folder or a document, in the order of the manifest. */
export async function storedVectors(
  io: Io,
  path: string,
  program: DerivedProgram,
): Promise<readonly Vector[]> {
  const isFolder = statSync(resolve(io.cwd, path), { throwIfNoEntry: false })?.isDirectory() ?? false;
  const { name, raw } = await readObject(io, isFolder ? join(path, MANIFEST) : path);
  if (raw['format'] !== VECTORS_FORMAT)
    throw new Failure(
      `${name} holds no test vectors, expected \`"format": "${VECTORS_FORMAT}"\``,
      REWRITE(program),
    );
  const fingerprint = await fingerprintOf(program);
  if (raw['objective'] !== program.name)
    throw new Failure(
      `${name} holds vectors of \`${String(raw['objective'])}\`, expected \`${program.name}\``,
    );
  if (raw['fingerprint'] !== fingerprint)
    throw new Failure(`${name} holds vectors of another version of \`${program.name}\``, REWRITE(program));
  const listed = raw['vectors'];
  if (!Array.isArray(listed)) throw new Failure(`${name} has no list \`vectors\``, REWRITE(program));
  const vectors: Vector[] = [];
  for (const [at, one] of (listed as readonly unknown[]).entries()) {
    const place = isFolder
      ? await fileOf(io, path, name, one)
      : { name: `${name}: vectors[${at}]`, raw: one };
    vectors.push(heldTo(program, fingerprint, place.name, place.raw));
  }
  return vectors;
}

const REWRITE = ({ name }: DerivedProgram): string =>
  `write them anew: \`veriloss vectors FILE --objective ${name} -o FOLDER\``;

async function fileOf(
  io: Io,
  folder: string,
  manifest: string,
  entry: unknown,
): Promise<{ readonly name: string; readonly raw: unknown }> {
  const file = typeof entry === 'object' && entry !== null && 'file' in entry ? entry.file : undefined;
  if (typeof file !== 'string') throw new Failure(`${manifest} has a vector without \`file\``);
  return readObject(io, join(folder, file));
}

/** What a file says is held to what the objective gives now: a changed file is no test. */
function heldTo(program: DerivedProgram, fingerprint: string, place: string, raw: unknown): Vector {
  const read = readStored(raw, 'vector');
  if ('problem' in read) throw problemFailure(place, read.problem);
  const { value: stored } = read;
  if (stored.fingerprint !== fingerprint)
    throw new Failure(`${place} is of another version of \`${program.name}\``, REWRITE(program));
  const params = resolveParams(program.params, stored.case.params);
  if ('problem' in params) throw problemFailure(place, params.problem);
  const checked = checkBatch(program, stored.case.batch, stored.case.params);
  if ('problem' in checked) throw problemFailure(place, checked.problem);
  const vector = withResults(program, stored.case);
  if (!isSame(vector, stored))
    throw new Failure(
      `${place} has other numbers than \`${program.name}\` gives on its batch`,
      REWRITE(program),
    );
  return vector;
}

/** To what another version of a mathematical library may change. */
const isSame = (vector: Vector, { expected }: Stored): boolean =>
  compare(vector, expected, toleranceFor(vector, 1e-9)).wrong.length === 0;
