/** What test vectors are drawn for: a program, values of its parameters, and domains that these have fixed. */
import { fixedDomain, type FixedDomain } from '../base/domain.js';
import type { InputInfo, ParamInfo, Program } from '../ir/program.js';
import type { Params } from './vector.js';

/** An input or a parameter whose domain has numbers for ends. */
export type Fixed<Info> = Omit<Info, 'domain'> & { readonly domain?: FixedDomain };
export type DrawnInput = Fixed<InputInfo>;
export type DrawnParam = Omit<ParamInfo, 'domain'> & { readonly domain: FixedDomain };

export interface DrawnProgram extends Omit<Program, 'inputs' | 'params'> {
  readonly inputs: readonly DrawnInput[];
  readonly params: readonly DrawnParam[];
}

export interface Scene {
  readonly program: DrawnProgram;
  /** The program as declared, from which other parameters fix other domains. */
  readonly declared: Program;
  /** A value for every parameter: what was asked for, the default, or one inside the domain. */
  readonly params: Params;
  /** What was asked for: these stay as they are. */
  readonly given: Params;
  /** The size of every group, where assumptions allow no others: pairs, for preferences. */
  readonly groupSize?: number;
}

/** The domain for these values of parameters; every parameter has one, so that it is fixed. */
export function fixedFor(domain: ParamInfo['domain'], params: Params): FixedDomain {
  const fixed = fixedDomain(domain, (name) => params[name]);
  if (fixed === undefined) throw new Error('internal: a domain names a parameter without a value');
  return fixed;
}

/** The program with its domains as these parameters make them. */
export function fixedProgram(declared: Program, params: Params): DrawnProgram {
  const inputs = declared.inputs.map(({ domain, ...input }) =>
    domain === undefined ? input : { ...input, domain: fixedFor(domain, params) },
  );
  const own = declared.params.map((param) => ({ ...param, domain: fixedFor(param.domain, params) }));
  return { ...declared, inputs, params: own };
}

/** The scene with other values of some parameters. */
export function withParams(scene: Scene, changed: Params): Scene {
  const params = { ...scene.params, ...changed };
  return { ...scene, params, program: fixedProgram(scene.declared, params) };
}
