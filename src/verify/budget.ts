/** Counted work: what bounds a proof, the same on every machine. */

export interface Budget {
  /**
   * Takes so many steps, and tells whether there were that many left; where not, the caller gives up. Of a budget that is used up
   * nothing more is taken: what is not done costs nothing.
   */
  readonly spend: (steps: number) => boolean;
  /** A part of what is left, counted against it too. */
  readonly share: (steps: number) => Budget;
  readonly spent: () => number;
  /** Steps that may still be taken; below 0 where too many were. */
  readonly left: () => number;
}

/** One step is about a microsecond of an ordinary machine. */
export function budgetOf(steps: number): Budget {
  let used = 0;
  const spend = (more: number): boolean => {
    if (used > steps) return false;
    used += more;
    return used <= steps;
  };
  const left = (): number => steps - used;
  return { spend, share: (part) => shareOf(part, spend, left), spent: () => used, left };
}

function shareOf(steps: number, spendAbove: (steps: number) => boolean, leftAbove: () => number): Budget {
  const own = budgetOf(steps);
  const spend = (more: number): boolean => {
    if (own.left() < 0) return false;
    const isLeft = own.spend(more);
    return spendAbove(more) && isLeft;
  };
  const left = (): number => Math.min(own.left(), leftAbove());
  return { spend, share: (part) => shareOf(part, spend, left), spent: own.spent, left };
}
