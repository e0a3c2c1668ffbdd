// A hatch that says "disputed" without a colour.
import type { Map as MapLibre } from "maplibre-gl";

export function addHatch(map: MapLibre, ink: string): void {
  const size = 12;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d")!;
  pen.strokeStyle = ink;
  pen.lineWidth = 1.6;
  for (const shift of [-size, 0, size]) {
    pen.beginPath();
    pen.moveTo(shift, size);
    pen.lineTo(shift + size, 0);
    pen.stroke();
  }
  const drawn = pen.getImageData(0, 0, size, size);
  if (!map.hasImage("hatch")) map.addImage("hatch", drawn);
  const spot = pen.createImageData(size, size);
  for (let i = 0; i < spot.data.length; i += 4) {
    const x = (i / 4) % size;
    const y = Math.floor(i / 4 / size);
    const inside = Math.hypot(x - 5.5, y - 5.5) < 5.5;
    spot.data.set(inside ? drawn.data.slice(i, i + 4) : [0, 0, 0, 0], i);
  }
  if (!map.hasImage("hatch-spot")) map.addImage("hatch-spot", spot);
}
