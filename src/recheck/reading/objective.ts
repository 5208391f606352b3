/** An objective as values: parameters, inputs, lets, what is minimised, assumptions and claims, from the syntax tree alone. */
import { source } from '../../base/source.js';
import { LEVELS, type Level } from '../../base/level.js';
import { link, type Module, type Resolve } from '../../link/link.js';
import type * as ast from '../../syntax/ast.js';
import { parse } from '../../syntax/parse.js';
import { opposite, read, type Rational } from '../rational.js';
import { demand, reject } from '../rejection.js';
import { nodeOf, numberOf, truthOf, type Scope } from './build.js';
import * as n from './tree.js';
import { isTruth, type Node, type Number_, type Truth } from './tree.js';

export type Bound = Rational | 'inf' | '-inf' | { readonly param: string; readonly isNegative: boolean };
export type Domain =
  | { readonly kind: 'set'; readonly values: readonly Rational[] }
  | {
      readonly kind: 'interval';
      readonly low: Bound;
      readonly high: Bound;
      readonly lowOpen: boolean;
      readonly highOpen: boolean;
    };
export interface Declared {
  readonly name: string;
  readonly role: 'param' | 'model' | 'data' | 'tag';
  readonly level: Level;
  readonly domain: Domain;
  readonly isInteger: boolean;
  readonly default?: Rational;
}
export interface Claim {
  readonly mode: 'verify' | 'refute';
  /** The guard and the assumption. */
  readonly hypotheses: readonly Truth[];
  readonly syntax: ast.Claim;
  readonly scope: Scope;
}
export interface Objective {
  readonly inputs: readonly Declared[];
  /** Every name, with its value. */
  readonly names: ReadonlyMap<string, Node>;
  readonly losses: readonly Number_[];
  readonly assumptions: readonly Truth[];
  readonly claims: readonly Claim[];
}

/** Reads one objective of a text; refuses a text with mistakes of syntax. */
export function readObjective(
  text: string,
  name: string,
  resolve: Resolve | undefined,
  which: string,
): Objective {
  const file = source(name, text);
  const parsed = parse(file);
  const mistake = parsed.diagnostics.find(({ severity }) => severity === 'error');
  demand(mistake === undefined, 'source', 'the text has mistakes of syntax');
  const module = link(parsed, file, resolve);
  const found = module.file.objectives.find((one) => one.name.text === which);
  return found === undefined
    ? reject('objective', `the text has no objective ${which}`)
    : objectiveOf(found, module);
}

function objectiveOf({ items }: ast.Objective, module: Module): Objective {
  const names = new Map<string, Node>();
  const scope: Scope = { names, module, before: Infinity };
  const [inputs, losses, assumptions, claims]: [Declared[], Number_[], Truth[], Claim[]] = [[], [], [], []];
  const name = (of: string, node: Node): void => {
    demand(!names.has(of), 'source', `${of} is defined twice`);
    names.set(of, node);
  };
  for (const item of items)
    switch (item.kind) {
      case 'param':
      case 'input': {
        const declared = declarationOf(item);
        inputs.push(declared);
        name(declared.name, n.input(declared.name, declared.level));
        break;
      }
      case 'let': {
        const value = nodeOf(item.value, scope);
        name(item.name.text, named(item.name.text, value));
        break;
      }
      case 'optimize':
        losses.push(numberOf(item.value, scope));
        break;
      case 'assume':
        assumptions.push(truthOf(item.value, scope));
        break;
      case 'claim': {
        const hypotheses = [item.guard, item.assuming].flatMap((one) =>
          one === undefined ? [] : [truthOf(one, scope)],
        );
        claims.push({
          mode: item.mode,
          hypotheses,
          syntax: item.claim,
          scope: { ...scope, names: new Map(names) },
        });
        break;
      }
      case 'metric':
        break;
    }
  return { inputs, names, losses, assumptions, claims };
}

const named = (name: string, x: Node): Node =>
  isTruth(x) ? { op: 'named', level: x.level, name, x } : { op: 'let', level: x.level, name, x };

function declarationOf(item: Extract<ast.Item, { kind: 'param' | 'input' }>): Declared {
  const role = item.kind === 'param' ? 'param' : item.role;
  const level = item.kind === 'param' ? 'batch' : item.level;
  demand(LEVELS.includes(level), 'source', `nothing lives at ${level}`);
  const isInteger = role === 'tag' || (item.domain?.kind === 'interval' && item.domain.integer);
  const fallback =
    item.kind === 'param' && item.default !== undefined ? { default: signed(item.default) } : {};
  return { name: item.name.text, role, level, domain: domainOf(item.domain), isInteger, ...fallback };
}

const signed = ({ negative, text }: ast.SignedLiteral): Rational => {
  const value = read(text) ?? reject('source', `${text} is no number`);
  return negative ? opposite(value) : value;
};

function domainOf(syntax: ast.DomainSyntax | undefined): Domain {
  if (syntax?.kind === 'set') return { kind: 'set', values: syntax.values.map(signed) };
  const interval = syntax?.kind === 'interval' ? syntax.interval : undefined;
  if (interval === undefined)
    return { kind: 'interval', low: '-inf', high: 'inf', lowOpen: true, highOpen: true };
  const { lowOpen, highOpen } = interval;
  return { kind: 'interval', low: bound(interval.low), high: bound(interval.high), lowOpen, highOpen };
}
function bound(syntax: ast.Bound): Bound {
  if (syntax.kind === 'number') return signed(syntax.value);
  if (syntax.kind === 'inf') return syntax.negative ? '-inf' : 'inf';
  return { param: syntax.name.text, isNegative: syntax.negative };
}

/** Whether the domain of another input, or parameter, ends at a parameter. */
export const bounds = (name: string, { domain }: Declared): boolean =>
  domain.kind === 'interval' &&
  [domain.low, domain.high].some((end) => typeof end === 'object' && 'param' in end && end.param === name);
