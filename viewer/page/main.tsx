import { render } from 'preact';
import './theme.css';
import './page.css';
import './print.css';
import { App } from './App.tsx';
import { ClusterPage } from './cluster/ClusterPage.tsx';
import { readCluster, readTraces } from './readTraces.ts';
import { runOf } from './run.ts';

/* Where the page starts: what is in it as data becomes what is to be seen. */
const place = document.getElementById('page');
if (place !== null) {
  place.replaceChildren();
  try {
    const runs = readTraces(document.getElementById('traces')?.textContent ?? '[]').map(runOf);
    const view = readCluster(document.getElementById('cluster')?.textContent ?? 'null');
    const page = view === null ? <App runs={runs} /> : <ClusterPage view={view} runs={runs} />;
    render(page, place);
  } catch (error) {
    // An empty page would not even say that.
    place.textContent = `This trace cannot be shown: ${error}`;
  }
}
