import type { RuleTable } from '../../description/ruleTable.ts';
import type { ReplicationRules } from '../rules.ts';

type FetchingRules = Pick<
  ReplicationRules,
  | 'fencesFetchByLeaderEpoch'
  | 'creditsOnlyMatchingFetches'
  | 'fencesAnswerByLeaderEpoch'
  | 'fencesAnswerByOffset'
  | 'ignoresHighWatermarkOfDivergingAnswer'
  | 'fetchesAgainAfterCut'
>;

/** Fetching, by release. */
export const fetchingRules: RuleTable<FetchingRules> = {
  fencesFetchByLeaderEpoch: [
    {
      since: '0.10',
      value: false,
      source: 'KIP-320, motivation',
      prevents: 'nothing: a fetch does not say in which leader epoch the follower is',
    },
    {
      since: '2.1',
      value: true,
      source: 'KIP-320, KAFKA-6880, KAFKA-7395',
      prevents: 'that a follower that has missed leader changes counts as one that followed them',
    },
  ],
  creditsOnlyMatchingFetches: [
    {
      since: '0.10',
      value: true,
      source: 'KIP-595; Partition.fetchRecords',
      prevents: 'that the offset of a log that is about to be truncated counts as replicated',
    },
  ],
  fencesAnswerByLeaderEpoch: [
    {
      since: '0.10',
      value: true,
      source: 'KAFKA-13207; AbstractFetcherThread.processFetchRequest',
      prevents: 'that a follower uses the answer to a fetch from an earlier leader epoch',
    },
  ],
  fencesAnswerByOffset: [
    {
      since: '0.10',
      value: true,
      source: 'KAFKA-13207; AbstractFetcherThread.processFetchRequest',
      prevents: 'that a follower appends records where they do not belong',
    },
  ],
  ignoresHighWatermarkOfDivergingAnswer: [
    {
      since: '0.10',
      value: true,
      source: 'KAFKA-14704; ReplicaFetcherThread',
      prevents: 'a high watermark over records that are about to be truncated',
    },
  ],
  fetchesAgainAfterCut: [
    {
      since: '0.10',
      value: true,
      source: 'KAFKA-10371; AbstractFetcherThread',
      prevents: 'a follower that stays behind for ever',
    },
  ],
};
