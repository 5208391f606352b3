/** Parameters of one run: what the user gave, completed by the defaults and held to the domains. */
import { inDomain, type Domain } from '../base/domain.js';
import { nearest } from '../base/suggest.js';
import { expectation, violation } from './contract.js';
import type { Problem } from './dense.js';
import { problem } from './dense.js';
import { describe, numberOf } from './number.js';

/** What an objective says of one parameter. */
export interface ParamDeclaration {
  readonly name: string;
  readonly domain: Domain;
  readonly default?: number;
}

export type ResolvedParams = { readonly values: ReadonlyMap<string, number> } | { readonly problem: Problem };

function unknownName(name: string, declared: readonly string[]): Problem {
  const meant = nearest(name, declared);
  const known =
    declared.length === 0
      ? 'the objective has none'
      : `it has ${declared.map((one) => `\`${one}\``).join(', ')}`;
  const hint = meant === undefined ? known : `did you mean \`${meant}\`?`;
  return problem(name, `the objective has no parameter \`${name}\``, hint);
}

function resolve(declaration: ParamDeclaration, given: Readonly<Record<string, unknown>>): number | Problem {
  const { name, domain } = declaration;
  if (!Object.hasOwn(given, name) || given[name] === undefined) {
    if (declaration.default !== undefined) return declaration.default;
    return problem(
      name,
      `parameter \`${name}\` has no default and was not given`,
      `give ${expectation(domain)}`,
    );
  }
  const value = numberOf(given[name]);
  if (value === undefined)
    return problem(name, `\`${name}\` is ${describe(given[name])}, expected ${expectation(domain)}`);
  return inDomain(domain, value) ? value : problem(name, violation(name, value, domain));
}

/**
 * A value for every declared parameter, in order of declaration; or the first problem: a name that is not declared,
 * a value missing without default, not a number, or outside its domain. A member that is `undefined` was not given.
 */
export function resolveParams(
  declarations: readonly ParamDeclaration[],
  given: Readonly<Record<string, unknown>>,
): ResolvedParams {
  const names = declarations.map(({ name }) => name);
  const stray = Object.keys(given).find((name) => !names.includes(name));
  if (stray !== undefined) return { problem: unknownName(stray, names) };
  const values = new Map<string, number>();
  for (const declaration of declarations) {
    const value = resolve(declaration, given);
    if (typeof value !== 'number') return { problem: value };
    values.set(declaration.name, value);
  }
  return { values };
}
