/** The proof of a claim: on each view of it, from the coarsest to the finest, in each way that its form has. */
import type { Claim, Statement } from '../ir/claim.js';
import type { DerivedProgram } from '../ir/program.js';
import * as b from '../proof/build.js';
import type { Obligation } from '../proof/certificate.js';
import type { Condition } from '../proof/term.js';
import type { Budget } from './budget.js';
import { proofsOf, type Proofs } from './remembered.js';
import { relevantTo } from './properties/relevant.js';
import { waysOf } from './properties/index.js';
import { troubleOf, type Shown, type Trouble, type Way } from './properties/property.js';
import { keyOf } from '../proof/key.js';
import { viewsOf, type Defined, type Viewed } from './view/view.js';

export interface Proved extends Shown {
  readonly viewed: Viewed;
}
export type Proof = { readonly proved: Proved } | { readonly trouble: Trouble };

/** Of the budget, for one view. */
const VIEW_SHARE = 4_000_000;

export function proofOf(program: DerivedProgram, claim: Claim, budget: Budget): Proof {
  let trouble: Trouble | undefined;
  for (const way of waysOf(claim.statement)) {
    const proof = byWay(program, claim, way, budget);
    if ('proved' in proof) return proof;
    trouble = proof.trouble;
    if (!budget.spend(1)) break;
  }
  if (trouble === undefined)
    throw new Error(`internal: no way to show that a claim is ${claim.statement.kind}`);
  return { trouble };
}

function byWay(program: DerivedProgram, claim: Claim, way: Way<Statement>, budget: Budget): Proof {
  let trouble: Trouble | undefined;
  const proofs = proofsOf(program);
  for (const viewed of viewsOf(program, claim, way.copies, budget, proofs.of)) {
    const share = budget.share(VIEW_SHARE);
    const attempt = shownIn(claim, way, viewed, proofs, share);
    if ('proved' in attempt) return attempt;
    ({ trouble } = attempt);
    if (!budget.spend(1)) break;
  }
  return { trouble: trouble ?? { at: b.zero, reason: 'there is no view of it' } };
}

/**
 * What a claim's expressions need is not taken for granted of the losses, and whether there is a value comes first: it is little, and
 * without it nothing is shown.
 */
function shownIn(
  { statement }: Claim,
  way: Way<Statement>,
  viewed: Viewed,
  proofs: Proofs,
  budget: Budget,
): Proof {
  const defined = allDefined(viewed, viewed.defined, proofs, budget);
  if ('trouble' in defined) return defined;
  const ofLoss = allDefined(viewed, viewed.lossDefined, proofs, budget);
  if ('trouble' in ofLoss) return ofLoss;
  const attempt = way.show(statement, viewed, budget);
  if ('trouble' in attempt) return attempt;
  const { shown } = attempt;
  const { obligations } = shown;
  if (!budget.spend(0)) return { trouble: { at: b.zero, reason: 'too much work' } };
  return {
    proved: {
      ...shown,
      obligations: [...viewed.ranges, ...obligations, ...defined.obligations, ...ofLoss.obligations],
      viewed,
    },
  };
}

/** That each of the operations has a value, wherever the hypotheses hold; those before it in the same place do. */
function allDefined(
  { variables }: Viewed,
  needs: readonly Defined[],
  proofs: Proofs,
  budget: Budget,
): { readonly obligations: readonly Obligation[] } | { readonly trouble: Trouble } {
  const obligations: Obligation[] = [];
  const shown: { readonly under: readonly string[]; readonly condition: Condition }[] = [];
  for (const { what, given, condition } of needs) {
    const under = given.map(keyOf);
    const here = new Set(under);
    const earlier = shown.filter((one) => one.under.every((key) => here.has(key)));
    const known = [...given, ...earlier.map((one) => one.condition)];
    const sequent = { variables, given: relevantTo(known, condition), goal: condition };
    const outcome = proofs.of(sequent, budget);
    if ('stuck' in outcome) return { trouble: { ...troubleOf(outcome.stuck), at: condition } };
    obligations.push({ kind: 'holds', what, sequent, proof: outcome.proof });
    shown.push({ under, condition });
  }
  return { obligations };
}
