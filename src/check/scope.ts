/** The names of one objective: what each stands for, and which come later. */
import { nearest } from '../base/suggest.js';
import type { Type } from '../ir/type.js';
import type { Diagnostic } from '../base/diagnostic.js';
import { aggregateNamed, atomNamed } from '../atoms/index.js';
import type { Expr, Name, Objective, Role } from '../syntax/ast.js';
import { describeItself, describeLaterName } from './rules/later-name.js';
import { describeMetricRead } from './rules/metric-read.js';
import { describeUnknownName } from './rules/unknown-name.js';

/** A name; its type is absent where it could not be found out, which was reported. */
export type Entity =
  | { readonly kind: 'param'; readonly name: Name; readonly type: Type }
  | { readonly kind: Role; readonly name: Name; readonly type: Type }
  | { readonly kind: 'let'; readonly name: Name; readonly type: Type | undefined; readonly value: Expr }
  | { readonly kind: 'metric'; readonly name: Name };

export interface Scope {
  /** What has been defined so far. */
  readonly known: ReadonlyMap<string, Entity>;
  /** Where every name of the objective is first defined. */
  readonly defined: ReadonlyMap<string, Name>;
  /** Functions of a later edition, which were refused where the file imports or defines them. */
  readonly laterNames: ReadonlySet<string>;
}

export const isValue = (entity: Entity): entity is Exclude<Entity, { kind: 'metric' }> =>
  entity.kind !== 'metric';

/** Where each name is first defined. */
export function definitionsOf(objective: Objective): ReadonlyMap<string, Name> {
  const names = new Map<string, Name>();
  for (const item of objective.items) {
    // The name of an optimizer is no value: it may be that of a let, too.
    if (!('name' in item) || item.kind === 'optimize') continue;
    if (!names.has(item.name.text)) names.set(item.name.text, item.name);
  }
  return names;
}

/** What a name stands for as a value, or why it stands for none. */
export function lookUp(
  name: Name,
  scope: Scope,
): { readonly entity: Exclude<Entity, { kind: 'metric' }> } | { readonly problem: Diagnostic } {
  const entity = scope.known.get(name.text);
  if (entity !== undefined && isValue(entity)) return { entity };
  if (entity !== undefined) return { problem: describeMetricRead(name, entity.name) };
  const later = scope.defined.get(name.text);
  if (later !== undefined) {
    const isItself = later.span.start < name.span.start;
    return { problem: isItself ? describeItself(name, later) : describeLaterName(name, later) };
  }
  return { problem: describeUnknownName(name, hintFor(name.text, scope)) };
}

function hintFor(word: string, scope: Scope): string | undefined {
  if (atomNamed(word) !== undefined) return `\`${word}\` is a function: give it arguments in \`(…)\``;
  if (aggregateNamed(word) !== undefined) return `\`${word}\` reduces a level: write \`${word}[level](…)\``;
  const values = [...scope.known.values()].filter(isValue).map(({ name }) => name.text);
  const near = nearest(word, values);
  return near === undefined ? undefined : `did you mean \`${near}\`?`;
}
