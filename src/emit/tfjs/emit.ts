/** The tfjs backend: one module per objective, in TypeScript, or in JavaScript with its declarations. */
import { plan } from '../../plan/plan.js';
import type { Backend } from '../backend.js';
import { calledIn } from '../javascript/called.js';
import { moduleFiles } from '../javascript/files.js';
import { moduleText } from './module.js';

export const tfjs: Backend = {
  name: 'tfjs',
  async emit(program, options) {
    const text = await moduleText(program, plan(program, calledIn(program)), options);
    return moduleFiles(program.name, text, options);
  },
};
