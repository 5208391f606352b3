/** Refutations along a line are accepted as the prover gives them, and refused once anything of them is changed. */
import { expect, test } from 'vitest';
import { analyze } from '../../src/compile.js';
import { certificateJson } from '../../src/proof/certificate-json.js';
import { recheck } from '../../src/recheck.js';
import { budgetOf } from '../../src/verify/budget.js';
import { verifyClaim } from '../../src/verify/verify.js';

const TEXT = `objective clipped {
  param eps in (0, 1) = 0.2
  model logp      : token
  data  old_logp  : token
  data  advantage : token in (0, inf)
  let s     = logp - old_logp
  let ratio = exp(s)
  let cost  = -min(advantage * ratio, advantage * clip(ratio, 1 - eps, 1 + eps))
  minimize mean[token in batch](cost)
  let w = grad(cost, s)
  refute : w is nowhere zero in s
  refute : w is continuous in s
  refute : w tends to 1 as s -> inf
  refute : sup(abs(w), s) == advantage * (1 + 2 * eps)
  refute : sup(abs(w), s) == advantage
  refute : ratio is bounded
  refute : ratio is bounded in s
  refute : abs(w) <= advantage
  verify : abs(w) <= advantage * (1 + eps)
}
`;
const FORMS = ['dead zone', 'jump', 'limit', 'short', 'beyond', 'bounded', 'bounded in s', 'comparison'];
type Json = Record<string, unknown>;
interface Answer {
  readonly certificate: Json & { obligations: Json[] };
  readonly witness: Json & { points: (Json & { batch: Json; variable?: { value: number } })[] };
}

const known = new Map<number, string>();
/** The prover's answer as plain data, fresh for each use. */
function answer(claim: number): Answer {
  const text = known.get(claim) ?? JSON.stringify(found(claim));
  known.set(claim, text);
  return JSON.parse(text) as Answer;
}
function found(claim: number): unknown {
  const { program } = analyze(TEXT, 'objective.obj').units[0] ?? expect.fail('no objective');
  const { status, certificate, witness } = verifyClaim(program, claim, budgetOf(1_500_000));
  expect(status).toBe('refuted');
  return { certificate: certificate && certificateJson(certificate), witness };
}
const accepts = ({ certificate, witness }: Answer, text = TEXT): boolean =>
  recheck({ text, name: 'objective.obj', certificate, witness }).accepted;

for (const [claim, form] of FORMS.entries()) {
  test(`${form}: accepted as it is`, () => {
    const { certificate, witness } = answer(claim);
    expect(recheck({ text: TEXT, name: 'objective.obj', certificate, witness })).toEqual({ accepted: true });
  });
  test(`${form}: not for another claim`, () => {
    for (const other of FORMS.keys()) {
      // What breaks one bound breaks the other.
      if (other === claim || [other, claim].every((one) => one === 5 || one === 6)) continue;
      const given = answer(claim);
      given.certificate['claim'] = other;
      if (accepts(given)) expect([claim, other]).toEqual([expect.anything(), expect.toSatisfy(isPoint)]);
    }
    const given = answer(claim);
    given.certificate['claim'] = FORMS.length;
    expect(accepts(given)).toBe(false);
  });
}
/** These rest on the points alone, and the points of another witness may break them as well. */
const isPoint = (claim: number): boolean => [0, 4, 7].includes(claim);

