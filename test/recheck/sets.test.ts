/** What a view says of sets without a sum: signs of scans, and families of one member at most. Each is refused once it is too much. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { certificateJson } from '../../src/proof/certificate-json.js';
import { recheck } from '../../src/recheck.js';
import { budgetOf } from '../../src/verify/budget.js';
import { verifyClaim } from '../../src/verify/verify.js';

type Json = Record<string, unknown>;
interface Certificate extends Json {
  readonly view: Json & { readonly scans?: readonly Json[]; readonly singles?: readonly Json[] };
}
const isAccepted = (text: string, certificate: unknown): boolean =>
  recheck({ text, name: 'sets.obj', certificate }).accepted;
function certified(text: string): Certificate {
  const program = analyze(text, 'sets.obj').units[0]?.program ?? expect.fail('no objective');
  const { status, certificate } = verifyClaim(program, 0, budgetOf(1_500_000));
  expect(status).toBe('proved');
  return JSON.parse(JSON.stringify(certificate && certificateJson(certificate))) as Certificate;
}

describe('the sign of a scan', () => {
  interface Scanned {
    readonly gamma?: string;
    readonly cost?: string;
    readonly total?: string;
    readonly claim?: string;
  }
  const textOf = ({ gamma = '[0, 1]', cost = '[0, inf)', total, claim = 'total >= 0' }: Scanned): string =>
    `objective scanned {
  param gamma in ${gamma} = 0.5
  model logp : token
  data cost : token in ${cost}
  data each : rollout in [0, inf)
  let total = ${total ?? 'discounted[token](cost, gamma)'}
  minimize mean[token in batch](logp * total)
  verify : ${claim}
}`;
  const certificate = certified(textOf({}));
  const [sign = {}] = certificate.view.scans ?? [];
  const withScans = (...scans: readonly Json[]): Certificate => ({
    ...certificate,
    view: { ...certificate.view, scans },
  });

  test('is accepted', () => {
    expect(sign['relation']).toBe('>=');
    expect(isAccepted(textOf({}), certificate)).toBe(true);
  });
  test.each<readonly [string, Scanned]>([
    ['of what may be negative', { cost: '[-1, inf)' }],
    ['with factors that may be negative', { gamma: '[-1, 1]' }],
    ['of another scan', { total: 'discounted[token](-cost, gamma)' }],
    ['and not a strict one', { claim: 'total - cost > 0' }],
    ['of what is the same for all tokens', { total: 'discounted[token](each, gamma)' }],
  ])('is not accepted %s', (_, change) => {
    expect(isAccepted(textOf(change), certificate)).toBe(false);
  });
  test.each<readonly [string, Json]>([
    ['another relation', { relation: '==' }],
    ['the opposite relation', { relation: '<=' }],
    ['a relation that there is not', { relation: '>' }],
    ['a name that there is not', { name: ':scan:2' }],
    ['the name of an input', { name: 'logp' }],
    ['the scan of another token', { name: `f1.${String(sign['name'])}` }],
    ['a set that there is not', { set: 'f2' }],
    ['no derivation', { by: {} }],
  ])('is refused with %s', (_, change) => {
    expect(isAccepted(textOf({}), withScans({ ...sign, ...change }))).toBe(false);
  });
  test('is needed', () => {
    expect(isAccepted(textOf({}), withScans())).toBe(false);
  });
  test('is not accepted beside its opposite', () => {
    expect(isAccepted(textOf({}), withScans(sign, { ...sign, relation: '<=' }))).toBe(false);
  });
});

describe('a family of one member at most', () => {
  interface Led {
    readonly leads?: string;
    readonly of?: string;
    readonly others?: string;
    readonly claim?: string;
  }
  const textOf = ({
    leads = 'ahead > 0',
    of = 'reward',
    others = 'max[others](reward, anchor: -inf)',
    claim = 'count[rollout where leads] <= 1',
  }: Led): string => `objective led {
  model logp : rollout
  data reward : rollout
  data rank : rollout
  data counts : rollout in {0, 1}
  let ahead = if count[rollout] > 1 then relu(${of} - ${others}) else 0
  let leads = ${leads}
  minimize mean[rollout in batch](logp)
  verify : ${claim}
}`;
  const certificate = certified(textOf({}));
  const [single = {}] = certificate.view.singles ?? [];
  const withSingles = (...singles: readonly Json[]): Certificate => ({
    ...certificate,
    view: { ...certificate.view, singles },
  });

  test('is accepted', () => {
    expect(single['family']).toBe('f1:1');
    expect(isAccepted(textOf({}), certificate)).toBe(true);
  });
  test.each<readonly [string, Led]>([
    ['that may be level', { leads: 'ahead >= 0' }],
    ['that are ahead by something', { of: 'reward + 1' }],
    ['that do not compete', { others: 'max[others where counts == 1](reward, anchor: -inf)' }],
    ['of which another number competes', { others: 'max[others](rank, anchor: -inf)' }],
    ['beside the least', { others: 'min[others](reward, anchor: inf)' }],
    ['of a whole batch', { claim: 'count[rollout in batch where leads] <= 1' }],
    ['of whom there may be one', { claim: 'count[rollout where leads] <= 0' }],
  ])('is not accepted of members %s', (_, change) => {
    expect(isAccepted(textOf(change), certificate)).toBe(false);
  });
  test.each<readonly [string, Json]>([
    ['of a family that there is not', { family: 'f1:9' }],
    ['without a derivation', { by: { rule: 'absurd' } }],
    ['with a derivation of something else', { by: { rule: 'limit' } }],
  ])('is refused %s', (_, change) => {
    expect(isAccepted(textOf({}), withSingles({ ...single, ...change }))).toBe(false);
  });
  test('is needed', () => {
    expect(isAccepted(textOf({}), withSingles())).toBe(false);
  });
  test('is not said of the whole group with the same derivation', () => {
    const whole = { name: 'f1', set: 'f1', from: 'rollout', to: 'group', where: true, ownInside: false };
    const families = [...(certificate.view['families'] as readonly Json[]), whole];
    const view = { ...certificate.view, families, singles: [single, { ...single, family: 'f1' }] };
    expect(isAccepted(textOf({}), { ...certificate, view })).toBe(false);
  });
});
