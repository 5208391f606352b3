/** Object.groupBy where the platform lacks it (Node 20): Chevrotain 13 analyses its grammar with it. */

if (!('groupBy' in Object)) {
  Object.defineProperty(Object, 'groupBy', {
    configurable: true,
    writable: true,
    value: <Item>(items: Iterable<Item>, keyOf: (item: Item, index: number) => PropertyKey) => {
      const groups: Record<PropertyKey, Item[]> = Object.create(null) as Record<PropertyKey, Item[]>;
      let index = 0;
      for (const item of items) (groups[keyOf(item, index++)] ??= []).push(item);
      return groups;
    },
  });
}

export {};
