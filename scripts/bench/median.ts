/** The middle of some measurements. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The measurement below which a share of the others lies; the largest for 1. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
};

/** The smallest and the largest. */
export const spread = (values: readonly number[]): { readonly low: number; readonly high: number } => ({
  low: Math.min(...values),
  high: Math.max(...values),
});
