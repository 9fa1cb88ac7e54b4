import type { NodeType } from '../../checker/state/nodeType.ts';
import type { KraftBounds, KraftConfig } from '../../models/kraft/config.ts';
import { nodesOf } from '../../models/kraft/context.ts';

/**
 * What a scope is, by its configuration and bounds: enough to say which promises are not made there. What merely
 * does not come about in a scope is not foretold: it is asked, and reported as not put to the test.
 */
export interface KraftFacts {
  readonly node: NodeType<'node'>;
  readonly config: KraftConfig;
  readonly bounds: KraftBounds;
}

/** The facts of a scope; a larger model has names of its own for the nodes. */
export function scopeFactsOf(
  config: KraftConfig,
  bounds: KraftBounds,
  node: NodeType<'node'> = nodesOf(config),
): KraftFacts {
  return { node, config, bounds };
}

/** Why nothing is said of changes of the voters, if there are none by the settings. */
export function staticVoters({ config }: KraftFacts): string | undefined {
  return config.dynamicVoters ? undefined : 'the voter set is static';
}
