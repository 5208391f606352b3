/** A family of test vectors: one question about an implementation, asked in a few ways. */
import type { Scene } from './scene.js';
import type { Draft } from './vector.js';

export interface Family {
  readonly name: string;
  /** What it asks of an implementation. */
  readonly title: string;
  /** The drafts, or why an objective has none. */
  readonly drafts: (scene: Scene) => readonly Draft[] | { readonly why: string };
}
