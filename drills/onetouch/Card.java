package onetouch;

import java.util.Optional;

/**
 * A card, and the photo on it.
 *
 * @param version counts its changes, from 1
 */
record Card(String slug, String title, int version, Optional<Photo> photo) {

  /**
   * An object in the assets bucket.
   *
   * @param etag the MD5 of its content, in hex
   */
  record Photo(String key, String etag) {}

  /** Version, ETag and title: what the cache holds, and the drill's ledger. */
  String text() {
    return version + "|" + photo.map(Photo::etag).orElse("-") + "|" + title;
  }
}
