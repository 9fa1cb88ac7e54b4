import { describe, expect, test } from 'vitest';
import { readDump } from '../../../../models/kafkaLog/dumpedRecords.ts';
import { metadataLog } from '../../../../models/kafkaLog/metadataLog.ts';
import { type EpochStarts, holdBrokerLog } from '../../../../models/kafkaLog/nodes/brokerLog.ts';
import {
  holdEpochCheckpoint,
  holdQuorumState,
} from '../../../../models/kafkaLog/nodes/checkpointFiles.ts';
import { holdControllerLog } from '../../../../models/kafkaLog/nodes/controllerLog.ts';
import { DecisionHistory } from '../../../../models/kafkaLog/nodes/decisionHistory.ts';
import type { Held } from '../../../../models/kafkaLog/nodes/finding.ts';
import { type NodeLog, readNodeLogs } from '../../../../models/kafkaLog/nodes/nodeLog.ts';
import { holdQuorumLog, type Leaders } from '../../../../models/kafkaLog/nodes/quorumLog.ts';
import { strayRecord } from '../../../../models/kafkaLog/references.ts';

const record = (offset: number, type: string, data: object): string =>
  `| offset: ${offset} payload: ${JSON.stringify({ type, version: 0, data })}`;
const t0 = { partitionId: 0, topicId: 'T' };

/** t-0 on 11 and 12: 11 leads, 12 leaves the ISR and is back, 12 leads. */
const dumped = [
  'baseOffset: 0 lastOffset: 5 count: 6 ',
  record(0, 'REGISTER_BROKER_RECORD', { brokerId: 11, brokerEpoch: 0, incarnationId: 'i' }),
  record(1, 'TOPIC_RECORD', { name: 't', topicId: 'T' }),
  record(2, 'PARTITION_RECORD', {
    ...t0,
    ...{ replicas: [11, 12], isr: [11, 12], leader: 11, leaderEpoch: 0, partitionEpoch: 0 },
  }),
  record(3, 'PARTITION_CHANGE_RECORD', { ...t0, isr: [11] }),
  record(4, 'PARTITION_CHANGE_RECORD', { ...t0, isr: [11, 12] }),
  record(5, 'PARTITION_CHANGE_RECORD', { ...t0, leader: 12 }),
].join('\n');
const log = metadataLog([readDump('dump', dumped)]);
const history = new DecisionHistory(log);

const starts =
  '[RaftManager id=11] Completed transition to FollowerState(epoch=1, leader=1) from null';
const first = (to: number): string =>
  `[MetadataLoader id=11] InitializeNewPublishers: initializing BrokerMetadataPublisher with a snapshot at offset ${to}`;
const update = (to: number): string =>
  `[MetadataLoader id=11] handleCommit: publishing new image with provenance MetadataProvenance[lastContainedOffset=${to}].`;
const previous = (leader: number | undefined, epoch: number): string =>
  `Previous leader ${leader === undefined ? 'None' : `Some(${leader})`} and previous leader epoch was ${epoch}.`;
const leads =
  '[Broker id=11] Leader t-0 with topic id Some(T) starts at leader epoch 0 from offset 5 with partition epoch 0, high watermark 3, ' +
  `ISR [11,12], adding replicas [] and removing replicas [] . ${previous(undefined, -1)}`;
const leadsOn = (isr: string, partitionEpoch: number): string =>
  '[Broker id=11] Skipped the become-leader state change for t-0 with topic id Some(T), partition registration ' +
  `PartitionRegistration(replicas=[11, 12], isr=[${isr}], leader=11, leaderEpoch=0, partitionEpoch=${partitionEpoch}) and isNew=false ` +
  `since it is already the leader with leader epoch 0. Current high watermark 3, ISR [${isr}], adding replicas [] and removing replicas [].`;
const follows = `[Broker id=11] Follower t-0 starts at leader epoch 1 from offset 6 with partition epoch 3 and high watermark 6. Current leader is 12. ${previous(11, 0)}`;
const isrWritten = '[Partition t-0 broker=11] ISR updated to 12,11  and version updated to 2';

const atDebug = [
  ...[starts, first(2), leads, update(3), leadsOn('11', 1), isrWritten, update(4)],
  ...[leadsOn('11,12', 2), update(5), follows],
];
const atInfo = atDebug.filter(
  line => !line.includes('handleCommit') && !line.includes('Initialize'),
);

const nodeLog = (lines: readonly string[]): NodeLog =>
  readNodeLogs('server.log', lines.join('\n'))[0] as NodeLog;
