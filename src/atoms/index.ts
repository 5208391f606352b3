/** The functions and the aggregates of the language, by name. */
import { allAggregate } from './aggregates/all.js';
import { anyAggregate } from './aggregates/any.js';
import { countAggregate } from './aggregates/count.js';
import { logsumexpAggregate } from './aggregates/logsumexp.js';
import { maxAggregate } from './aggregates/max.js';
import { meanAggregate } from './aggregates/mean.js';
import { minAggregate } from './aggregates/min.js';
import { pstdAggregate } from './aggregates/pstd.js';
import { pvarAggregate } from './aggregates/pvar.js';
import { quantileAggregate } from './aggregates/quantile.js';
import { stdAggregate } from './aggregates/std.js';
import { sumAggregate } from './aggregates/sum.js';
import { varAggregate } from './aggregates/var.js';
import type { Aggregate, Atom, Scan } from './atom.js';
import { absAtom } from './abs.js';
import { clipAtom } from './clip.js';
import { expAtom } from './exp.js';
import { expm1Atom } from './expm1.js';
import { logAtom } from './log.js';
import { log1pAtom } from './log1p.js';
import { logsigmoidAtom } from './logsigmoid.js';
import { maxAtom } from './max.js';
import { minAtom } from './min.js';
import { reluAtom } from './relu.js';
import { cumsumScan } from './scans/cumsum.js';
import { discountedScan } from './scans/discounted.js';
import { shiftScan } from './scans/shift.js';
import { sigmoidAtom } from './sigmoid.js';
import { signAtom } from './sign.js';
import { softplusAtom } from './softplus.js';
import { sqrtAtom } from './sqrt.js';
import { squareAtom } from './square.js';
import { stopAtom } from './stop.js';
import { tanhAtom } from './tanh.js';

/** Elementwise functions, in the order of the reference manual. */
export const atoms: readonly Atom[] = [
  expAtom,
  logAtom,
  expm1Atom,
  log1pAtom,
  sqrtAtom,
  absAtom,
  signAtom,
  squareAtom,
  sigmoidAtom,
  logsigmoidAtom,
  softplusAtom,
  tanhAtom,
  reluAtom,
  minAtom,
  maxAtom,
  clipAtom,
  stopAtom,
];

/** Aggregates, in the order of the reference manual. */
export const aggregates: readonly Aggregate[] = [
  sumAggregate,
  meanAggregate,
  countAggregate,
  anyAggregate,
  allAggregate,
  maxAggregate,
  minAggregate,
  logsumexpAggregate,
  stdAggregate,
  varAggregate,
  pstdAggregate,
  pvarAggregate,
  quantileAggregate,
];

/** Scans along a rollout, in the order of the reference manual. */
export const scans: readonly Scan[] = [cumsumScan, discountedScan, shiftScan];

const atomTable: ReadonlyMap<string, Atom> = new Map(atoms.map((atom) => [atom.name, atom]));
const aggregateTable: ReadonlyMap<string, Aggregate> = new Map(aggregates.map((one) => [one.name, one]));
const scanTable: ReadonlyMap<string, Scan> = new Map(scans.map((one) => [one.name, one]));

export const atomNamed = (name: string): Atom | undefined => atomTable.get(name);
export const aggregateNamed = (name: string): Aggregate | undefined => aggregateTable.get(name);
export const scanNamed = (name: string): Scan | undefined => scanTable.get(name);
