import react from '@vitejs/plugin-react';
import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';
import { fontFaces } from './src/map/fontFaces.ts';

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

const rangesOf = (font: string) => JSON.parse(readFileSync(new URL(`node_modules/${font}/unicode.json`, import.meta.url), 'utf8')) as Record<string, string>;

/** fonts.json tells the server, whose styles lead to the page's fonts, what the build has called their files. */
function fontList(): Plugin {
  return {
    name: 'font-list',
    generateBundle(_options, bundle) {
      const urls = new Map(Object.values(bundle).flatMap((file) => (file.type === 'asset' ? file.originalFileNames.map((name) => [name.replace(/^.*\//, ''), `/${file.fileName}`]) : [])) as [string, string][]);
      const ranges = { latin: rangesOf('@fontsource-variable/noto-sans'), arabic: rangesOf('@fontsource/noto-sans-arabic'), chinese: rangesOf('@fontsource/noto-sans-sc') };
      this.emitFile({ type: 'asset', fileName: 'fonts.json', source: JSON.stringify(fontFaces(ranges, (file) => urls.get(file))) });
    },
  };
}

// BIVOUAC_API: where `npm run dev` finds a running server.
const api = process.env.BIVOUAC_API ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [woff2Only(), fontList(), react()],
  // Fonts as data: URIs would break the page's own content security policy.
  build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 1500, target: 'es2022' },
  worker: { format: 'es' },
  // The styles that the page shares with the server lie beside it.
  server: { proxy: { '/api': api }, fs: { allow: ['..'] } },
});
