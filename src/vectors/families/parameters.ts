/** Parameters away from their defaults: one at a time, at closed ends and members, and along a schedule. */
import type { FixedDomain } from '../../base/domain.js';
import { contains } from '../../base/interval.js';
import { drawBatch } from '../draft.js';
import type { Family } from '../family.js';
import { withParams, type DrawnParam, type Scene } from '../scene.js';
import { regular } from '../shape.js';
import type { Draft, Params } from '../vector.js';
import { boundaryOf, fileName } from './boundaries.js';

/** Half and double of a value, or what lies beside it, as far as the domain holds them. */
function elsewhere(domain: FixedDomain, value: number): readonly number[] {
  if (domain.kind === 'set') return domain.values.filter((one) => one !== value);
  const { interval, integer } = domain;
  const near = value === 0 ? [0.05, -0.05] : [value / 2, value * 1.75];
  const found = near.map((one) => (integer ? Math.ceil(one) : one)).filter((one) => contains(interval, one));
  return [
    ...new Set(integer && found.length === 0 ? [value + 1].filter((one) => contains(interval, one)) : found),
  ];
}

const free = ({ program, given }: Scene): readonly DrawnParam[] =>
  program.params.filter(({ name }) => !Object.hasOwn(given, name));

/** The values of every free parameter, a part of the way towards another point of its domain. */
const along = (scene: Scene, part: number): Params =>
  Object.fromEntries(
    free(scene).flatMap(({ name, domain }) => {
      const from = scene.params[name];
      const to = from === undefined ? undefined : elsewhere(domain, from).at(-1);
      if (from === undefined || to === undefined) return [];
      const isSmooth = domain.kind === 'interval' && !domain.integer;
      return [[name, isSmooth ? from + part * (to - from) : part < 0.5 ? from : to]];
    }),
  );

export const parameters: Family = {
  name: 'parameters',
  title: 'every parameter away from its default, and a schedule that moves them all',
  drafts: (scene) => {
    if (scene.program.params.length === 0) return { why: 'the objective has no parameter' };
    if (free(scene).length === 0) return { why: 'every parameter was given' };
    const draft = (name: string, description: string, params: Params, stream: string): Draft => ({
      name,
      description,
      stream,
      make: (random) => ({
        batch: drawBatch(withParams(scene, params), random, regular(scene, random, 2, 4, 6), {
          distance: 0.4,
        }),
        params,
      }),
    });
    const single = free(scene).flatMap(({ name, domain }) => {
      const value = scene.params[name] ?? NaN;
      const values = [...new Set([...boundaryOf(domain), ...elsewhere(domain, value)])];
      return values
        .filter((one) => one !== value)
        .map((one, at) =>
          draft(
            `parameter-${fileName(name)}-${at + 1}`,
            `\`${name}\` is ${one}`,
            { [name]: one },
            'parameters',
          ),
        );
    });
    const schedule = [0, 0.5, 1].map((part, at) =>
      draft(
        `schedule-${at + 1}`,
        `step ${at + 1} of a schedule of the parameters, on one batch`,
        along(scene, part),
        'schedule',
      ),
    );
    return [...single, ...schedule];
  },
};
