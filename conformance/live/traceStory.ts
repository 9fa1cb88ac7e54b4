import type { FaultScript } from '../../application/faultScript/faultScript.ts';
import { scriptOfTrace } from '../../application/faultScript/scriptOfTrace.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import type { KafkaVersion } from '../kafka/jars.ts';
import { pauseFor, type Shape } from './cluster.ts';
import { CONTROLLER, idOf, takeAll } from './player.ts';
import type { Scene } from './scene.ts';
import { lost, type Outcome, type Story } from './story.ts';

/** What a real cluster cannot be made to do: the first such step of the trace, with why. */
export type Refusal = Extract<ReturnType<typeof scriptOfTrace>, { readonly problem: string }>;

/**
 * A counterexample of `replication` as a story to be played on a real cluster: what it does from outside is done, what
 * the cluster does by itself is awaited, and what clients were told says whether the claim is broken there too.
 */
export function traceStory(trace: TraceFile, name: string): Story | Refusal {
  const shape = shapeFor(trace);
  if (typeof shape === 'string') return { step: 0, problem: shape };
  const seen = seenFor(trace.property.name);
  if (seen === undefined) {
    return { step: 0, problem: `no client sees whether ${trace.property.name} is broken` };
  }
  const script = scriptOfTrace(trace);
  if (!('steps' in script)) return script;
  return {
    name,
    tells: trace.property.statement,
    source: name,
    shape,
    cutsNetwork: script.steps.some(({ do: what }) => what === 'cut'),
    play: scene => playScript(scene, script, trace, seen),
  };
}

/** The cluster for the settings of a trace, or what of it is not to be had. */
function shapeFor({ model }: TraceFile): Shape | string {
  const { kafka, zooKeeper, eligibleLeaderReplicas, brokers } = model.config;
  const version = versionFor(String(kafka), zooKeeper === true);
  if (version === undefined) {
    return `Kafka ${String(kafka)}${zooKeeper === true ? ' with ZooKeeper' : ''} is not at hand: 3.9 and 4.x are`;
  }
  const elr = `eligible.leader.replicas.version=${eligibleLeaderReplicas === true ? 1 : 0}`;
  return {
    version,
    controllers: zooKeeper === true ? [] : [CONTROLLER],
    zooKeeper: zooKeeper === true,
    brokers: Array.from({ length: Number(brokers) }, (_, index) => idOf(index + 1)),
    features: version === '4.3.1' ? [elr] : [],
    properties: {
      'auto.leader.rebalance.enable': 'true',
      'leader.imbalance.check.interval.seconds': 1,
    },
  };
}

/** Of 4.x there is one release; it has the rules of them all, but for what `releases.md` says of 4.0 to 4.2. */
function versionFor(kafka: string, zooKeeper: boolean): KafkaVersion | undefined {
  if (/^3\.9/.test(kafka)) return '3.9.1';
  return /^4\./.test(kafka) && !zooKeeper ? '4.3.1' : undefined;
}

type Seen = (scene: Scene) => Promise<Outcome>;

/** How clients see that a property is broken; undefined if they do not. */
function seenFor(property: string): Seen | undefined {
  if (/acknowledged-records-survive$/.test(property)) {
    return async scene => {
      await scene.read();
      return lost(scene, 'x1');
    };
  }
  if (property !== 'partition-writable-when-settled') return undefined;
  return async scene => {
    const { refused } = await scene.produce('afterwards', { seconds: 30 });
    return refused === undefined
      ? { verdict: 'not reproduced', because: 'a record is stored afterwards' }
      : { verdict: 'confirmed', because: `with all brokers up nothing is stored: ${refused}` };
  };
}

async function playScript(
  scene: Scene,
  script: FaultScript,
  { model }: TraceFile,
  seen: Seen,
): Promise<Outcome> {
  const { cluster } = scene;
  const { brokers } = cluster.shape;
  await scene.begin(brokers, {
    'min.insync.replicas': String(model.config['minInsyncReplicas']),
    'unclean.leader.election.enable': String(model.config['uncleanLeaderElection']),
  });
  if (script.steps.some(({ do: what }) => what === 'losePower')) {
    // What was there before is on disk by then.
    await pauseFor(6000);
    for (const id of brokers) cluster.copyDisk(id);
  }
  const failed = await takeAll(scene, script);
  if (failed !== undefined) return failed;
  return seen(scene);
}
