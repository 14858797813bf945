package dev.drillbook.site.embedded.standin;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;

/**
 * Plays {@code mongod}: {@code MongoStandIn DATA_FOLDER PORT [ADDRESS]}, by default on the loopback
 * address.
 */
public final class MongoStandIn {

  /** A client waits in its thread until its write is on disk, so clients need many. */
  private static final int CLIENT_THREADS = 32;

  private static final int CACHE_MEGABYTES = 32;

  private MongoStandIn() {}

  public static void main(String[] arguments) {
    Path file = Path.of(arguments[0]).resolve("documents.mv");
    int port = Integer.parseInt(arguments[1]);
    MVStore store =
        new MVStore.Builder()
            .fileName(file.toString())
            .autoCommitDisabled()
            .cacheSize(CACHE_MEGABYTES)
            .open();
    DurableBackend backend = new DurableBackend(store);
    // The drivers of today refuse anything older.
    backend.version(ServerVersion.MONGO_5_0);
    MongoServer server = new MongoServer(backend);
    String address = arguments.length > 2 ? arguments[2] : "127.0.0.1";
    server.bind(new InetSocketAddress(address, port), 1, CLIENT_THREADS);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow, "stop"));
  }
}
