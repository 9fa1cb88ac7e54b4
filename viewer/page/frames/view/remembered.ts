/**
 * Makes something of a value once, as long as all that it is made of is the very same. The states of
 * a run share what a step leaves as it was, so that stepping makes anew only what has changed.
 */
export function remembered<Made>(): (
  of: unknown,
  inputs: readonly unknown[],
  make: () => Made,
) => Made {
  const known = new WeakMap<object, { readonly inputs: readonly unknown[]; readonly made: Made }>();
  return (of, inputs, make) => {
    if (of === null || typeof of !== 'object') return make();
    const last = known.get(of);
    const isSame =
      last?.inputs.length === inputs.length &&
      last.inputs.every((input, index) => input === inputs[index]);
    if (isSame) return last.made;
    const made = make();
    known.set(of, { inputs, made });
    return made;
  };
}
