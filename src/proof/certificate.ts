/** What a verdict rests on, as `veriloss recheck` reads it. `docs/certificates.md` says what each part means. */
import type { RawBatch } from './verdict.js';
import type { Derivation, LimitValue, Toward } from './derivation.js';
import type { Condition, Sequent, Term } from './term.js';

/** The other elements of an index set, seen from one of its elements, or from outside of it. */
export interface Family {
  /** `f1`, or a part of the others by `where`: `f1:1`. Its count is `f1:count`, `f1:1:count`. */
  readonly name: string;
  /** All families of one index set share a generic member, whose inputs are `f1.reward`: here `f1`. */
  readonly set: string;
  readonly from: 'token' | 'rollout' | 'group' | 'peer';
  readonly to: 'rollout' | 'group' | 'batch';
  /** Which copy of the varied value it is read at, of a claim that compares several. */
  readonly copy?: number;
  /** At a generic member. */
  readonly where: Condition;
  /** Whether the claim's own element is of the set, before `where`. */
  readonly ownInside: boolean;
}
/** A variable that stands for the family's part of a reduction. */
export interface Rest {
  readonly name: string;
  readonly family: string;
  readonly reduce: string;
  /** What is reduced, at a generic member. */
  readonly body: Term;
}
/** A family's members for which a condition holds, and those for which it does not: their counts and sums add up. */
export interface Split {
  readonly family: string;
  readonly on: Condition;
  readonly then: string;
  readonly else: string;
}
/** A value that is only named: what an operation that looks elsewhere gives. */
export interface Unknown {
  readonly name: string;
  readonly what: string;
  /** In the language's notation. */
  readonly of: string;
}
/** A fact of rests that holds because it holds for each member. */
export interface Lift {
  readonly family: string;
  /** Σ weight·body + constant, at a generic member, stands so to 0; then Σ weight·rest + constant·count does. */
  readonly relation: '>=' | '>' | '==';
  readonly weights: readonly { readonly rest: string; readonly weight: Term }[];
  readonly constant: Term;
  readonly by: Derivation;
}

/** What the other tokens of the rollout add to a scan stands so to 0, because what each of them adds does. */
export interface ScanSign {
  readonly name: string;
  /** The set of the other tokens. */
  readonly set: string;
  readonly relation: '>=' | '<=' | '==';
  readonly by: Derivation;
}

/** A family of which there is one member at most, because two different ones contradict each other. */
export interface Single {
  readonly family: string;
  readonly by: Derivation;
}

/** How the claim's expressions are read at one element: which names are taken as they are, what stands for the others. */
export interface View {
  /** Lets that are variables here: any value of their range will do. */
  readonly opaque: readonly string[];
  readonly families: readonly Family[];
  readonly rests: readonly Rest[];
  readonly splits: readonly Split[];
  /** Names of which nothing is known. */
  readonly unknowns: readonly Unknown[];
  readonly lifts: readonly Lift[];
  readonly scans?: readonly ScanSign[];
  readonly singles?: readonly Single[];
}

/** One statement of the proof; the kinds are those that the claim's form asks for, no more and no fewer. */
export type Obligation =
  | {
      readonly kind: 'holds';
      readonly what: string;
      readonly sequent: Sequent;
      readonly proof: Derivation;
      /** Of what is varied (`what: "range"`): the bound, and how its definition is read. */
      readonly fact?: Condition;
      readonly view?: View;
    }
  | {
      readonly kind: 'tends';
      readonly what: string;
      readonly given: readonly Condition[];
      readonly term: Term;
      readonly variable: string;
      readonly toward: Toward;
      readonly value: LimitValue;
      readonly proof: Derivation;
    }
  | {
      readonly kind: 'continuous';
      readonly what: string;
      readonly given: readonly Condition[];
      readonly term: Term;
      readonly variable: string;
      /** One for each literal of each condition that the variable moves, in post-order: where it is 0, branches agree. */
      readonly joined: readonly Derivation[];
      /** One for each operation under such a condition, in post-order: it is defined up to the condition's border. */
      readonly defined: readonly Derivation[];
    }
  | {
      /** On no interval of the variable is the term 0 throughout. */
      readonly kind: 'nowhere zero';
      readonly what: string;
      readonly given: readonly Condition[];
      readonly term: Term;
      readonly variable: string;
      readonly proof: Derivation;
    };

/** A batch and parameters that satisfy the hypotheses. */
interface Instance {
  readonly params: Readonly<Record<string, number>>;
  readonly batch: RawBatch;
}
export interface Example extends Instance {
  /** Of a claim that compares values of what it varies: from where another one is taken that satisfies them too, all else the same. */
  readonly second?: Instance;
}

export interface Certificate {
  readonly format: 1;
  readonly prover: string;
  readonly objective: string;
  readonly claim: number;
  readonly status: 'proved' | 'refuted';
  readonly view?: View;
  readonly obligations: readonly Obligation[];
  /** Of a proved claim: that it speaks of something. */
  readonly example?: Example;
  /** The bound of a claim that says "bounded", over what may enter it. */
  readonly bound?: Term;
}
