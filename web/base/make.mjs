// Makes the base map from world-atlas: countries within recognised borders, border lines, disputed lines.
import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { feature, mesh } from "topojson-client";
import { presimplify, quantile, simplify } from "topojson-simplify";
import { broken, cut } from "./antimeridian.mjs";
import { labelPoint, rightHanded, ringHolds, within } from "./geometry.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const to = join(here, "..", ".made", "base");
const require = createRequire(import.meta.url);
const rules = JSON.parse(readFileSync(join(here, "recognised.json"), "utf8"));

/** Gives each country's arcs to whom they are recognised as belonging; joined features leave their name in `was`. */
function recognise(topology) {
  const countries = topology.objects.countries;
  const named = (name) => countries.geometries.find((one) => one.properties.name === name);
  for (const rule of rules.move) {
    const giver = named(rule.from);
    const index = feature(topology, giver).geometry.coordinates.findIndex((rings) => ringHolds(rings[0], rule.point));
    if (index < 0) throw new Error(`No polygon of ${rule.from} holds ${rule.point}: ${rule.why}`);
    giveTo(named(rule.to), giver.arcs.splice(index, 1));
  }
  const pieces = structuredClone(countries.geometries);
  for (const rule of rules.join) {
    const part = named(rule.name);
    if (!part) continue; // the coarser atlas has fewer features
    giveTo(named(rule.to), part.type === "Polygon" ? [part.arcs] : part.arcs);
    countries.geometries.splice(countries.geometries.indexOf(part), 1);
  }
  return pieces;
}

function giveTo(taker, polygons) {
  if (taker.type === "Polygon") Object.assign(taker, { type: "MultiPolygon", arcs: [taker.arcs] });
  taker.arcs.push(...polygons);
}

function isDashed(a, b) {
  const both = [a.properties.name, b.properties.name];
  return rules.join.some((rule) => rule.dashed && both.includes(rule.name) && both.includes(rule.to))
    || rules.dashed.some((rule) => !rule.within && rule.between.every((name) => both.includes(name)));
}

function linesBetween(topology, pieces) {
  const collection = { type: "GeometryCollection", geometries: pieces };
  const owner = new Map(rules.join.map((rule) => [rule.name, rule.to]));
  const owned = (one) => owner.get(one.properties.name) ?? one.properties.name;
  const all = (keep) => mesh(topology, collection, (a, b) => a !== b && keep(a, b)).coordinates;
  const partly = rules.dashed.filter((rule) => rule.within);
  const isPartly = (a, b) => partly.some((rule) => rule.between.every((n) => [a, b].some((c) => c.properties.name === n)));
  const borders = all((a, b) => owned(a) !== owned(b) && !isDashed(a, b) && !isPartly(a, b));
  const disputed = [...all(isDashed), ...rules.drawn.map((rule) => rule.line)];
  const seen = new Set();
  for (const { between } of partly) {
    if (seen.has(between.join())) continue;
    seen.add(between.join());
    const boxes = partly.filter((rule) => rule.between.join() === between.join()).map((rule) => rule.within);
    for (const line of all((a, b) => between.every((n) => [a, b].some((c) => c.properties.name === n)))) {
      for (const run of runs(line, (point) => boxes.some((box) => within(point, box)))) {
        (run.inside ? disputed : borders).push(run.line);
      }
    }
  }
  return { borders, disputed };
}

/** Cuts a line into runs of segments inside and outside of a test on their first point. */
function* runs(line, test) {
  let from = 0;
  for (let i = 1; i < line.length; i++) {
    const ends = i === line.length - 1 || test(line[i]) !== test(line[from]);
    if (!ends) continue;
    yield { inside: test(line[from]), line: line.slice(from, i + 1) };
    from = i;
  }
}

const round = (digits) => (_, value) => (typeof value === "number" ? Number(value.toFixed(digits)) : value);
const collection = (features) => ({ type: "FeatureCollection", features });
const lines = (coordinates) => collection([{ type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates } }]);

function write(name, value, digits) {
  const path = join(to, name);
  writeFileSync(path, JSON.stringify(value, round(digits)));
  console.log(`base/${name}: ${Math.round(statSync(path).size / 1024)} kB`);
}

function make(atlas, prefix, digits, weigh) {
  let topology = JSON.parse(readFileSync(require.resolve(`world-atlas/${atlas}`), "utf8"));
  if (weigh) {
    const weighed = presimplify(topology);
    topology = simplify(weighed, quantile(weighed, weigh));
  }
  const pieces = recognise(topology);
  const { borders, disputed } = linesBetween(topology, pieces);
  const countries = feature(topology, topology.objects.countries).features.map((one) => ({
    type: "Feature",
    properties: { name: one.properties.name, ...labelPoint(one.geometry) },
    geometry: rightHanded(cut(one.geometry)),
  }));
  write(`${prefix}countries.json`, collection(countries), digits);
  write(`${prefix}coast.json`, lines(broken(mesh(topology, topology.objects.countries, (a, b) => a === b).coordinates)), digits);
  write(`${prefix}borders.json`, lines(borders), digits);
  write(`${prefix}disputed.json`, lines(disputed), digits);
}

mkdirSync(to, { recursive: true });
copyFileSync(join(here, "icon.svg"), join(to, "..", "icon.svg"));
make("countries-50m.json", "", 2);
make("countries-10m.json", "detail-", 3, 0.45);
