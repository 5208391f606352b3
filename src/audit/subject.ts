/** What an audit asks about: the derivative of the minimised value by a score, and which elements are positive. */
import { differentiate, reaches } from '../grad/differentiate.js';
import { ZERO, gt, input, lt, named } from '../ir/build.js';
import type { Expr, Input } from '../ir/expr.js';
import { intern, operandsOf, rebuild } from '../ir/graph.js';
import type { DerivedProgram } from '../ir/program.js';
import type { Level } from '../base/level.js';
import { nameable } from '../base/level.js';

export interface Subject {
  readonly program: DerivedProgram;
  /** The loss, of several. */
  readonly loss: DerivedProgram['losses'][number];
  readonly score: Expr & { readonly name: string };
  readonly level: Level;
  /** grad(minimised value, score), named `w`. */
  readonly weight: Expr;
  /** Conditions of data alone; absent where "on-policy" has no meaning. */
  readonly roles?: { readonly positive: Expr; readonly negative: Expr };
  /** The pairs of inputs that are equal on-policy. */
  readonly policies: readonly { readonly current: Input; readonly behaviour: Input }[];
}

const isNamed = (expr: Expr): expr is Expr & { readonly name: string } =>
  expr.op === 'named' || expr.op === 'input';

/** The score of the first `grad(_, x)` of the file; without one, each model output that a loss depends on. */
export function subjectsOf(program: DerivedProgram): readonly Subject[] {
  return program.losses.flatMap((loss) =>
    scoresOf(program, loss.loss).flatMap((score) => {
      const found = subjectOf(program, loss, score);
      return found === undefined ? [] : [found];
    }),
  );
}

function scoresOf(program: DerivedProgram, loss: Expr): readonly (Expr & { readonly name: string })[] {
  const [first] = program.weights;
  const let_ = program.lets.find(({ name }) => name === first?.score)?.value;
  const models = program.inputs
    .filter(({ role }) => role === 'model')
    .map(({ name, level }) => input('model', name, level));
  const chosen = let_ ?? models.find(({ name }) => name === first?.score);
  const candidates = chosen === undefined ? models : [chosen];
  const reached = reaches(loss, candidates);
  return candidates.filter(isNamed).filter((_, at) => reached[at] === true);
}

function subjectOf(
  program: DerivedProgram,
  loss: DerivedProgram['losses'][number],
  score: Expr & { readonly name: string },
): Subject | undefined {
  const [derivative] = differentiate(loss.loss, [score]);
  if (derivative === undefined) return undefined;
  const level = nameable(score.type.level);
  const weight = named('w', derivative, level);
  const policies = policiesOf(program);
  const roles = policies.length === 0 ? undefined : rolesOf(weight, policies);
  return { program, loss, score, level, weight, policies, ...(roles === undefined ? {} : { roles }) };
}

/** `logp` and `old_logp`, and any other pair that is called so. */
function policiesOf({ inputs }: DerivedProgram): Subject['policies'] {
  return inputs
    .filter(({ role }) => role === 'model')
    .flatMap((model) => {
      const old = inputs.find(({ name, level }) => name === `old_${model.name}` && level === model.level);
      return old === undefined
        ? []
        : [
            {
              current: input('model', model.name, model.level),
              behaviour: input('data', old.name, old.level),
            },
          ];
    });
}

/**
 * An expression where every current policy is its behaviour policy, at all elements. Names whose values that changes are
 * no longer theirs, and are dropped.
 */
export function onPolicy(expr: Expr, policies: Subject['policies']): Expr {
  const behaviourOf = (node: Expr): Expr | undefined =>
    node.op === 'input' && node.role === 'model'
      ? policies.find(({ current }) => current.name === node.name)?.behaviour
      : undefined;
  const moved = new Set<Expr>();
  for (const node of intern([expr]).nodes)
    if (behaviourOf(node) !== undefined || operandsOf(node).some((one) => moved.has(one))) moved.add(node);
  const names = new Set([...moved].flatMap((node) => (node.op === 'named' ? [node.name] : [])));
  const { roots } = rebuild([expr], (node) =>
    node.op === 'named' && names.has(node.name) ? node.x : (behaviourOf(node) ?? node),
  );
  return roots[0] ?? expr;
}

/** Who is pushed up and who down by a weight, on-policy. */
export function rolesOf(weight: Expr, policies: Subject['policies']): NonNullable<Subject['roles']> {
  const there = onPolicy(weight, policies);
  return { positive: lt(there, ZERO), negative: gt(there, ZERO) };
}
