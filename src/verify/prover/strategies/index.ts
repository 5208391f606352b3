/** What is tried on a goal without selections, in this order. */
import type { Strategy } from '../task.js';
import { coefficients } from './coefficients.js';
import { elimination } from './elimination.js';
import { exponents } from './exponents.js';
import { products } from './products.js';
import { saturation } from './saturation.js';

export const STRATEGIES: readonly Strategy[] = [products, saturation, coefficients, elimination, exponents];
