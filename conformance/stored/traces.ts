import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { labelOf } from '../../checker/core/compiledModel.ts';
import type { TraceFile, TraceModel } from '../../checker/trace/traceFile.ts';
import { tracesIn } from '../../corpus/folder.ts';
import { repairNames } from '../../models/replication/protocol.ts';
import type { KafkaVersion } from '../kafka/jars.ts';

/** A trace of the corpus that real classes can be told to play. */
export interface StoredTrace {
  readonly file: string;
  /** As a release of Kafka is: a bug that it has is no defect of the model there, whoever has recorded it as one. */
  readonly model: TraceModel;
  /** As traces print them. */
  readonly steps: readonly string[];
}

/** The traces of the corpus that a release plays, and by reason how many it does not. */
export interface StoredTraces {
  readonly traces: readonly StoredTrace[];
  readonly leftOut: Readonly<Record<string, number>>;
}

const folders = ['traces', 'traces/guarantees'].map(folder =>
  fileURLToPath(new URL(`../../${folder}`, import.meta.url)),
);

/** What the drivers have no command for. */
const notDriven: readonly string[] = ['electUncleanlyAsSet', 'repeatRegistration'];

/** The traces of `replication` in the corpus, as far as this release can play them. */
export function storedTraces(version: KafkaVersion): StoredTraces {
  const traces: StoredTrace[] = [];
  const leftOut: Record<string, number> = {};
  for (const { path, trace } of folders.flatMap(tracesIn)) {
    const why = whyNot(version, trace);
    if (why === undefined) traces.push(playedBy(version, basename(path), trace));
    else leftOut[why] = (leftOut[why] ?? 0) + 1;
  }
  return { traces, leftOut };
}

/** Why a trace is not played by this release; undefined where it is. */
function whyNot(version: KafkaVersion, { model, steps }: TraceFile): string | undefined {
  if (model.name !== 'replication') return 'of the quorum: a defect of the model';
  if (model.config['zooKeeper'] === true) return 'ZooKeeper';
  if (!model.defects.every(isKnownBug)) return 'a defect of the model';
  if (playerOf(model) !== version) return 'of another release';
  const missing = steps.find(({ action }) => notDriven.includes(action));
  return missing === undefined ? undefined : `not driven: ${missing.action}`;
}

/** Whether some release has the defect. */
function isKnownBug(defect: string): boolean {
  return repairNames.some(name => name === defect);
}

/** Which release plays a trace: of 4.x the one that is here, where it has the same steps. */
function playerOf({ config }: TraceModel): KafkaVersion | undefined {
  const kafka = String(config['kafka']);
  if (kafka.startsWith('3.9')) return '3.9.1';
  return kafka.startsWith('4.') ? '4.3.1' : undefined;
}

function playedBy(version: KafkaVersion, file: string, { model, steps }: TraceFile): StoredTrace {
  return {
    file,
    model: { ...model, config: { ...model.config, kafka: version, repairs: [] }, defects: [] },
    steps: steps.map(({ action, params }) => labelOf({ name: action, params })),
  };
}
