import type { ClientKind } from './clusterDescription.ts';
import type { PropertyTable } from './foundProperty.ts';

/** A program that is no broker, as a file configures it. */
export interface ClientSource {
  readonly kind: ClientKind;
  readonly file: string;
  /** Where in the file; empty where the whole file is of it. */
  readonly place: string;
  /** The settings of its producer, by Kafka's names. */
  readonly producer: PropertyTable;
  /** What its framework or Kafka sets where the file does not, of the producer. */
  readonly producerDefaults?: ReadonlyMap<string, string>;
  /** What is to be said of it besides its producer. */
  readonly remarks: readonly string[];
}
