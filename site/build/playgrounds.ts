import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtInModels } from '../../catalogue/models.ts';
import { sheetOf } from '../engine/modelSheet.ts';
import { engineScript } from './engineScript.ts';
import { type Block, type PageParts, pageHtml } from './pageHtml.ts';
import { pageScript } from './pageScript.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A page that computes, by the name of its file. */
export interface Playground {
  readonly file: string;
  readonly html: string;
}

interface Plan extends Pick<PageParts, 'title' | 'description'> {
  readonly file: string;
  readonly entry: string;
  readonly blocks: () => readonly Block[];
}

/** Clusters to try, by the files of `examples/` that describe them. */
const clusters: readonly { readonly title: string; readonly files: readonly string[] }[] = [
  {
    title: 'three brokers, as the Apache image has them',
    files: ['apache-kafka-cluster-combined.docker-compose.yml'],
  },
  {
    title: 'three brokers of Bitnami',
    files: ['bitnami-three-brokers-combined.docker-compose.yml'],
  },
  {
    title: 'Strimzi',
    files: ['strimzi-kafka-persistent.yaml', 'strimzi-kafka-topic.yaml'],
  },
  { title: 'what kafka-topics prints', files: ['kafka-topics-describe.txt'] },
];

const plans: readonly Plan[] = [
  {
    file: 'check.html',
    title: 'Check my cluster',
    description: 'What can a Kafka cluster lose? Answered from its configuration, in this page.',
    entry: 'site/page/check/main.tsx',
    blocks: () => [jsonBlock('examples', clusters.map(clusterExample))],
  },
  {
    file: 'explore.html',
    title: 'Explore a model',
    description: 'Models of Kafka, explored in this page: every state, or random runs.',
    entry: 'site/page/explore/main.tsx',
    blocks: () => [jsonBlock('models', builtInModels.map(sheetOf))],
  },
];

/** Builds the pages that compute, each in one file. The same sources make the same bytes. */
export async function playgrounds(): Promise<readonly Playground[]> {
  const { code } = await engineScript();
  const engine: Block = { id: 'engine', type: 'text/plain', text: code };
  return Promise.all(
    plans.map(async ({ file, entry, blocks, ...head }) => {
      const parts = await pageScript(entry);
      return { file, html: pageHtml({ ...head, ...parts, blocks: [...blocks(), engine] }) };
    }),
  );
}

function jsonBlock(id: string, value: unknown): Block {
  return { id, type: 'application/json', text: JSON.stringify(value) };
}

function clusterExample({ title, files }: (typeof clusters)[number]): unknown {
  return { title, files: files.map(name => ({ name, text: exampleText(name) })) };
}

function exampleText(name: string): string {
  return readFileSync(join(root, 'examples', name), 'utf8');
}
