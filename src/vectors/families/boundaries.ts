/** Inputs at the ends of their domains, where those are closed, and every member of a set. */
import type { FixedDomain } from '../../base/domain.js';
import { drawBatch, mapped } from '../draft.js';
import type { Family } from '../family.js';
import { regular } from '../shape.js';

/** The closed ends of an interval, or every member of a set. */
export function boundaryOf(domain: FixedDomain): readonly number[] {
  if (domain.kind === 'set') return domain.values;
  const { low, high, lowOpen, highOpen } = domain.interval;
  return [...(lowOpen ? [] : [low]), ...(highOpen ? [] : [high])];
}

export const boundaries: Family = {
  name: 'boundaries',
  title: 'inputs at the closed ends of their domains, every member of a set',
  drafts: (scene) => {
    const { inputs } = scene.program;
    const bounded = inputs.flatMap((input) => {
      const values = input.domain === undefined ? [] : boundaryOf(input.domain);
      return values.length === 0 ? [] : [{ name: input.name, values }];
    });
    if (bounded.length === 0) return { why: 'no input has a domain with a closed end or with members' };
    return bounded.map(({ name, values }) => ({
      name: `boundary-${fileName(name)}`,
      description: `\`${name}\` takes ${values.join(', ')} in turn`,
      make: (random) => ({
        batch: mapped(
          drawBatch(scene, random, regular(scene, random, 3, 4, 5)),
          [name],
          (_, at, row) => values[(at + row) % values.length] ?? 0,
        ),
      }),
    }));
  },
};

/** A name as part of a file name: other characters than ASCII letters, digits and `_` by their code. */
export const fileName = (name: string): string =>
  name.replace(/[^\w]/gu, (character) => `u${(character.codePointAt(0) ?? 0).toString(16)}`);
