/** Measurements as text for a terminal: a table for each objective, shape and backend. */
import type { MarkPaint } from './conformance-text.js';
import { counted } from './diagnostics-text.js';
import { bandwidth, bytesOf, disagreeing, type Bench, type Measurement, type Spread } from './measurement.js';

const HEAD = ['', 'ms', 'least', 'faster than ops', 'kernels', 'dispatches', 'GB/s', 'of a copy', 'apart by'];

/** Three digits, and the unit that they need not. */
const number = (value: number): string => {
  if (!Number.isFinite(value)) return '–';
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
};
const spread = ({ median, lower, upper }: Spread, show = number): string =>
  `${show(median)} (${show(lower)}–${show(upper)})`;
const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
const apart = (difference: number): string =>
  difference === 0 ? '0' : Number.isFinite(difference) ? difference.toExponential(0) : 'not a number';

/** The whole report, ending in a newline. */
export function measurementText(bench: Bench, paint: MarkPaint): string {
  const { cpu, cores, platform, node, tfjs } = bench.machine;
  const { rounds, seed, prepares } = bench.settings;
  const head = [
    `${cpu}, ${counted(cores, 'core')}, ${platform}, Node ${node}, tfjs ${tfjs}`,
    `Loss and gradients, the layout prepared ${prepares ? 'in every step' : 'once'}; medians of ${counted(rounds, 'round')} in turns, quartiles in brackets; seed ${seed}`,
  ];
  return `${[head.join('\n'), ...bench.measurements.map(table), verdict(bench, paint)].join('\n\n')}\n`;
}

function table(of: Measurement): string {
  const { objective, backend, shape, groups, tokens, bytesPerToken, copy, paths, absent } = of;
  const bytes = bytesOf(of);
  const { read, written } = bytesPerToken;
  const title =
    `${objective} on ${backend}, [${shape.join(', ')}]: ${counted(groups, 'group')}, ${counted(tokens, 'token')}; ` +
    `the plan reads ${read} and writes ${written} bytes for each, ${number(bytes / 1e6)} MB`;
  const rows = paths.map((path) => [
    path.path,
    spread(path.time),
    number(path.time.least),
    path.difference === undefined ? '1' : spread(path.faster),
    String(path.kernels),
    path.dispatches === undefined ? '' : String(path.dispatches),
    bytes === 0 ? '' : number(bandwidth(bytes, path.time.median)),
    path.ofCopy === undefined ? '' : spread(path.ofCopy, percent),
    path.difference === undefined ? '' : apart(path.difference),
  ]);
  const copied =
    copy === undefined
      ? []
      : [
          [
            'copy',
            spread(copy),
            number(copy.least),
            '',
            '',
            '',
            number(bandwidth(bytes, copy.median)),
            '',
            '',
          ],
        ];
  const [only] = paths;
  const reasons = [
    ...(paths.length === 1 && only !== undefined && absent.length === 0 ? [`only ops: ${only.why}`] : []),
    ...absent.map(({ path, why }) => `no ${path}: ${why}`),
  ];
  return [title, ...aligned([HEAD, ...rows, ...copied]), ...reasons.map((one) => `  ${one}`)].join('\n');
}

/** Columns as wide as what stands in them; those where nothing stands are left out. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const [head = []] = rows;
  const used = head.flatMap((_, column) =>
    column === 0 || rows.slice(1).some((row) => row[column] !== '') ? [column] : [],
  );
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    `  ${used
      .map((column) =>
        column === 0
          ? (row[column] ?? '').padEnd(width(column))
          : (row[column] ?? '').padStart(width(column)),
      )
      .join('  ')}`.trimEnd(),
  );
}

function verdict(bench: Bench, paint: MarkPaint): string {
  const wrong = disagreeing(bench);
  const differences = bench.measurements.flatMap(({ paths }) =>
    paths.flatMap(({ difference }) => difference ?? []),
  );
  if (differences.length === 0)
    return `${paint.green('✓')} measured; there is nothing that ops are compared with`;
  if (wrong.length === 0) {
    const most = apart(Math.max(...differences));
    return `${paint.green('✓')} all paths agree: their gradients are apart by ${most} of the largest at most`;
  }
  const lines = wrong.map(([{ objective, backend, shape }, { path, difference = NaN }]) => {
    const by = Number.isNaN(difference)
      ? 'are not numbers'
      : `are apart by ${apart(difference)} of the largest`;
    return `${paint.red('✗')} ${objective} on ${backend}, [${shape.join(', ')}]: the gradients of ops and ${path} ${by}`;
  });
  return lines.join('\n');
}
