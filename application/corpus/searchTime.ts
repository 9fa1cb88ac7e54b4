/** How long is searched for one trace, and who may end it sooner. */
export interface SearchTime {
  /** For each search. */
  readonly milliseconds: number;
  readonly isInterrupted: () => boolean;
}
