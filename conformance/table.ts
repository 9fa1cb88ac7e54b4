import type { Checked, Noticed, Shown } from './lockstep/check.ts';
import type { Difference } from './lockstep/lockstep.ts';

/** What came of every kind, for a console. */
export function tableText(results: readonly Checked[]): string {
  const rows = results.map(result => [
    result.name,
    result.version,
    String(result.runs),
    String(result.steps),
    `${result.seconds.toFixed(0)} s`,
    exceptionsText(result),
    String(result.unnamed.length),
  ]);
  const head = ['kind', 'Kafka', 'runs', 'steps', 'time', 'named differences', 'unnamed'];
  return `${aligned([head, ...rows])}\n`;
}

/** What of a kind makes it fail, and with which defects of the model it fails as it should. */
export function detailsText(result: Checked): string {
  const title = `${result.name}, Kafka ${result.version}`;
  return [
    ...result.unnamed.map(difference => `${title}: a difference\n${differenceText(difference)}`),
    ...result.stale.map(
      name => `${title}: ${name} is shown no more: Kafka or the model has changed`,
    ),
    `${title}: ${countsText(result)}`,
    ...(result.leftOut === undefined ? [] : [`${title}: not played: ${list(result.leftOut)}`]),
    ...result.findings.map(finding => `${title}: ${findingText(finding)}`),
    ...(result.noticed.length > 0 ? [`${title}: ${noticedText(result.noticed)}`] : []),
  ].join('\n');
}

/** Whether model and Kafka are the same, but for what is named. */
export function isPassed({ unnamed, stale, findings }: Checked): boolean {
  return unnamed.length === 0 && stale.length === 0 && findings.every(isConfirmed);
}

/** Whether Kafka does what the finding says. */
function isConfirmed({ isPlayed, partsAfter, isInEveryModel }: Shown): boolean {
  return isPlayed && (isInEveryModel || partsAfter !== undefined);
}

function findingText(shown: Shown): string {
  const { finding, isPlayed, partsAfter, isInEveryModel } = shown;
  if (isPlayed && isInEveryModel) return `${finding} is what Kafka does, step by step`;
  if (isConfirmed(shown))
    return `${finding} is what Kafka does: a model without it differs after ${partsAfter} steps`;
  const why = isPlayed ? 'a model without it is the same' : 'the model with it is not';
  return `${finding} is not shown any more: ${why}`;
}

function exceptionsText({ exceptions }: Checked): string {
  const names = Object.entries(exceptions).map(([name, count]) => `${name} (${count})`);
  return names.sort().join(', ') || 'none';
}

/** Which steps were compared how often, which Kafka need not take, and which it took in the breath of others. */
function countsText({ counts }: Checked): string {
  const { taken, declined, folded } = counts;
  return [
    `steps: ${list(taken)}`,
    `taken back: ${list(declined)}`,
    `in the same breath: ${list(folded)}`,
  ].join('\n    ');
}

function list(count: Readonly<Record<string, number>>): string {
  const entries = Object.entries(count).sort(([, one], [, other]) => other - one);
  return entries.map(([name, times]) => `${name} (${times})`).join(', ') || 'none';
}

/** The run, and beside each other what both sides have where they differ. */
function differenceText({ labels, places, note }: Difference): string {
  const steps = labels.map((label, index) => `  ${String(index + 1).padStart(2)}. ${label}`);
  const rows = places.map(({ place, model, kafka }) => [
    `  ${place}`,
    JSON.stringify(model),
    JSON.stringify(kafka),
  ]);
  return [...steps, aligned([['  place', 'model', 'Kafka'], ...rows]), `  ${note}`].join('\n');
}

function noticedText(noticed: readonly Noticed[]): string {
  const seen = noticed.filter(({ after }) => after !== undefined);
  const unseen = noticed.filter(({ after }) => after === undefined);
  const found = seen.map(({ defect, after }) => `${defect} (${after})`).join(', ');
  const rest = unseen.map(({ defect }) => defect).join(', ');
  return [
    `${seen.length} of ${noticed.length} defects of the model noticed, after so many steps: ${found}`,
    ...(rest === '' ? [] : [`not noticed: ${rest}`]),
  ].join('\n    ');
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map(row => (row[column] ?? '').length)),
  );
  return rows
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
