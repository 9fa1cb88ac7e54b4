/** What Kafka accepts as the name of a topic (`Topic.validate`). */
export const LEGAL_TOPIC = /^[a-zA-Z0-9._-]{1,249}$/;

/** Most replicas that Kafka's replica lists may have. */
export const MOST_REPLICAS = 32767;
