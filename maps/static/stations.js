// The polling stations: a pin a building, with the numbers that vote in it, and a card behind each pin.

import { numberText, stationCard } from "./cards.js";
import { drawFetched } from "./data.js";
import { NamedIcon, pin } from "./pins.js";

/** Fill a cluster with the stations; it then knows the station of each precinct. */
export function loadStations(cluster, { url, mark, words }) {
  cluster.byNumber = new Map();
  cluster.ready = drawFetched(url, ({ hours, stations }) => {
    const all = stations.map(([numbers, lat, lon, name, address, others]) => ({
      numbers,
      at: lat === null ? null : [lat, lon],
      name,
      address,
      hours: others || hours,
    }));
    all.forEach((station) => station.numbers.forEach((number) => cluster.byNumber.set(number, station)));
    cluster.addLayers(all.filter(({ at }) => at).map((station) => stationMarker(station, mark, words)));
    tellOfSigns(cluster);
    openByKeyboard(cluster);
    cluster.on("animationend add remove", () => tellOfSigns(cluster));
  });
}

/** Return what makes the sign of a cluster: "×" and how many buildings, lest it be read as a precinct's number. */
export function clusterIcons(name) {
  return (cluster) => {
    const count = document.createElement("span");
    count.textContent = `×${cluster.getChildCount()}`;
    const label = name.replace("{count}", cluster.getChildCount());
    return new NamedIcon({ html: count, className: "station-cluster", iconSize: [48, 30], label });
  };
}

/** Let the Enter key do what a click does; the cluster is gone then, so the map takes the focus. */
function openByKeyboard(cluster) {
  cluster.on("clusterkeypress", ({ layer, originalEvent }) => {
    if (originalEvent.key !== "Enter") return;
    layer._map.getContainer().focus();
    layer.zoomToBounds();
  });
}

function tellOfSigns(layer) {
  if (layer._map) layer._map.fire("signs");
}

function stationMarker(station, mark, words) {
  const { numbers, at, name } = station;
  const label = `${numbers.map((number) => numberText(number, words)).join(", ")}${mark ? ` (${mark})` : ""}: ${name}`;
  const icon = new NamedIcon({ html: pin(numbers), className: "station", iconSize: null, label });
  const marker = L.marker(at, { icon, keyboard: true });
  return marker.bindPopup(() => stationCard(station, mark, words), {
    closeButton: false,
    offset: [0, -30],
    maxWidth: 260,
    // Clear of the buttons in the corner.
    autoPanPaddingTopLeft: [12, 12],
    autoPanPaddingBottomRight: [68, 40],
  });
}
