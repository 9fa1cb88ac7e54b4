import { describe, expect, test } from 'vitest';
import { CompiledModel, labelOf, type ModelState } from '../../../checker/core/compiledModel.ts';
import { Monitor } from '../../../checker/results/monitor.ts';
import { copyState } from '../../../checker/state/schema.ts';
import type { RecordView } from '../../../checker/state/viewTypes.ts';
import { defaultConfig } from '../../../models/cluster/config.ts';
import type { ClusterDefect } from '../../../models/cluster/defect.ts';
import { clusterDefects } from '../../../models/cluster/defects.ts';
import { clusterModel } from '../../../models/cluster/model.ts';
import { hostsOf, nodeOf } from '../../../models/cluster/nodes.ts';
import type { GhostFields, Protocol, ProtocolFields } from '../../../models/cluster/schema.ts';
import type { Broker } from '../../../models/replication/schema.ts';
import { clusterProperties } from '../../../properties/cluster.ts';
import {
  C1,
  C2,
  C3,
  crash,
  fetchMetadata,
  storiesIn,
  storyBounds,
} from '../../scenarios/cluster/clusterStory.ts';
import {
  B1,
  B2,
  B3,
  fence,
  learn,
  prefer,
  produce,
} from '../../scenarios/replication/replicationStory.ts';

const config = { ...defaultConfig, transport: 'rounds' } as const;
const model = new CompiledModel(clusterModel(config, storyBounds));
const properties = clusterProperties(config, storyBounds);
const story = storiesIn();
const hosts = hostsOf(config);

/** The state at the end of a story. */
function endOf({ steps }: { readonly steps: readonly string[] }): ModelState {
  const state = model.createState();
  model.initialize(state, 0);
  for (const step of steps) {
    model.step(
      state,
      model.instances.findIndex(({ taken }) => labelOf(taken) === step),
    );
  }
  return state;
}

type Edit = (protocol: Protocol, ghost: RecordView<GhostFields>) => void;

/** The properties that a step from the end of the story to an edited copy of it breaks. */
function brokenBy(told: { readonly steps: readonly string[] }, edit: Edit): string[] {
  const broken: string[] = [];
  const monitor = new Monitor(
    properties.filter(({ name }) => own.includes(name)),
    { violated: ({ name }) => broken.push(name) },
  );
  const before = endOf(told);
  const after = model.createState();
  copyState(before, after);
  after.memory.isWritable = true;
  // The state is one of the cluster schema: the model made it.
  edit(after.protocol as RecordView<ProtocolFields>, after.ghost as RecordView<GhostFields>);
  monitor.checkStep(before, after, { name: 'edited', actor: 'nobody', params: {} });
  monitor.checkState(after);
  return broken;
}

/** The properties of what is between the two levels. */
const own = [
  'broker-views-are-prefixes-of-committed-metadata',
  'decisions-are-committed-by-a-quorum',
  'decisions-take-effect-in-log-order',
  'one-current-controller',
  'broker-views-never-go-back',
];

/** Controller 1 leads, broker 2 was elected, and all but broker 3 know of it. */
const elected = () =>
  story()
    .elect(C1, C2)
    .commit()
    .take(prefer(B2), fetchMetadata(C2, C1), fetchMetadata(C2, C1), 'applyCommitted()')
    .take(fetchMetadata(B1, C1), fetchMetadata(B1, C1));

const defect = (name: string): ClusterDefect => {
  const found = clusterDefects.find(one => one.name === name);
  if (found === undefined) throw new Error(`there is no defect ${name}`);
  return found;
};
const weakened = (name: string, scope: Parameters<typeof storiesIn>[0] = {}) =>
  storiesIn({ ...scope, defects: [defect(name)] })();

describe('the properties of a cluster', () => {
  const [b1, , b3] = hosts.broker.all as readonly [Broker, Broker, Broker];

  test('hold where nothing was edited', () => {
    expect(brokenBy(elected(), () => undefined)).toEqual([]);
  });

  test('have names of their own', () => {
    const names = properties.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining([...own, 'quorum-one-leader-per-epoch']));
  });

  test('notice a broker that acts on what its node does not have', () => {
    const broken = brokenBy(elected(), ({ partition }) => {
      partition.brokers.get(b3).metadataOffset = 1;
    });
    expect(broken).toEqual(['broker-views-are-prefixes-of-committed-metadata']);
  });

  test('notice a broker whose node has another committed log', () => {
    const broken = brokenBy(elected(), ({ quorum }) => {
      quorum.nodes.get(nodeOf(hosts, b1)).log.get(1).value = 0;
    });
    expect(broken).toEqual(['broker-views-are-prefixes-of-committed-metadata']);
  });

  test('notice metadata that nobody has decided', () => {
    const broken = brokenBy(elected(), ({ partition }) => {
      partition.registrations.get(b1).brokerEpoch++;
    });
    expect(broken).toEqual(['decisions-are-committed-by-a-quorum']);
  });

  test.each<[string, Edit]>([
    [
      'of another entry',
      (_, { applied }) => {
        applied.get(1).value = 5;
      },
    ],
    [
      'that is forgotten',
      protocol => {
        protocol.appliedOffset--;
      },
    ],
    [
      'twice',
      (protocol, { applied, quorum: { committed } }) => {
        const { voters } = committed.get(1);
        protocol.appliedOffset++;
        applied.push({ epoch: 1, value: 1 });
        committed.push({ epoch: 1, kind: 'record', value: 1, voters, committedIn: 1 });
      },
    ],
  ])('notice an effect %s', (_, edit) => {
    expect(brokenBy(elected(), edit)).toContain('decisions-take-effect-in-log-order');
  });
});

describe('a defect of one level in a cluster', () => {
  test('majority-off-by-one: a controller decides alone, and so does another', () => {
    const timeOut = (node: string): string => `electionTimeout(node=${node})`;
    const told = weakened('majority-off-by-one').take(timeOut(C1), timeOut(C2));
    expect(told.broken).toContain('quorum-one-leader-per-epoch');
    expect(told.broken).toContain('one-current-controller');
    told.take(crash(B3), fence(B3), 'applyCommitted()');
    expect(told.registration(B3)).toBe('fenced');
    expect(told.broken).toContain('decisions-are-committed-by-a-quorum');
  });

  test('older-metadata-accepted: a broker goes back', () => {
    const told = weakened('older-metadata-accepted').elect(C1, C2).commit().decide(prefer(B2));
    told.take(learn(B1), 'replayMetadata(broker=broker-1, records=-1)');
    expect(told.broken).toContain('broker-views-never-go-back');
  });

  test('acknowledged-before-replication: a record is gone after an election', () => {
    const told = weakened('acknowledged-before-replication').elect(C1, C3).commit();
    told.take(produce(B1), crash(B1)).decide(fence(B1)).catchUp();
    expect(told.broken).toEqual(['acknowledged-records-survive']);
  });

  test('is taken by its name, in a scope of the cluster', () => {
    const names = clusterDefects.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('vote-not-persisted');
    expect(names).toContain('unnoticed-bounce');
    for (const { name, caughtBy, ...scope } of clusterDefects) {
      expect(
        properties.map(each => each.name),
        name,
      ).toContain(caughtBy);
      expect(Object.keys(config), name).toEqual(
        expect.arrayContaining(Object.keys(scope.config ?? {})),
      );
      expect(Object.keys(storyBounds), name).toEqual(
        expect.arrayContaining(Object.keys(scope.bounds ?? {})),
      );
    }
  });
});
