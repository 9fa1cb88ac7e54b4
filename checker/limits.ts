/**
 * Every limit of the engine, in one place; docs/limits.md says what each comes from and what meets it.
 * A model that goes beyond one is told so by an error that names the field or the action, and never
 * gets a number cut to what fits.
 */

/** Letters of a name of a model, an action or a property: the names of trace files are made of them. */
export const MOST_NAME_LENGTH = 100;
/** Nodes of one type: a set of nodes is stored in one byte. */
export const MOST_NODES = 8;
/** Interchangeable nodes of all types together, and of how many types: their order is a key of 53 bits. */
export const MOST_INTERCHANGEABLE_NODES = 12;
export const MOST_INTERCHANGEABLE_TYPES = 2;
/** From the least to the largest value of a number: two bytes, of which one value stands for "absent". */
export const MOST_INT_SPAN = 65_534;
/** Names of an enumeration: one byte, of which one value stands for "absent". */
export const MOST_NAMES = 254;
/** Elements of a list: its length is stored in one byte. */
export const MOST_ELEMENTS = 255;
/** Different elements that a set can have, and keys of a map: each of them takes a byte or more of a state. */
export const MOST_SET_VALUES = 4096;
/** States of a lifecycle: the state that it is in is stored in one byte. */
export const MOST_LIFECYCLE_STATES = 256;
/** Bytes of a state: places in it are kept in two bytes. */
export const MOST_STATE_BYTES = 65_535;
/** Choices of arguments of all actions together: the number of an instance is stored in three bytes. */
export const MOST_INSTANCES: number = 2 ** 20;
/** Slots of the table of states, counted in 32 bits of three words each. */
export const MOST_TABLE_SLOTS = 700_000_000;
/** Words of the states, of the steps, or of what is held back in a graph: an index into them is kept in one word. */
export const MOST_GRAPH_WORDS: number = 2 ** 32 - 1;
/** Distinct outcomes that a thread remembers of each kind; what comes after is computed. */
export const MOST_OUTCOMES: number = 2 ** 20;
/** Bits of a reference to a node of a decision tree, with the place of the byte that it tests. */
export const FOREST_REFERENCE_BITS = 31;
/** Nodes of a decision tree begin at multiples of two to this power, in words. */
export const FOREST_UNIT_BITS = 2;
/** Blocks in which reads are observed in random runs: a state that has more has coarser ones. */
export const MOST_BLOCKS = 128;

/**
 * Words of the decision trees of one kind in one thread, for states of which so many bytes are looked
 * at: a reference has room for the byte and for the unit where a node begins.
 */
export function mostForestWords(bytes: number): number {
  return 2 ** (FOREST_REFERENCE_BITS - offsetBits(bytes) + FOREST_UNIT_BITS);
}

/** Bits of the place of one of so many bytes. */
export function offsetBits(bytes: number): number {
  return bytes < 2 ? 1 : 32 - Math.clz32(bytes - 1);
}
