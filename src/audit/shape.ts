/**
 * The shape of a weight in its score, for positives and for negatives: largest size and slope, limits, jumps and dead zones with their ends.
 * Each is guessed first (`verify/landmarks`), then claimed, and told only where the claim is proved for every batch and parameter.
 */
import { abs, ge, gt, infinity, le, lt, named, ZERO } from '../ir/build.js';
import type { Claim, Statement } from '../ir/claim.js';
import type { Expr } from '../ir/expr.js';
import type { Answer } from '../proof/audit.js';
import type { LimitValue } from '../proof/derivation.js';
import type { Term } from '../proof/term.js';
import { termText } from '../proof/text.js';
import type { Finding, Verdict } from '../proof/verdict.js';
import { budgetOf } from '../verify/budget.js';
import { landmarksOf, slopesOf, type Landmarks, type Turn } from '../verify/landmarks.js';
import type { Decide } from './audit.js';
import { expressionOf } from './expression.js';
import { claimOf } from './question.js';
import { rolesOf, type Subject } from './subject.js';

/** Steps for guesses, and for the proof of one. */
const LOOK = 400_000;
const GUESS = 150_000;

/** The weight, its score, and whom it is about. */
interface Case {
  readonly subject: Subject;
  readonly weight: Expr;
  readonly role?: Expr;
  readonly decide: Decide;
}

/** One answer for each role; a single one where there are none. */
export function shapesOf(subject: Subject, decide: Decide): readonly Answer[] {
  const { program, score } = subject;
  const own = program.weights.find((one) => one.score === score.name);
  const weight = own === undefined ? subject.weight : named(own.name, own.value, subject.level);
  const name = own === undefined ? 'w' : `\`${own.name}\` as the file has it`;
  const roles = subject.policies.length === 0 ? undefined : rolesOf(weight, subject.policies);
  const cases: readonly (readonly [string, Case])[] =
    roles === undefined
      ? [['', { subject, weight, decide }]]
      : [
          [' of positives', { subject, weight, decide, role: roles.positive }],
          [' of negatives', { subject, weight, decide, role: roles.negative }],
        ];
  return cases.map(([whom, it]): Answer => {
    const findings = findingsOf(it);
    const about = { question: `shape${whom.replaceAll(' ', '-')}`, title: `shape${whom}`, findings };
    return findings.length === 0
      ? { ...about, ground: 'unknown', judgement: 'neutral', text: 'not decided: nothing of it is proved' }
      : { ...about, ground: 'proved', judgement: 'neutral', text: `of ${name}, in ${score.name}` };
  });
}

function findingsOf(it: Case): readonly Finding[] {
  const { subject, weight, role } = it;
  const claim = claimOf({ ...(role && { guard: role }), statement: boundedIn(it) });
  const landmarks = landmarksOf(subject.program, claim, weight, budgetOf(LOOK));
  const largest = largestOf(it, landmarks?.sizes ?? []);
  if (landmarks === undefined) return largest;
  const turns = landmarks.turns.flatMap((turn) => {
    const at = expressionOf(turn.at, subject.program);
    if (at === undefined) return [];
    const zone = deadZoneAt(it, turn, at, landmarks);
    const jump = jumpAt(it, turn, at);
    return [...zone, ...(jump.length > 0 || zone.length === 0 ? jump : edgeOf(it, turn, at))];
  });
  return [...largest, ...limitsOf(it, landmarks), ...turns, ...steepestOf(it, claim)];
}

const boundedIn = ({ weight, subject }: Case): Statement => ({
  kind: 'bounded',
  of: abs(weight),
  variable: subject.score,
});

/** What a claim's verdict is, under the role and one more condition. */
function decided({ subject, role, decide }: Case, statement: Statement, assuming?: Expr): Verdict {
  const asked = { ...(role && { guard: role }), ...(assuming && { assuming }), statement };
  return decide({ ...subject.program, claims: [claimOf(asked)] }, 0, GUESS);
}
const holds = (it: Case, statement: Statement, assuming?: Expr): boolean =>
  decided(it, statement, assuming).status === 'proved';

/** The largest size: a supremum where one is proved to be it, otherwise a bound. */
function largestOf(it: Case, sizes: readonly Term[]): readonly Finding[] {
  const of = abs(it.weight);
  for (const size of sizes) {
    const value = expressionOf(size, it.subject.program);
    if (value === undefined) continue;
    const exact = decided(it, { kind: 'extreme', extreme: 'sup', of, variable: it.subject.score, value });
    if (exact.status === 'proved') return exact.findings.map((one) => ({ ...one, what: SUPREMUM }));
  }
  const { findings, status } = decided(it, boundedIn(it));
  if (status !== 'proved') return [];
  return findings.map((one) => ({ ...one, what: one.what === 'best bound' ? SUPREMUM : 'bound of |w|' }));
}
const SUPREMUM = 'supremum of |w|';

