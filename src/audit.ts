/** An audit of an objective as it stands in a file. */
import { auditOf, type Decide } from './audit/audit.js';
import type { Source } from './base/source.js';
import type { Unit } from './compile.js';
import type { Audit } from './proof/audit.js';
import type { Style } from './report/formula.js';
import { wordingOf } from './wording.js';

/** Answers the fixed list of questions about one objective; `decide` is the verifier. */
export function audit(
  { model, program }: Unit,
  file: Source,
  decide: Decide,
  style: Style = 'unicode',
): Audit {
  const { loss } = wordingOf(model, file);
  return auditOf({ program, losses: program.losses.map((_, at) => loss(at)), decide, style });
}
