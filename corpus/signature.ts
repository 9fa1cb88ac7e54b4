import { causeText } from '../checker/runs/causeOf.ts';
import { fingerprintOf, formatFingerprint } from '../checker/state/fingerprint.ts';
import type { TraceFile, TraceJson, TraceModel } from '../checker/trace/traceFile.ts';

/** What a trace is compared by: the kind of failure that it shows, whichever way it leads there. */
export type Signed = Pick<TraceFile, 'model' | 'property'>;

/**
 * The failure signature: model, configuration, defects, property and, where its counterexamples were told apart,
 * the cause. Equal texts are one failure.
 */
export function signatureOf({ model, property }: Signed): string {
  const { name, cause } = property;
  const told = cause === undefined ? '' : ` ${causeText(cause)}`;
  return `${configurationOf(model)} ${JSON.stringify(name)}${told}`;
}

/** The model as it was configured, without its bounds: equal texts are one configuration. */
export function configurationOf({
  name,
  config,
  defects,
}: Pick<TraceModel, 'name' | 'config' | 'defects'>): string {
  return JSON.stringify([name, sorted(config), [...defects].sort()]);
}

/** The name of a trace in a corpus, without suffix: readable, and the same for one signature. */
export function corpusName(trace: Signed): string {
  const { model, property } = trace;
  const words = [model.name, ...[...model.defects].sort(), property.name].map(fileWord);
  const configured = Object.keys(model.config).length > 0;
  const told = property.cause === undefined ? [] : [hashOf(causeText(property.cause))];
  return [...words, ...(configured ? [hashOf(configurationOf(model))] : []), ...told].join('--');
}

/** Sixteen hexadecimal digits; the first eight are enough to tell two configurations apart. */
function hashOf(text: string): string {
  const fingerprint = { low: 0, high: 0 };
  fingerprintOf(
    Uint32Array.from(text, character => character.codePointAt(0) ?? 0),
    fingerprint,
  );
  return formatFingerprint(fingerprint).slice(0, 8);
}

function fileWord(word: string): string {
  return word.replaceAll(/[^A-Za-z0-9_-]+/g, '-');
}

/** The same JSON with the keys of every object in one order. */
function sorted(json: TraceJson): TraceJson {
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.map(sorted);
  const entries = Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, value]) => [key, sorted(value)]));
}
