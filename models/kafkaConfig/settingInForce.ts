import { type Agreed, agreeOn, type NodeSetting } from './agreement.ts';
import type { Assumption, Setting } from './clusterDescription.ts';
import type { NodeSource } from './clusterSource.ts';
import { type PropertyTable, settingFrom } from './foundProperty.ts';
import { type ClusterFacts, deciderOf } from './settingSources.ts';

/** The described nodes, by what they decide. */
export interface SettingNodes {
  readonly brokers: readonly NodeSource[];
  /** Of a KRaft cluster; none where no file describes any. */
  readonly controllers: readonly NodeSource[];
  /** Dynamic defaults of the whole cluster: above the files of all of them. */
  readonly dynamic: PropertyTable;
}

/** A value that is in force, with what is assumed for it. */
export interface InForce<T> extends Agreed<T> {
  readonly assumptions: readonly Assumption[];
}

/**
 * The value of a setting that is in force for topics that have none of their own, by the table in
 * `settingSources.ts`. Where those who decide are not described, it is the weaker one of what the brokers'
 * files say and Kafka's default.
 */
export function inForce<T>(
  setting: string,
  wanted: NodeSetting<T>,
  { brokers, controllers, dynamic }: SettingNodes,
  facts: ClusterFacts,
): InForce<T> {
  const set = DYNAMIC.includes(wanted.name) ? dynamic.get(wanted.name) : undefined;
  if (set !== undefined) {
    return { setting: settingFrom(set, wanted.read(set)), assumptions: [], warnings: [] };
  }
  const decider = deciderOf(setting, facts);
  if (decider === 'nobody') {
    return { ...agreeOn([...brokers, ...controllers], wanted), assumptions: [] };
  }
  const ofBrokers = agreeOn(brokers, wanted);
  const isUnknown = facts.mode === 'kraft' && facts.eligibleLeaderReplicas === undefined;
  if (decider === 'brokers' && !(isUnknown && wanted.name === MIN_ISR)) {
    return { ...ofBrokers, assumptions: [] };
  }
  const known = agreeOn(controllers, wanted);
  const ofControllers =
    controllers.length === 0 ? undescribed(ofBrokers.setting, wanted) : known.setting;
  if (decider === 'brokers') return weakerOf(ofBrokers, ofControllers, wanted);
  const isFormatted = decider === 'controllers, at formatting';
  return {
    setting: ofControllers.origin === 'default' ? ofTheirFiles(ofControllers) : ofControllers,
    assumptions: isFormatted ? [countsAtFormatting(ofControllers)] : [],
    warnings: [
      ...(controllers.length === 0 ? [] : known.warnings),
      ...noEffect(ofBrokers.setting, ofControllers, wanted, isFormatted),
    ],
  };
}

const MIN_ISR = 'min.insync.replicas';

/** What can be changed while brokers run, of what matters here (`DynamicBrokerConfig`). */
const DYNAMIC = [MIN_ISR, 'unclean.leader.election.enable'];

const HOW_TO_SEE =
  'kafka-configs.sh --bootstrap-server <broker> --entity-type brokers --entity-default --describe';

/** What nobody describes: no more than Kafka's default, and no more than what the brokers' files say. */
function undescribed<T>(ofBrokers: Setting<T>, { fallback, isWeaker }: NodeSetting<T>): Setting<T> {
  const { value } = isWeaker(ofBrokers.value, fallback.value) ? ofBrokers : fallback;
  const where =
    "the controllers' files decide and none is given; the weaker one of Kafka's default and what " +
    'the brokers have';
  return { value, origin: 'assumed', where };
}

/** A default, where it is the controllers' files that do not set it. */
function ofTheirFiles<T>(setting: Setting<T>): Setting<T> {
  const where = setting.where.replace(/^not set;/, "not set in the controllers' files;");
  return { ...setting, where };
}

/** Where it is not known whether the brokers or the controllers decide. */
function weakerOf<T>(
  ofBrokers: Agreed<T>,
  ofControllers: Setting<T>,
  wanted: NodeSetting<T>,
): InForce<T> {
  if (!wanted.isWeaker(ofControllers.value, ofBrokers.setting.value)) {
    return { ...ofBrokers, assumptions: [] };
  }
  const where =
    "the controllers' value, which is in force where eligible leader replicas are on (new clusters " +
    'from 4.1); the version is not known, and the weaker value is taken';
  return {
    setting: { value: ofControllers.value, origin: 'assumed', where },
    assumptions: [],
    warnings: [
      ...ofBrokers.warnings,
      noEffectOf(ofBrokers.setting, ofControllers, wanted, 'may have'),
    ],
  };
}

function countsAtFormatting<T>({ value }: Setting<T>): Assumption {
  return {
    setting: `${MIN_ISR} in force`,
    value: String(value),
    why:
      'with eligible leader replicas the value that the active controller had when the cluster was ' +
      'formatted is a default of the whole cluster, above all files, which count no more ' +
      `(KAFKA-16540). To see it: ${HOW_TO_SEE}`,
  };
}

function noEffect<T>(
  ofBrokers: Setting<T>,
  ofControllers: Setting<T>,
  wanted: NodeSetting<T>,
  isFormatted: boolean,
): readonly string[] {
  if (ofBrokers.origin !== 'file' || ofBrokers.value === ofControllers.value) return [];
  const text = noEffectOf(ofBrokers, ofControllers, wanted, 'has');
  if (!isFormatted) return [text];
  const set = HOW_TO_SEE.replace('--describe', `--alter --add-config ${wanted.name}=`);
  return [
    `${text} To see the one in force: ${HOW_TO_SEE}. To change it: ${set}${String(ofBrokers.value)}`,
  ];
}

function noEffectOf<T>(
  ofBrokers: Setting<T>,
  ofControllers: Setting<T>,
  { name }: NodeSetting<T>,
  has: string,
): string {
  return (
    `${name}: ${String(ofBrokers.value)} at ${ofBrokers.where} ${has} no effect: the controllers ` +
    `decide, and theirs is ${String(ofControllers.value)}.`
  );
}
