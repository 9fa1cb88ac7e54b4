/** What a word or a number that this program ends with means. */
export interface Explanation {
  /** As it is printed: the code of an error in brackets, or the word of a verdict. */
  readonly code: string;
  readonly kind: 'error' | 'verdict';
  readonly meaning: string;
  /** What to do about it. */
  readonly advice: string;
  /** The exit code that goes with it. */
  readonly exitCode: number;
}