/** A Lipschitz constant: the size of the slope where it may be largest. */
function steepestOf(it: Case, claim: Claim): readonly Finding[] {
  const { subject, weight: of } = it;
  for (const size of slopesOf(subject.program, claim, of, budgetOf(LOOK))) {
    const by = expressionOf(size, subject.program);
    if (by === undefined || !holds(it, { kind: 'lipschitz', of, variable: subject.score, by })) continue;
    return [{ what: 'Lipschitz constant', value: termText(size) }];
  }
  return [];
}

function limitsOf(it: Case, { toInfinity, toMinusInfinity }: Landmarks): readonly Finding[] {
  const ends = [
    ['inf', toInfinity],
    ['-inf', toMinusInfinity],
  ] as const;
  return ends.flatMap(([end, value]) => {
    const isLimit = value !== undefined && tendsTo(it, value, infinity(end === '-inf'));
    return isLimit ? [{ what: 'limit', value: limitText(value), where: toward(it, end) }] : [];
  });
}
const toward = ({ subject }: Case, end: string): string => `as ${subject.score.name} -> ${end}`;
const limitText = (value: LimitValue): string => (typeof value === 'string' ? value : termText(value));
const valueOf = (value: LimitValue, { subject }: Case): Expr | undefined =>
  typeof value === 'string' ? infinity(value === '-inf') : expressionOf(value, subject.program);

function tendsTo(it: Case, value: LimitValue, point: Expr, assuming?: Expr): boolean {
  const limit = valueOf(value, it);
  if (limit === undefined) return false;
  const { weight: of, subject } = it;
  return holds(it, { kind: 'limit', of, variable: subject.score, point, limit }, assuming);
}

/** Two one-sided limits, of which one is surely larger. */
function jumpAt(it: Case, { at: place, value: there, ...sides }: Turn, at: Expr): readonly Finding[] {
  // A side whose limit is not known may be the one from which the value is continuous.
  const { below = there, above = there } = sides;
  if (typeof below === 'string' || typeof above === 'string') return [];
  if (termText(below) === termText(above)) return [];
  const { score } = it.subject;
  const [from, to] = [valueOf(below, it), valueOf(above, it)];
  if (from === undefined || to === undefined) return [];
  const differ = (['<', '>'] as const).some((operator) =>
    holds(it, { kind: 'comparison', operator, left: from, right: to }),
  );
  const isJump = differ && tendsTo(it, below, at, lt(score, at)) && tendsTo(it, above, at, gt(score, at));
  const value = `from ${termText(below)} to ${termText(above)}`;
  return isJump ? [{ what: 'jump', value, where: `at ${score.name} = ${termText(place)}` }] : [];
}

/** The half-line from a turn on which the weight is exactly 0, where it is not on the other side. */
function deadZoneAt(
  it: Case,
  { at: place, below, above }: Turn,
  at: Expr,
  { toInfinity, toMinusInfinity }: Landmarks,
): readonly Finding[] {
  const { score } = it.subject;
  const isUp = isZero(above) && isZero(toInfinity) && !isZero(below);
  const isDown = isZero(below) && isZero(toMinusInfinity) && !isZero(above);
  const zone = (relation: '>' | '<', assuming: Expr): readonly Finding[] =>
    isEqual(it, ZERO, assuming)
      ? [{ what: 'dead zone', value: `${score.name} ${relation} ${termText(place)}` }]
      : [];
  if (isUp) return zone('>', gt(score, at));
  return isDown ? zone('<', lt(score, at)) : [];
}
const isZero = (value: LimitValue | undefined): boolean =>
  value !== undefined && typeof value !== 'string' && value.op === 'number' && value.value.n === 0n;

const isEqual = (it: Case, right: Expr, assuming: Expr): boolean =>
  holds(it, { kind: 'comparison', operator: '==', left: it.weight, right }, assuming);

/** At the end of a dead zone: the size of the weight there, where it surely is not 0, is an extreme that is attained there. */
function edgeOf(it: Case, { at: place, sizes }: Turn, at: Expr): readonly Finding[] {
  const { program, score } = it.subject;
  const where = `at ${score.name} = ${termText(place)}`;
  const of = abs(it.weight);
  for (const size of sizes) {
    const value = expressionOf(size, program);
    if (value === undefined || isZero(size)) continue;
    if (!holds(it, { kind: 'comparison', operator: '>', left: value, right: ZERO })) continue;
    for (const [extreme, assuming] of [
      ['sup', le(score, at)],
      ['inf', ge(score, at)],
    ] as const) {
      const statement = { kind: 'extreme', extreme, of, variable: score, value } as const;
      const { status, findings } = decided(it, statement, assuming);
      if (status === 'proved' && findings.some((one) => one.where === `attained ${where}`))
        return [{ what: 'jump', value: `of |w| by ${termText(size)}`, where }];
    }
  }
  return [];
}
