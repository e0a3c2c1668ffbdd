// Plane geometry on degrees, as far as the base map needs it.

export function ringHolds(ring, [x, y]) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i];
    const [xj, yj] = ring[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

export const within = ([x, y], [west, south, east, north]) => x >= west && x <= east && y >= south && y <= north;

/** Outer rings counter-clockwise, holes clockwise, as RFC 7946 has it. */
export function rightHanded(geometry) {
  const turned = (rings) => rings.map((ring, i) => (signedArea(ring) > 0 === (i === 0) ? ring : [...ring].reverse()));
  const coordinates = geometry.type === "Polygon" ? turned(geometry.coordinates) : geometry.coordinates.map(turned);
  return { type: geometry.type, coordinates };
}

function signedArea(ring) {
  let area = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) area += ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1];
  return area / 2;
}

function centroid(ring) {
  let area = 0;
  let x = 0;
  let y = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const cross = ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1];
    area += cross;
    x += (ring[j][0] + ring[i][0]) * cross;
    y += (ring[j][1] + ring[i][1]) * cross;
  }
  return { area: Math.abs(area / 2), x: x / (3 * area), y: y / (3 * area) };
}

/** Where a country's name goes: the middle of its largest part, with that part's extent in square degrees. */
export function labelPoint(geometry) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const largest = polygons.map((rings) => centroid(rings[0])).sort((a, b) => b.area - a.area)[0];
  return { lon: largest.x, lat: largest.y, area: largest.area };
}
