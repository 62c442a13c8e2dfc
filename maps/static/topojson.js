// TopoJSON for Leaflet: positions come out as [latitude, longitude].

/** Return the arcs of a topology as lists of positions. */
export function decodeArcs(topology) {
  const { scale, translate } = topology.transform || { scale: [1, 1], translate: [0, 0] };
  const step = topology.transform ? 1 : 0;
  return topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]) => {
      x = step * x + dx;
      y = step * y + dy;
      return [y * scale[1] + translate[1], x * scale[0] + translate[0]];
    });
  });
}

/** Return the polygons of a geometry, each a list of rings. */
export function polygonsOf(geometry, arcs) {
  if (geometry.type === "Polygon") return [geometry.arcs.map((ring) => stitch(ring, arcs))];
  if (geometry.type !== "MultiPolygon") return [];
  return geometry.arcs.map((polygon) => polygon.map((ring) => stitch(ring, arcs)));
}

/** Return for each arc that geometries use the list of those geometries. */
export function usersOfArcs(geometries) {
  const users = new Map();
  geometries.forEach((geometry) => {
    flatten(geometry.arcs || []).forEach((index) => {
      const arc = index < 0 ? ~index : index;
      users.set(arc, [...(users.get(arc) || []), geometry]);
    });
  });
  return users;
}

function stitch(indexes, arcs) {
  const ring = [];
  indexes.forEach((index) => {
    const arc = index < 0 ? arcs[~index].slice().reverse() : arcs[index];
    // The first position of an arc is the last one of the arc before.
    ring.push(...(ring.length ? arc.slice(1) : arc));
  });
  return ring;
}

function flatten(nested) {
  return nested.reduce((flat, item) => flat.concat(Array.isArray(item) ? flatten(item) : item), []);
}

/** Return whether rings, of any polygons and their holes, hold a position: a ray from it crosses an odd number of edges. */
export function holds(rings, lat, lon) {
  let inside = false;
  rings.forEach((ring) => {
    ring.forEach(([y, x], index) => {
      const [before, left] = ring[(index || ring.length) - 1];
      if (y > lat !== before > lat && lon < ((left - x) * (lat - y)) / (before - y) + x) inside = !inside;
    });
  });
  return inside;
}
