import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Fontsource names a .woff beside each .woff2; every browser that runs the map reads .woff2, so the other half is left out. */
function woff2Only(): Plugin {
  return {
    name: 'woff2-only',
    enforce: 'pre',
    transform: {
      filter: { id: /@fontsource.*\.css$/ },
      handler: (code) => code.replace(/,\s*url\([^)]*\.woff\)\s*format\(['"]woff['"]\)/g, ''),
    },
  };
}

// BIVOUAC_API: where `npm run dev` finds a running server.
const api = process.env.BIVOUAC_API ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [woff2Only(), react()],
  // Fonts as data: URIs would break the page's own content security policy.
  build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 1500, target: 'es2022' },
  worker: { format: 'es' },
  server: { proxy: { '/api': api } },
});
