import {
  acknowledged,
  b1,
  b2,
  b3,
  type Cases,
  crashes,
  deleted,
  type Edit,
  elects,
  exposed,
  freshPartition,
  losesLeader,
  nothing,
  stepFrom,
  writes,
} from '../handBuilt.ts';

const twoRecords = [
  [1, 0],
  [2, 0],
] as const;
const consumesAtLeader = ['consume', { leader: 'broker-1', offset: 0 }] as const;
const reports = (leader: string, offset: number) => ['listOffsets', { leader, offset }] as const;

/** Record 1 was read from broker 1, and broker 2, a follower, has another one there. */
const read = [exposed(1, 0), writes(b1, [[1, 0]], 1)];
const differs = (highWatermark: number): Edit => writes(b2, [[2, 0]], highWatermark);
const byFollower =
  'broker-2 serves record 2 of epoch 0 at offset 0, where a consumer read record 1 of epoch 0';
const processOf =
  (...events: readonly ('crash' | 'start' | 'catchUp' | 'beginControlledShutdown')[]): Edit =>
  ({ protocol }) => {
    for (const event of events) protocol.brokers.get(b2).process.send(event, nothing, undefined);
  };
const recovers = processOf('crash', 'start', 'catchUp');
const leaves = processOf('beginControlledShutdown');

