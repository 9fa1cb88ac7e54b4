import { describe, expect, test } from 'vitest';
import { DirectedRun } from '../../../checker/replay/directedRun.ts';
import type { Broker } from '../../../models/replication/schema.ts';
import type { ZooKeeperBounds, ZooKeeperConfig } from '../../../models/zookeeper/config.ts';
import type { GhostFields, ProtocolFields } from '../../../models/zookeeper/schema.ts';
import { zooKeeperIn } from '../../models/zookeeper/scope.ts';

const [B1, B2] = ['broker-1', 'broker-2'] as const;

/** A story of brokers with ZooKeeper, watched by every property. */
class ZooKeeperStory extends DirectedRun<ProtocolFields, GhostFields> {
  /** What ZooKeeper has, and what a broker tells clients. */
  get said(): string {
    const { partition, heard, zooKeeper } = this.protocol;
    const { history } = partition.metadata;
    const { leader, leaderEpoch, isr } = history.get(history.length - 1).partitions.get(0 as never);
    const name = (each: Broker | undefined) =>
      each === undefined ? 'nobody' : `broker-${each + 1}`;
    const told = [0, 1].map(each => name(heard.get(each as Broker).leader));
    const isrOf = [...isr].map(name).join(' ');
    return `${name(leader)} in epoch ${leaderEpoch}, ISR ${isrOf}; clients: ${told.join(' ')}; controller ${name(zooKeeper.controller)}`;
  }
}

function story(
  config: Partial<ZooKeeperConfig>,
  bounds: Partial<ZooKeeperBounds>,
  initial = 0,
): ZooKeeperStory {
  const { model, properties } = zooKeeperIn({ config, bounds });
  const initialStates = model.initialStates.slice(initial, initial + 1);
  return new ZooKeeperStory({ ...model, initialStates }, properties);
}

const deliver = (controller: string, broker: string): string =>
  `deliver(controller=${controller}, broker=${broker})`;

describe('a leader crashes that is not the controller', () => {
  const told = story({}, { crashes: 1 }, 1);

  test('heartbeats stop, ZooKeeper notices, the controller is told, elects, and clients find the new leader', () => {
    told.take(`produce(leader=${B1}, acks=all)`, `fetch(follower=${B2}, leader=${B1})`);
    told.take(`receiveFetchResponse(follower=${B2}, leader=${B1})`);
    expect(told.said).toBe(
      'broker-1 in epoch 0, ISR broker-1 broker-2; clients: broker-1 broker-1; controller broker-2',
    );
    told.take(`crash(broker=${B1})`);
    expect(told.guard(`handleBrokerChange(controller=${B2})`)).toBe('nothing tells it of a change');
    told.take(`expireOrphan(broker=${B1})`, `handleBrokerChange(controller=${B2})`);
    // In ZooKeeper the new leader is written; nobody has been told yet.
    expect(told.said).toBe(
      'broker-2 in epoch 1, ISR broker-2; clients: nobody broker-1; controller broker-2',
    );
    told.take(deliver(B2, B2), deliver(B2, B2));
    expect(told.said).toContain('clients: nobody broker-2');
    expect(told.guard(deliver(B2, B2))).toBe('nothing is on its way');
    expect(told.reached).toContain('clients-find-new-leader');
    expect(told.broken).toEqual([]);
  });

  test('the one that was down comes back, is told to follow, and is in the ISR again', () => {
    told.take(`restart(broker=${B1})`, `registerBroker(broker=${B1})`);
    told.take(`electController(broker=${B1})`, `handleBrokerChange(controller=${B2})`);
    told.settle(['deliver', 'fetch', 'receiveFetchResponse', 'handleAlterPartition']);
    expect(told.said).toContain('ISR broker-1 broker-2');
    expect(told.broken).toEqual([]);
  });
});

describe('a controller whose session expires', () => {
  test('goes on until it is connected again, and brokers refuse what it sends', () => {
    const told = story({ kafka: '2.6' }, { sessionExpiries: 1, isrShrinks: 1 }, 1);
    told.take(`produce(leader=${B1}, acks=all)`);
    told.take(`shrinkIsr(leader=${B1}, follower=${B2})`, `handleIsrChange(controller=${B2})`);
    told.take(`expireSession(broker=${B2})`, `electController(broker=${B1})`);
    expect(told.reached).toContain('two-controllers-act');
    told.take(`readState(controller=${B1})`, `startController(controller=${B1})`);
    told.take(deliver(B1, B1));
    told.take(deliver(B2, B1));
    expect(told.reached).toContain('earlier-controller-refused');
    told.take(`reopenSession(broker=${B2})`);
    expect(told.guard(`handleIsrChange(controller=${B2})`)).toBe('it is no controller');
    expect(told.broken).toEqual([]);
  });
});
