// Where the device is.

const KINDS = { 1: "denied", 2: "unavailable", 3: "timeout" };
const OPTIONS = { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 };

/** Return a promise of {lat, lon, accuracy}; it fails with a `kind`: "insecure", "denied", "unavailable" or "timeout". */
export function locate() {
  return new Promise((resolve, reject) => {
    if (!window.isSecureContext) {
      reject(failure("insecure"));
    } else if (!navigator.geolocation) {
      reject(failure("unavailable"));
    } else {
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => resolve({ lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy }),
        (error) => reject(failure(KINDS[error.code] || "unavailable")),
        OPTIONS,
      );
    }
  });
}

function failure(kind) {
  const error = new Error(`The device does not tell where it is: ${kind}`);
  error.kind = kind;
  return error;
}
