/** Constant in x: any two values of x give the same. */
import * as b from '../../proof/build.js';
import { comparing, type Property } from './property.js';

export const constant: Property<'constant'> = {
  kind: 'constant',
  ways: [comparing(2, ({ of }, { read }) => [b.equal(read(of, 1), read(of, 2))])],
};
