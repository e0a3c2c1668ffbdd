// Holds the built script to its weight: all JavaScript but MapLibre, gzipped.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const LIMIT = 450 * 1024;
const assets = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "src", "fogline", "serve", "page", "assets");
const weight = (name) => gzipSync(readFileSync(join(assets, name))).length;
const scripts = readdirSync(assets).filter((name) => /\.m?js$/.test(name));
const ours = scripts.filter((name) => !name.startsWith("maplibre"));
const total = ours.reduce((sum, name) => sum + weight(name), 0);
console.log(`script without MapLibre: ${(total / 1024).toFixed(1)} kB gzipped (limit 450 kB)`);
for (const name of scripts) console.log(`  ${name}: ${(weight(name) / 1024).toFixed(1)} kB`);
if (total > LIMIT) process.exit(1);
