// A circle of so many kilometres around a point, as a polygon.
export function circle(lon: number, lat: number, radiusKm: number, id: string): GeoJSON.Feature {
  const north = radiusKm / 110.574;
  const east = radiusKm / (111.32 * Math.max(0.05, Math.cos((lat * Math.PI) / 180)));
  const ring = Array.from({ length: 65 }, (_, i) => {
    const turn = (i / 64) * 2 * Math.PI;
    return [lon + east * Math.cos(turn), Math.max(-85, Math.min(85, lat + north * Math.sin(turn)))];
  });
  return { type: "Feature", geometry: { type: "Polygon", coordinates: [ring] }, properties: { id } };
}
