/** Closes by products of the facts as they are. */
import type { Derivation } from '../../../proof/derivation.js';
import type { Budget } from '../../budget.js';
import { closing } from '../facts.js';
import type { Task } from '../task.js';

export const products = (task: Task, budget: Budget): Derivation | undefined => closing(task, [], 2, budget);
