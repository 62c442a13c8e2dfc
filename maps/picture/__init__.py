"""Still pictures of the map, drawn by Pillow: for pages without JavaScript, previews and print."""
