/** Every command, in the order in which the help lists them. */
import type { DefineCommand } from '../context.js';
import { defineAudit } from './audit.js';
import { defineBench } from './bench.js';
import { defineCheck } from './check.js';
import { defineCompile } from './compile.js';
import { defineCompletion } from './completion.js';
import { defineConfig } from './config.js';
import { defineConform } from './conform.js';
import { defineDiff } from './diff.js';
import { defineDoctor } from './doctor.js';
import { defineEval } from './eval.js';
import { defineExplain } from './explain.js';
import { defineFmt } from './fmt.js';
import { defineInit } from './init.js';
import { definePlot } from './plot.js';
import { defineRecheck } from './recheck.js';
import { defineVectors } from './vectors.js';
import { defineVerify } from './verify.js';

export const commands: readonly DefineCommand[] = [
  defineCheck,
  defineCompile,
  defineEval,
  defineExplain,
  defineFmt,
  defineVectors,
  defineConform,
  defineVerify,
  defineRecheck,
  defineAudit,
  defineDiff,
  definePlot,
  defineBench,
  defineInit,
  defineConfig,
  defineDoctor,
  defineCompletion,
];
