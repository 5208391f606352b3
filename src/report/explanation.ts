/** What `explain` says of an objective, as data: names with levels and domains, weights and gradients in closed form. */
import { domainText } from '../base/domain.js';
import { intervalText, type Interval } from '../base/interval.js';
import { nameable, type Level } from '../base/level.js';
import { input } from '../ir/build.js';
import type { Expr, Named } from '../ir/expr.js';
import { declaredRanges, ranges } from '../ir/range.js';
import type { DerivedLoss, DerivedProgram, Role, Wording } from '../ir/program.js';
import { foldNames } from '../simplify/fold-names.js';
import { simplify } from '../simplify/simplify.js';
import { casesOf } from './cases.js';
import { formula, nameText, type Style } from './formula.js';
import { kinksOf } from './kinks.js';

export interface CaseText {
  /** Absent for everything else. */
  readonly condition?: string;
  readonly value: string;
}
export interface DerivativeText {
  readonly title: string;
  readonly level: Level;
  readonly cases: readonly CaseText[];
}
export interface ValueText {
  readonly name: string;
  readonly level: Level;
  readonly domain: string;
  /** As the program writes it. */
  readonly definition: string;
}
/** One optimised value, its gradients, and the points where its derivative has to choose a side. */
export interface LossText {
  /** As the program names it; of several, each has a name. */
  readonly name?: string;
  readonly direction: 'minimize' | 'maximize';
  readonly value: string;
  readonly gradients: readonly DerivativeText[];
  readonly kinks: readonly { readonly at: string; readonly taken: string }[];
}
export interface Explanation {
  readonly objective: string;
  readonly about: readonly string[];
  /** In source order, one at least. */
  readonly losses: readonly LossText[];
  readonly parameters: readonly {
    readonly name: string;
    readonly domain: string;
    readonly default?: number;
  }[];
  readonly inputs: readonly {
    readonly name: string;
    readonly role: Role;
    readonly level: Level;
    readonly domain: string;
  }[];
  readonly values: readonly ValueText[];
  readonly metrics: readonly ValueText[];
  readonly weights: readonly DerivativeText[];
}

export function explanation(program: DerivedProgram, wording: Wording, style: Style): Explanation {
  const weightNames = new Set(program.weights.map(({ name }) => name));
  const lets = program.lets.filter(({ name }) => !weightNames.has(name));
  const names = lets.map(({ value }) => value).filter((value): value is Named => value.op === 'named');
  const texts = texting(names, style);
  return {
    objective: program.name,
    about: aboutLines(program),
    losses: program.losses.map((loss, at) => lossText(loss, at, program, texts, wording, style)),
    parameters: program.params.map(({ name, domain, default: value }) => ({
      name: nameText(name, style),
      domain: domainText(domain),
      ...(value === undefined ? {} : { default: value }),
    })),
    inputs: program.inputs.map(({ name, role, level, domain }) => ({
      name: nameText(name, style),
      role,
      level,
      domain: domain === undefined ? (role === 'tag' ? 'integer' : '(-inf, inf)') : domainText(domain),
    })),
    values: valueTexts(
      lets,
      program,
      (name, value) => (style === 'latex' ? texts.definition(value) : wording.value(name)),
      style,
    ),
    metrics: valueTexts(
      program.metrics,
      program,
      (name, value) => (style === 'latex' ? texts.plain(value) : wording.value(name)),
      style,
    ),
    weights: program.weights.map((weight) =>
      texts.derivative(weightTitle(weight, texts.plain, style), weight.value, weight.level),
    ),
  };
}

function lossText(
  { name, direction, objective, loss, gradients }: DerivedLoss,
  at: number,
  program: DerivedProgram,
  texts: Texts,
  wording: Wording,
  style: Style,
): LossText {
  const own = program.losses.length > 1 ? name : undefined;
  const models = program.inputs
    .filter(({ role }) => role === 'model')
    .map((one) => input('model', one.name, one.level));
  return {
    ...(name === undefined ? {} : { name }),
    direction,
    value: style === 'latex' ? texts.plain(objective) : wording.loss(at),
    gradients: gradients.map(({ input: by, value }) =>
      texts.derivative(
        quotient(lossName(own, style), nameText(by, style), style),
        value,
        levelOf(program, by),
      ),
    ),
    kinks: kinksOf(loss, models).map((kink) => ({
      at: kink.at.replace(/\$(\d)/g, (_, digit: string) => {
        const operand = kink.operands[Number(digit)];
        return operand === undefined ? '' : texts.plain(operand);
      }),
      taken: kink.taken,
    })),
  };
}

/** What is differentiated: `loss`, or of several `loss.actor`. */
function lossName(name: string | undefined, style: Style): string {
  if (style === 'latex') return name === undefined ? 'L' : `L_{${nameText(name, style)}}`;
  return name === undefined ? 'loss' : `loss.${name}`;
}

const levelOf = (program: DerivedProgram, name: string): Level =>
  program.inputs.find((one) => one.name === name)?.level ?? 'token';

const quotient = (of: string, by: string, style: Style): string =>
  style === 'latex' ? String.raw`\frac{\partial\, ${of}}{\partial\, ${by}}` : `∂${of}/∂${by}`;

function weightTitle(
  weight: DerivedProgram['weights'][number],
  plain: (expr: Expr) => string,
  style: Style,
): string {
  const of = plain(weight.of);
  const numerator = /^[\p{L}\p{N}_\\{}]+$/u.test(of) ? of : `(${of})`;
  return `${nameText(weight.name, style)} = ${quotient(numerator, nameText(weight.score, style), style)}`;
}

interface Texts {
  /** As it is, with names. */
  readonly plain: (expr: Expr) => string;
  /** The body of a let. */
  readonly definition: (value: Expr) => string;
  readonly derivative: (title: string, value: Expr, level: Level) => DerivativeText;
}

function texting(names: readonly Named[], style: Style): Texts {
  const plain = (expr: Expr): string => formula(foldNames([expr], names)[0] ?? expr, style);
  const canonical = (expr: Expr): Expr => {
    const [folded] = foldNames([expr], names);
    const [simple] = simplify([folded ?? expr], 'real');
    return simple ?? expr;
  };
  return {
    plain,
    definition: (value) => (value.op === 'named' ? formula(value.x, style) : formula(value, style)),
    derivative: (title, value, level) => ({
      title,
      level,
      cases: casesOf(canonical(value.op === 'named' ? value.x : value)).map((one) => ({
        ...(one.condition === undefined ? {} : { condition: formula(one.condition, style) }),
        value: formula(one.value, style),
      })),
    }),
  };
}

function valueTexts(
  of: readonly { readonly name: string; readonly value: Expr }[],
  program: DerivedProgram,
  definition: (name: string, value: Expr) => string,
  style: Style,
): readonly ValueText[] {
  const known = ranges(
    of.map(({ value }) => value),
    declaredRanges(program),
  );
  return of.map(({ name, value }, at) => ({
    name: nameText(name, style),
    level: nameable(value.type.level),
    domain: value.type.kind === 'bool' ? 'bool' : rangeText(known[at]),
    definition: definition(name, value),
  }));
}
const rangeText = (range: Interval | undefined): string =>
  range === undefined ? 'real' : intervalText(range);

function aboutLines({ title, doc }: DerivedProgram): readonly string[] {
  const field = (name: string, texts: readonly string[]): readonly string[] =>
    texts.map((text) => `${name}: ${text}`);
  return [
    ...(title === undefined ? [] : [title]),
    ...(doc.text === '' ? [] : doc.text.split('\n')),
    ...field('paper', doc.paper),
    ...field('equation', doc.equation),
  ];
}
