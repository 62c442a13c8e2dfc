// The panes of the map: what lies over what.

const PANES = { streets: 350, areas: 400, borders: 410, special: 420, selection: 430, labels: 440 };

/** Make the panes of a map that are not there yet. */
export function addPanes(map) {
  Object.keys(PANES).forEach((name) => {
    if (map.getPane(name)) return;
    map.createPane(name).style.zIndex = PANES[name];
  });
  map.getPane("labels").style.pointerEvents = "none";
}

/** Return a renderer for a pane. */
export function canvas(pane) {
  return L.canvas({ pane, padding: 0.4 });
}

/** Return a group whose panes exist before its parts are drawn. */
export function group() {
  const layer = L.layerGroup();
  const add = layer.onAdd;
  layer.onAdd = function onAdd(map) {
    addPanes(map);
    add.call(layer, map);
  };
  return layer;
}
