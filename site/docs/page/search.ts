import MiniSearch from 'minisearch';

/** A heading with what is below it. */
interface Entry {
  /** Where it is in the site, with the heading. */
  readonly id: string;
  readonly page: string;
  readonly title: string;
  readonly text: string;
}

declare const self: { readonly highwaterIndex?: readonly Entry[] };

/** As many are looked through. */
const MOST_FOUND = 12;

/** Searches all headings of the documentation; what it searches is loaded when the field is first entered. */
export function offerSearch(page: Document): void {
  const field = page.getElementById('search');
  const place = page.getElementById('found');
  if (!(field instanceof HTMLInputElement) || place === null) return;
  const root = page.body.dataset['root'] ?? '';
  let search: MiniSearch<Entry> | undefined;
  const show = (): void => {
    if (search === undefined) return;
    const found = search.search(field.value).slice(0, MOST_FOUND);
    place.replaceChildren(
      ...found.map(({ id, ...entry }) => linkTo(page, `${root}${id}`, entry)),
      ...(found.length === 0 && field.value !== '' ? ['nothing found'] : []),
    );
  };
  const load = (): void => {
    const script = page.createElement('script');
    script.src = `${root}assets/index.js`;
    script.addEventListener('load', () => {
      search = indexOf(self.highwaterIndex ?? []);
      show();
    });
    page.head.append(script);
  };
  field.addEventListener('focus', load, { once: true });
  field.addEventListener('input', show);
}

function indexOf(entries: readonly Entry[]): MiniSearch<Entry> {
  const search = new MiniSearch<Entry>({
    fields: ['title', 'page', 'text'],
    storeFields: ['title', 'page'],
    searchOptions: { boost: { title: 4, page: 2 }, prefix: true, fuzzy: 0.15, combineWith: 'AND' },
  });
  search.addAll(entries);
  return search;
}

function linkTo(page: Document, href: string, entry: Record<string, unknown>): HTMLElement {
  const link = page.createElement('a');
  link.href = href;
  link.textContent =
    entry['title'] === entry['page'] ? `${entry['page']}` : `${entry['page']}: ${entry['title']}`;
  return link;
}
