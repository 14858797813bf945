package onetouch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the cache is: what the server was started with or, once somebody has written another
 * CACHE_URL into its settings file, that.
 *
 * @param settings a file of NAME=value lines, or an empty name for none
 */
record CacheAddress(String atStart, Optional<String> settings) {
  private static final String NAME = "CACHE_URL=";

  /** As it is now. */
  URI now() {
    return URI.create(fromSettings().orElse(atStart));
  }

  private Optional<String> fromSettings() {
    Optional<Path> file = settings.filter(name -> !name.isEmpty()).map(Path::of);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Files.readAllLines(file.get()).stream()
          .filter(line -> line.startsWith(NAME))
          .map(line -> line.substring(NAME.length()))
          .reduce((earlier, later) -> later);
    } catch (IOException e) {
      System.err.println(file.get() + " cannot be read: " + e);
      return Optional.empty();
    }
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return now().getHost() + ":" + now().getPort();
  }
}
