/** The properties of the model tests of each file: a corpus belongs to all of them together. */
const tested = new Map<string, Set<string>>();

/** Notes what a model test in this file checks. All tests of a file are registered before one runs. */
export function noteTested(file: string, properties: readonly { readonly name: string }[]): void {
  const names = tested.get(file) ?? new Set();
  for (const { name } of properties) names.add(name);
  tested.set(file, names);
}

/** The names of all properties that some model test in this file checks. */
export function testedIn(file: string): ReadonlySet<string> {
  return tested.get(file) ?? new Set();
}
