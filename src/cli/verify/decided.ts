/** Decides what is asked of files: what is known from earlier runs is not decided again, and the rest is shared among threads. */
import type { Analysis } from '../../compile.js';
import type { Verified } from '../../report/verified.js';
import { claimName, claimsOf, DEFAULT_STEPS, verifyAnalysis, type Asked } from '../../verification.js';
import type { VerifyCommandOptions } from '../commands/verify.js';
import type { Configs } from '../config/configs.js';
import type { Context } from '../context.js';
import { verdictCache, type VerdictCache } from './cache.js';
import { cacheFolder } from './cache-folder.js';
import { inThreads, isForThreads, type Answer, type Job } from './threads.js';

/** A file with claims to decide. */
interface Task {
  readonly analysis: Analysis;
  readonly budget: number;
  readonly cache: VerdictCache | undefined;
}

type Only = (claim: Asked) => boolean;

/** The verdicts of each file, in order: the same with any number of threads. */
export async function decided(
  context: Context,
  analyses: readonly Analysis[],
  options: VerifyCommandOptions,
  found: Configs,
  only: Only,
): Promise<readonly Verified[]> {
  const tasks: Task[] = [];
  for (const analysis of analyses) tasks.push(await taskOf(context, analysis, options, found));
  const files = new Map<Task, Verified>();
  const jobs = new Map<Job, Task>();
  for (const task of tasks) {
    const job = jobOf(task, only);
    if (job.claims.length > 0) jobs.set(job, task);
  }
  const threads = threadsFor(context, options);
  if (isForThreads([...jobs.keys()], threads))
    await inThreads([...jobs.keys()], threads, (job, answer) => {
      const task = jobs.get(job);
      if (task !== undefined) files.set(task, verifiedWith(task, only, answer));
    });
  return tasks.map((task) => files.get(task) ?? verifiedWith(task, only));
}

async function taskOf(
  { io }: Context,
  analysis: Analysis,
  options: VerifyCommandOptions,
  found: Configs,
): Promise<Task> {
  const applied = await found.ofFile(analysis.source.name);
  const budget = options.budget ?? applied.config.verify?.budget ?? DEFAULT_STEPS;
  const folder = options.cache ? cacheFolder(io, applied) : undefined;
  return {
    analysis,
    budget,
    cache: folder === undefined ? undefined : verdictCache(folder, analysis, budget),
  };
}

const threadsFor = ({ io: { threads } }: Context, { threads: most }: VerifyCommandOptions): typeof threads =>
  threads === undefined || most === undefined ? threads : { ...threads, most };

const jobOf = ({ analysis, budget, cache }: Task, only: Only): Job => ({
  name: analysis.source.name,
  text: analysis.source.text,
  imported: analysis.sources.slice(0, -1).map(({ name, text }) => ({ name, text })),
  budget,
  claims: claimsOf(analysis)
    .filter((claim) => only(claim) && cache?.has(claim) !== true)
    .map(claimName),
});

/** With the verdicts that a thread found; without them, with what is found now. */
function verifiedWith({ analysis, budget, cache }: Task, only: Only, answer?: Answer): Verified {
  const verified = verifyAnalysis(analysis, {
    budget,
    only,
    decide: (claim, prove) => {
      const found = (): ReturnType<typeof prove> => answer?.get(claimName(claim)) ?? prove();
      return cache === undefined ? found() : cache.decide(claim, found);
    },
  });
  cache?.save();
  return verified;
}
