import { defineConfig } from 'vite';
import { precompress } from '../shared/build/precompress.ts';

export default defineConfig({
  base: '/',
  plugins: [precompress()],
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['es2022', 'safari16.4', 'firefox115', 'chrome100'],
    sourcemap: false,
    // Everything is its own file: the content security policy allows no inline code and no data: models.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
