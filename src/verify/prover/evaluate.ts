/** Values of conditions in doubles with a running bound of the error: for guesses and counterexamples, never for proofs. */
import { toNumber } from '../../proof/rational.js';
import type { Condition, Term } from '../../proof/term.js';
import { partsOf, subparts, type Part } from './walk.js';

/** Decides each condition at a point, `undefined` where doubles do not tell; gives the values of literals' terms too. */
export interface Evaluator {
  /** Values in the order of `variables`. */
  readonly at: (point: readonly number[]) => void;
  readonly decided: (condition: Condition) => boolean | undefined;
  readonly value: (term: Term) => number;
}

const EPS = 2 ** -51;
const UNKNOWN = 2;

type Step = (values: Float64Array, errors: Float64Array) => void;

export function evaluatorOf(parts: readonly Part[], variables: readonly string[]): Evaluator {
  const all = subparts(...parts);
  const at = new Map<Part, number>(all.map((part, index) => [part, index]));
  const slot = (part: Part): number => at.get(part) ?? 0;
  const steps = all.map((part) => stepOf(part, slot, variables));
  const values = new Float64Array(all.length + variables.length);
  const errors = new Float64Array(all.length);
  return {
    at: (point) => {
      values.set(point, all.length);
      for (const step of steps) step(values, errors);
    },
    decided: (condition) => {
      const truth = values[slot(condition)];
      return truth === 1 ? true : truth === 0 ? false : undefined;
    },
    value: (term) => values[slot(term)] ?? NaN,
  };

  function stepOf(part: Part, slotOf: (part: Part) => number, names: readonly string[]): Step {
    const own = slotOf(part);
    const operands = partsOf(part).map(slotOf);
    const [x = 0, y = 0, z = 0] = operands;
    const set = (v: Float64Array, e: Float64Array, value: number, error: number): void => {
      v[own] = value;
      e[own] = error + EPS * Math.abs(value);
    };
    switch (part.op) {
      case 'number': {
        const value = toNumber(part.value);
        return (v, e) => set(v, e, value, 0);
      }
      case 'pi':
        return (v, e) => set(v, e, Math.PI, 0);
      case 'variable': {
        const place = all.length + names.indexOf(part.name);
        return (v, e) => {
          v[own] = v[place] ?? NaN;
          e[own] = 0;
        };
      }
      case 'sum':
        return (v, e) => {
          let [total, error, most] = [0, 0, 0];
          for (const one of operands) {
            total += v[one] ?? NaN;
            error += e[one] ?? NaN;
            most = Math.max(most, Math.abs(total));
          }
          set(v, e, total, error + EPS * most);
        };
      case 'product':
        return (v, e) => {
          let [total, error] = [1, 0];
          for (const one of operands) {
            const [value, off] = [v[one] ?? NaN, e[one] ?? NaN];
            error = error * Math.abs(value) + (Math.abs(total) + error) * off;
            total *= value;
          }
          set(v, e, total, error);
        };
      case 'power': {
        const q = toNumber(part.exponent);
        return (v, e) => {
          const [base, off] = [v[x] ?? NaN, e[x] ?? NaN];
          const value = base === 0 && q < 0 ? NaN : Math.pow(base, q);
          const room = Math.abs(base) - off;
          const relative = room > 0 ? off / room : base === 0 && off === 0 ? 0 : Infinity;
          set(v, e, value, base === 0 ? off : Math.abs(value) * relative * Math.abs(q) * 2);
        };
      }
      case 'exp':
        return (v, e) => {
          const value = Math.exp(v[x] ?? NaN);
          set(v, e, value, value * Math.expm1(e[x] ?? NaN) + value * EPS);
        };
      case 'log':
        return (v, e) => {
          const [arg, off] = [v[x] ?? NaN, e[x] ?? NaN];
          set(v, e, arg > 0 ? Math.log(arg) : NaN, arg > off ? off / (arg - off) : Infinity);
        };
      case 'select':
        return (v, e) => {
          const test = v[x];
          const chosen = test === 1 ? y : z;
          v[own] = test === UNKNOWN ? NaN : (v[chosen] ?? NaN);
          e[own] = e[chosen] ?? NaN;
        };
      case 'boolean':
        return (v) => {
          v[own] = part.value ? 1 : 0;
        };
      case 'flag': {
        const place = all.length + names.indexOf(part.name);
        return (v) => {
          v[own] = (v[place] ?? 0) > 0 ? 1 : 0;
        };
      }
      case 'not':
        return (v) => {
          v[own] = v[x] === UNKNOWN ? UNKNOWN : 1 - (v[x] ?? 0);
        };
      case 'and':
        return (v) => {
          let truth = 1;
          for (const one of operands)
            if (v[one] === 0) truth = 0;
            else if (v[one] === UNKNOWN && truth === 1) truth = UNKNOWN;
          v[own] = truth;
        };
      case 'or':
        return (v) => {
          let truth = 0;
          for (const one of operands)
            if (v[one] === 1) truth = 1;
            else if (v[one] === UNKNOWN && truth === 0) truth = UNKNOWN;
          v[own] = truth;
        };
      case '>=':
      case '>':
      case '==':
      case '!=': {
        const ofSign = SIGNS[part.op];
        return (v, e) => {
          const [value, off] = [v[x] ?? NaN, e[x] ?? NaN];
          const known = Math.abs(value) > 4 * off || (value === 0 && off === 0);
          v[own] = !known || !Number.isFinite(value) ? UNKNOWN : ofSign(value) ? 1 : 0;
        };
      }
    }
  }
}
const SIGNS = {
  '>=': (x: number) => x >= 0,
  '>': (x: number) => x > 0,
  '==': (x: number) => x === 0,
  '!=': (x: number) => x !== 0,
} as const;
