/** Parameters of one run: what the user gave, completed by the defaults and held to the domains. */
import { inDomain, type Domain } from '../base/domain.js';
import { nearest } from '../base/suggest.js';
import { contractOf, expectation, violation } from './contract.js';
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

function resolve(
  declaration: ParamDeclaration,
  given: Readonly<Record<string, unknown>>,
  earlier: ReadonlyMap<string, number>,
): number | Problem {
  const { name, default: fallback } = declaration;
  const contract = contractOf(declaration.domain, earlier);
  if (!Object.hasOwn(given, name) || given[name] === undefined) {
    const give = `give ${expectation(contract)}`;
    if (fallback === undefined)
      return problem(name, `parameter \`${name}\` has no default and was not given`, give);
    // A default that fits the defaults of other parameters need not fit the values that they have now.
    if (inDomain(contract.fixed, fallback)) return fallback;
    return problem(
      name,
      `the default of ${violation(name, fallback, contract)}`,
      `give \`${name}\` a value too`,
    );
  }
  const value = numberOf(given[name]);
  if (value === undefined)
    return problem(name, `\`${name}\` is ${describe(given[name])}, expected ${expectation(contract)}`);
  return inDomain(contract.fixed, value) ? value : problem(name, violation(name, value, contract));
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
    const value = resolve(declaration, given, values);
    if (typeof value !== 'number') return { problem: value };
    values.set(declaration.name, value);
  }
  return { values };
}
