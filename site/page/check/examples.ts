import type { ConfigFile } from '../../../models/kafkaConfig/configFile.ts';

/** A cluster to try, as the files that describe it. */
export interface Example {
  readonly title: string;
  readonly files: readonly ConfigFile[];
}

/** The examples that the build has put into the page. */
export function examplesIn(page: Document): readonly Example[] {
  const examples: readonly Example[] = JSON.parse(
    page.getElementById('examples')?.textContent ?? '[]',
  );
  return examples;
}
