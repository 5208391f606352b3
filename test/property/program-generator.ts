/**
 * Random well-typed programs as source text: every function, aggregate and scan of the tables, every operator, every
 * level, conditions, anchors, stop-gradients and named values. Arguments are kept inside domains, and values of moderate size,
 * so that almost every program has a value everywhere; near-kinks are the test's business.
 */
import { aggregates, atoms, scans } from '../../src/atoms/index.js';
import type { Aggregate, Atom, Scan } from '../../src/atoms/atom.js';
import { LEVELS, isFiner, type Level } from '../../src/base/level.js';

interface Available {
  readonly name: string;
  readonly level: Level;
  readonly kind: 'real' | 'bool';
}

export const INPUTS: readonly {
  readonly name: string;
  readonly role: 'model' | 'data';
  readonly level: Level;
}[] = [
  { name: 'logp', role: 'model', level: 'token' },
  { name: 'value', role: 'model', level: 'rollout' },
  { name: 'old_logp', role: 'data', level: 'token' },
  { name: 'reward', role: 'data', level: 'rollout' },
  { name: 'difficulty', role: 'data', level: 'group' },
];
export const PARAMS: Readonly<Record<string, number>> = { tau: 0.7, shift: -0.3 };

const START: readonly Available[] = [
  ...INPUTS.map(({ name, level }) => ({ name, level, kind: 'real' as const })),
  ...Object.keys(PARAMS).map((name) => ({ name, level: 'batch' as const, kind: 'real' as const })),
];

/** Functions that need their argument in a domain, or small. */
const PREPARED: Readonly<Record<string, (x: string) => string>> = {
  log: (x) => `square(${x}) + 0.5`,
  sqrt: (x) => `square(${x}) + 0.25`,
  log1p: (x) => `square(${x})`,
  exp: (x) => `2 * tanh(${x})`,
  expm1: (x) => `2 * tanh(${x})`,
};

export interface Shape {
  readonly lets: number;
  readonly depth: number;
}

