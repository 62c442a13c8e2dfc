// The map of a quality report: outlines, a pin for each finding, and the list beside it.
// A classic script, not a module: a report is one file and is opened from a disk, too.
(function () {
  "use strict";
  const CLOSE_ZOOM = 17;
  const SIGNS = { error: "!", warning: "?", information: "i" };

  function pin(severity, count) {
    return L.divIcon({
      className: "finding-pin " + severity,
      html: String(count || SIGNS[severity] || "i"),
      iconSize: [count > 99 ? 34 : 24, 24],
    });
  }

  function worst(markers) {
    const severities = markers.map((marker) => marker.options.severity);
    return Object.keys(SIGNS).find((severity) => severities.includes(severity));
  }

  function choose(row) {
    for (const other of document.querySelectorAll("li.chosen")) other.classList.remove("chosen");
    if (row) row.classList.add("chosen");
  }

  function rowOf(number) {
    return document.getElementById("finding-" + number);
  }

  function reveal(number) {
    const row = rowOf(number);
    if (!row) return;
    const group = row.closest("details");
    if (group) group.open = true;
    choose(row);
    row.scrollIntoView({ block: "nearest" });
  }

  // Not bound to the sign: that may be in a cluster, or not be drawn yet.
  function say(map, finding) {
    const words = document.createElement("p");
    words.textContent = finding.text;
    L.popup({ offset: [0, -8], autoPanPadding: [16, 16] })
      .setLatLng([finding.lat, finding.lon])
      .setContent(words)
      .openOn(map);
  }

  function markerOf(map, finding) {
    const marker = L.marker([finding.lat, finding.lon], {
      icon: pin(finding.severity),
      severity: finding.severity,
      title: finding.text,
      alt: finding.text,
    });
    marker.on("click", () => {
      say(map, finding);
      reveal(finding.number);
    });
    return marker;
  }

  function outline(geometry) {
    const colour = getComputedStyle(document.documentElement).getPropertyValue("--line").trim();
    return L.geoJSON(geometry, {
      interactive: false,
      style: { color: colour || "#7b8a94", weight: 1, fillOpacity: 0.04 },
    });
  }

  function show(map, options) {
    map.attributionControl.setPrefix(false);
    outline(options.outlines).addTo(map);
    const pins = L.markerClusterGroup({
      showCoverageOnHover: false,
      maxClusterRadius: 40,
      disableClusteringAtZoom: CLOSE_ZOOM,
      spiderfyOnMaxZoom: false,
      iconCreateFunction: (cluster) => pin(worst(cluster.getAllChildMarkers()), cluster.getChildCount()),
    });
    const known = new Map(options.findings.map((finding) => [String(finding.number), finding]));
    pins.addLayers(options.findings.map((finding) => markerOf(map, finding)));
    pins.addTo(map);
    if (options.bounds) map.fitBounds(options.bounds);
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-finding]");
      const finding = button && known.get(button.dataset.finding);
      if (!finding) return;
      choose(rowOf(button.dataset.finding));
      map.setView([finding.lat, finding.lon], CLOSE_ZOOM, { animate: false });
      say(map, finding);
    });
  }

  window.findings = { show };
})();
