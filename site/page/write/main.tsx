import { render } from 'preact';
import '../site.css';
import { codeOfHash } from './link.ts';
import { type ModelExample, WritePage } from './WritePage.tsx';

const place = document.getElementById('page');
if (place !== null) {
  place.replaceChildren();
  const examples: readonly ModelExample[] = JSON.parse(
    document.getElementById('examples')?.textContent ?? '[]',
  );
  void codeOfHash(location.hash).then(code => {
    const first = code ?? examples[0]?.text ?? '';
    render(<WritePage examples={examples} first={first} />, place);
  });
}
