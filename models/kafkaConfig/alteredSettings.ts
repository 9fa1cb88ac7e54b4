import type { ComposeService } from './composeService.ts';
import { type FoundProperty, hasPlaceholder, type PropertyTable } from './foundProperty.ts';
import { commandsOf, optionsIn, pairsAt } from './shellCommands.ts';

/** Dynamic configuration that services set with `kafka-configs --alter`. */
export interface AlteredSettings {
  /** Dynamic defaults of the whole cluster (`--entity-type brokers --entity-default`). */
  readonly defaults: PropertyTable;
  /** Of topics, by name. */
  readonly topics: ReadonlyMap<string, PropertyTable>;
  readonly warnings: readonly string[];
}

/** What the commands of services change while the cluster runs; the last one wins, as in Kafka. */
export function alteredSettings(services: readonly ComposeService[]): AlteredSettings {
  const defaults = new Map<string, FoundProperty>();
  const topics = new Map<string, PropertyTable>();
  const warnings: string[] = [];
  for (const { from, text } of services.flatMap(service => commandsOf(service, 'kafka-configs'))) {
    const options = optionsIn(text);
    if (!options.has('alter') || !options.has('add-config')) continue;
    const pairs = pairsAt(
      from,
      (options.get('add-config') ?? []).flatMap(list => list.split(',')),
    );
    const type = options.get('entity-type')?.[0] ?? '';
    const topic = options.get('topic')?.[0] ?? options.get('entity-name')?.[0] ?? '';
    if ([topic, ...(options.get('add-config') ?? [])].some(hasPlaceholder)) {
      warnings.push(`${from.file}: ${from.place}: what kafka-configs sets there cannot be read.`);
    } else if (options.has('topic') || (type === 'topics' && topic !== '')) {
      topics.set(topic, new Map([...(topics.get(topic) ?? []), ...pairs]));
    } else if (type === 'brokers' && options.has('entity-default')) {
      for (const [name, found] of pairs) defaults.set(name, found);
    } else if (type === 'brokers') {
      warnings.push(
        `${from.file}: ${from.place}: what kafka-configs sets of one broker is not read.`,
      );
    }
  }
  return { defaults, topics, warnings };
}
