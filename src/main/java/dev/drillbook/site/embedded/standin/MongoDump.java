package dev.drillbook.site.embedded.standin;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/**
 * Dumps databases as {@code mongodump} does, for scripts on a machine that lacks it. Nothing
 * appears under its final name before all of it could be read and written.
 *
 * @see <a href="https://www.mongodb.com/docs/database-tools/mongodump/">mongodump</a>
 */
public final class MongoDump {
  private static final Set<String> NOT_DUMPED = Set.of("admin", "config", "local");
  private static final JsonWriterSettings JSON =
      JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

  private final MongoClient client;
  private final ToolOptions options;
  private final ToolConsole console;
  private final Path out;

  private MongoDump(MongoClient client, ToolOptions options, ToolConsole console) {
    this.client = client;
    this.options = options;
    this.console = console;
    this.out = Path.of(options.one("out").orElse("dump"));
  }

  public static void main(String[] arguments) {
    ToolConsole.run(
        console -> {
          Set<String> withValue = new HashSet<>(ToolServer.OPTIONS);
          withValue.addAll(List.of("db", "collection", "out", "excludeCollection"));
          ToolOptions options = ToolOptions.read(arguments, withValue, Set.of("gzip"));
          ToolServer server = ToolServer.of(options);
          try (MongoClient client = server.connect()) {
            new MongoDump(client, options, console).dump(database(options, server));
          }
        });
  }

  private static Optional<String> database(ToolOptions options, ToolServer server) {
    Optional<String> named = options.one("db");
    if (named.isPresent() && server.database().isPresent() && !named.equals(server.database())) {
      throw new ToolFailure(
          "--db says " + named.get() + " and the uri says " + server.database().get());
    }
    if (!options.rest().isEmpty()) {
      throw new ToolFailure("what is " + String.join(" ", options.rest()) + "? it is no option");
    }
    return named.or(server::database);
  }

  private void dump(Optional<String> database) throws IOException {
    Optional<String> collection = options.one("collection");
    if (collection.isPresent() && database.isEmpty()) {
      throw new ToolFailure("cannot dump a collection without a specified database");
    }
    List<String> databases = new ArrayList<>();
    if (database.isPresent()) {
      databases.add(database.get());
    } else {
      client.listDatabaseNames().forEach(databases::add);
      databases.removeAll(NOT_DUMPED);
    }
    Files.createDirectories(out);
    Path unfinished = Files.createTempDirectory(out, ".unfinished-dump-");
    try {
      for (String each : databases) {
        dump(each, collection, new DumpFolder(unfinished.resolve(each), options.has("gzip")));
      }
      for (String each : databases) {
        publish(unfinished.resolve(each), out.resolve(each));
      }
    } finally {
      delete(unfinished);
    }
  }

  private void dump(String database, Optional<String> only, DumpFolder folder) throws IOException {
    Files.createDirectories(folder.path());
    MongoDatabase from = client.getDatabase(database);
    Set<String> excluded = Set.copyOf(options.all("excludeCollection"));
    List<BsonDocument> collections = new ArrayList<>();
    from.listCollections(BsonDocument.class).into(collections);
    boolean found = false;
    for (BsonDocument collection : collections) {
      String name = collection.getString("name").getValue();
      boolean wanted = only.map(name::equals).orElse(!excluded.contains(name));
      if (wanted && !name.startsWith("system.")) {
        dump(from, collection, folder);
        found = true;
      }
    }
    if (only.isPresent() && !found) {
      throw new ToolFailure("there is no collection " + database + "." + only.get());
    }
  }

  private void dump(MongoDatabase from, BsonDocument collection, DumpFolder folder)
      throws IOException {
    String name = collection.getString("name").getValue();
    String type = collection.getString("type", new BsonString("collection")).getValue();
    String full = from.getName() + "." + name;
    if (!type.equals("collection")) {
      throw new ToolFailure(
          full
              + " is a "
              + type
              + ", which Drillbook's own mongodump cannot dump; install the MongoDB Database Tools");
    }
    Path target = out.resolve(from.getName()).resolve(folder.documents(name).getFileName());
    console.say("writing " + full + " to " + target);
    try (OutputStream file = folder.write(folder.metadata(name))) {
      file.write(metadata(from, collection).toJson(JSON).getBytes(StandardCharsets.UTF_8));
    }
    long count = 0;
    try (OutputStream file = folder.write(folder.documents(name))) {
      var channel = Channels.newChannel(file);
      for (RawBsonDocument document : from.getCollection(name, RawBsonDocument.class).find()) {
        channel.write(document.getByteBuffer().asNIO());
        count++;
      }
    }
    console.say(
        "done dumping " + full + " (" + count + (count == 1 ? " document)" : " documents)"));
  }

  private static BsonDocument metadata(MongoDatabase from, BsonDocument collection) {
    String name = collection.getString("name").getValue();
    BsonArray indexes = new BsonArray();
    for (BsonDocument index : from.getCollection(name).listIndexes(BsonDocument.class)) {
      // Old servers tell the namespace, which a restore elsewhere must not keep.
      index.remove("ns");
      indexes.add(index);
    }
    BsonDocument metadata =
        new BsonDocument("options", collection.getDocument("options", new BsonDocument()))
            .append("indexes", indexes);
    BsonDocument info = collection.getDocument("info", new BsonDocument());
    if (info.get("uuid") instanceof BsonBinary uuid) {
      metadata.append("uuid", new BsonString(uuid.asUuid().toString().replace("-", "")));
    }
    return metadata
        .append("collectionName", new BsonString(name))
        .append("type", new BsonString("collection"));
  }

  /** Moves what is complete to where it is looked for: all at once where nothing is there yet. */
  private static void publish(Path complete, Path target) throws IOException {
    if (!Files.exists(target)) {
      Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    try (Stream<Path> files = Files.list(complete)) {
      for (Path file : files.toList()) {
        Files.move(file, target.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
