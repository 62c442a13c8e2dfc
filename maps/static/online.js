// The online map is one to choose: where its server cannot be reached, the map's own background comes back.

/** Put the background in the place of online tiles that do not come. */
export function backUp(map, online, background) {
  let arrived = false;
  online.on("tileload", () => {
    arrived = true;
  });
  online.on("tileerror", () => {
    if (arrived || !map.hasLayer(online)) return;
    map.removeLayer(online);
    map.addLayer(background);
  });
}
