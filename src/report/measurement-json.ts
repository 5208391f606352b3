/** Measurements as JSON; docs/performance.md says what each member is. */
import { FORMAT_VERSION } from './diagnostics-json.js';
import {
  bandwidth,
  bytesOf,
  disagreeing,
  type Bench,
  type Measurement,
  type PathMeasurement,
} from './measurement.js';

/** One document, ending in a newline. What is not a number is `null`, and so is what there is none of. */
export function measurementJson(bench: Bench): string {
  const { machine, settings, measurements, missing } = bench;
  const document = {
    format_version: FORMAT_VERSION,
    machine,
    rounds: settings.rounds,
    seed: settings.seed,
    kept: settings.kept,
    rtol: settings.rtol,
    layout: settings.prepares ? 'every step' : 'once',
    agree: disagreeing(bench).length === 0,
    measurements: measurements.map((one) => measurementOf(one, settings.rtol)),
    missing: missing.map(({ backend, message, hint }) => ({ backend, message, hint: hint ?? null })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function measurementOf(of: Measurement, rtol: number): object {
  const { file, objective, backend, shape, groups, tokens, params, bytesPerToken, copy, paths, absent } = of;
  const bytes = bytesOf(of);
  return {
    file,
    objective,
    backend,
    shape,
    groups,
    tokens,
    params,
    bytes_per_token: bytesPerToken,
    bytes,
    copy: copy === undefined ? null : { ms: copy, gigabytes_per_second: bandwidth(bytes, copy.median) },
    paths: paths.map((path) => pathOf(path, bytes, rtol)),
    absent,
  };
}

const pathOf = (
  { path, why, time, faster, kernels, dispatches, ofCopy, difference }: PathMeasurement,
  bytes: number,
  rtol: number,
): object => ({
  path,
  why,
  ms: time,
  times_faster_than_ops: faster,
  kernels,
  dispatches: dispatches ?? null,
  gigabytes_per_second: bandwidth(bytes, time.median),
  share_of_copy: ofCopy ?? null,
  difference: difference ?? null,
  agrees: difference === undefined ? null : difference <= rtol,
});
