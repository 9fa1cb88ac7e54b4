import { findNamed } from '../../catalogue/findNamed.ts';
import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import type { Sometimes } from '../../checker/model/property.ts';
import { recordTrace } from '../../checker/replay/record.ts';
import { FieldPathError } from '../../checker/state/fieldPath.ts';
import type { Fields } from '../../checker/state/fields.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { LogError } from '../../checker/validate/logError.ts';
import type { Constraints, Observation } from '../../checker/validate/observation.ts';
import { ObservationError } from '../../checker/validate/patterns.ts';
import { readLog } from '../../checker/validate/readLog.ts';
import { type Validation, validate } from '../../checker/validate/validate.ts';
import { readDump } from '../../models/kafkaLog/dumpedRecords.ts';
import { type MetadataLog, metadataLog } from '../../models/kafkaLog/metadataLog.ts';
import { strayRecord } from '../../models/kafkaLog/references.ts';
import { MOST_BROKERS, type PartitionLog, partitionLog } from '../../models/kafkaLog/sections.ts';
import { recordsBySubject, subjectsOf } from '../../models/kafkaLog/subjects.ts';
import { checkHistory } from '../../properties/history/history.ts';
import { readHistory } from '../../properties/history/readHistory.ts';
import { checkSentOnce } from '../../properties/history/sentOnce.ts';
import type { LogFile } from './logFiles.ts';
import { nothing, type Unexplained, type ValidatedPart } from './validatedPart.ts';
import { validateNodes } from './validateNodes.ts';

/** What is to be known beside the files. */
export interface ValidateRequest {
  readonly models: readonly ModelEntry[];
  /** The release of the controllers; that of `metadata.version` if absent. */
  readonly kafka: string | undefined;
  /** Distinct states after which the search for a run gives up. */
  readonly mostStates: number;
}

/**
 * Holds logs to the models: the metadata log to the controller's half of `replication`, each partition by itself; what
 * nodes log to the metadata log and to the lifecycle of the quorum; logs in the neutral form to the model that they
 * name; histories to what clients are promised.
 *
 * @throws LogError when a file is not what it seems to be; UsageError when a log names what no model has.
 */
export function validateLogs(files: readonly LogFile[], request: ValidateRequest): ValidatedPart[] {
  const dumps = files.filter(({ kind }) => kind === 'dump');
  const log =
    dumps.length === 0
      ? undefined
      : metadataLog(dumps.map(({ path, text }) => readDump(path, text)));
  return [
    ...(log === undefined ? [] : validateMetadata(log, request)),
    ...validateNodes(files, log),
    ...files.filter(({ kind }) => kind === 'log').map(file => validateLog(file, request)),
    ...files.filter(({ kind }) => kind === 'history').map(validateHistory),
  ];
}

/** Holds a metadata log to the controller's half of `replication`. */
function validateMetadata(log: MetadataLog, request: ValidateRequest): ValidatedPart[] {
  const { snapshot, records } = log;
  const [before, after] = [recordsBySubject(snapshot), recordsBySubject(records)];
  const partitions = subjectsOf([...snapshot, ...records])
    .map(subject => {
      const start = { snapshot: before(subject), kafka: request.kafka };
      return partitionLog(after(subject), subject, start);
    })
    .map(each => validatePartition(each, request));
  return [...recordsOf(log), ...partitions];
}

/** What is wrong with the records as they stand: one is missing, or about something that is not there. */
function recordsOf(log: MetadataLog): ValidatedPart[] {
  const stray = strayRecord(log);
  const wrong =
    log.gap === undefined ? [] : [{ record: log.gap.beside, problem: gapText(log.gap) }];
  const found = [...wrong, ...(stray === undefined ? [] : [stray])];
  const [first] = found;
  if (first === undefined) return [];
  return [
    {
      name: 'records',
      kind: 'records',
      verdict: 'unexplained',
      constraints: { ...nothing, lines: log.records.indexOf(first.record) },
      lines: log.records.length,
      notes: [],
      unexplained: found.map(({ record, problem }) => ({
        place: `${record.file}:${record.line}`,
        problem,
        nearest: [],
      })),
      traces: [],
    },
  ];
}

function gapText({ beside, missing }: NonNullable<MetadataLog['gap']>): string {
  const { offset } = beside;
  const goesOn = offset > missing ? `the log goes on at ${offset}` : 'the log ends before it';
  return `offset ${missing} is missing: ${goesOn}`;
}

