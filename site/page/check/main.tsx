import { render } from 'preact';
import '../site.css';
import { CheckPage } from './CheckPage.tsx';
import { examplesIn } from './examples.ts';

const place = document.getElementById('page');
if (place !== null) {
  place.replaceChildren();
  render(<CheckPage examples={examplesIn(document)} />, place);
}
