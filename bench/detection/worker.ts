import { parentPort, workerData } from 'node:worker_threads';
import { compare } from './compare.ts';
import { subjectNamed } from './subjects.ts';

/* The program of a thread: one defect, compared. Only main.ts starts it, with just this data. */
const { name, seeds } = workerData as { readonly name: string; readonly seeds: number };
parentPort?.postMessage(await compare(subjectNamed(name), seeds));
