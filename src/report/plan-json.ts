/** Fused plans as data for JSON. */
import type { Planned } from './planned.js';

/** The members in the order in which they are printed. */
export const planJson = ({ objective, plans }: Planned): object => ({
  objective,
  plans: plans.map(({ of, gradients, metrics, traffic, stores, blocks }) => ({
    of,
    gradients,
    metrics,
    walks: traffic.walks,
    sorts: traffic.sorts,
    bytes_per_token: {
      read: traffic.read,
      least_read: traffic.leastRead,
      written: traffic.written,
      least_written: traffic.leastWritten,
    },
    buffers: traffic.buffers,
    stores,
    blocks,
  })),
});
