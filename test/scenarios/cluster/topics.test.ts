import { describe, expect, test } from 'vitest';
import {
  B1,
  B2,
  B3,
  deleteTopic,
  fence,
  heal,
  produce,
  recreateTopic,
} from '../replication/replicationStory.ts';
import { C1, C2, C3, crash, cutNode, restart, storiesIn } from './clusterStory.ts';

describe('cluster: the topic is deleted and created again (separate, brokers=3)', () => {
  const story = storiesIn({ bounds: { topicDeletions: 1 } });
  const written = () => story().elect(C1, C2).commit().take(produce(B1)).catchUp();

  test('a deletion that is lost with its controller deletes nothing', () => {
    const told = written().take(cutNode(C1, 'controllers'), deleteTopic);
    expect(told.decisionsAt(C1)).toBe('deleteTopic@1');
    told.elect(C2, C3).commit();
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2 3');
    told.take(heal).catchUp();
    expect(told.decisionsAt(C1)).toBe('');
    expect([B1, B2, B3].map(each => told.log(each))).toEqual(['1@0', '1@0', '1@0']);
    expect(told.broken).toEqual([]);
  });

  test('a broker that was down replaces its log when it starts', () => {
    const told = written().take(crash(B3)).decide(fence(B3)).decide(deleteTopic).catchUp();
    expect(told.partition).toBe('no leader, epoch 1, ISR empty');
    told.decide(recreateTopic(B2)).catchUp().take(produce(B2)).catchUp();
    expect(told.partition).toBe('leader 2, epoch 0, ISR 1 2');
    expect([B1, B2, B3].map(each => told.log(each))).toEqual(['2@0', '2@0', '1@0']);
    told.take(restart(B3)).join(B3).catchUp();
    expect(told.reached).toContain('stray-log-replaced');
    expect([B1, B2, B3].map(each => told.log(each))).toEqual(['2@0', '2@0', '2@0']);
    expect(told.broken).toEqual([]);
  });
});
