import type { Specification } from '../checker/model/specification.ts';

/**
 * Where a thread gets its model from. Functions cannot be handed to another thread: each thread
 * loads the module and calls the function, with data that can.
 */
export interface SpecificationModule {
  /** The URL of the module, as its `import.meta.url` says it. */
  readonly url: string;
  /** The name of an exported {@link SpecificationMaker}. */
  readonly name: string;
  /** What the function is called with: anything that structured cloning copies. */
  readonly data: unknown;
  /** Whether making it loads TypeScript that nobody could build beforehand. */
  readonly isTypeScript?: boolean;
}

/** Makes the same model and properties every time that it is called with the same data. */
type SpecificationMaker = (data: unknown) => Specification | Promise<Specification>;

/**
 * Loads the module and makes what it specifies.
 *
 * @throws Error when the module does not export such a function; whatever loading or making throws.
 */
export async function specificationFrom({
  url,
  name,
  data,
}: SpecificationModule): Promise<Specification> {
  const module: unknown = await import(url);
  const make = new Map(Object.entries(Object(module))).get(name);
  if (typeof make !== 'function') throw new Error(`${url} exports no function ${name}`);
  // What it returns can only be seen by using it.
  return (make as SpecificationMaker)(data);
}
