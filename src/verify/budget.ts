/** Counted work: what bounds a proof, the same on every machine. */

export interface Budget {
  /** Takes so many steps, and tells whether there were that many left; where not, the caller gives up. */
  readonly spend: (steps: number) => boolean;
  /** A part of what is left, counted against it too. */
  readonly share: (steps: number) => Budget;
  readonly spent: () => number;
}

/** One step is about a microsecond of an ordinary machine. */
export function budgetOf(steps: number): Budget {
  let used = 0;
  const spend = (more: number): boolean => {
    used += more;
    return used <= steps;
  };
  return { spend, share: (part) => shareOf(part, spend), spent: () => used };
}

function shareOf(steps: number, spendAbove: (steps: number) => boolean): Budget {
  const own = budgetOf(steps);
  const spend = (more: number): boolean => {
    const isLeft = own.spend(more);
    return spendAbove(more) && isLeft;
  };
  return { spend, share: (part) => shareOf(part, spend), spent: own.spent };
}
