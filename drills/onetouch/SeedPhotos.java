package onetouch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/** Uploads the photos of the seed's cards. Environment: {@code S3_...} as the server's, SCALE. */
public final class SeedPhotos {
  private static final int CARDS = 1000;
  private static final int EVERY = 20;

  private SeedPhotos() {}

  public static void main(String[] args) throws IOException {
    PhotoStore photos =
        new PhotoStore(
            System.getenv("S3_URL"),
            System.getenv("S3_BIZCARD_ACCESS_KEY"),
            System.getenv("S3_BIZCARD_SECRET_KEY"));
    double cards = Math.ceil(CARDS * Double.parseDouble(System.getenv("SCALE")));
    for (int card = EVERY; card <= cards; card += EVERY) {
      String slug = "seed-" + card;
      photos.put(slug, ("photo of " + slug).getBytes(UTF_8));
    }
  }
}
