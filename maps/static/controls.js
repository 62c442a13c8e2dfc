// The controls around the map, in the language of the page.

const WIDE_PX = 480;

/** Add zoom buttons, scale and the source of the data, and name Leaflet's own button of layers. */
export function addControls(map, words, source) {
  L.control.zoom({ position: "topright", zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  new Scale({ imperial: false, words }).addTo(map);
  if (source) new Source({ position: "bottomright", words, source }).addTo(map);
  map.attributionControl.setPrefix("Leaflet · Folium");
  const layers = map.getContainer().querySelector(".leaflet-control-layers-toggle");
  if (!layers) return;
  layers.title = words.layers;
  layers.setAttribute("aria-label", words.layers);
}

/** Leaflet's scale with units in the reader's language. */
const Scale = L.Control.Scale.extend({
  _updateMetric(most) {
    const { metres, kilometres } = this.options.words;
    const length = this._getRoundNum(most);
    const label = length < 1000 ? `${length} ${metres}` : `${length / 1000} ${kilometres}`;
    this._updateScale(this._mScale, label, length / most);
  },
});

/** Whose the data are: in words where there is room, behind a word where there is little. */
const Source = L.Control.extend({
  onAdd(map) {
    const isWide = map.getSize().x > WIDE_PX;
    const box = document.createElement(isWide ? "div" : "details");
    box.className = "source";
    const word = document.createElement(isWide ? "span" : "summary");
    word.textContent = this.options.words.source;
    const text = document.createElement("span");
    text.textContent = this.options.source;
    box.append(word, " ", text);
    L.DomEvent.disableClickPropagation(box);
    return box;
  },
});
