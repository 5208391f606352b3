/** An evaluation as JSON: `{"objective", "loss", "grad", "metrics"}`, every number exactly. */
import { stringifyResult } from '../batch/json.js';
import type { Evaluated } from './evaluated.js';

const text = ({ objective, loss, grad, metrics }: Evaluated): string =>
  stringifyResult({ objective, loss, grad, metrics });

/** Indented, with a line feed at the end. */
export const evaluationJson = (of: Evaluated): string => `${text(of)}\n`;

/** On one line, with a line feed at the end; no text inside a result holds a line feed, so the lines may be joined. */
export const evaluationJsonLine = (of: Evaluated): string =>
  `${text(of)
    .replace(/,\n\s*/g, ', ')
    .replace(/\n\s*/g, '')}\n`;
