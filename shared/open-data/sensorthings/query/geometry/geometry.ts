/** Longitude, latitude in degrees, WGS 84. A third coordinate is not kept: the plane is what predicates are about. */
export type Coordinate = readonly [longitude: number, latitude: number];
export type Ring = readonly Coordinate[];

/** RFC 7946's geometries (without collections), in two dimensions; rings are closed: the last coordinate repeats the first. */
export type Geometry =
  | { readonly type: 'Point'; readonly coordinates: Coordinate }
  | { readonly type: 'MultiPoint'; readonly coordinates: readonly Coordinate[] }
  | { readonly type: 'LineString'; readonly coordinates: readonly Coordinate[] }
  | { readonly type: 'MultiLineString'; readonly coordinates: readonly (readonly Coordinate[])[] }
  | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] };
