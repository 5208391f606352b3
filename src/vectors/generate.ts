/** The cases of one objective: every family drafted, drawn, and held to the objective's own contract. */
import type { Problem } from '../batch/dense.js';
import type { Program } from '../ir/program.js';
import { drawIn } from './draw.js';
import { FAMILIES } from './families/index.js';
import type { Family, Scene } from './family.js';
import { randomFrom } from './random.js';
import type { Case, Draft, Gap, Params } from './vector.js';

export interface Generated {
  readonly cases: readonly Case[];
  readonly gaps: readonly Gap[];
}

/** What a case breaks of the objective's domains and assumptions; nothing if it keeps them. */
export type Contract = (batch: Case['batch'], params: Params) => Problem | undefined;

/** How often a case is drawn again that breaks an assumption. */
const ATTEMPTS = 200;

/** Same program, parameters and seed, same cases. */
export function generate(program: Program, given: Params, seed: number, contract: Contract): Generated {
  const scene: Scene = { program, given, params: startingParams(program, given, seed) };
  const parts = FAMILIES.map((family) => ofFamily(family, scene, seed, contract));
  return { cases: parts.flatMap(({ cases }) => cases), gaps: parts.flatMap(({ gaps }) => gaps) };
}

/** What was given, else the default, else a value inside the domain. */
const startingParams = ({ params }: Program, given: Params, seed: number): Params =>
  Object.fromEntries(
    params.map(({ name, domain, default: usual }) => [
      name,
      given[name] ?? usual ?? drawIn(randomFrom(seed, `param ${name}`), domain, [0.1, 1]),
    ]),
  );

function ofFamily(family: Family, scene: Scene, seed: number, contract: Contract): Generated {
  const drafts = family.drafts(scene);
  if ('why' in drafts) return { cases: [], gaps: [{ family: family.name, why: drafts.why }] };
  const drawn = drafts.map((draft) => drawnCase(family.name, draft, scene, seed, contract));
  const cases = drawn.flatMap((one) => ('gap' in one ? [] : [one]));
  const names = new Set(cases.map(({ name }) => name));
  const isWhole = ({ sameAs, reorders }: Case): boolean =>
    (sameAs === undefined || names.has(sameAs)) && (reorders === undefined || names.has(reorders.name));
  return {
    cases: cases.filter(isWhole),
    gaps: drawn.flatMap((one) => ('gap' in one ? [one.gap] : [])),
  };
}

function drawnCase(
  family: string,
  draft: Draft,
  scene: Scene,
  seed: number,
  contract: Contract,
): Case | { readonly gap: Gap } {
  const { name, description, stream = name, sameAs, reorders } = draft;
  let broken: Problem | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { batch, params: own = {}, rows } = draft.make(randomFrom(seed, `${family} ${stream} ${attempt}`));
    const params = { ...scene.params, ...own };
    broken = contract(batch, params);
    if (broken !== undefined) continue;
    return {
      name,
      family,
      description,
      batch,
      params,
      ...(sameAs === undefined ? {} : { sameAs }),
      ...(reorders === undefined || rows === undefined ? {} : { reorders: { name: reorders, rows } }),
    };
  }
  const why = `none of ${ATTEMPTS} batches keeps the contract: ${broken?.message ?? ''}`;
  return { gap: { family, name, why } };
}
