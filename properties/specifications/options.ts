/** What is asked for of a model; what is left out is as by default. */
export interface SpecificationOptions<Config, ModelBounds> {
  /** Settings over the defaults. */
  readonly config?: Partial<Config>;
  /** Bounds over the large scope. */
  readonly bounds?: Partial<ModelBounds>;
  /** Deliberate defects to switch on, by name. */
  readonly defects?: readonly string[];
}

/**
 * The defects of these names, in their order.
 *
 * @throws the model's own error of configuration when a name is unknown.
 */
export function chosenDefects<Defect extends { readonly name: string }>(
  names: readonly string[] = [],
  all: readonly Defect[],
  ConfigError: new (message: string) => Error,
): Defect[] {
  return names.map(name => {
    const found = all.find(defect => defect.name === name);
    if (found !== undefined) return found;
    const known = all.map(defect => defect.name).join(', ');
    throw new ConfigError(`unknown defect "${name}" (known: ${known || 'none'})`);
  });
}