/** What is changed, of which claim. */
const TAMPERED: readonly (readonly [string, number, (given: Answer) => void])[] = [
  ['a dead zone that is widened', 0, (it) => void shift(it, 0, -20)],
  ['a dead zone of one point', 0, (it) => void (it.witness.points = it.witness.points.slice(0, 1))],
  [
    'a dead zone of two equal points',
    0,
    ({ witness }) => void (witness.points[1] = witness.points[0] as never),
  ],
  ['a jump without its limits', 1, ({ certificate }) => void (certificate.obligations = [])],
  ['a jump seen from one side', 1, ({ certificate }) => void certificate.obligations.pop()],
  [
    'a jump to another value',
    1,
    ({ certificate }) => void (certificate.obligations[1] = { ...certificate.obligations[1], value: '7' }),
  ],
  [
    'two limits at infinity',
    1,
    ({ certificate }) => {
      for (const one of certificate.obligations) one['toward'] = { at: 'inf' };
    },
  ],
  [
    'both limits from below',
    1,
    ({ certificate }) => {
      for (const one of certificate.obligations) one['toward'] = certificate.obligations[0]?.['toward'];
    },
  ],
  [
    'a limit that is moved',
    2,
    ({ certificate }) => {
      for (const one of certificate.obligations) one['value'] = '2';
    },
  ],
  [
    'the limit that is claimed',
    2,
    ({ certificate }) => {
      for (const one of certificate.obligations) one['value'] = '1';
    },
  ],
  [
    'a limit at the other end',
    2,
    ({ certificate }) => {
      for (const one of certificate.obligations) one['toward'] = { at: '-inf' };
    },
  ],
  ['an extreme without its bound', 3, ({ certificate }) => void (certificate.obligations = [])],
  ['a point that is not beyond', 4, (it) => void shift(it, 0, -3)],
  ['growth without its limit', 5, ({ certificate }) => void (certificate.obligations = [])],
  ['growth of two points', 5, ({ witness }) => void witness.points.pop()],
  ['growth with a point below its stage', 5, (it) => void shift(it, 2, -8)],
  [
    'growth to a number',
    5,
    ({ certificate }) => {
      for (const one of certificate.obligations) one['value'] = '5';
    },
  ],
  [
    'growth in data',
    5,
    ({ witness }) => {
      for (const [at, { batch }] of witness.points.entries())
        batch['advantage'] = each(batch['advantage'], at + 1);
    },
  ],
  [
    'growth the other way',
    6,
    ({ certificate }) => {
      for (const one of certificate.obligations) one['toward'] = { at: '-inf' };
    },
  ],
  ['a comparison that holds', 7, (it) => void shift(it, 0, -3)],
];
test.each(TAMPERED)('%s is refused', (_, claim, change) => {
  const given = answer(claim);
  change(given);
  expect(accepts(given)).toBe(false);
});

test('a bounded value that is large at three points is no growth', () => {
  const text = TEXT.replace('let ratio = exp(s)', 'let ratio = min(exp(s), 1000000000000)');
  expect(accepts(answer(5), text)).toBe(false);
  expect(accepts(answer(6), text)).toBe(false);
});
test('no line leads out of a domain', () => {
  const text = TEXT.replace('model logp      : token', 'model logp      : token in (-inf, 50]');
  expect(accepts(answer(5), text)).toBe(false);
  // The value of s that is set may be that of any old_logp.
  expect(accepts(answer(2), text)).toBe(true);
  const both = text.replace('data  old_logp  : token', 'data  old_logp  : token in [-50, inf)');
  expect(accepts(answer(2), both)).toBe(false);
});
test('a jump where the hypotheses do not hold is none', () => {
  const text = TEXT.replace(
    'refute : w is continuous in s',
    'refute for ratio < 1 + eps : w is continuous in s',
  );
  expect(accepts(answer(1), text)).toBe(false);
});
test('what is set over its own value is taken from batches that have it', () => {
  const text = TEXT.replace(
    'refute : w is nowhere zero in s',
    'refute : ratio * (if logp + old_logp < 1 then 1 else 2) is nonincreasing in s',
  );
  const { program } = analyze(text).units[0] ?? expect.fail('no objective');
  const { certificate, witness } = verifyClaim(program, 0, budgetOf(100_000));
  const json = (): Answer =>
    JSON.parse(
      JSON.stringify({ certificate: certificate && certificateJson(certificate), witness }),
    ) as Answer;
  expect(json().witness['overridden']).toBe(true);
  expect(accepts(json(), text)).toBe(true);
  const without = json();
  for (const point of without.witness.points) delete (point as Json)['takenFrom'];
  expect(accepts(without, text)).toBe(false);
});
test('points in another order are the same points', () => {
  for (const claim of [0, 1, 5, 6]) {
    const given = answer(claim);
    given.witness.points.reverse();
    expect(accepts(given)).toBe(true);
  }
});

const each = (json: unknown, by: number): unknown =>
  Array.isArray(json)
    ? json.map((one: unknown) => each(one, by))
    : typeof json === 'number'
      ? json + by
      : json;
/** Moves the log-probabilities of a point. */
function shift({ witness }: Answer, at: number, by: number): void {
  const point = witness.points[at] ?? expect.fail('no such point');
  point.batch['logp'] = each(point.batch['logp'], by);
}
