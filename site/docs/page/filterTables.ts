/** Tables of fewer rows are read at a glance. */
const MANY_ROWS = 5;

/** Long tables get a field that leaves the rows with every word that is in it. */
export function filterTables(page: Document): void {
  for (const table of page.querySelectorAll('table')) {
    const rows = [...table.tBodies].flatMap(body => [...body.rows]);
    if (rows.length < MANY_ROWS) continue;
    const field = page.createElement('input');
    field.type = 'search';
    field.className = 'filter';
    field.placeholder = 'filter the rows';
    field.setAttribute('aria-label', 'filter the rows of the next table');
    field.addEventListener('input', () => {
      const words = field.value.toLowerCase().split(/\s+/);
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every(word => text.includes(word));
      }
    });
    table.before(field);
  }
}
