#!/usr/bin/env node
/** The program `veriloss`: what Node keeps of its compiled code between runs is switched on before it is loaded. */
import module from 'node:module';

// From Node 22.1 on. It is a cache in the system's folder for such; NODE_DISABLE_COMPILE_CACHE=1 does without.
(module as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.();
await import('./process.js');
