import type { RuleTable } from '../../description/ruleTable.ts';
import type { ReplicationRules } from '../rules.ts';

type FetchingRules = Pick<
  ReplicationRules,
  | 'fencesFetchByLeaderEpoch'
  | 'creditsOnlyMatchingFetches'
  | 'takesAnswersOf'
  | 'fencesAnswerByOffset'
  | 'highWatermarkOfDivergingAnswer'
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
      defect: 'unfenced-fetch',
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
  takesAnswersOf: [
    {
      since: '0.10',
      value: 'leader',
      source: 'AbstractFetcherThread.processFetchRequest',
      prevents: 'that a follower uses the answer of a broker that it does not follow any more',
      sometimes: 'shows where the follower has come back to the same leader, at the same offset',
      defect: 'answer-of-earlier-epoch',
      repaired: 'leaderEpoch',
    },
    {
      since: ['3.9.1', '4.0.1'],
      value: 'leaderEpoch',
      source: 'KAFKA-18991; AbstractFetcherThread.processFetchRequest',
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
  highWatermarkOfDivergingAnswer: [
    {
      since: '0.10',
      value: 'ignored',
      source: 'answers do not tell of a divergence',
      prevents: 'nothing: there is no such answer',
    },
    {
      since: '2.7',
      value: 'takenAlong',
      source: 'ReplicaFetcherThread.processPartitionData',
      prevents: 'nothing: the high watermark of the answer counts before the truncation',
      defect: 'high-watermark-of-diverging-answer',
      repaired: 'ignored',
    },
    {
      since: ['3.3.3', '3.4.1'],
      value: 'ignored',
      source: 'KAFKA-14704; AbstractFetcherThread',
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
