/** A goal in one variable: far out it is closed by the growth of exponentials, and in between by boxes. */
import * as build from '../../../proof/build.js';
import type { Derivation } from '../../../proof/derivation.js';
import { ratio } from '../../../proof/rational.js';
import type { Literal, Term } from '../../../proof/term.js';
import type { Budget } from '../../budget.js';
import { closing } from '../facts.js';
import { boundOf } from '../linear.js';
import { distinct } from '../keys.js';
import { instance, type Instance } from '../lemmas.js';
import { after, aimLiterals, assuming, type Task } from '../task.js';
import { hasSelect, subparts, variablesOf } from '../walk.js';
import { boxes } from './boxes.js';

/** How far out a tail may begin. */
const DISTANCES = [1n, 3n, 8n, 24n] as const;

export function line(task: Task, budget: Budget): Derivation | undefined {
  const aims = aimLiterals(task).filter((one) => !hasSelect(one));
  const [name, more] = new Set(aims.flatMap((one) => [...variablesOf(one)]));
  if (name === undefined || more !== undefined) return undefined;
  return boxes(task, budget) ?? withTails(task, name, budget);
}

function withTails(task: Task, name: string, budget: Budget): Derivation | undefined {
  const bounds = task.context.literals.flatMap((one) => {
    const bound = boundOf(one);
    return bound?.name === name && (one.op === '>' || one.op === '>=') ? [bound] : [];
  });
  for (const isUp of [true, false]) {
    if (bounds.some(({ above }) => above !== isUp)) continue;
    return cutOff(task, name, isUp, budget);
  }
  return undefined;
}

/** The tail on one side, and then what is left. */
function cutOff(task: Task, name: string, isUp: boolean, budget: Budget): Derivation | undefined {
  for (const distance of DISTANCES) {
    const from = build.number(ratio(isUp ? distance : -distance));
    const own = build.variable(name);
    const on = isUp ? build.atLeast(own, from) : build.atLeast(from, own);
    const outside = assuming(task, on);
    const tail = outside.context.isAbsurd ? ({ rule: 'absurd' } as const) : tailClosed(outside, budget);
    if (tail === undefined) continue;
    const inside = assuming(task, build.not(on));
    const rest = inside.context.isAbsurd ? ({ rule: 'absurd' } as const) : line(inside, budget);
    return rest && { rule: 'cases', on, then: tail, else: rest };
  }
  return undefined;
}

/** Exponentials grow faster than powers: Taylor's polynomials of what is exponentiated. */
function tailClosed(task: Task, budget: Budget): Derivation | undefined {
  const plain = closing(task, [], 1, budget);
  if (plain !== undefined) return plain;
  const instances = aimLiterals(task).flatMap((one) => growths(one));
  const adds = instances.flatMap((one) => one.adds);
  const closed = closing(task, adds, 1, budget) ?? closing(task, adds, 2, budget) ?? boxes(task, budget);
  return (
    closed &&
    after(
      instances.flatMap(({ steps }) => steps),
      closed,
    )
  );
}
function growths(aim: Literal): readonly Instance[] {
  const inside = distinct(subparts(aim).flatMap((part): Term[] => (part.op === 'exp' ? [part.x] : [])));
  return inside
    .slice(0, 2)
    .flatMap((x) => [x, build.negated(x)].map((t) => instance('exp-taylor', [t, build.number(3)])));
}
