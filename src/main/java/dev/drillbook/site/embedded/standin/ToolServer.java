package dev.drillbook.site.embedded.standin;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The server that a command line names.
 *
 * @param database the one that its URI names, if any
 */
record ToolServer(ConnectionString uri, Optional<String> database) {
  static final Set<String> OPTIONS = Set.of("uri", "host", "port");

  static ToolServer of(ToolOptions options) {
    Optional<String> uri = options.one("uri");
    if (uri.isPresent() && (options.one("host").isPresent() || options.one("port").isPresent())) {
      throw new ToolFailure("give either --uri or --host and --port, not both");
    }
    String host = options.one("host").orElse("localhost");
    String hostAndPort = options.one("port").map(port -> host + ":" + port).orElse(host);
    try {
      ConnectionString parsed = new ConnectionString(uri.orElse("mongodb://" + hostAndPort + "/"));
      return new ToolServer(parsed, Optional.ofNullable(parsed.getDatabase()));
    } catch (IllegalArgumentException e) {
      throw new ToolFailure("error parsing uri: " + e.getMessage(), e);
    }
  }

  MongoClient connect() {
    return MongoClients.create(
        MongoClientSettings.builder()
            .applyConnectionString(uri)
            .retryWrites(false)
            .retryReads(false)
            .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(5, TimeUnit.SECONDS))
            .build());
  }
}
