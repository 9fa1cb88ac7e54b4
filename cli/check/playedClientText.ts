import { clientFault } from '../../application/clients/clientFaults.ts';
import { clientQuestions } from '../../application/clients/clientQuestions.ts';
import { settingsText } from '../../application/clients/clientSettings.ts';
import type { PlayedClients } from '../../application/clients/playedClients.ts';
import { printable } from '../../checker/trace/renderParts.ts';
import type { TextLayout } from '../output/style.ts';
import { renderTable, wrapText } from '../output/table.ts';

/** What can become of the records of programs, one table for each way of going about them. */
export function playedClientLines(
  played: readonly PlayedClients[],
  { style, width }: TextLayout,
): string[] {
  if (played.length === 0) return [];
  const tables = played.flatMap(each => ['', ...linesOf(each, width)]);
  return [
    '',
    style('bold', 'What its clients risk, played on a log that fails over'),
    ...tables.slice(1),
    ...wrapText('Each has its shortest story in the document that --json prints.', width),
  ];
}

function linesOf(
  { settings, where, assumed, kafka, cells }: PlayedClients,
  width: number,
): string[] {
  const questions = clientQuestions[settings.kind];
  const title = `${settings.kind}, Kafka ${kafka}: ${settingsText(settings)} (${where.map(printable).join('; ')})`;
  const rows = cells.map(({ fault, answers }) => [
    clientFault(settings.kind, fault).title,
    ...answers.map(({ answer, steps }) =>
      answer === 'yes' ? `in ${steps} steps` : answer === 'no' ? '-' : '?',
    ),
  ]);
  const columns = [{ title: 'when' }, ...questions.map(({ word }) => ({ title: word }))];
  return [
    ...wrapText(title, width),
    ...renderTable({ columns, rows }, { width }),
    ...assumed.flatMap(sentence => wrapText(sentence, width)),
  ];
}