/** Places for the properties about what producers and consumers are told. */
export const clientCases: Readonly<Record<string, Cases>> = {
  'acknowledged-records-survive': {
    good: {
      'the leader has the record': freshPartition(acknowledged(1, 0), writes(b1, [[1, 0]])),
      'a leader of a newer epoch has the record': freshPartition(
        acknowledged(1, 0),
        writes(b2, [[1, 0]]),
        elects(b2, { know: [b1, b2, b3] }),
      ),
      'only a deposed leader lacks the record': freshPartition(
        acknowledged(1, 0),
        writes(b2, [[1, 0]]),
        elects(b2, { know: [b2, b3] }),
      ),
      'a record with acks=1 is gone': freshPartition(
        acknowledged(1, 0),
        acknowledged(2, 1, '1'),
        writes(b1, [[1, 0]]),
      ),
    },
    bad: {
      'the log is empty': [
        freshPartition(acknowledged(1, 0)),
        'broker-1 leads, and its log has nothing at offset 0 where record 1 was acknowledged',
      ],
      'another record is there': [
        freshPartition(acknowledged(1, 0), writes(b1, [[2, 0]])),
        'broker-1 leads, and its log has record 2 of epoch 0 at offset 0 where record 1 was acknowledged',
      ],
      'the new leader lacks it': [
        freshPartition(acknowledged(1, 0), writes(b1, [[1, 0]]), elects(b2, { know: [b2] })),
        'broker-2 leads, and its log has nothing at offset 0 where record 1 was acknowledged',
      ],
    },
    silent: {
      'nothing was acknowledged': freshPartition(),
      'nobody leads': freshPartition(acknowledged(1, 0), crashes(b1)),
      'the record was deleted on request': freshPartition(acknowledged(1, 0), deleted(1)),
      'the record was acknowledged with acks=1': freshPartition(acknowledged(1, 0, '1')),
    },
  },
  'exposed-records-survive': {
    good: {
      'the leader has the record': freshPartition(exposed(1, 0), writes(b1, [[1, 0]])),
    },
    bad: {
      'the log is empty': [
        freshPartition(exposed(1, 0)),
        'broker-1 leads, and its log has nothing at offset 0 where a consumer read record 1 of epoch 0',
      ],
      'another record of the epoch is there': [
        freshPartition(exposed(1, 0), writes(b1, [[2, 0]])),
        'broker-1 leads, and its log has record 2 of epoch 0 at offset 0 where a consumer read record 1 of epoch 0',
      ],
      'the record was written again in another epoch': [
        freshPartition(exposed(1, 0), writes(b2, [[1, 1]]), elects(b2, { know: [b2] })),
        'broker-2 leads, and its log has record 1 of epoch 1 at offset 0 where a consumer read record 1 of epoch 0',
      ],
    },
    silent: {
      'nothing was read': freshPartition(),
      'it was deleted on request': freshPartition(exposed(1, 0), deleted(1)),
    },
  },
  'readers-agree': {
    good: {
      'the leader serves what was read': freshPartition(exposed(1, 0), writes(b1, [[1, 0]], 1)),
      'a deposed leader serves less': freshPartition(
        exposed(1, 0),
        exposed(2, 0),
        writes(b1, twoRecords, 1),
        writes(b2, twoRecords, 2),
        elects(b2, { know: [b2] }),
      ),
      'the logs differ above the high watermark': freshPartition(
        exposed(1, 0),
        writes(b1, [[1, 0]], 1),
        writes(
          b2,
          [
            [1, 0],
            [2, 1],
          ],
          1,
        ),
        elects(b2, { know: [b2] }),
      ),
      'a follower serves what nobody has read': freshPartition(writes(b2, [[1, 0]], 1)),
      'a follower has another record above its high watermark': freshPartition(...read, differs(0)),
      'a follower has another record and is not unfenced yet': freshPartition(
        ...read,
        differs(1),
        recovers,
      ),
      'a replica that follows nobody has another record': freshPartition(
        ...read,
        differs(1),
        losesLeader(b2),
      ),
    },
    bad: {
      'a follower serves another record': [freshPartition(...read, differs(1)), byFollower],
      'a follower that is about to stop serves another record': [
        freshPartition(...read, differs(1), leaves),
        byFollower,
      ],
      'a deposed leader serves another record': [
        freshPartition(
          exposed(2, 1),
          writes(b1, [[1, 0]], 1),
          writes(b2, [[2, 1]], 1),
          elects(b2, { know: [b2] }),
        ),
        'broker-1 serves record 1 of epoch 0 at offset 0, where a consumer read record 2 of epoch 1',
      ],
      'the leader serves another record of the epoch': [
        freshPartition(exposed(2, 0), writes(b1, [[1, 0]], 1)),
        'broker-1 serves record 1 of epoch 0 at offset 0, where a consumer read record 2 of epoch 0',
      ],
      'the leader serves the record of another epoch': [
        freshPartition(exposed(1, 1), writes(b1, [[1, 0]], 1)),
        'broker-1 serves record 1 of epoch 0 at offset 0, where a consumer read record 1 of epoch 1',
      ],
    },
    silent: {
      'everything readable was deleted on request': freshPartition(
        exposed(2, 1),
        deleted(1),
        writes(b1, [[1, 0]], 1),
      ),
      'nothing is readable': freshPartition(writes(b1, [[1, 0]])),
    },
  },
  'reads-below-high-watermark': {
    good: {
      'the record is below it': stepFrom([writes(b1, twoRecords, 1)], [], ...consumesAtLeader),
    },
    bad: {
      'the record is at it': [
        stepFrom([writes(b1, twoRecords)], [], ...consumesAtLeader),
        'a consumer read offset 0 from broker-1, whose high watermark is 0',
      ],
      'there is no such broker': [
        stepFrom([], [], 'consume', { leader: 'broker-9', offset: 0 }),
        'broker-9 is no broker',
      ],
    },
    silent: {
      'nothing is read': stepFrom([writes(b1, twoRecords)], [writes(b1, twoRecords, 1)]),
    },
  },
  'reported-end-offset-monotonic': {
    good: {
      'all that was readable is reported': stepFrom([exposed(1, 0)], [], ...reports('broker-1', 1)),
    },
    bad: {
      'a new leader reports less': [
        stepFrom([exposed(1, 0), elects(b2, { know: [b2] })], [], ...reports('broker-2', 0)),
        'broker-2 reports 0 as end offset, and 1 was readable before',
      ],
    },
    silent: {
      'nothing is asked': stepFrom([exposed(1, 0)], []),
      'a deposed leader reports less': stepFrom(
        [exposed(1, 0), elects(b2, { know: [b2] })],
        [],
        ...reports('broker-1', 0),
      ),
    },
  },
};
