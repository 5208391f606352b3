/** The levels of the concrete syntax; `vocab` is read but is no level of this edition. */
import { LEVELS, type Level } from '../../base/level.js';
import type { LevelCstNode } from '../../../grammar/cst.gen.js';
import type { Token } from '../../../grammar/lexer.js';
import { anyOf } from './context.js';

export interface LevelToken {
  readonly token: Token | undefined;
  readonly level: Level | undefined;
}

/** The level that a node names, if it names one of this edition. */
export function levelOf({ children }: LevelCstNode): LevelToken {
  const token = anyOf(children.Batch, children.Group, children.Rollout, children.Token, children.Vocab);
  return { token, level: LEVELS.find((level) => level === token?.image) };
}
