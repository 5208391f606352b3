/** The js backend: one module per objective over plain arrays, which imports nothing. */
import type { Backend } from '../backend.js';
import { moduleFiles } from '../javascript/files.js';
import { moduleText } from './module.js';

export const js: Backend = {
  name: 'js',
  emit: async (program, options) => moduleFiles(program.name, await moduleText(program, options), options),
};
