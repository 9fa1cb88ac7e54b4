import { defineConfig } from 'highwater';
import { boundedBuffer } from './boundedBuffer/boundedBuffer.ts';

export default defineConfig({
  models: [boundedBuffer({ producers: 2, consumers: 1, capacity: 1 })],
});
