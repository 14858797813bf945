package dev.drillbook.site.embedded.standin;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;

/**
 * Plays {@code mongod}: {@code MongoStandIn DATA_FOLDER PORT [BIND_ADDRESS]}, on the loopback
 * address unless another is given, as a container needs it.
 */
public final class MongoStandIn {

  /** A client waits in its thread until its write is on disk, so clients need many. */
  private static final int CLIENT_THREADS = 32;

  private static final int CACHE_MEGABYTES = 32;

  private MongoStandIn() {}

  public static void main(String[] arguments) throws UnknownHostException {
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
    InetAddress address =
        arguments.length > 2
            ? InetAddress.getByName(arguments[2])
            : InetAddress.getLoopbackAddress();
    server.bind(new InetSocketAddress(address, port), 1, CLIENT_THREADS);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow, "stop"));
  }
}
