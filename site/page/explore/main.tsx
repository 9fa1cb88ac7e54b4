import { render } from 'preact';
import '../site.css';
import type { ModelSheet } from '../../engine/modelSheet.ts';
import { ExplorePage } from './ExplorePage.tsx';
import { requestOfHash, usualRequest } from './request.ts';

const place = document.getElementById('page');
if (place !== null) {
  place.replaceChildren();
  const models: readonly ModelSheet[] = JSON.parse(
    document.getElementById('models')?.textContent ?? '[]',
  );
  render(
    <ExplorePage models={models} first={requestOfHash(location.hash) ?? usualRequest} />,
    place,
  );
}
