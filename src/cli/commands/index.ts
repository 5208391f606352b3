/** Every command, in the order in which the help lists them. */
import type { DefineCommand } from '../context.js';
import { defineCheck } from './check.js';
import { defineCompile } from './compile.js';
import { defineConform } from './conform.js';
import { defineEval } from './eval.js';
import { defineExplain } from './explain.js';
import { defineVectors } from './vectors.js';
import { defineVerify } from './verify.js';

export const commands: readonly DefineCommand[] = [
  defineCheck,
  defineCompile,
  defineEval,
  defineExplain,
  defineVectors,
  defineConform,
  defineVerify,
];
