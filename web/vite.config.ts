import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  publicDir: ".made",
  server: { proxy: { "/api": { target: process.env["FOGLINE"] ?? "http://127.0.0.1:8765", changeOrigin: true } } },
  build: {
    outDir: "../src/fogline/serve/page",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    reportCompressedSize: false,
    rollupOptions: {
      output: { manualChunks: (id) => (id.includes("/maplibre-gl/dist/") ? "maplibre" : undefined) },
    },
  },
});
