/** 255328 as 255,328, on every machine. */
export function grouped(value: number): string {
  return value.toLocaleString('en-US');
}

/** "1 step", "11 steps", "1,024 states". */
export function counted(value: number, noun: string): string {
  return `${grouped(value)} ${noun}${value === 1 ? '' : 's'}`;
}
