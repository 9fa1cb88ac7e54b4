/** `key:` of YAML, `- NAME=value` of a list of variables, `name=value` of properties. */
const KEY = /^\s*(?:-\s+)?["']?([^\s:="']+)["']?\s*[:=]/;

/**
 * The line of a place that a description names, counted from 1: `line 7: name`, or the path of keys as
 * `services.k1.environment.KAFKA_NODE_ID`, whose keys may have dots themselves. The first line where it is not found.
 */
export function lineOfPlace(text: string, place: string): number {
  const numbered = /^line (\d+)\b/.exec(place)?.[1];
  if (numbered !== undefined) return Number(numbered);
  let left = place.replace(/^(?:Kafka|KafkaTopic|KafkaNodePool) \S+: /, '');
  let found = 1;
  for (const [index, line] of text.split('\n').entries()) {
    const key = KEY.exec(line)?.[1];
    if (key === undefined || !(left === key || left.startsWith(`${key}.`))) continue;
    found = index + 1;
    left = left.slice(key.length + 1);
    if (left === '') return found;
  }
  return found;
}
