import type { CheckedCluster } from '../../application/check/check.ts';
import {
  goneText,
  mistakeText,
  type ReleaseMistake,
} from '../../application/check/knownMistakes.ts';

/** What the metadata quorum of a cluster is known to do wrong, a sentence or two each; nothing where it is not. */
export function mistakeSentences({ mistakes, notes }: CheckedCluster['known']): string[] {
  return [...mistakes.map(mistakeText), ...notes];
}

/** A known mistake as the cause of a story. */
export function causeText(mistake: ReleaseMistake): string {
  const { name, kafka, source } = mistake;
  return (
    `A known mistake of Kafka ${kafka}, ${name}: without it these steps break nothing. ` +
    `${goneText(mistake)} Source: ${source}.`
  );
}
