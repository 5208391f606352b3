/** The SavedModel target: the graph compiled by XLA, the same graph op by op in `plain/`, and a page about both. */
import type { DerivedProgram } from '../../ir/program.js';
import type { Backend, EmittedFile } from '../backend.js';
import { calledIn } from '../javascript/called.js';
import { encode } from './encode.js';
import { listing } from './listing.js';
import { savedModel, type ModelOptions } from './model.js';
import { pageFor } from './page.js';

const FILE = 'saved_model.pb';

export const savedmodel: Backend = {
  name: 'savedmodel',
  emit: (program, provenance) => {
    const called = calledIn(program);
    const file = (path: string, form: ModelOptions['form']): EmittedFile => {
      const model = savedModel(program, called, { ...provenance, form, signatures: 'per loss' });
      return { path, text: listing(model), bytes: encode(model) };
    };
    return Promise.resolve([
      file(FILE, 'xla'),
      file(`plain/${FILE}`, 'plain'),
      { path: 'README.md', text: pageFor(program, provenance) },
    ]);
  },
};

/** The bytes of one form, for a program that is simplified for code. */
export const modelBytes = (program: DerivedProgram, options: ModelOptions): Uint8Array<ArrayBuffer> =>
  encode(savedModel(program, calledIn(program), options));