const held = (lines: readonly string[], epochs: EpochStarts = new Map()): Held =>
  holdBrokerLog(nodeLog(lines), history, epochs);
const without = (lines: readonly string[], line: string): string[] =>
  lines.filter(each => each !== line);
const instead = (lines: readonly string[], from: string | RegExp, to: string): string[] =>
  lines.map(line => line.replace(from, to));

describe('the log of a broker', () => {
  test('is explained by the metadata log, with updates and without', () => {
    expect(held(atDebug)).toMatchObject({ messages: 9, finding: undefined });
    expect(held(atInfo)).toMatchObject({ messages: 5, finding: undefined });
    // The first update is told of at INFO too; and replicas may be in a file of their own.
    expect(held(without(atInfo, starts).toSpliced(0, 0, starts, first(2))).finding).toBeUndefined();
    expect(held(atDebug.filter(line => !line.includes('[Broker id'))).finding).toBeUndefined();
  });

  test.each([
    [
      'another epoch',
      instead(atDebug, 'partition epoch 3', 'partition epoch 4'),
      /partitionEpoch of t-0: the log has 4, the controllers decided 3/,
    ],
    ['another ISR', instead(atDebug, 'isr=[11]', 'isr=[11, 12]'), /isr of t-0/],
    [
      'another ISR of what it leads already',
      instead(atDebug, 'watermark 3, ISR [11],', 'watermark 3, ISR [12],'),
      /isr of t-0/,
    ],
    [
      'a leader that nobody elected',
      instead(atDebug, 'leader is 12', 'leader is 13'),
      /leader of t-0/,
    ],
    [
      'an update of which nothing is said',
      without(atDebug, leadsOn('11', 1)),
      /nothing was said of t-0, which has partition epoch 1 since offset 3/,
    ],
    ['an update that is not told of', without(atDebug, update(3)), /partitionEpoch|isr/],
    [
      'the same once more',
      atDebug.flatMap(line => (line === follows ? [line, line] : [line])),
      /changes nothing of t-0/,
    ],
    [
      'another leader before',
      instead(
        atDebug,
        'leader Some(11) and previous leader epoch was 0',
        'leader Some(12) and previous leader epoch was 0',
      ),
      /it knew 11 in epoch 0, and says that it knew 12/,
    ],
    [
      'nothing before, in the same process',
      instead(
        atDebug,
        /Some\(11\) and previous leader epoch was 0/,
        'None and previous leader epoch was -1',
      ),
      /it knew 11 in epoch 0, and says that it knew nothing/,
    ],
    [
      'a high watermark beyond the log',
      instead(atDebug, 'high watermark 6', 'high watermark 7'),
      /beyond its end 6/,
    ],
    [
      'an ISR that was not written',
      instead(atDebug, 'version updated to 2', 'version updated to 7'),
      /never has partition epoch 7/,
    ],
    [
      'an answer for a change of the leader',
      instead(atDebug, 'version updated to 2', 'version updated to 3'),
      /12 leads t-0 then/,
    ],
    ['metadata that there is not', [...atDebug, update(9)], /ends at offset 5/],
    ['metadata of before', [...atDebug, update(2)], /up to 5 is known/],
    ['a leader of another partition', instead(atDebug, 'Follower t-0', 'Follower u-0'), /no u-0/],
    ['without updates, an epoch that goes back', [...atInfo, leadsOn('11', 1)], /of t-0|leads t-0/],
    [
      'without updates, something left out',
      without(atInfo, leads),
      /knew no epoch, and says that it knew 0/,
    ],
  ])('is not explained with %s', (_, lines, problem) => {
    const { finding } = held(lines);
    expect(finding?.problem).toMatch(problem);
  });

  test('begins anew with another process', () => {
    const again = [
      ...atDebug,
      starts,
      first(5),
      follows.replace(previous(11, 0), previous(undefined, -1)),
    ];
    expect(held(again).finding).toBeUndefined();
    expect(held(without(again, starts)).finding?.problem).toMatch(/changes nothing|up to|it knew/);
  });

  test('may begin in the middle of a process', () => {
    expect(held(atDebug.slice(5)).finding).toBeUndefined();
    expect(held(atInfo.slice(3)).finding).toBeUndefined();
  });

  test('before 4.0 says nothing of the leader before', () => {
    const old = instead(atDebug, previous(11, 0), previous(12, 1));
    expect(held(old).finding).toBeUndefined();
  });
});

