import type { Environment } from './environment.ts';
import type { FoundProperty } from './foundProperty.ts';
import type { Located } from './yamlShape.ts';

/** One service of a docker-compose file, as far as it matters here. */
export interface ComposeService {
  readonly name: string;
  readonly at: Located;
  readonly image: FoundProperty | undefined;
  readonly environment: Environment;
}
