/** A thread that decides claims: a file of `threads.ts`, of which it is the other side. Its own entry in `dist/cli`. */
import { parentPort } from 'node:worker_threads';
import { analyze } from '../../compile.js';
import { claimName, verifyAnalysis } from '../../verification.js';
import type { Verdict } from '../../proof/verdict.js';
import { importedName } from '../imports.js';
import type { Answer, Job } from './threads.js';

function answerTo({ name, text, imported, budget, claims }: Job): Answer {
  const texts = new Map(imported.map((one) => [one.name, one]));
  const analysis = analyze(text, name, (path, from) => texts.get(importedName(path, from)));
  const answer = new Map<string, Verdict>();
  verifyAnalysis(analysis, {
    budget,
    only: (claim) => claims.includes(claimName(claim)),
    decide: (claim, prove) => {
      const verdict = prove();
      answer.set(claimName(claim), verdict);
      return verdict;
    },
  });
  return answer;
}

parentPort?.on('message', (job: Job) => parentPort?.postMessage(answerTo(job)));
