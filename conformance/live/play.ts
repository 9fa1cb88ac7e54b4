import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ClientEvent } from '../../properties/history/history.ts';
import { KafkaUnavailable } from '../kafka/jars.ts';
import { Cluster } from './cluster.ts';
import { missingForNetwork, Network } from './network.ts';
import { Scene } from './scene.ts';
import type { Outcome, Story } from './story.ts';
import { trimDump } from './trimDump.ts';
import { trimNodeLog } from './trimNodeLog.ts';

/** A story that was played. */
export interface Played extends Outcome {
  readonly story: Story;
  readonly seconds: number;
  /** The most memory that all nodes took together, in MiB. */
  readonly megabytes: number;
}

/**
 * Plays a story on a cluster of its own, of which nothing is left afterwards.
 *
 * @param out - A folder for what clients were told and for the metadata log.
 */
export async function play(
  story: Story,
  say: (line: string) => void,
  out?: string,
): Promise<Played> {
  const begin = Date.now();
  const seconds = (): number => Math.round((Date.now() - begin) / 1000);
  const missing = story.cutsNetwork === true ? missingForNetwork() : undefined;
  if (missing !== undefined) {
    return { story, verdict: 'cannot be steered', because: missing, seconds: 0, megabytes: 0 };
  }
  const { controllers, brokers } = story.shape;
  const ids = [...new Set([...controllers, ...brokers])];
  const network = story.cutsNetwork === true ? new Network(ids) : undefined;
  const tell = (line: string): void => say(`[${String(seconds()).padStart(3)} s] ${line}`);
  const cluster = new Cluster({ ...story.shape, network }, tell);
  const scene = new Scene(cluster, tell);
  try {
    const outcome = await played(story, scene);
    if (out !== undefined) save(join(out, story.name), story, scene, outcome);
    return { story, ...outcome, seconds: seconds(), megabytes: cluster.mostMb };
  } finally {
    cluster.close();
  }
}

/** What a cluster or a client refuses is an outcome too; a machine without Kafka is none. */
async function played(story: Story, scene: Scene): Promise<Outcome> {
  try {
    await scene.cluster.open();
    return await story.play(scene);
  } catch (error) {
    if (error instanceof KafkaUnavailable) throw error;
    return {
      verdict: 'not reproduced',
      because: error instanceof Error ? error.message : String(error),
    };
  }
}

/** Keeps what `highwater validate` reads, in a folder; logs of nodes whole where something is to be looked into. */
function save(
  folder: string,
  { repeats }: Story,
  { cluster, events, files }: Scene,
  { verdict }: Outcome,
): void {
  const keep = (name: string, text: string): void => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  keep('history.ndjson', historyText(events, repeats !== true));
  for (const [name, text] of files) keep(name, text);
  const [controller] = cluster.shape.controllers;
  if (controller !== undefined) {
    keep('metadata.txt', trimDump(cluster.metadataDump(controller)));
  }
  for (const id of cluster.ids) {
    const logged = cluster.logged(id);
    const text = verdict === 'confirmed' ? trimNodeLog(logged) : logged.join('\n');
    keep(`node-${id}/server.log`, text);
    for (const { name, text } of cluster.smallFiles(id)) keep(`node-${id}/${name}`, text);
  }
}

/** What clients were told, as `highwater validate` reads it. */
function historyText(events: readonly ClientEvent[], sentOnce: boolean): string {
  const header = { format: 'highwater-history', formatVersion: 1, sentOnce };
  return `${[header, ...events].map(each => JSON.stringify(each)).join('\n')}\n`;
}
