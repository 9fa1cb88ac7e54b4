import type { ComponentChildren } from 'preact';

/** The pages, in the order in which they are offered. */
const pages = [
  { file: 'index.html', title: 'Documentation' },
  { file: 'check.html', title: 'Check my cluster' },
  { file: 'explore.html', title: 'Explore a model' },
  { file: 'write.html', title: 'Write a model' },
] as const;

interface FrameProps {
  readonly file: (typeof pages)[number]['file'];
  readonly lead: string;
  readonly children: ComponentChildren;
}

/** What all pages that compute have in common. */
export function Frame({ file, lead, children }: FrameProps) {
  const title = pages.find(page => page.file === file)?.title;
  return (
    <>
      <header class="site-header">
        <strong class="site-name">Highwater</strong>
        <nav aria-label="Pages">
          {pages.map(page => (
            <a key={page.file} href={page.file} aria-current={page.file === file ? 'page' : false}>
              {page.title}
            </a>
          ))}
        </nav>
      </header>
      <main class="site-main">
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        {children}
      </main>
    </>
  );
}
