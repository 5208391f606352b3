/** Lipschitz in x by k: k·(x₂ − x₁) is at least the difference, in both directions. */
import * as b from '../../proof/build.js';
import { comparing, variedAt, type Property } from './property.js';

export const lipschitz: Property<'lipschitz'> = {
  kind: 'lipschitz',
  ways: [
    comparing(2, ({ of, by }, viewed) => {
      const distance = b.difference(variedAt(viewed, 2), variedAt(viewed, 1));
      const most = b.product(viewed.read(by, 1), distance);
      const change = b.difference(viewed.read(of, 2), viewed.read(of, 1));
      return [b.literal('>=', b.sum(most, change)), b.literal('>=', b.difference(most, change))];
    }),
  ],
};
