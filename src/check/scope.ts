/** The names of one objective: what each stands for, and which come later. */
import { nearest } from '../base/suggest.js';
import type { Type } from '../ir/type.js';
import type { Diagnostic } from '../base/diagnostic.js';
import { aggregateNamed, atomNamed, scanNamed } from '../atoms/index.js';
import type { Expr, Name, Objective, Role } from '../syntax/ast.js';
import { describeItself, describeLaterName } from './rules/later-name.js';
import type { Functions } from './functions.js';
import { describeMetricRead } from './rules/metric-read.js';
import { describeUnknownName } from './rules/unknown-name.js';

/** A name; its type is absent where it could not be found out, which was reported. */
export type Entity =
  | { readonly kind: 'param'; readonly name: Name; readonly type: Type }
  | { readonly kind: Role; readonly name: Name; readonly type: Type }
  | { readonly kind: 'let'; readonly name: Name; readonly type: Type | undefined; readonly value: Expr }
  /** A parameter of a definition that is checked by itself: it stands for whatever a call gives. */
  | { readonly kind: 'argument'; readonly name: Name; readonly type: Type }
  | { readonly kind: 'metric'; readonly name: Name };

export interface Scope {
  /** What has been defined so far. */
  readonly known: ReadonlyMap<string, Entity>;
  /** Where every name of the objective is first defined. */
  readonly defined: ReadonlyMap<string, Name>;
  /** What the file defines and imports. */
  readonly functions: Functions;
  /** The definitions of the file by name, those to come included; for a definition that is checked by itself. */
  readonly definitions?: ReadonlyMap<string, Name>;
  /** The definition whose body this is. */
  readonly defining?: Name;
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
  return { problem: describeUnknownName(name, hintFor(name.text, scope), scope.defining?.text) };
}

function hintFor(word: string, scope: Scope): string | undefined {
  if (atomNamed(word) !== undefined || scope.functions.has(word))
    return `\`${word}\` is a function: give it arguments in \`(…)\``;
  if (aggregateNamed(word) !== undefined) return `\`${word}\` reduces a level: write \`${word}[level](…)\``;
  if (scanNamed(word) !== undefined) return `\`${word}\` goes along a rollout: write \`${word}[token](…)\``;
  const values = [...scope.known.values()].filter(isValue).map(({ name }) => name.text);
  const near = nearest(word, values);
  return near === undefined ? undefined : `did you mean \`${near}\`?`;
}
