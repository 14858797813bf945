package qrgenerator;

import dev.drillbook.site.App;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The team's vault of secrets, a folder beside the backups that no server's loss touches: what a
 * server is configured with, the backups' keys, and the API keys that were handed out.
 */
public final class Vault {
  private static final long CUSTOMER = 1;

  private final Path folder;

  private Vault(Path folder) {
    this.folder = folder;
  }

  /** The vault of the site that {@code server} is on. */
  public static Vault of(App server) {
    return new Vault(server.folder().resolveSibling("backups").resolve("vault"));
  }

  /** Where it is, for scripts. */
  String path() {
    return folder.toString();
  }

  /** The API key that the drill's customer has now. */
  String customerKey() {
    return keyOf(CUSTOMER);
  }

  String keyOf(long user) {
    try {
      return Files.readString(folder.resolve("keys").resolve(String.valueOf(user))).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the vault has no API key of user " + user, e);
    }
  }
}
