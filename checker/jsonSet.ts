/*
 * Sets in JSON, which has none of its own: as the Informal Trace Format writes them, so that they are told from
 * lists. What is in one has no order.
 */

/** The only key of a set. */
export const SET = '#set';

/** The elements of a set; undefined of anything else. */
export function elementsIn<Json>(value: Json): readonly Json[] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const [[key, elements] = [], ...others] = Object.entries(value);
  return key === SET && others.length === 0 && Array.isArray(elements) ? elements : undefined;
}

/** What a set has lost and gained when it became another; undefined where it is about no sets. */
export function setChange<Json>(
  before: Json,
  after: Json,
): { readonly gone: readonly Json[]; readonly come: readonly Json[] } | undefined {
  const [left, right] = [elementsIn(before), elementsIn(after)];
  if (left === undefined || right === undefined) return undefined;
  const without = (all: readonly Json[], others: readonly Json[]): Json[] => {
    const known = new Set(others.map(other => JSON.stringify(other)));
    return all.filter(one => !known.has(JSON.stringify(one)));
  };
  return { gone: without(left, right), come: without(right, left) };
}