export function randomProgram(random: () => number, shape: Shape = { lets: 4, depth: 3 }): string {
  const pick = <T>(from: readonly T[]): T => {
    const one = from[Math.floor(random() * from.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  };
  const chance = (probability: number): boolean => random() < probability;
  const names: Available[] = [...START];
  const usable = (level: Level, kind: 'real' | 'bool'): readonly Available[] =>
    names.filter((one) => one.kind === kind && !isFiner(one.level, level));
  const literal = (): string => pick(['0.5', '2', '1.25', '3e-1', '1', '0', 'pi', '(-0.75)']);

  const real = (level: Level, depth: number): string => {
    const finerLevels = LEVELS.filter((one) => isFiner(one, level));
    if (depth > 0 && isFiner(level, 'group') && chance(0.07)) return overOthers('real', depth);
    if (depth <= 0) return chance(0.85) ? pick(usable(level, 'real')).name : literal();
    if (finerLevels.length > 0 && chance(level === 'token' ? 0 : 0.45))
      return reduction('real', level, depth);
    if (level === 'token' && chance(0.15)) return scanned(depth);
    return pick([functionCall, operation, operation, choice])(level, depth - 1);
  };
  const functionCall = (level: Level, depth: number): string => {
    const atom: Atom = pick(atoms);
    const prepare = PREPARED[atom.name] ?? ((x: string): string => x);
    if (atom.name === 'clip') {
      return `clip(${real(level, depth)}, -0.2 - abs(${real(level, depth - 1)}), 0.3 + square(${real(level, depth - 1)}))`;
    }
    const count = atom.params.length + (atom.variadic && chance(0.3) ? 1 : 0);
    return `${atom.name}(${Array.from({ length: count }, () => prepare(real(level, depth))).join(', ')})`;
  };
  const operation = (level: Level, depth: number): string => {
    const [x, y] = [real(level, depth), real(level, depth)];
    return pick([
      `(${x} + ${y})`,
      `(${x} - ${y})`,
      `${tight(x)} * ${tight(y)}`,
      `${tight(x)} / (square(${y}) + 0.5)`,
      `-${tight(x)}`,
      `(square(${x}) + 0.5) ^ tanh(${y})`,
      `${tight(x)} ^ 2`,
      `(square(${x}) + 0.5) ^ -2`,
    ]);
  };
  /** Rollouts are short, so that sums along them stay moderate. */
  const scanned = (depth: number): string => {
    const scan: Scan = pick(scans);
    const args = scan.params.map(({ name, kind, labelled }) => {
      const number = chance(0.5) ? literal() : `tanh(${real('rollout', depth - 2)})`;
      const value = kind === 'number' ? number : pick(['1', '-1', '2', '-2', '0', '-7']);
      return labelled || chance(0.3) ? `${name}: ${value}` : value;
    });
    return `${scan.name}[token](${[real(pick(['token', 'token', 'rollout']), depth - 1), ...args].join(', ')})`;
  };
  const choice = (level: Level, depth: number): string =>
    `(if ${bool(level, depth)} then ${real(level, depth)} else ${real(level, depth)})`;
  const reduction = (kind: 'real' | 'bool', level: Level, depth: number): string => {
    const aggregate: Aggregate = pick(aggregates.filter((one) => one.result === kind));
    const from = pick(LEVELS.filter((one) => isFiner(one, level)));
    return aggregated(aggregate, `${from} in ${level}`, from, level, depth);
  };
  /** At a rollout. */
  const overOthers = (kind: 'real' | 'bool', depth: number): string =>
    aggregated(pick(aggregates.filter((one) => one.result === kind)), 'others', 'rollout', 'rollout', depth);
  /** `from` is where the argument is read, `to` where the result is. */
  const aggregated = (aggregate: Aggregate, set: string, from: Level, to: Level, depth: number): string => {
    const where = chance(0.3) ? ` where ${bool(from, depth - 2)}` : '';
    const index = `[${set}${where}]`;
    if (aggregate.argument === 'none') return `${aggregate.name}${index}`;
    const argument = aggregate.argument === 'bool' ? bool(from, depth - 1) : real(from, depth - 1);
    const mayBeEmpty = from === 'token' || set === 'others' || where !== '';
    const mustAnchor = aggregate.overNothing === 'error unless anchor' && mayBeEmpty;
    const anchored = aggregate.acceptsAnchor && (mustAnchor || chance(0.3));
    const share =
      aggregate.beside && `, ${chance(0.3) ? `${aggregate.beside.name}: ` : ''}${shareOf(to, depth)}`;
    const beside = anchored ? `, anchor: ${real(to, depth - 2)}` : (share ?? '');
    return `${aggregate.name}${index}(${argument}${beside})`;
  };
  const shareOf = (level: Level, depth: number): string =>
    pick(['0', '0.25', '0.5', '0.9', '1', `sigmoid(${real(level, depth - 2)})`]);
  const bool = (level: Level, depth: number): string => {
    const known = usable(level, 'bool');
    if (known.length > 0 && chance(0.3)) return pick(known).name;
    const sides = (): readonly [string, string] => [real(level, depth - 1), real(level, depth - 2)];
    if (depth > 0 && chance(0.3))
      return `(${bool(level, depth - 1)} ${pick(['and', 'or'])} ${bool(level, depth - 1)})`;
    if (depth > 0 && chance(0.2)) return `(not ${bool(level, depth - 1)})`;
    if (level !== 'token' && depth > 0 && chance(0.25)) return reduction('bool', level, depth);
    if (isFiner(level, 'group') && depth > 0 && chance(0.07)) return overOthers('bool', depth);
    const [x, y] = sides();
    return `(${x} ${pick(['<', '<=', '>', '>=', '!='])} ${y})`;
  };

  const lines = Array.from({ length: shape.lets }, (_, at) => {
    const level = pick(LEVELS);
    const kind = chance(0.2) ? 'bool' : 'real';
    const text = kind === 'bool' ? bool(level, shape.depth) : real(level, shape.depth);
    const name = `v${at}`;
    // The value may turn out coarser than `level`; adding 0 of that level would change nothing, so it is recorded as is.
    names.push({ name, level, kind });
    return `  let ${name} = ${text}`;
  });
  const over = pick(LEVELS.filter((level) => level !== 'batch'));
  const objective = `${pick(['mean', 'sum'])}[${over} in batch](${real(over, shape.depth)} + ${real(over, shape.depth)})`;
  const declarations = INPUTS.map(({ name, role, level }) => `  ${role} ${name} : ${level}`);
  const parameters = Object.entries(PARAMS).map(([name, value]) => `  param ${name} in real = ${value}`);
  return [
    'objective generated {',
    ...parameters,
    ...declarations,
    ...lines,
    `  minimize ${objective}`,
    '}',
    '',
  ].join('\n');
}

/** Parenthesised unless it is a plain name, number or call already. */
const tight = (text: string): string => (/^[\w.]+$/.test(text) ? text : `(${text})`);
