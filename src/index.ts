/** The public API: everything the command line does, without touching the file system and without Node. */
export { analyze, compile, explain, explainPlan, forCode } from './compile.js';
export type { Analysis, Compilation, CompileOptions, Unit } from './compile.js';
export { checkBatch, evaluateProgram } from './evaluation.js';
export type { Evaluation, Outcome } from './evaluation.js';
export { format } from './format/format.js';
export type { Formatted } from './format/format.js';
export { testVectors } from './vectors.js';
export type { Vector, VectorOptions, VectorSet } from './vectors.js';
export { conformance } from './conform.js';
export type { Conformance, ConformOptions, Verdict } from './conform.js';
export { verifyText } from './verification.js';
export type { Asked, Verification, Verified, VerifiedObjective, VerifyOptions } from './verification.js';
export type {
  Finding,
  Reading,
  Status,
  Unknown,
  Verdict as ClaimVerdict,
  Witness,
  WitnessPoint,
} from './proof/verdict.js';
export { recheck } from './recheck.js';
export type { Rechecked, RecheckRequest } from './recheck.js';
export { parseBatch, parseBatches, stringifyResult } from './batch/json.js';
export type { DenseBatch, Problem } from './batch/dense.js';
export type { Diagnostic, DiagnosticKind, Label, Severity } from './base/diagnostic.js';
export type { Source, Position } from './base/source.js';
export { positionAt } from './base/source.js';
export type { DerivedProgram, DerivedLoss, Loss, Program, ParamInfo, InputInfo } from './ir/program.js';
export { isSingle, lossesOf, type EvaluatedLoss } from './report/evaluated.js';
export type { Explanation } from './report/explanation.js';
export type { Planned } from './report/planned.js';
export { renderFrame, type Paint } from './base/frame.js';
export { diagnosticsText } from './report/diagnostics-text.js';
export { diagnosticsJson } from './report/diagnostics-json.js';
export { verdictsHtml } from './report/verdicts-html.js';
export { verdictsJson } from './report/verdicts-json.js';
export { verdictsJunit } from './report/verdicts-junit.js';
export { verdictsMarkdown } from './report/verdicts-markdown.js';
export { verdictsSarif } from './report/verdicts-sarif.js';
export { verdictsText } from './report/verdicts-text.js';
export { explainText } from './report/explain-text.js';
export { explainLatex } from './report/explain-latex.js';
export { VERSION as version } from './base/version.js';