function validatePartition(log: PartitionLog, request: ValidateRequest): ValidatedPart {
  const { topic, partition, brokers, sections } = log;
  const named = brokers.map((id, index) => `broker-${index + 1} is broker ${id}`).join(', ');
  const part = {
    name: `${topic}-${partition}`,
    kind: 'partition' as const,
    lines: sections.reduce((sum, { records }) => sum + records.length, 0),
  };
  if (brokers.length > MOST_BROKERS) {
    const note = `its replicas were on ${brokers.length} brokers; the model has at most ${MOST_BROKERS}`;
    return { ...part, ...whole([], []), verdict: 'inconclusive', notes: [note] };
  }
  const found = sections.map(({ model, observation }) => ({
    model,
    observation,
    result: validate(model, observation, request.mostStates),
  }));
  const taken = sections.flatMap(({ begins }) => begins ?? []);
  return { ...part, ...whole(found, [named, ...taken]) };
}

interface Found {
  readonly model: AnyModel;
  readonly observation: Observation;
  readonly result: Validation;
}

/** What several validations come to, up to the first that did not succeed. */
function whole(
  found: readonly Found[],
  notes: readonly string[],
): Pick<ValidatedPart, 'verdict' | 'constraints' | 'notes' | 'unexplained' | 'traces'> {
  const failed = found.findIndex(({ result }) => result.line !== undefined);
  const counted = failed < 0 ? found : found.slice(0, failed + 1);
  const constraints = counted.map(({ result }) => result.constraints).reduce(sumOf, nothing);
  const isEmpty = constraints.observedSteps + constraints.fields === 0;
  const verdict = found[failed]?.result.verdict ?? (isEmpty ? 'empty' : 'explained');
  return {
    verdict,
    constraints,
    notes,
    unexplained: counted.flatMap(unexplainedIn),
    traces: counted.map(traceOf),
  };
}

function sumOf(a: Constraints, b: Constraints): Constraints {
  return {
    lines: a.lines + b.lines,
    observedSteps: a.observedSteps + b.observedSteps,
    unobservedSteps: a.unobservedSteps + b.unobservedSteps,
    fields: a.fields + b.fields,
  };
}

function unexplainedIn({ observation, result }: Found): Unexplained[] {
  const { line, nearest = [] } = result;
  const text = line === undefined ? undefined : observation.lines[line]?.text;
  if (text === undefined) return [];
  const [, place = '', problem = text] = /^(.*?:\d+): (.*)$/s.exec(text) ?? [];
  return [{ place, problem, nearest }];
}

/** What the trace of an explanation shows: that there is one. */
const explains: Sometimes<Fields, Fields> = {
  kind: 'sometimes',
  name: 'the-log-is-explained',
  statement: 'The run shows every line of the log.',
  loss: 'Nothing: what the log tells of is what the model does.',
  source: 'the log',
  reaches: () => true,
};

function traceOf({ model, result }: Found): TraceFile {
  const { run, constraints, line, distinctStates, generatedStates } = result;
  const clause =
    line === undefined
      ? `it shows ${constraints.lines} lines`
      : `it shows ${constraints.lines} lines, and nothing explains the next one`;
  return recordTrace(
    model,
    { property: explains, clause, initialState: run.initialState, steps: run.steps },
    { engine: 'script', distinctStates, generatedStates, depth: run.steps.length, shortest: false },
  );
}

function validateLog(file: LogFile, { models, mostStates }: ValidateRequest): ValidatedPart {
  const { header, observation } = readLog(file.path, file.text);
  const entry = findNamed('model', header.model, models);
  const { settings: config = {}, bounds = {}, defects = [] } = header;
  const { model } = entry.build({ config, bounds: { ...entry.quietScope, ...bounds }, defects });
  try {
    const result = validate(model, observation, mostStates);
    return {
      name: file.path,
      kind: 'log',
      lines: observation.lines.length,
      ...whole([{ model, observation, result }], []),
    };
  } catch (error) {
    const isOurs = error instanceof ObservationError || error instanceof FieldPathError;
    throw isOurs ? new LogError(file.path, 0, error.message) : error;
  }
}

/** Holds what clients were told to what they are promised. */
function validateHistory(file: LogFile): ValidatedPart {
  const { sentOnce, events } = readHistory(file.path, file.text);
  const told = events.map(({ event }) => event);
  const broken = [...checkHistory(told), ...(sentOnce ? checkSentOnce(told) : [])];
  const empty = events.length === 0 ? 'empty' : 'explained';
  return {
    name: file.path,
    kind: 'history',
    verdict: broken.length > 0 ? 'unexplained' : empty,
    lines: events.length,
    constraints: { ...nothing, lines: events.length },
    notes: [],
    unexplained: broken.map(({ claim, event, clause }) => ({
      place: `${file.path}:${events[event]?.line ?? 0}`,
      problem: `${claim}: ${clause}`,
      nearest: [],
    })),
    traces: [],
  };
}
