import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  plugins: [react()],
  build: {
    outDir: "../../../dist/desk",
    emptyOutDir: true,
    // The page's policy lets fonts and styles come from its own files only, never from data: addresses.
    assetsInlineLimit: 0,
    // It opens from this machine's own disk; one file is as quick as three.
    chunkSizeWarningLimit: 800,
  },
});
