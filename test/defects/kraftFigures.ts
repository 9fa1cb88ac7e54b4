/** What each defect of the quorum model comes to, in its own scope. */
export interface Figures {
  /** The length of a shortest counterexample, or of the scenario; of a masked defect, in the pair. */
  readonly steps: number;
  /** States of the whole scope with a masked defect alone, which breaks nothing. */
  readonly alone?: number;
}

/** For each defect of the quorum model, in the order of their list. */
export const figures: Readonly<Record<string, Figures>> = {
  'double-vote': { steps: 6 },
  'vote-not-persisted': { steps: 8 },
  'quorum-state-lost': { steps: 9 },
  'majority-off-by-one': { steps: 2 },
  'repeated-vote-counted': { steps: 10, alone: 31_435 },
  'leader-votes-for-other': { steps: 5 },
  'leader-in-answer-ignored': { steps: 6, alone: 1677 },
  'vote-without-up-to-date-log': { steps: 10 },
  'follower-forgets-vote': { steps: 8, alone: 4503 },
  'prospective-forgets-leader': { steps: 8, alone: 4863 },
  'observer-stands': { steps: 1 },
  'leader-restarts-without-vote': { steps: 8 },
  'leader-resumes-epoch': { steps: 9 },
  'wiped-voter-votes-again': { steps: 8 },
  'directory-id-restored': { steps: 8 },
  'directory-id-ignored': { steps: 8 },
  'stands-again-after-following': { steps: 15 },
  'earlier-epoch-committed': { steps: 13 },
  'epoch-start-committed': { steps: 13 },
  'counted-before-flush': { steps: 12 },
  'recovery-point-kept': { steps: 8 },
  'joining-observer-not-flushed': { steps: 17 },
  'sole-voter-commits-unflushed': { steps: 1 },
  'removed-leader-counted': { steps: 19 },
  'diverging-fetch-counted': { steps: 11 },
  'high-watermark-goes-back': { steps: 11, alone: 9191 },
  'earlier-high-watermark-told': { steps: 11, alone: 8846 },
  'unawaited-answer-taken': { steps: 15 },
  'answer-of-another-epoch-taken': { steps: 8, alone: 86_646 },
  'truncated-below-high-watermark': { steps: 9, alone: 2255 },
  'two-fetches-in-flight': { steps: 10, alone: 2784 },
  'appended-at-any-offset': { steps: 10, alone: 850 },
  'snapshot-off-by-one': { steps: 2 },
  'snapshot-not-flushed': { steps: 4 },
  'cleaned-beyond-snapshot': { steps: 4 },
  'older-snapshot-installed': { steps: 14, alone: 6500 },
  'snapshot-without-voters': { steps: 2 },
  'voter-change-before-commit': { steps: 25 },
  'two-voter-changes-at-once': { steps: 9 },
  'voters-count-from-commit': { steps: 6 },
  'truncated-voters-kept': { steps: 10 },
  'replacing-voters-not-read': { steps: 15 },
  'active-before-caught-up': { steps: 2 },
  'uncommitted-record-applied': { steps: 4 },
};
