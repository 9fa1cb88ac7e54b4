import { wrapText } from '../output/table.ts';

/** Sentences as a list, wrapped under their first word. */
export function bullets(sentences: readonly string[], width: number): string[] {
  return sentences.flatMap(sentence =>
    wrapText(sentence, width - 4).map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`),
  );
}
