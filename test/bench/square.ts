/** Three stops and a depot at the corners of a square, room for two stops a vehicle: as CVRPLIB writes it. */
export const square = [
  'NAME : square',
  'TYPE : CVRP',
  'DIMENSION : 4',
  'EDGE_WEIGHT_TYPE : EUC_2D',
  'CAPACITY : 2',
  'NODE_COORD_SECTION\n1 0 0\n2 0 10\n3 10 10\n4 10 0',
  'DEMAND_SECTION\n1 0\n2 1\n3 1\n4 1',
  'DEPOT_SECTION\n1\n-1\nEOF',
].join('\n');
