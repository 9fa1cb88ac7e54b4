/** What treats interchangeable nodes differently. */
export interface Asymmetry {
  /** `model`: it was noticed by what came of the search, and is not known of which of its parts. */
  readonly kind: 'property' | 'action' | 'model';
  /** The property's name, the action's, or the model's. */
  readonly name: string;
  /** Two or more nodes, by name, that make a difference when they are exchanged; none if it is not known. */
  readonly nodes: readonly string[];
}

/** How far it was checked that renaming interchangeable nodes makes no difference. */
export interface SymmetryCheck {
  /** Renamings with which everything was compared that was computed, of so many that there are. */
  readonly renamings: number;
  readonly of: number;
  /** Computations that were not compared, since memory for them was used up. */
  readonly unchecked: number;
}

/**
 * A search that counts renamed states as one met something that treats these nodes differently. What it has
 * found so far may be incomplete: it is to begin anew without symmetry.
 */
export class AsymmetryError extends Error {
  override readonly name = 'AsymmetryError';
  readonly asymmetry: Asymmetry;

  constructor(asymmetry: Asymmetry) {
    const { kind, name, nodes } = asymmetry;
    super(`${kind} "${name}" treats interchangeable nodes differently: ${nodes.join(', ')}`);
    this.asymmetry = asymmetry;
  }
}

/**
 * Searches with symmetry, if that is wished for, and anew without it if something treats nodes differently.
 *
 * @param known - What is known to do so, from a search that is resumed.
 */
export async function withSymmetry<Result extends object>(
  wish: boolean,
  search: (symmetry: boolean, asymmetry?: Asymmetry) => Promise<Result>,
  known?: Asymmetry,
): Promise<Result & { readonly asymmetry?: Asymmetry }> {
  if (!wish) return search(false);
  if (known !== undefined) return { ...(await search(false, known)), asymmetry: known };
  try {
    return await search(true);
  } catch (error) {
    if (!(error instanceof AsymmetryError)) throw error;
    return withSymmetry(wish, search, error.asymmetry);
  }
}
