import { toolVersion } from '../../application/version.ts';
import type { Report, ReportCase } from './report.ts';

/**
 * The report as SARIF 2.1.0: a result for each case that failed or that says where it is, at its file and line. What
 * was accepted is there as suppressed.
 */
export function sarifReport({ groups }: Report): string {
  const cases = groups.flatMap(group => group.cases);
  const told = cases.filter(({ status, place }) => status === 'failed' || place !== undefined);
  const rules = [...new Set(told.map(ruleOf))].map(id => ({ id }));
  const log = {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: { driver: { name: 'highwater', version: toolVersion, rules } },
        results: told.map(resultOf),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** What kind of thing it is: `lost/power-loss` of `lost/power-loss/orders`; of others the name. */
function ruleOf({ name }: ReportCase): string {
  return name.includes('/') ? name.split('/').slice(0, -1).join('/') : name;
}

function resultOf(each: ReportCase) {
  const { name, status, reason, place, accepted } = each;
  const path = place ?? fileOf(each);
  return {
    ruleId: ruleOf(each),
    level: status === 'failed' ? 'error' : 'note',
    message: { text: reason },
    partialFingerprints: { 'highwater/v1': name },
    ...(path === undefined ? {} : { locations: [locationOf(path)] }),
    ...(accepted === undefined
      ? {}
      : { suppressions: [{ kind: 'external', justification: accepted }] }),
  };
}

/** The saved trace, where there is one. */
function fileOf({ stories: [story] }: ReportCase): ReportCase['place'] {
  return story?.path === undefined ? undefined : { file: story.path, line: 1 };
}

function locationOf({ file, line }: NonNullable<ReportCase['place']>) {
  // A URI has slashes, and no blanks.
  const uri = encodeURI(file.replaceAll('\\', '/'));
  return { physicalLocation: { artifactLocation: { uri }, region: { startLine: line } } };
}
