/** What turns a layout into pixels. */
export interface Scale {
  /** How wide a column is. */
  readonly column: number;
  /** The number of the last column. */
  readonly end: number;
  /** How many lanes there are. */
  readonly lanes: number;
  /** Before the names of what is drawn once and used many times. */
  readonly id: string;
}