describe('files of disks', () => {
  const epochs: EpochStarts = new Map();
  held(atDebug, epochs);
  const checkpoint = (text: string): Held =>
    holdEpochCheckpoint({ path: 'p', partition: 't-0', text }, history, epochs);

  test('have the epochs that were decided, where their leaders began', () => {
    expect(checkpoint('0\n2\n0 5\n1 6\n')).toMatchObject({
      messages: 2,
      fields: 3,
      finding: undefined,
    });
    expect(checkpoint('0\n1\n0 4\n').finding?.problem).toMatch(
      /begins at 4, and 11, which led it, began at 5/,
    );
    expect(checkpoint('0\n1\n7 5\n').finding?.problem).toMatch(/nobody ever leads t-0 in epoch 7/);
    expect(checkpoint('0\n2\n1 6\n0 7\n').finding?.problem).toMatch(/epoch 0 follows 1/);
    expect(checkpoint('0\n2\n0 5\n1 5\n').finding?.problem).toMatch(/5 follows 5/);
  });

  test('have the leader of the quorum that nodes tell of', () => {
    const leaders: Leaders = new Map([[3, 1]]);
    const state = (leaderId: number): Held =>
      holdQuorumState(
        {
          path: 'p',
          partition: '',
          text: JSON.stringify({ leaderId, leaderEpoch: 3, data_version: 0 }),
        },
        leaders,
      );
    expect(state(1).finding).toBeUndefined();
    expect(state(2).finding?.problem).toMatch(/led by 1, and here by 2/);
  });
});

describe('the log of a controller', () => {
  const replayed = [
    '[QuorumController id=1] Replayed initial RegisterBrokerRecord for broker 11: RegisterBrokerRecord(brokerId=11, incarnationId=i, brokerEpoch=0, fenced=true)',
    '[QuorumController id=1] Replayed PartitionRecord for new partition t-0 with topic ID T and PartitionRegistration(replicas=[11, 12], isr=[11, 12], elr=[], leader=11, leaderEpoch=0, partitionEpoch=0).',
    ...['isr=[11], leader=-2', 'isr=[11, 12], leader=-2', 'isr=null, leader=12'].map(
      change =>
        `[QuorumController id=1] Replayed partition change PartitionChangeRecord(partitionId=0, topicId=T, ${change}, replicas=null) for topic t. Former`,
    ),
  ];
  const creates = '[QuorumController id=1] Creating new QuorumController with clusterId c.';
  const of = (lines: readonly string[], isWhole = true): Held =>
    holdControllerLog(nodeLog(isWhole ? [creates, ...lines] : lines), history);

  test('has the records of the metadata log, in their order', () => {
    expect(of(replayed)).toMatchObject({ messages: 5, finding: undefined });
    // At INFO changes are not told of.
    expect(of(replayed.slice(0, 2))).toMatchObject({ messages: 2, finding: undefined });
  });

  test.each([
    [
      'one left out',
      without(replayed, replayed[2] as string),
      /isr is \[11,12\], and in PARTITION_CHANGE_RECORD at offset 3 \[11\]/,
    ],
    [
      'two exchanged',
      [1, 0, 2, 3, 4].map(at => replayed[at] as string),
      /PARTITION_RECORD is replayed, where offset 0 has REGISTER_BROKER_RECORD/,
    ],
    [
      'another incarnation',
      instead(replayed, 'incarnationId=i', 'incarnationId=j'),
      /incarnationId is j/,
    ],
    ['one more', [...replayed, replayed[4] as string], /ends before this/],
  ])('is not explained with %s', (_, lines, problem) => {
    expect(of(lines).finding?.problem).toMatch(problem);
  });

  test('may begin in the middle, and again with another process', () => {
    expect(of(replayed.slice(2), false)).toMatchObject({ messages: 3, finding: undefined });
    expect(of([...replayed, creates, ...replayed])).toMatchObject({
      messages: 10,
      finding: undefined,
    });
    expect(of([...replayed, ...replayed]).finding?.problem).toMatch(/ends before this/);
    expect(of([replayed[2] as string, replayed[4] as string], false).finding?.problem).toMatch(
      /isr is null/,
    );
  });

  test('at INFO may tell of a change of the assignment alone', () => {
    const assigned = (replayed[3] as string).replace(
      'partition change',
      'partition assignment change',
    );
    expect(of([...replayed.slice(0, 2), assigned])).toMatchObject({
      messages: 2,
      finding: undefined,
    });
  });

  test('of a controller that gives up may have what was never committed', () => {
    const lost = [...replayed, replayed[4] as string];
    const renounces =
      '[QuorumController id=1] Renouncing the leadership due to a metadata log event.';
    expect(of([...lost, renounces]).finding).toBeUndefined();
  });
});

