import type { KafkaVersion } from '../kafka/jars.ts';
import type { Difference } from './lockstep.ts';

/** A difference that is known: what it is, and a story that still shows it. */
export interface NamedException<State> {
  /** kebab-case. */
  readonly name: string;
  /** What Kafka does, what the model does, and why they are not the same. */
  readonly reason: string;
  /** Where it is: a class and method of Kafka, or a page here. */
  readonly source: string;
  readonly releases: readonly KafkaVersion[];
  isShownBy(difference: Difference<State>): boolean;
  /** A short run that shows it, as traces print its steps. One that a release does not have is passed over. */
  readonly story: readonly string[];
  /** The name of the kind that has the story. */
  readonly storyIn: string;
}

/** The exception that explains a difference, if there is one. */
export function exceptionFor<State>(
  exceptions: readonly NamedException<State>[],
  version: KafkaVersion,
  difference: Difference<State>,
): NamedException<State> | undefined {
  return exceptions.find(
    exception => exception.releases.includes(version) && exception.isShownBy(difference),
  );
}
