import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DefectEntry } from '../../catalogue/modelEntry.ts';
import { builtInModel, builtInModels } from '../../catalogue/models.ts';
import { replay } from '../../checker/replay/replay.ts';
import type { ReplayOutcome } from '../../checker/replay/replayOutcome.ts';
import { readTrace } from '../../checker/trace/readTrace.ts';
import type { TraceFile, TraceJson } from '../../checker/trace/traceFile.ts';
import { clientsDefects } from '../../models/clients/defects.ts';
import type { Setting } from '../../models/description/settings.ts';
import { groupsDefects } from '../../models/groups/defects.ts';
import { kraftDefects } from '../../models/kraft/defects.ts';
import { replicationDefects } from '../../models/replication/defects.ts';
import { transactionsDefects } from '../../models/transactions/defects.ts';
import { zooKeeperDefects } from '../../models/zookeeper/defects.ts';

const folder = new URL('../../traces/', import.meta.url);
const files = readdirSync(folder)
  .filter(name => name.endsWith('.trace.json'))
  .sort();

function read(file: string): TraceFile {
  return readTrace(file, readFileSync(new URL(file, folder), 'utf8'));
}

/** A setting as the catalogue takes it; traces hold no other kind. */
function settingOf(name: string, json: TraceJson): Setting {
  if (typeof json === 'number' || typeof json === 'boolean' || typeof json === 'string')
    return json;
  if (Array.isArray(json)) return json.map(String);
  throw new Error(`${name}: expected a setting, found ${JSON.stringify(json)}`);
}

/** Replays the trace on the model that it describes. */
function replayed(trace: TraceFile): ReplayOutcome {
  const { name, config, bounds, defects } = trace.model;
  const settings = Object.entries(config).map(([key, value]) => [key, settingOf(key, value)]);
  const { model, properties, questions, temporal } = builtInModel(name).build({
    config: Object.fromEntries(settings) as Readonly<Record<string, Setting>>,
    bounds,
    defects,
  });
  return replay(model, [...properties, ...questions, ...temporal], trace);
}

function known(name: string | undefined): DefectEntry | undefined {
  return builtInModels.flatMap(({ defects }) => defects).find(defect => defect.name === name);
}

/** A bug of the release itself: there is nothing to switch off, and something to repair. */
function isFinding({ defects }: TraceFile['model']): boolean {
  return defects.length === 0;
}

const hazards = [
  ...replicationDefects,
  ...kraftDefects,
  ...clientsDefects,
  ...groupsDefects,
  ...transactionsDefects,
  ...zooKeeperDefects,
]
  .filter(({ rules }) => Object.keys(rules).length === 0)
  .map(({ name }) => name);

describe('the corpus', () => {
  test('is not empty', () => {
    expect(files.length).toBeGreaterThan(0);
  });

  test('has a trace of every defect in the builtInModels, of the property that catches it', () => {
    const defects = builtInModels.flatMap(entry => entry.defects);
    expect(defects.length).toBeGreaterThan(0);
    const missing = defects
      .map(({ name, caughtBy }) => `${name}--${caughtBy}.trace.json`)
      .filter(file => !files.includes(file));
    expect(missing).toEqual([]);
  });

  test.each(files)('%s is named for its defect and its property', file => {
    const { model, property } = read(file);
    const [defect, name] = basename(file, '.trace.json').split('--');
    const masked = known(defect)?.masked;
    if (!isFinding(model)) {
      expect(model.defects).toEqual(masked === undefined ? [defect] : [defect, masked.unmaskedBy]);
    }
    expect(property.name).toBe(name);
  });

  test.each(files)('%s is reproduced, state by state', file => {
    const trace = read(file);
    const outcome = replayed(trace);
    expect(outcome).toEqual({
      word: 'reproduced',
      step: trace.steps.length,
      reason: trace.property.clause,
    });
    expect(outcome.differsFrom).toBeUndefined();
  });

  test.each(files)(
    '%s is fixed when its defect is switched off or repaired, or cannot be played',
    file => {
      const trace = read(file);
      const [defect = ''] = basename(file).split('--');
      const { model } = trace;
      const without = isFinding(model)
        ? { ...model, config: { ...model.config, repairs: [defect] } }
        : { ...model, defects: [] };
      const { word } = replayed({ ...trace, model: without });
      // What a configuration loses by itself is no defect of the protocol.
      if (hazards.includes(defect)) expect(word).toBe('reproduced');
      else expect(['fixed', 'diverged', 'not-applicable']).toContain(word);
    },
  );
});
