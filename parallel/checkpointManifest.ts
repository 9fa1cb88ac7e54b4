import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { JsonValue } from '../checker/state/json.ts';
import { CheckpointError } from './checkpointError.ts';
import type { Digests } from './modelDigests.ts';

const FORMAT = 'highwater-checkpoint';
const FORMAT_VERSION = 4;

/** The file that says what a checkpoint consists of: there is a checkpoint where it is. */
export const manifestName = 'checkpoint.json';

/** What is searched and how: a checkpoint is only for a run in which all of this is the same. */
export type RunIdentity = Readonly<Record<string, JsonValue>>;

/** A file of a checkpoint. */
export interface StoredFile {
  readonly name: string;
  /** In bytes. */
  readonly length: number;
  /** CRC-32. */
  readonly checksum: number;
}

/** The states of a level: blocks one after another, of so many bytes. */
export interface StoredFrontier extends StoredFile {
  readonly blocks: readonly number[];
}

/** What a checkpoint consists of. */
export interface Manifest {
  readonly format: typeof FORMAT;
  readonly formatVersion: typeof FORMAT_VERSION;
  readonly run: RunIdentity;
  /** What the model and its properties are made of, and the files that they come from. */
  readonly sources: Digests;
  /** Counts the checkpoints of a run; the names of files end with it. */
  readonly generation: number;
  /** How long was searched before it. */
  readonly seconds: number;
  readonly states: number;
  readonly table: StoredFile;
  readonly search: StoredFile;
  readonly level: StoredFrontier;
  readonly next: StoredFrontier;
}

/** The text of a manifest. */
export function manifestText(content: Omit<Manifest, 'format' | 'formatVersion'>): string {
  const manifest: Manifest = { format: FORMAT, formatVersion: FORMAT_VERSION, ...content };
  return `${JSON.stringify({ ...manifest, checksum: checksumOf(manifest) }, undefined, 2)}\n`;
}

/**
 * The manifest of a folder's checkpoint.
 *
 * @throws CheckpointError when it is damaged, or of a version that is not known here.
 */
export function parseManifest(folder: string, text: string): Manifest {
  const path = join(folder, manifestName);
  const { checksum = null, ...manifest } = parsed(path, text);
  expectValue(path, 'format', FORMAT, manifest['format'] ?? null);
  const version = manifest['formatVersion'] ?? null;
  if (version !== FORMAT_VERSION) {
    throw new CheckpointError(
      `${path} is of format version ${short(version)}, and this version of the tool goes on from ` +
        `${FORMAT_VERSION} only: begin anew in an empty folder`,
    );
  }
  expectValue(path, 'checksum', checksumOf(manifest), checksum);
  // It is what was written, by a version that wrote what this one expects.
  return manifest as unknown as Manifest;
}

/** @throws CheckpointError when the checkpoint is of another run. */
export function expectSameRun(folder: string, found: RunIdentity, expected: RunIdentity): void {
  const [wanted, there] = [partsOf(expected), partsOf(found)];
  for (const name of new Set([...wanted.keys(), ...there.keys()])) {
    const [now, before] = [wanted.get(name) ?? 'none', there.get(name) ?? 'none'];
    if (now === before) continue;
    const path = join(folder, manifestName);
    throw new CheckpointError(
      `${path} is of another run: expected ${name} ${cut(now)}, found ${cut(before)}`,
    );
  }
}

/** Of what is listed in an error, no more than this. */
const MOST_LISTED = 4;

/**
 * @throws CheckpointError when the model, its properties or the files that they come from have changed
 * since the checkpoint was written: what is known of its states need not be true of them.
 */
export function expectSameSources(folder: string, found: Digests, expected: Digests): void {
  const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
  const changed = [...names].flatMap(name => {
    if (found[name] === expected[name]) return [];
    if (found[name] === undefined) return `${name} (new)`;
    return expected[name] === undefined ? `${name} (gone)` : name;
  });
  if (changed.length === 0) return;
  const listed = changed.slice(0, MOST_LISTED).join(', ');
  const more = changed.length > MOST_LISTED ? ` and ${changed.length - MOST_LISTED} more` : '';
  const have = changed.length === 1 ? 'has' : 'have';
  throw new CheckpointError(
    `${listed}${more} ${have} changed since ${join(folder, manifestName)} was written: ` +
      'begin anew in an empty folder',
  );
}

/** What an identity says, as short parts by name: of an object each member. */
function partsOf(run: RunIdentity): Map<string, string> {
  const parts = Object.entries(run).flatMap(([name, value]): [string, JsonValue][] => {
    if (!isRecord(value)) return [[name, value]];
    return Object.entries(value).map(([member, part]) => [`${name}.${member}`, part]);
  });
  return new Map(parts.map(([name, value]) => [name, JSON.stringify(value)]));
}

function parsed(path: string, text: string): Readonly<Record<string, JsonValue>> {
  try {
    const json: unknown = JSON.parse(text);
    if (isRecord(json)) return json;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CheckpointError(`${path}: expected JSON: ${why}`);
  }
  throw new CheckpointError(`${path}: expected an object, found ${short(text.trim())}`);
}

function isRecord(value: unknown): value is Readonly<Record<string, JsonValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checksumOf(manifest: object): number {
  return crc32(JSON.stringify(manifest));
}

function expectValue(path: string, name: string, expected: JsonValue, found: JsonValue): void {
  if (found === expected) return;
  const [wanted, there] = [short(expected), short(found)];
  throw new CheckpointError(`${path}: expected the ${name} ${wanted}, found ${there}`);
}

/** Whether a file of this name can only be one of a checkpoint. */
export function isStoredName(name: string): boolean {
  return /^(table|search|level|next)-\d+\.bin$/.test(name) || name === `${manifestName}.new`;
}

function short(value: JsonValue): string {
  return cut(JSON.stringify(value));
}

function cut(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 157)}...`;
}
