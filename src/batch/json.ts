/** Batches and results as JSON text. What a batch must hold is the business of `validate.ts`, not of this file. */
import { positionAt, source } from '../base/source.js';
import type { Problem } from './dense.js';
import { findFault } from './malformed.js';
import { describe, formatNumber } from './number.js';

export { formatNumber, numberOf } from './number.js';

/** A JSON object whose members nobody has looked at yet. */
export type RawBatch = Readonly<Record<string, unknown>>;

/** A problem of the text itself, with the place where it stops being a batch. */
export interface TextProblem extends Problem {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in Unicode code points. */
  readonly column: number;
}

export type ParsedBatch = { readonly raw: RawBatch } | { readonly problem: TextProblem };

/** The batches of a text with the 1-based line of each, or its first problem. */
export type ParsedBatches =
  | { readonly batches: readonly { readonly line: number; readonly raw: RawBatch }[] }
  | { readonly problem: TextProblem };

const isRecord = (value: unknown): value is RawBatch =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function read(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** Reads one batch: a JSON object. A byte-order mark and any kind of line end are accepted. */
export function parseBatch(text: string): ParsedBatch {
  const file = source('', text);
  const parsed = read(file.text);
  if (parsed === undefined) {
    const { offset, message, hint } = findFault(file.text) ?? { offset: 0, message: 'the text is not JSON' };
    const { line, column } = positionAt(file, offset);
    return { problem: { message, ...(hint === undefined ? {} : { hint }), path: '', line, column } };
  }
  if (isRecord(parsed.value)) return { raw: parsed.value };
  const message = `a batch is an object with one member per input, found ${describe(parsed.value)}`;
  return { problem: { message, path: '', line: 1, column: 1 } };
}

/** Reads JSON Lines: one batch per line that is not blank. Stops at the first line that is none. */
export function parseBatches(text: string): ParsedBatches {
  const batches: { readonly line: number; readonly raw: RawBatch }[] = [];
  for (const [at, content] of source('', text).text.split('\n').entries()) {
    if (content.trim() === '') continue;
    const parsed = parseBatch(content);
    if ('problem' in parsed) return { problem: { ...parsed.problem, line: at + 1 } };
    batches.push({ line: at + 1, raw: parsed.raw });
  }
  return { batches };
}

/** What a result may hold. Members that are `undefined` are left out. */
export type ResultValue =
  | number
  | string
  | boolean
  | null
  | Float64Array
  | readonly ResultValue[]
  | ReadonlyMap<string, ResultValue>
  | { readonly [name: string]: ResultValue | undefined };

const isMap = (value: object): value is ReadonlyMap<string, ResultValue> => value instanceof Map;
const isList = (value: object): value is readonly ResultValue[] => Array.isArray(value);

function numberText(value: number): string {
  const text = formatNumber(value);
  return Number.isFinite(value) ? text : `"${text}"`;
}

function write(value: ResultValue, indent: string): string {
  if (typeof value === 'number') return numberText(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof Float64Array) return `[${Array.from(value, numberText).join(', ')}]`;
  const inner = `${indent}  `;
  if (isList(value)) {
    const flat = value.every((one) => one === null || typeof one !== 'object');
    const items = value.map((one) => write(one, inner));
    if (flat) return `[${items.join(', ')}]`;
    return `[\n${items.map((item) => inner + item).join(',\n')}\n${indent}]`;
  }
  const members = [...(isMap(value) ? value : Object.entries(value))].flatMap(([name, member]) =>
    member === undefined ? [] : [`${inner}${JSON.stringify(name)}: ${write(member, inner)}`],
  );
  return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`;
}

/**
 * JSON text of a result, indented by two, each innermost list on one line. Every double reads back as itself; NaN and
 * the infinities are the strings "NaN", "inf" and "-inf". No line feed at the end.
 */
export const stringifyResult = (value: ResultValue): string => write(value, '');
