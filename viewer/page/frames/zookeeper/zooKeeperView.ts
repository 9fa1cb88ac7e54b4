import type { TraceFile, TraceJson } from '../../../../checker/trace/traceFile.ts';
import type { LaneState } from '../frame.ts';
import { Place } from '../place.ts';
import { partitionMessages } from '../replication/partitionMessages.ts';
import { brokerLane } from '../replication/replicationState.ts';
import { partitionSections, producerFacts } from '../replication/replicationView.ts';
import { messagesPart } from '../view/inFlight.ts';
import { restParts } from '../view/restParts.ts';
import { nothing, plain, said, setWords, spaced } from '../view/said.ts';
import type { Fact, Section, ViewTable } from '../view/view.ts';
import { controllerRequests } from './controllerRequests.ts';

/** The ensemble as an actor. */
const ZOOKEEPER = 'ZooKeeper';
/** Who a leader's request is for: whichever controller it reaches. */
const CONTROLLER = 'controller';

const known = {
  state: ['protocol', 'ghost', 'budget'],
  protocol: ['partition', 'zooKeeper', 'sessions', 'controllers', 'queues', 'late', 'heard'],
  ghost: ['partition'],
};

/** ZooKeeper, the brokers, each of which may be a controller as well, and then everybody else who acts. */
export function zooKeeperLanes({ initial, steps }: TraceFile): readonly string[] {
  const brokers = new Place(initial.state).at('protocol', 'partition', 'brokers').keys;
  return [...new Set([ZOOKEEPER, ...brokers, ...steps.map(({ actor }) => actor)])];
}

/** A broker is shown by its replica, and by what it is as a controller; ZooKeeper by whom it names. */
export function zooKeeperLaneState(state: TraceJson, lane: string): LaneState {
  const protocol = new Place(state).at('protocol');
  if (lane === ZOOKEEPER) {
    const { text: controller } = protocol.at('zooKeeper', 'controller');
    const role = controller === undefined ? 'no controller' : `${controller} is the controller`;
    return { condition: 'up', role, leads: false };
  }
  const partition = protocol.at('partition');
  if (!partition.at('brokers', lane).isRecord) return { condition: 'up', leads: false };
  const shown = brokerLane(partition, lane);
  const roles = [shown.role, controllerRole(protocol, lane)].filter(role => role !== undefined);
  const isExpired = protocol.at('sessions', lane, 'state').text === 'expired';
  return {
    ...shown,
    ...(isExpired && shown.condition === 'up' ? { condition: 'fenced' } : {}),
    ...(roles.length === 0 ? {} : { role: roles.join(', ') }),
  };
}

function controllerRole(protocol: Place, broker: string): string | undefined {
  const { text: state } = protocol.at('controllers', broker, 'state');
  if (state === undefined || state === 'standby') return undefined;
  const isNamed = protocol.at('zooKeeper', 'controller').text === broker;
  return isNamed ? 'controller' : 'controller that was replaced';
}

/** The state of a cluster with ZooKeeper: the partition, and what controllers, sessions and znodes are. */
export function zooKeeperView(trace: TraceFile, state: Place, step: number): readonly Section[] {
  const [protocol, ghost] = [state.at('protocol'), state.at('ghost')];
  const partition = protocol.at('partition');
  const messages = () => [
    ...controllerRequests(protocol),
    ...partitionMessages(partition, CONTROLLER),
  ];
  return [
    ...partitionSections(partition, ghost.at('partition'), 'Partition'),
    {
      title: 'ZooKeeper and controllers',
      parts: [
        { kind: 'facts', title: 'Znodes', facts: znodes(protocol) },
        { kind: 'table', title: 'Sessions, and what brokers were told', table: brokers(protocol) },
        { kind: 'table', title: 'Controllers', table: controllers(protocol) },
        messagesPart(trace, step, messages),
        { kind: 'facts', title: 'Clients', facts: producerFacts(partition) },
        ...restParts(state, known),
      ],
    },
  ];
}

function znodes(protocol: Place): readonly Fact[] {
  const zooKeeper = protocol.at('zooKeeper');
  return [
    { label: '/controller', ...said(zooKeeper, controllerWords) },
    { label: '/controller_epoch', ...said(zooKeeper.at('controllerEpoch'), plain) },
    {
      label: 'written in controller epoch',
      ...said(zooKeeper.at('stateControllerEpoch'), plain, {
        hint: 'the controller that has written the state of the partition last',
      }),
    },
    { label: '/isr_change_notification', ...said(zooKeeper.at('isrChanged'), thereIfSet) },
    { label: '/admin/delete_topics', ...said(zooKeeper.at('isDeleting'), thereIfSet) },
  ];
}

function thereIfSet(flag: Place): string {
  return flag.isSet ? 'there' : nothing;
}

function controllerWords(zooKeeper: Place): string {
  const name = plain(zooKeeper.at('controller'));
  return zooKeeper.at('controllerIsOrphaned').isSet ? `${name}, of a process that is gone` : name;
}

function brokers(protocol: Place): ViewTable {
  const { keys } = protocol.at('sessions');
  return {
    columns: [
      'session',
      '/brokers/ids',
      'watch on /controller',
      'controller epoch heard',
      'sends clients to',
      'takes for alive',
    ],
    rows: keys.map(name => {
      const [session, heard] = [protocol.at('sessions', name), protocol.at('heard', name)];
      return {
        name,
        isReference: false,
        cells: [
          said(session, sessionWords),
          said(protocol, at => nodeWords(at, name)),
          said(session.at('controllerWatch'), plain),
          said(heard.at('controllerEpoch'), plain),
          said(heard, leaderWords),
          said(heard.at('live'), setWords),
        ],
      };
    }),
  };
}

function sessionWords(session: Place): string {
  const state = plain(session.at('state'));
  return session.at('isOrphaned').isSet ? `${state}; the one before lasts` : state;
}

function nodeWords(protocol: Place, name: string): string {
  const registration = protocol.at('partition', 'registrations', name);
  if (registration.at('state').text !== 'unfenced') return nothing;
  const epoch = plain(registration.at('brokerEpoch'));
  const isOwn = protocol.at('sessions', name, 'ownsNode').isSet;
  return isOwn ? `epoch ${epoch}` : `epoch ${epoch}, of a session before`;
}

function leaderWords(heard: Place): string {
  const leader = plain(heard.at('leader'));
  if (leader === nothing) return nothing;
  return `${leader} in epoch ${plain(heard.at('leaderEpoch'))}`;
}

function controllers(protocol: Place): ViewTable {
  return {
    columns: ['is', 'epoch', 'takes for alive', 'watch on /brokers/ids', 'has read', 'partition'],
    rows: protocol.at('controllers').entries.map(([name, controller]) => {
      const ifActing = (words: (at: Place) => string) =>
        said(controller, at => (at.at('state').text === 'standby' ? nothing : words(at)));
      return {
        name,
        isReference: false,
        cells: [
          said(controller.at('state'), plain),
          ifActing(at => plain(at.at('epoch'))),
          ifActing(at => setWords(at.at('live'))),
          ifActing(at => plain(at.at('brokersWatch'))),
          ifActing(at => `version ${plain(at.at('version'))}`),
          ifActing(at => spaced(plain(at.at('partition')))),
        ],
      };
    }),
  };
}
