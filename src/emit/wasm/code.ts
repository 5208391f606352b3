/**
 * A builder of the body of one WebAssembly function, as text: fresh locals, lines of folded instructions, constants.
 * It knows nothing of what is computed. What goes around the body, parameters and exports, is the caller's.
 */
import { get, set } from './instructions.js';

export type ValueType = 'v128' | 'f32' | 'f64' | 'i32';
/** The name of a local, `$v3`; `get` in `instructions.ts` reads it. */
export type Local = `$${string}`;
/** A folded instruction that leaves one value: `(f32x4.add (local.get $v1) (local.get $v2))`. */
export type Value = string;

export interface CodeOptions {
  /** Whether the engine has relaxed SIMD: products are added in one instruction, lanes selected in one. */
  readonly relaxed: boolean;
}

export interface Code {
  readonly relaxed: boolean;
  /** A local of the builder's own: `$v` and a number. It holds 0 until it is set. */
  readonly local: (type: ValueType) => Local;
  /** Sets a local of its own to a value that is read more than once, and answers its name. */
  readonly let: (type: ValueType, value: Value) => Local;
  /** Adds an instruction that leaves no value. */
  readonly line: (text: string) => void;
  /** Adds `(head`, what `body` adds, and `)`: a block, a loop, an arm of an `if`. */
  readonly block: (head: string, body: () => void) => void;
  /** Four lanes of the float32 nearest to a number. */
  readonly splat: (value: number) => Value;
  /** Four lanes of the same 32 bits, as a whole number from −2³¹ to 2³² − 1. */
  readonly splatBits: (bits: number) => Value;
  /** Two lanes of the same float64. */
  readonly splatDouble: (value: number) => Value;
  /** What the function's body is so far: declarations of locals, then constants, then the lines. */
  readonly text: () => string;
}

/**
 * An empty body. Every constant is kept in a local that is set before the first line, so before any loop: V8 in Node 24
 * builds a constant anew in each turn, which makes an exponential twice as slow; in Node 20 and 22 it makes no difference.
 */
export function emptyCode({ relaxed }: CodeOptions): Code {
  const declarations: string[] = [];
  const constants = new Map<string, Local>();
  const lines: string[] = [];
  let indent = 0;

  const local = (type: ValueType): Local => {
    const name: Local = `$v${declarations.length}`;
    declarations.push(`(local ${name} ${type})`);
    return name;
  };
  const line = (text: string): void => {
    lines.push('  '.repeat(indent) + text);
  };
  const constant = (text: string): Value => {
    const known = constants.get(text);
    if (known !== undefined) return get(known);
    const name = local('v128');
    constants.set(text, name);
    return get(name);
  };

  return {
    relaxed,
    local,
    let(type, value) {
      const name = local(type);
      line(set(name, value));
      return name;
    },
    line,
    block(head, body) {
      line(`(${head}`);
      indent += 1;
      body();
      indent -= 1;
      line(')');
    },
    splat: (value) => constant(repeated('f32x4', numberText(Math.fround(value)), 4)),
    splatBits: (bits) => constant(repeated('i32x4', String(bits | 0), 4)),
    splatDouble: (value) => constant(repeated('f64x2', numberText(value), 2)),
    text: () =>
      [...declarations, ...[...constants].map(([text, name]) => set(name, text)), ...lines].join('\n'),
  };
}

const repeated = (shape: string, lane: string, lanes: number): Value =>
  `(v128.const ${shape} ${Array.from({ length: lanes }, () => lane).join(' ')})`;

/** A number as WAT writes it; decimals are those of the float64, so that no digit is lost. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Object.is(value, -0) ? '-0' : String(value);
}
