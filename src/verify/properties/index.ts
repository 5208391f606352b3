/** The claim forms: one file each. */
import type { Statement } from '../../ir/claim.js';
import { bounded } from './bounded.js';
import { comparison } from './comparison.js';
import { constant } from './constant.js';
import { continuous } from './continuous.js';
import { convex } from './convex.js';
import { extreme } from './extreme.js';
import { independent } from './independent.js';
import { limit } from './limit.js';
import { lipschitz } from './lipschitz.js';
import { monotone } from './monotone.js';
import { nowhereZero } from './nowhere-zero.js';
import type { Property, Way } from './property.js';

export const PROPERTIES: { readonly [K in Statement['kind']]: Property<K> } = {
  comparison,
  monotone,
  constant,
  lipschitz,
  convex,
  bounded,
  extreme,
  limit,
  continuous,
  'nowhere zero': nowhereZero,
  independent,
};

/** The ways to show a statement, each taking any statement of its form. */
export function waysOf<K extends Statement['kind']>(
  statement: Extract<Statement, { readonly kind: K }>,
): readonly Way<Extract<Statement, { readonly kind: K }>>[] {
  const property: Property<K> = PROPERTIES[statement.kind as K];
  return property.ways;
}
