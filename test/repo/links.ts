import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** A link in a page to a file of this project, or to a heading of one. */
interface Link {
  readonly page: string;
  readonly target: string;
}

/** Every page below a folder, in order, but for what is installed, built or written by runs. */
export function pagesIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const pages = entries.flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return isOurs(entry.name) ? pagesIn(path) : [];
    return entry.name.endsWith('.md') ? [path] : [];
  });
  return pages.sort();
}

function isOurs(name: string): boolean {
  return !name.startsWith('.') && !['node_modules', 'dist', 'out', 'template'].includes(name);
}

/** The links of pages that lead nowhere, as `page: target`, from the root. */
export function brokenLinks(root: string, pages: readonly string[]): string[] {
  return pages
    .flatMap(linksOf)
    .filter(link => !leadsSomewhere(link))
    .map(({ page, target }) => `${relative(root, page)}: ${target}`);
}

/** Links to other places are not looked at: a test needs no network. */
function linksOf(page: string): Link[] {
  const text = withoutCode(readFileSync(page, 'utf8'));
  const targets = [...text.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = '']) => target);
  return targets.filter(target => !/^[a-z]+:/.test(target)).map(target => ({ page, target }));
}

function leadsSomewhere({ page, target }: Link): boolean {
  const [path = '', heading] = target.split('#');
  const file = path === '' ? page : join(dirname(page), path);
  if (!existsSync(file)) return false;
  if (heading === undefined) return true;
  return statSync(file).isFile() && headingsOf(file).has(heading);
}

/** The headings of a page as GitHub names them in links. */
function headingsOf(page: string): ReadonlySet<string> {
  const lines = withoutCode(readFileSync(page, 'utf8')).split('\n');
  const headings = lines.filter(line => /^#+ /.test(line)).map(line => line.replace(/^#+ /, ''));
  return new Set(headings.map(slugOf));
}

function slugOf(heading: string): string {
  const kept = heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '');
  return kept.replaceAll(' ', '-');
}

function withoutCode(text: string): string {
  return text.replace(/^```.*?^```/gms, '');
}
