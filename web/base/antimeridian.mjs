// world-atlas leaves rings whole that cross 180° E, for globes; a flat map needs them cut there.

/** Cuts polygons that cross the antimeridian into parts on either side of it. */
export function cut(geometry) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const parts = polygons.flatMap((rings) => cutPolygon(rings.map(unwrapped)));
  return { type: "MultiPolygon", coordinates: parts };
}

/** Breaks lines where they jump over the antimeridian. */
export function broken(lines) {
  return lines.flatMap((line) => {
    const parts = [[line[0]]];
    for (let i = 1; i < line.length; i++) {
      if (Math.abs(line[i][0] - line[i - 1][0]) > 180) parts.push([]);
      parts.at(-1).push(line[i]);
    }
    return parts.filter((part) => part.length > 1);
  });
}

/** A ring whose longitudes go on past 180 instead of jumping; one around a pole is closed over it. */
function unwrapped(ring) {
  let turn = 0;
  const open = ring.map(([lon, lat], i) => {
    const step = i ? lon - ring[i - 1][0] : 0;
    if (step > 180) turn -= 360;
    if (step < -180) turn += 360;
    return [lon + turn, lat];
  });
  if (turn === 0) return open;
  const pole = open[0][1] < 0 ? -90 : 90;
  return [...open, [open.at(-1)[0], pole], [open[0][0], pole], open[0]];
}

function cutPolygon(rings) {
  const lons = rings[0].map(([lon]) => lon);
  const first = Math.floor((Math.min(...lons) + 180) / 360);
  const last = Math.ceil((Math.max(...lons) + 180) / 360) - 1;
  const parts = [];
  for (let world = first; world <= Math.max(first, last); world++) {
    const moved = rings.map((ring) => ring.map(([lon, lat]) => [lon - 360 * world, lat]));
    const held = first >= last ? moved : moved.map((ring) => clipped(clipped(ring, -180, 1), 180, -1));
    if (held[0].length > 3) parts.push(held.filter((ring) => ring.length > 3));
  }
  return parts;
}

/** What of a ring lies on one side of a meridian (Sutherland and Hodgman 1974). */
function clipped(ring, lon, side) {
  const inside = (point) => (point[0] - lon) * side >= 0;
  const out = [];
  for (let i = 0; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i], ring[i + 1]];
    if (inside(a)) out.push(a);
    if (inside(a) !== inside(b)) out.push([lon, a[1] + ((b[1] - a[1]) * (lon - a[0])) / (b[0] - a[0])]);
  }
  if (out.length) out.push(out[0]);
  return out;
}
