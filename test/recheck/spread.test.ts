/** Every field of a few certificates is changed in every way that is tried here: none becomes a proof of the false claim beside. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { certificateJson } from '../../src/proof/certificate-json.js';
import { readCertificate } from '../../src/recheck/certificate.js';
import { checkProof } from '../../src/recheck/proof.js';
import { readObjective } from '../../src/recheck/reading/objective.js';
import { outcomeOf } from '../../src/recheck/sequent.js';
import { budgetOf } from '../../src/verify/budget.js';
import { verifyClaim } from '../../src/verify/verify.js';

const textOf = (claim: string): string => `objective tried {
  param a in (0, 1) = 0.5
  model logp : token
  data x : rollout in [0, 1]
  data y : rollout in [-2, 2]
  data z : rollout
  data k : rollout in integer [0, 3]
  data label : rollout in {0, 1}
  minimize mean[token in batch](-logp)
  verify "tried" ${claim.startsWith('for ') || claim.startsWith('assuming ') ? claim : `: ${claim}`}
}
`;

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Path = readonly (string | number)[];

function certificateOf(claim: string): Json {
  const { units, diagnostics } = analyze(textOf(claim), 'tried.obj');
  const [unit] = units;
  if (unit === undefined) throw new Error(JSON.stringify(diagnostics));
  const { certificate } = verifyClaim(unit.program, 0, budgetOf(200_000));
  return JSON.parse(JSON.stringify(certificate && certificateJson(certificate))) as Json;
}
/** Whether a certificate proves a claim, whatever its example is. */
function acceptance(claim: string): (certificate: Json) => boolean {
  const objective = readObjective(textOf(claim), 'tried.obj', undefined, 'tried');
  return (certificate) =>
    outcomeOf(() => {
      checkProof(objective, readCertificate(certificate));
    }).accepted;
}

/** The parts of a certificate that say something, with where they stand. */
function* partsOf(json: Json, at: Path = []): Generator<readonly [Path, Json], void, undefined> {
  yield [at, json];
  if (typeof json !== 'object' || json === null) return;
  const entries: readonly (readonly [string | number, Json])[] = Array.isArray(json)
    ? (json as readonly Json[]).map((one, n) => [n, one] as const)
    : Object.entries(json);
  for (const [key, one] of entries) if (!SILENT.includes(String(key))) yield* partsOf(one, [...at, key]);
}
const SILENT = ['format', 'prover', 'example', 'objective', 'claim', 'status'];

/** The certificate with something else at a place; without it where there is nothing. */
function withPart(json: Json, [key, ...rest]: Path, part: Json | undefined): Json {
  if (key === undefined || typeof json !== 'object' || json === null) return part ?? null;
  const inner = (one: Json | undefined): Json | undefined =>
    rest.length === 0 ? part : withPart(one ?? null, rest, part);
  if (Array.isArray(json))
    return (json as readonly Json[]).flatMap((one, n) => {
      const next = n === key ? inner(one) : one;
      return next === undefined ? [] : [next];
    });
  const entries = Object.entries(json).flatMap(([name, one]) => {
    const next = name === key ? inner(one) : one;
    return next === undefined ? [] : [[name, next] as const];
  });
  return Object.fromEntries(entries);
}

const RELATIONS = ['>=', '>', '==', '!='];
const OTHERS = [
  ['sum', 'max', 'min'],
  ['token', 'rollout', 'group', 'batch', 'peer'],
  ['and', 'or'],
  ['+', '*'],
  ['exp', 'log'],
];
/** What stands in the place of a part, one after the other. */
function instead(part: Json, names: readonly string[]): readonly (Json | undefined)[] {
  if (typeof part === 'boolean') return [!part, undefined];
  if (typeof part === 'object') {
    const isNode = part !== null && 'rule' in part;
    return isNode ? [{ rule: 'absurd' }, undefined] : [undefined];
  }
  if (typeof part !== 'string') return [undefined];
  if (/^-?\d+(\/\d+)?$/.test(part))
    return ['0', '1', '2', part.startsWith('-') ? part.slice(1) : `-${part}`].filter((one) => one !== part);
  if (RELATIONS.includes(part)) return RELATIONS.filter((one) => one !== part);
  if (names.includes(part)) return names.filter((one) => one !== part);
  return [undefined, ...(OTHERS.find((all) => all.includes(part)) ?? []).filter((one) => one !== part)];
}
function namesIn(json: Json): readonly string[] {
  const found = [...partsOf(json)].flatMap(([, one]) =>
    Array.isArray(one) && one[0] === 'var' ? [String(one[1])] : [],
  );
  return [...new Set(found)];
}

const PAIRS: readonly (readonly [right: string, wrong: string])[] = [
  ['x + y <= 3', 'x + y <= 2'],
  ['max[others](x, anchor: 0) <= 1', 'max[others](x, anchor: 0) < 1'],
  ['sum[rollout where label == 1](x) >= 0', 'sum[rollout where label == 1](x) > 0'],
  ['cumsum[token](exp(logp)) >= exp(logp)', 'cumsum[token](logp) >= logp'],
  ['x + mean[others](y) is increasing in x', 'x + mean[rollout](y) is increasing in y'],
  ['sup(x * (2 - x), x) == 1', 'sup(k * (1 - k), k) == 1 / 4'],
  ['for z > 0 : exp(-z * x) <= 1', 'for z > -1 : exp(-z * x) <= 1'],
];

describe.each(PAIRS)('%s | %s', (right, wrong) => {
  test('nothing proves the second', { timeout: 60_000 }, () => {
    const certificate = certificateOf(right);
    const isAccepted = acceptance(wrong);
    expect(acceptance(right)(certificate)).toBe(true);
    expect(isAccepted(certificate)).toBe(false);
    const names = namesIn(certificate);
    const forged = [...partsOf(certificate)].flatMap(([at, part]) =>
      instead(part, names).map((one) => [at, withPart(certificate, at, one)] as const),
    );
    expect(forged.length).toBeGreaterThan(100);
    const accepted = forged.filter(([, one]) => isAccepted(one)).map(([at]) => at.join('.'));
    expect(accepted).toEqual([]);
  });
});
