/** What an audit says of an objective that claims nothing: answers to a fixed list of questions, each with its ground. */
import type { Finding, Status, Witness } from './verdict.js';

/** On what an answer rests. */
export type Ground =
  /** A proof with a certificate, or a witness. */
  | Status
  /** A number computed by the reference at stated values: true there, and no proof of anything else. */
  | 'measured'
  /** So by the language's own rules, whatever the objective. */
  | 'by construction'
  /** The question has no meaning here. */
  | 'not applicable';

export interface Answer {
  /** `misassignment`: stable, for machines. */
  readonly question: string;
  /** "gradient misassignment in positives". */
  readonly title: string;
  readonly ground: Ground;
  /** `good` and `bad` are judgements that the field shares; `neutral` is a fact. */
  readonly judgement: 'good' | 'bad' | 'neutral';
  /** One sentence, no full stop. */
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly witness?: Witness;
}

/** A derivative in closed form, in cases. */
export interface ClosedForm {
  readonly title: string;
  readonly level: string;
  readonly cases: readonly { readonly condition?: string; readonly value: string }[];
}

export interface AuditedScore {
  /** The let or input by which the loss is differentiated. */
  readonly score: string;
  readonly level: string;
  readonly weight: ClosedForm;
  /** The same with every current policy equal to its behaviour policy. */
  readonly onPolicy?: ClosedForm;
  /** When an element counts as positive: "where w < 0 with every `logp` equal to its `old_logp`", or why that has no meaning. */
  readonly roles: string;
  readonly answers: readonly Answer[];
}

export interface Audit {
  readonly objective: string;
  readonly title?: string;
  readonly papers: readonly string[];
  /** As the source writes it. */
  readonly loss: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly domain: string;
    readonly default?: number;
  }[];
  readonly scores: readonly AuditedScore[];
  /** Of the objective as a whole. */
  readonly answers: readonly Answer[];
}