describe('a registration change of which a controller says that it changes nothing', () => {
  const registration = { brokerId: 11, brokerEpoch: 0, incarnationId: 'i' };
  const fencedOnce = { brokerId: 11, brokerEpoch: 0, fenced: 1 };
  const dump = (...changes: readonly object[]): DecisionHistory =>
    new DecisionHistory(
      metadataLog([
        readDump(
          'dump',
          [
            `baseOffset: 0 lastOffset: ${changes.length} count: ${changes.length + 1} `,
            record(0, 'REGISTER_BROKER_RECORD', { ...registration, fenced: false }),
            ...changes.map((change, index) =>
              record(index + 1, 'BROKER_REGISTRATION_CHANGE_RECORD', change),
            ),
          ].join('\n'),
        ),
      ]),
    );
  const told = (fenced: number): string =>
    '[QuorumController id=1] Replayed BrokerRegistrationChangeRecord modifying the registration for broker 11: ' +
    `BrokerRegistrationChangeRecord(brokerId=11, brokerEpoch=0, fenced=${fenced}, inControlledShutdown=0)`;
  const ignored =
    '[QuorumController id=1] Ignoring no-op registration change for BrokerRegistration(id=11, epoch=0, fenced=true)';
  const registered =
    '[QuorumController id=1] Replayed initial RegisterBrokerRecord for broker 11: RegisterBrokerRecord(brokerId=11, brokerEpoch=0, fenced=false)';
  const creates = '[QuorumController id=1] Creating new QuorumController with clusterId c.';
  const held = (lines: readonly string[], of: DecisionHistory): string | undefined =>
    holdControllerLog(nodeLog([creates, registered, ...lines]), of).finding?.problem;

  test('fences who is fenced', () => {
    expect(held([told(1), ignored], dump(fencedOnce, fencedOnce))).toBeUndefined();
  });

  test('fences nobody who is not, and unfences nobody', () => {
    const changes = /nothing is changed, and BROKER_REGISTRATION_CHANGE_RECORD at offset/;
    expect(held([ignored, told(1)], dump(fencedOnce, fencedOnce))).toMatch(changes);
    const unfenced = { ...fencedOnce, fenced: -1 };
    expect(held([told(1), ignored], dump(fencedOnce, unfenced))).toMatch(changes);
  });
});

describe('the roles of the quorum', () => {
  const role = (node: number, to: string, from = 'X('): string =>
    `[RaftManager id=${node}] Completed transition to ${to} from ${from}`;
  const leaders = (): Leaders => new Map([[2, 3]]);
  const elected = [
    role(1, 'UnattachedState(epoch=0, leaderId=OptionalInt.empty)', 'null'),
    role(1, 'ProspectiveState(epoch=0)'),
    role(1, 'CandidateState(localId=1, epoch=1)'),
    role(1, 'Leader(localVoterNode=n, epoch=1)'),
  ];

  test('follow the lifecycle of a node', () => {
    expect(holdQuorumLog(nodeLog(elected), leaders())).toMatchObject({
      messages: 4,
      finding: undefined,
    });
  });

  test.each([
    ['a step left out', without(elected, elected[2] as string), /prospective is never leader next/],
    [
      'an epoch that goes back',
      [...elected, role(1, 'FollowerState(epoch=0, leader=2)')],
      /goes back from 1 to 0/,
    ],
    [
      'two leaders of one epoch',
      [...elected, role(1, 'FollowerState(epoch=2, leader=2)')],
      /3 leads epoch 2, and 2 does too/,
    ],
  ])('are not explained with %s', (_, lines, problem) => {
    expect(holdQuorumLog(nodeLog(lines), leaders()).finding?.problem).toMatch(problem);
  });
});

describe('a record about something that is not there', () => {
  const stray = (lines: readonly string[]): string | undefined =>
    strayRecord(metadataLog([readDump('dump', lines.join('\n'))]))?.problem;
  const lines = dumped.split('\n');

  test('is found', () => {
    expect(stray(lines)).toBeUndefined();
    expect(stray(lines.filter(line => !line.includes('TOPIC_RECORD')))).toBe('there is no topic T');
    expect(stray(lines.filter(line => !line.includes('"PARTITION_RECORD')))).toBe(
      'there is no partition T/0',
    );
    const change = (brokerId: number, brokerEpoch: number): string[] => [
      ...lines,
      record(6, 'BROKER_REGISTRATION_CHANGE_RECORD', { brokerId, brokerEpoch }),
    ];
    expect(stray(change(11, 0))).toBeUndefined();
    expect(stray(change(11, 1))).toBe('broker 11 is registered with epoch 0');
    expect(stray(change(12, 0))).toBe('broker 12 is not registered');
  });
});
