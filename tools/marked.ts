import { fileURLToPath } from 'node:url';

/** A file, from the root of the repository. */
export function fromRoot(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}

/**
 * The text with this content between its two marks for it, which comments name together with the script
 * that writes it: `<!-- hero: begin (npm run hero) -->` and `<!-- hero: end -->`.
 *
 * @throws Error where the marks are not there, once.
 */
export function withMarked(text: string, name: string, script: string, content: string): string {
  const [begin, end] = [`<!-- ${name}: begin (npm run ${script}) -->`, `<!-- ${name}: end -->`];
  const [before, afterBegin, ...others] = text.split(begin);
  const [, after, ...more] = afterBegin?.split(end) ?? [];
  if (before === undefined || after === undefined || others.length + more.length > 0) {
    throw new Error(`expected "${begin}" and then "${end}", once`);
  }
  return `${before}${begin}\n\n${content}\n\n${end}${after}`;
}
