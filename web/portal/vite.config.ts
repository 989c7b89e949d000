import { defineConfig } from 'vite';
import { precompress } from '../shared/build/precompress.ts';
import { themeTokens } from './build/theme-tokens.ts';

/** Where `npm run dev` finds a running portal: the page is served by Vite, every call goes to the real server. */
const kServer = process.env.COUNTERSIGN_PORTAL ?? 'http://127.0.0.1:8441';

export default defineConfig({
  base: '/',
  plugins: [themeTokens(), precompress()],
  server: { proxy: { '/api': kServer } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['es2022', 'safari16.4', 'firefox115', 'chrome108'],
    sourcemap: false,
    manifest: true,
    // Everything is its own file: the content security policy allows no inline code.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
