const geometry = 'of the geospatial functions the engine has distances, angles, points in polygons, and geohashes';
const internal = 'it is internal to the service';

const geometryFunctions = `
  closest_point_on_line closest_point_on_polygon distance_point_to_line distance_point_to_polygon from_wkt
  h3cell_children h3cell_level h3cell_neighbors h3cell_parent h3cell_rings h3cell_to_central_point h3cell_to_polygon
  intersection_2lines intersection_2polygons intersection_line_with_polygon intersects_2lines intersects_2polygons
  intersects_line_with_polygon line_buffer line_centroid line_densify line_interpolate_point line_length
  line_locate_point line_simplify line_to_s2cells point_buffer point_to_h3cell point_to_s2cell polygon_area
  polygon_buffer polygon_centroid polygon_densify polygon_perimeter polygon_simplify polygon_to_h3cells
  polygon_to_s2cells s2cell_neighbors s2cell_to_central_point s2cell_to_polygon simplify_polygons_array
  union_lines_array union_polygons_array`;

const internalFunctions = `
  __cast __geo_length_to_s2cell_level __geo_line_s2cell_covering_level __geo_line_validate
  __geo_polygon_s2cell_covering_level __geo_polygon_validate __hash_crc32 __hash_djb2 __hash_many_crc32 __hash_xxh64
  __hll_normalize __invoke __ipv6_lookup_ranges __lz4_compress_dynamic_array_to_base64_string row_id
  rowstore_ordinal_range`;

const wordsOf = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Scalar functions that the engine knows and refuses, with the reason. */
export const refusedFunctions: Readonly<Record<string, string>> = {
  ...Object.fromEntries(wordsOf(geometryFunctions).map((name) => [`geo_${name}`, geometry])),
  ...Object.fromEntries(wordsOf(internalFunctions).map((name) => [name, internal])),
  row_rank: 'it is deprecated; use row_rank_min() or row_rank_dense()',
};
