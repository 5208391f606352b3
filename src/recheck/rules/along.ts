/**
 * A function of one variable between two points, or from one on: that it is defined and continuous there, and that its
 * derivative has a sign. It is then made of finitely many smooth pieces on any finite stretch, so the sign carries over.
 */
import { extended, restricted, type Context } from '../context.js';
import { definednessOf, derivative } from '../derivative.js';
import { fields, list, oneOf, string } from '../json.js';
import { jointsOf } from '../paths.js';
import { demand } from '../rejection.js';
import * as t from '../term.js';
import type { Condition, Term } from '../term.js';
import { mentions } from '../variables.js';
import { CONTRADICTION, type Check } from './rule.js';

export const SIGNS = ['>=', '>', '<=', '<', '=='] as const;
export type Sign = (typeof SIGNS)[number];

/** How a term stands to 0. */
export function signed(sign: Sign, x: Term): Condition {
  if (sign === '<=') return t.literal('>=', t.negated(x));
  return sign === '<' ? t.literal('>', t.negated(x)) : t.literal(sign, x);
}

export interface Along {
  readonly variable: string;
  readonly f: Term;
}

/** Checks the parts of `along`; `where the variable runs` is told by the conditions. */
export function checkAlong(
  json: unknown,
  run: (x: Term) => readonly Condition[],
  slope: Sign,
  outside: readonly Term[],
  at: { readonly where: string; readonly context: Context; readonly check: Check },
): Along & { readonly inner: Context } {
  const { where, context, check } = at;
  const along = fields(json, where);
  const variable = string(along['variable'], `${where}.variable`);
  const f = t.readTerm(along['f'], `${where}.f`);
  demand(!context.declared.has(variable), `${where}.variable`, `${variable} is not new`);
  for (const term of outside) demand(!mentions(term, variable), where, `an end mentions ${variable}`);
  const free = restricted(context, (condition) => !mentions(condition, variable));
  const inner = extended(free, ...run(t.variable(variable)));
  // What the variable does not move needs no proof; a certificate may have one all the same.
  const close = (parts: unknown, named: string, all: readonly Need[]): void => {
    const proofs = list(parts, `${where}.${named}`);
    const moved = all.filter(({ about }) => mentions(about, variable));
    const needs = proofs.length === all.length ? all : moved;
    const expected = `expected ${String(moved.length)} derivations, found ${String(proofs.length)}`;
    demand(proofs.length === needs.length, `${where}.${named}`, expected);
    needs.forEach(({ negation }, index) => {
      check(
        proofs[index],
        extended(inner, ...negation),
        CONTRADICTION,
        `${where}.${named}[${String(index)}]`,
      );
    });
  };
  close(
    along['defined'],
    'defined',
    definednessOf(f).map((needed) => ({ about: needed.x, negation: [t.not(needed)] })),
  );
  close(
    along['joined'],
    'joined',
    jointsOf(f, variable).map(({ at: meets, difference, path }) => ({
      about: meets,
      negation: [...path, t.literal('==', meets), t.literal('!=', difference)],
    })),
  );
  const wrong = t.not(signed(slope, derivative(f, variable)));
  check(along['slope'], extended(inner, wrong), CONTRADICTION, `${where}.slope`);
  return { variable, f, inner };
}

/** What has to be closed, and the term that it is about. */
interface Need {
  readonly about: Term;
  readonly negation: readonly Condition[];
}

export const readSign = (json: unknown, where: string): Sign => oneOf(json, SIGNS, where);
