import { MARKER_BOX, type MarkerShape } from './marker-shapes.ts';

/** A marker beside text that says the same, so screen readers pass it over. */
export const MarkerIcon = ({ shape, size = MARKER_BOX }: { shape: MarkerShape; size?: number }) => (
  <svg class="marker-icon" width={size} height={size} viewBox={`0 0 ${MARKER_BOX} ${MARKER_BOX}`} aria-hidden="true">
    {shape.map((part) => (
      <path
        key={`${part.d} ${part.fill} ${part.stroke}`}
        d={part.d}
        fill={part.fill ?? 'none'}
        stroke={part.stroke ?? 'none'}
        stroke-width={part.width ?? 0}
        stroke-linejoin="round"
        stroke-linecap="round"
        {...(part.dash ? { 'stroke-dasharray': part.dash.join(' ') } : {})}
      />
    ))}
  </svg>
);
