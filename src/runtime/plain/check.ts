/** Holds a batch of plain arrays and its parameters to what an objective declares, and names the first thing wrong. */
import { BatchError } from '../batch-error.js';
import type { InputSpec, ParamSpec } from '../specs.js';
import { isList } from './arrays.js';
import { checkGroup, checkParams, checkValues, memberOf, pathTo } from '../validate.js';

/**
 * Checks, in this order: parameters, `group`, `mask`, then each input in order of declaration, its size before its values.
 * Values at masked positions are not looked at. Throws a `BatchError`.
 */
export function checkArrays(
  inputs: readonly InputSpec[],
  parameters: readonly ParamSpec[],
  batch: object,
  params: object,
): void {
  const values = checkParams(parameters, params);
  const { rollouts, groups } = checkGroup(memberOf(batch, 'group'));
  const mask = checkMaskArray(
    memberOf(batch, 'mask'),
    rollouts,
    inputs.some(({ level }) => level === 'token'),
  );
  const positions = (mask?.length ?? 0) / rollouts;
  for (const spec of inputs) {
    const value = memberOf(batch, spec.name);
    const size = { token: rollouts * positions, rollout: rollouts, group: groups, batch: 1 }[spec.level];
    checkValues(spec, sized(spec, value, size), positions, mask, values);
  }
}

function checkMaskArray(mask: unknown, rollouts: number, isNeeded: boolean): ArrayLike<number> | undefined {
  if (mask === undefined && !isNeeded) return undefined;
  if (!isList(mask))
    throw new BatchError(
      'mask',
      '`mask` is missing or no array: B × T numbers, row by row, 1 where a token counts',
    );
  if (mask.length === 0 || mask.length % rollouts !== 0)
    throw new BatchError(
      'mask',
      `\`mask\` has ${String(mask.length)} numbers, expected as many for each of the ${String(rollouts)} rollouts`,
    );
  for (let at = 0; at < mask.length; at += 1) {
    if (mask[at] === 0 || mask[at] === 1) continue;
    const path = pathTo('mask', 'token', at, mask.length / rollouts);
    throw new BatchError(path, `\`${path}\` is ${String(mask[at])}, expected 0 or 1`);
  }
  return mask;
}

const SIZES = {
  token: 'B × T numbers, row by row',
  rollout: 'B numbers',
  group: 'P numbers, groups in ascending order of id',
  batch: 'a number',
} as const;

function sized({ name, level }: InputSpec, value: unknown, size: number): ArrayLike<number> {
  if (value === undefined) throw new BatchError(name, `\`${name}\` is missing: ${SIZES[level]}`);
  if (level === 'batch') {
    if (typeof value === 'number') return [value];
    throw new BatchError(name, `\`${name}\` is no number`);
  }
  if (!isList(value)) throw new BatchError(name, `\`${name}\` is no array, expected ${SIZES[level]}`);
  if (value.length !== size)
    throw new BatchError(name, `\`${name}\` has ${String(value.length)} numbers, expected ${String(size)}`);
  return value;
}
