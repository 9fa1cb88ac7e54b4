/**
 * A value as text: two that are written alike have the same text. Of a function it is the source, not
 * what it closes over; of an object its own members and those of its classes, in their order.
 */
export function valueText(value: unknown): string {
  return textOf(value, []);
}

/** @param within - The objects around it: one that holds itself is written as how far out that is. */
function textOf(value: unknown, within: readonly object[]): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
    return Object.is(value, -0) ? '-0' : String(value);
  }
  const out = within.indexOf(value);
  if (out >= 0) return `^${within.length - out}`;
  const inner = [...within, value];
  if (Array.isArray(value) || value instanceof Set || value instanceof Map) {
    return `${value.constructor.name}[${[...value].map(item => textOf(item, inner)).join()}]`;
  }
  const members = [...membersOf(value)].map(
    ([name, member]) => `${JSON.stringify(name)}:${textOf(member, inner)}`,
  );
  return `${sourceOf(value)}{${members.join()}}`;
}

function sourceOf(value: object): string {
  return typeof value === 'function' ? Function.prototype.toString.call(value) : '';
}

/** By name what an object has; of an accessor the function, which is not called. */
function membersOf(value: object): Map<string, unknown> {
  const members = new Map<string, unknown>();
  const isFunction = typeof value === 'function';
  for (let owner = value; owner !== Object.prototype; ) {
    for (const [name, member] of Object.entries(Object.getOwnPropertyDescriptors(owner))) {
      const isOurs = isFunction ? member.enumerable === true : name !== 'constructor';
      if (isOurs && !members.has(name)) members.set(name, member.get ?? member.value);
    }
    const parent: object | null = isFunction ? null : Object.getPrototypeOf(owner);
    if (parent === null) break;
    owner = parent;
  }
  return members;
}
