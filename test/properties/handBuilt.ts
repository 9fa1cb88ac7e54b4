import type { AnyProperty, PropertyScope, TakenAction } from '../../checker/model/property.ts';
import type { Fields } from '../../checker/state/fields.ts';
import type { EffectHandlers } from '../../checker/state/viewTypes.ts';
import { defaultConfig, type ReplicationBounds } from '../../models/replication/config.ts';
import { replicationContext } from '../../models/replication/context.ts';
import { kafkaRules } from '../../models/replication/rules.ts';
import type { Broker, BrokerView } from '../../models/replication/schema.ts';

const bounds: ReplicationBounds = {
  records: 3,
  crashes: 2,
  powerLosses: 0,
  partitions: 2,
  preferredElections: 2,
  isrShrinks: 2,
};

const { broker, schema } = replicationContext(defaultConfig, bounds, kafkaRules);
const [b1, b2, b3] = broker.all as readonly [Broker, Broker, Broker];

export { b1, b2, b3 };

export type HandBuilt = ReturnType<typeof schema.create>;

/** No effects: a hand-built state writes every field itself. */
const nothing: EffectHandlers<string, undefined> = new Proxy({}, { get: () => () => undefined });

/** Three running brokers, broker 1 leading in epoch 0, all in the ISR, nothing written. */
export function freshPartition(edit: (state: HandBuilt) => void = () => undefined): HandBuilt {
  const state = schema.create();
  const { brokers, metadata } = state.protocol;
  metadata.history.push({ leader: b1, leaderEpoch: 0, isr: setOf(b1, b2, b3) });
  for (const each of broker.all) {
    const view = brokers.get(each);
    view.process.send('start', nothing, undefined);
    view.process.send('unfence', nothing, undefined);
    view.replica.send('load', nothing, undefined);
    view.replica.send(each === b1 ? 'lead' : 'follow', nothing, undefined);
  }
  edit(state);
  return state;
}

/** A set of brokers, to give to a record that has one. */
export function setOf(...members: readonly Broker[]) {
  const set = schema.create().protocol.registrations.fenced;
  for (const member of members) set.add(member);
  return set;
}

/** Writes a log from pairs of record and epoch, and a high watermark below it. */
export function writeLog(
  view: BrokerView,
  log: readonly (readonly [record: number, epoch: number])[],
  highWatermark = 0,
): void {
  view.log.truncate(0);
  for (const [record, epoch] of log) view.log.push({ record, epoch });
  view.highWatermark = highWatermark;
}

/** The controller elects; every broker in `know` has replayed it. */
export function elect(
  state: HandBuilt,
  leader: Broker,
  options: { readonly isr?: readonly Broker[]; readonly know?: readonly Broker[] } = {},
): void {
  const { isr = broker.all, know = broker.all } = options;
  const { history } = state.protocol.metadata;
  const { leaderEpoch } = history.get(history.length - 1);
  history.push({ leader, leaderEpoch: leaderEpoch + 1, isr: setOf(...isr) });
  for (const each of know) hear(state, each);
}

/** A broker replays the newest metadata and takes its role. */
export function hear({ protocol }: HandBuilt, hearing: Broker): void {
  const { history } = protocol.metadata;
  const { leader } = history.get(history.length - 1);
  const view = protocol.brokers.get(hearing);
  view.metadataOffset = history.length - 1;
  view.replica.send(hearing === leader ? 'lead' : 'follow', nothing, undefined);
}

/** The broker's process stops. */
export function stop({ protocol }: HandBuilt, stopped: Broker): void {
  const view = protocol.brokers.get(stopped);
  view.process.send('crash', nothing, undefined);
  view.replica.send('stop', nothing, undefined);
}

/** A step between two states, by an action with these arguments. */
export interface HandBuiltStep {
  readonly before: HandBuilt;
  readonly after: HandBuilt;
  readonly action: TakenAction;
}

/** Builds the state before, and from it the state after. */
export function stepFrom(
  before: (state: HandBuilt) => void,
  change: (state: HandBuilt) => void,
  action: Pick<TakenAction, 'name' | 'params'> = { name: 'anything', params: {} },
): HandBuiltStep {
  return {
    before: freshPartition(before),
    after: freshPartition(state => {
      before(state);
      change(state);
    }),
    action: { actor: 'a test', ...action },
  };
}

/** What a property says of a place; `nothing` where its antecedent is false. */
export type Judgement = boolean | string;

/** Asks an invariant about a state, or a step property or goal about a step. */
export function judge(property: AnyProperty, place: HandBuilt | HandBuiltStep): Judgement {
  if (property.kind === 'invariant') {
    if ('before' in place) throw new Error(`${property.name} is about states`);
    const state = erased(place);
    return property.when?.(state) === false ? 'nothing' : property.holds(state);
  }
  if (!('before' in place)) throw new Error(`${property.name} is about steps`);
  const step = [erased(place.before), erased(place.after), place.action] as const;
  if (property.kind === 'sometimes') return property.reaches(...step);
  return property.when?.(...step) === false ? 'nothing' : property.holds(...step);
}

/** The state as the engines give it to a property, which was written for its schema. */
function erased(state: HandBuilt): PropertyScope<Fields, Fields> {
  return state as unknown as PropertyScope<Fields, Fields>;
}

/** Every property with nothing switched off. */
export const handBuiltScope = { config: defaultConfig, bounds };
