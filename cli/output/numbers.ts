/** 853, 25.5k, 4.2M: where a figure changes faster than it is read. */
export function short(value: number): string {
  if (value < 10_000) return String(value);
  return value < 1e6 ? `${(value / 1e3).toFixed(1)}k` : `${(value / 1e6).toFixed(1)}M`;
}

/** A duration as people say it: 0.4s, 12s, 3min 20s. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)}s`;
  const whole = Math.round(seconds);
  if (whole < 100) return `${whole}s`;
  return `${Math.floor(whole / 60)}min ${whole % 60}s`;
}
