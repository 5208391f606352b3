/** The cases of one objective: every family drafted, drawn, and held to the objective's own contract. */
import type { Problem } from '../batch/dense.js';
import type { Program } from '../ir/program.js';
import { drawBatch } from './draft.js';
import { drawIn } from './draw.js';
import { FAMILIES } from './families/index.js';
import type { Family } from './family.js';
import { randomFrom } from './random.js';
import { fixedFor, fixedProgram, type Scene } from './scene.js';
import { regular } from './shape.js';
import type { Case, Draft, Gap, Params } from './vector.js';

export interface Generated {
  readonly cases: readonly Case[];
  readonly gaps: readonly Gap[];
}

/** What a case breaks of the objective's domains and assumptions; nothing if it keeps them. */
export type Contract = (batch: Case['batch'], params: Params) => Problem | undefined;

/** How often a case is drawn again that breaks an assumption. */
const ATTEMPTS = 50;

/** Same program, parameters and seed, same cases. */
export function generate(program: Program, given: Params, seed: number, contract: Contract): Generated {
  const scene = startingScene(program, given, seed, contract);
  const parts = FAMILIES.map((family) => ofFamily(family, scene, seed, contract));
  return { cases: parts.flatMap(({ cases }) => cases), gaps: parts.flatMap(({ gaps }) => gaps) };
}

/** The scene that cases start from: values for all parameters, and the size of groups where assumptions leave only one. */
export function startingScene(program: Program, given: Params, seed: number, contract: Contract): Scene {
  const params = startingParams(program, given, seed);
  const start: Scene = { program: fixedProgram(program, params), declared: program, given, params };
  const groupSize = demandedSize(start, seed, contract);
  return groupSize === undefined ? start : { ...start, groupSize };
}

/** Sizes of groups in the order in which they are tried; the first leaves all others open. */
const SIZES = [4, 2, 1, 3, 8];
const PROBES = 10;

/** The only size of groups that assumptions allow; nothing where several are allowed, or none of these. */
function demandedSize(scene: Scene, seed: number, contract: Contract): number | undefined {
  if (scene.program.assumptions.length === 0) return undefined;
  const fits = (size: number): boolean =>
    Array.from({ length: PROBES }, (_, at) => at).some((at) => {
      const random = randomFrom(seed, `groups of ${size} ${at}`);
      const sized = { ...scene, groupSize: size };
      const batch = drawBatch(sized, random, regular(sized, random, 2, size, 3));
      return contract(batch, scene.params) === undefined;
    });
  const [usual = 4] = SIZES;
  const found = SIZES.find(fits);
  return found === usual ? undefined : found;
}

/** What was given, else the default, else a value inside the domain. */
const startingParams = ({ params }: Program, given: Params, seed: number): Params =>
  params.reduce<Params>((sofar, { name, domain, default: usual }) => {
    const drawn = (): number => drawIn(randomFrom(seed, `param ${name}`), fixedFor(domain, sofar), [0.1, 1]);
    return { ...sofar, [name]: given[name] ?? usual ?? drawn() };
  }, {});

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
