import type { Map as MapLibreMap, StyleImageMetadata } from 'maplibre-gl';
import { routeColours } from '../state/route-look.ts';
import { airMarkers } from './air-marker.ts';
import { binMarker, MARKER_BOX, type MarkerShape, placeMarkers, reportMarker } from './marker-shapes.ts';

const PIXEL_RATIO = 2;

type Draw = (context: CanvasRenderingContext2D) => void;

const paint = (width: number, height: number, draw: Draw): ImageData => {
  const canvas = document.createElement('canvas');
  canvas.width = width * PIXEL_RATIO;
  canvas.height = height * PIXEL_RATIO;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser has no canvas');
  context.scale(PIXEL_RATIO, PIXEL_RATIO);
  context.lineJoin = 'round';
  context.lineCap = 'round';
  draw(context);
  return context.getImageData(0, 0, canvas.width, canvas.height);
};

const paintShape = (shape: MarkerShape): ImageData =>
  paint(MARKER_BOX, MARKER_BOX, (context) => {
    for (const { d, fill, stroke, width = 1, dash } of shape) {
      const path = new Path2D(d);
      context.setLineDash(dash ? [...dash] : []);
      if (fill !== undefined) {
        context.fillStyle = fill;
        context.fill(path);
      }
      if (stroke !== undefined) {
        context.strokeStyle = stroke;
        context.lineWidth = width;
        context.stroke(path);
      }
    }
  });

/** A pill that stretches sideways with its number. */
const BADGE = { width: 28, height: 20, edge: 9 };

const paintBadge = (colour: string): ImageData =>
  paint(BADGE.width, BADGE.height, (context) => {
    context.beginPath();
    context.roundRect(1, 1, BADGE.width - 2, BADGE.height - 2, 9);
    context.fillStyle = colour;
    context.fill();
    context.strokeStyle = '#ffffff';
    context.lineWidth = 1.6;
    context.stroke();
  });

/** Points along the line it lies on. */
const paintArrow = (colour: string): ImageData =>
  paint(18, 18, (context) => {
    const head = new Path2D('M5 3l10 6l-10 6z');
    context.strokeStyle = '#ffffff';
    context.lineWidth = 4;
    context.stroke(head);
    context.fillStyle = colour;
    context.fill(head);
  });

/** Slanted lines that join at the tile's edges. */
const HATCH = 12;

const paintHatch = (): ImageData =>
  paint(HATCH, HATCH, (context) => {
    context.strokeStyle = 'rgba(138, 43, 18, 0.45)';
    context.lineWidth = 1.4;
    for (const shift of [-HATCH, 0, HATCH])
      context.stroke(new Path2D(`M${shift - 1} ${HATCH + 1}L${shift + HATCH + 1} -1`));
  });

const badgeStretch: Partial<StyleImageMetadata> = {
  stretchX: [[BADGE.edge * PIXEL_RATIO, (BADGE.width - BADGE.edge) * PIXEL_RATIO]],
  content: [5 * PIXEL_RATIO, 2 * PIXEL_RATIO, (BADGE.width - 5) * PIXEL_RATIO, (BADGE.height - 2) * PIXEL_RATIO],
};

/** Gives the map every picture that its layers name. */
export const addMarkerImages = (map: MapLibreMap): void => {
  const options = { pixelRatio: PIXEL_RATIO };
  for (let level = 0; level <= 10; level += 1) {
    map.addImage(`bin-${level}`, paintShape(binMarker(level / 10)), options);
    map.addImage(`bin-${level}-silent`, paintShape(binMarker(level / 10, true)), options);
  }
  map.addImage('zone-hatch', paintHatch(), options);
  map.addImage('reported', paintShape(reportMarker), options);
  map.addImage('bin-no-data', paintShape(binMarker(undefined)), options);
  for (const [name, shape] of Object.entries({ ...placeMarkers, ...airMarkers }))
    map.addImage(name, paintShape(shape), options);
  for (const [index, colour] of routeColours.entries()) {
    map.addImage(`badge-${index}`, paintBadge(colour), { ...options, ...badgeStretch });
    map.addImage(`arrow-${index}`, paintArrow(colour), options);
  }
};
