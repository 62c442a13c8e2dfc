// The map of a report that is one file, and what its list does with it. A classic script: modules do not load
// from a file's own address. Folium's script calls the functions of window.report; L is Leaflet.

(() => {
  "use strict";
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const COLOURS = {
    light: { added: "#1d6b3a", gone: "#a3261c", changed: "#00666f", moved: "#b35c00" },
    dark: { added: "#7fd8a0", gone: "#ff9b8f", changed: "#5fcad3", moved: "#ffb454" },
  };
  const GROUND = {
    light: { border: "#7b8a94", street: "#c9d2d8" },
    dark: { border: "#5f7280", street: "#2f3e48" },
  };
  const DASHES = { gone: "6 5", changed: "2 4" };
  const CLOSE_ZOOM = 16;
  const NUMBERS_FROM_ZOOM = 14;
  const BALLOON_WIDTH = window.innerWidth < 600 ? 210 : 320; // beside the buttons on a phone
  const marks = new Map();
  let map;

  const scheme = (colours) => (dark.matches ? colours.dark : colours.light);
  const onScheme = (restyle) => dark.addEventListener && dark.addEventListener("change", restyle);

  /** The remarks of a chapter. */
  function marksLayer(data) {
    const group = L.featureGroup();
    data.forEach((mark) => {
      const layer = L.geoJSON(mark.shape, {
        style: () => lineOf(mark.sort),
        pointToLayer: (_, position) => L.circleMarker(position, { radius: 6, ...lineOf(mark.sort) }),
      });
      if (mark.shape.type === "LineString") addTarget(layer, mark);
      layer.bindPopup(() => balloon(mark), { maxWidth: BALLOON_WIDTH });
      layer.on("popupopen", () => choose(mark.id));
      onScheme(() => layer.setStyle(lineOf(mark.sort)));
      marks.set(mark.id, layer);
      group.addLayer(layer);
    });
    return group;
  }

  function lineOf(sort) {
    const color = scheme(COLOURS)[sort];
    return { color, weight: 3, opacity: 1, fillColor: color, fillOpacity: 0.3, dashArray: DASHES[sort] || null };
  }

  /** A way leads somewhere: its end is a point. */
  function addTarget(layer, mark) {
    const [lon, lat] = mark.shape.coordinates[mark.shape.coordinates.length - 1];
    layer.addLayer(L.circleMarker([lat, lon], { radius: 6, ...lineOf(mark.sort) }));
  }

  /** The words of a remark; they are text, whatever they hold. */
  function balloon({ words, details }) {
    const box = document.createElement("div");
    const head = box.appendChild(document.createElement("strong"));
    head.textContent = words;
    details.forEach((detail) => {
      box.appendChild(document.createElement("div")).textContent = detail;
    });
    return box;
  }

  /** The borders under the remarks, with numbers when the map is close. */
  function bordersLayer({ lines, numbers }) {
    const group = L.layerGroup();
    const style = () => ({ color: scheme(GROUND).border, weight: 1.2, interactive: false });
    const borders = L.polyline(lines, style());
    onScheme(() => borders.setStyle(style()));
    const labels = L.layerGroup();
    const showLabels = ({ target }) => {
      labels.clearLayers();
      if (target.getZoom() < NUMBERS_FROM_ZOOM) return;
      const view = target.getBounds().pad(0.2);
      numbers
        .filter(([, lat, lon]) => view.contains([lat, lon]))
        .forEach(([number, lat, lon]) => {
          const icon = L.divIcon({ className: "number", html: number, iconSize: null });
          labels.addLayer(L.marker([lat, lon], { icon, interactive: false, keyboard: false }));
        });
    };
    group.addLayer(borders).addLayer(labels);
    group.getEvents = () => ({ moveend: showLabels });
    return group;
  }

  /** The streets under everything. */
  function streetsLayer(streets) {
    const group = L.layerGroup();
    streets.forEach(({ main, lines }) => {
      const style = () => ({ color: scheme(GROUND).street, weight: main ? 2.5 : 1, interactive: false });
      const line = L.polyline(lines, style());
      onScheme(() => line.setStyle(style()));
      group.addLayer(line);
    });
    return group;
  }

  /** Show all remarks, name the buttons, and let the list lead to the map. */
  function start(target, { words, bounds }) {
    map = target;
    L.control.zoom({ position: "topright", zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
    map.attributionControl.setPrefix("Leaflet");
    map.fitBounds(bounds || [[-60, -180], [75, 180]], { maxZoom: CLOSE_ZOOM, padding: [24, 24], animate: false });
    map.fire("moveend");
    const toggle = document.querySelector(".leaflet-control-layers-toggle");
    if (toggle) toggle.title = words.layers;
    document.querySelectorAll("button[data-mark]").forEach((button) => {
      button.disabled = false;
      button.addEventListener("click", () => show(Number(button.dataset.mark)));
    });
  }

  function show(id) {
    const layer = marks.get(id);
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    map.getContainer().scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
    map.fitBounds(layer.getBounds(), { maxZoom: CLOSE_ZOOM, padding: [48, 48], animate: !calm });
    layer.openPopup(layer.getLayers()[0].getCenter ? undefined : layer.getBounds().getCenter());
  }

  /** Mark the entry of the list that the open balloon is about. */
  function choose(id) {
    document.querySelectorAll("button[data-mark][aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    const button = document.querySelector(`button[data-mark="${id}"]`);
    if (!button) return;
    button.setAttribute("aria-current", "true");
    const chapter = button.closest("details");
    if (chapter) chapter.open = true;
  }

  window.report = { marks: marksLayer, borders: bordersLayer, streets: streetsLayer, start };
})();
