/** Steps of one objective on one batch, by each path that its module has on the active backend. */
import type { Generated, Layout } from '../backends/generated.js';
import type { Tensor } from '../backends/tensorflow.js';
import type { DeviceBatch } from '../backends/tensors.js';
import { kernelPathsOf } from '../../runtime/fused/kernel-paths.js';
import type { Settings } from '../settings.js';

/** The portable operations, with which every other path is compared. */
export const OPS = 'ops';

export interface Path {
  readonly path: string;
  readonly why: string;
}
export interface Step extends Path {
  /** Loss and gradients, of each optimizer; nothing has been waited for. */
  readonly start: () => Results;
}
export interface Results {
  readonly losses: readonly Tensor[];
  readonly gradients: Readonly<Record<string, Tensor>>;
  /** Frees the tensors. */
  readonly dispose: () => void;
}

/** Makes a module's functions take a path; what the user set is theirs again after `work`. */
export async function withPaths<Result>(
  work: (take: (path: string) => void) => Promise<Result>,
): Promise<Result> {
  const before = process.env['VERILOSS_PATH'];
  try {
    return await work((path) => {
      process.env['VERILOSS_PATH'] = path;
    });
  } finally {
    if (before === undefined) delete process.env['VERILOSS_PATH'];
    else process.env['VERILOSS_PATH'] = before;
  }
}

export interface Paths {
  /** `ops` first. */
  readonly present: readonly Path[];
  readonly absent: readonly Path[];
}

const AUTO = 'auto';

/** The paths that are asked for, as far as the module has them here; by default all those of the active backend. */
export function pathsOf(
  { path }: Generated,
  asked: readonly string[] | undefined,
  backend: string,
  take: (path: string) => void,
): Paths {
  if (path === undefined) throw new Error('internal: a module without kernels is measured');
  const [present, absent]: [Path[], Path[]] = [[], []];
  for (const name of [OPS, ...(asked ?? [AUTO, ...kernelPathsOf(backend)])]) {
    if (present.some((one) => one.path === name)) continue;
    take(name);
    try {
      const report = path();
      const known = present.findIndex((one) => one.path === report.path);
      // Where nothing else runs, it is worth more to know why than who asked.
      if (known >= 0 && name === AUTO) present[known] = report;
      if (known < 0) present.push(report);
    } catch (error) {
      absent.push({ path: name, why: error instanceof Error ? error.message : String(error) });
    }
  }
  return { present, absent };
}

export interface Subjected {
  readonly module: Generated;
  readonly members: DeviceBatch;
  readonly layout: Layout;
  readonly params: Settings;
  /** Whether each step prepares a layout of its own. */
  readonly prepares: boolean;
}

/** A step by a path. */
export function stepBy(
  path: Path,
  { module, members, layout, params, prepares }: Subjected,
  take: (path: string) => void,
): Step {
  return {
    ...path,
    start: () => {
      take(path.path);
      const own = prepares ? module.prepare(members) : layout;
      const made = Object.entries(module.losses).map(
        ([optimizer, { lossAndGradients }]) => [optimizer, lossAndGradients(members, own, params)] as const,
      );
      const gradients = Object.fromEntries(
        made.flatMap(([optimizer, one]) =>
          Object.entries(one.gradients).map(
            ([name, gradient]) => [`${optimizer} ${name}`, gradient] as const,
          ),
        ),
      );
      const losses = made.map(([, { loss }]) => loss);
      return {
        losses,
        gradients,
        dispose: () => {
          for (const tensor of [...losses, ...Object.values(gradients)]) tensor.dispose();
          if (prepares) own.dispose();
        },
      };
    },
  };
}
