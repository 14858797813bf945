package dev.drillbook.site.embedded.standin;

import com.mongodb.client.MongoClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Restores what {@link MongoDump} or {@code mongodump} has dumped, as {@code mongorestore} does,
 * for scripts on a machine that lacks it; but for its exit code: {@code mongorestore} ends with 0
 * where documents were refused, and this with 1.
 *
 * @see <a href="https://www.mongodb.com/docs/database-tools/mongorestore/">mongorestore</a>
 */
public final class MongoRestore {
  private static final Set<String> WITH_VALUE =
      Set.of("db", "collection", "nsInclude", "nsExclude", "dir");
  private static final Set<String> WITHOUT_VALUE =
      Set.of("gzip", "drop", "stopOnError", "noIndexRestore", "noOptionsRestore");

  private final ToolOptions options;
  private final ToolConsole console;
  private final Namespaces namespaces;
  private final CollectionRestore collections;
  private final List<String> failures = new ArrayList<>();
  private long restored;
  private long refused;

  private MongoRestore(MongoClient client, ToolOptions options, ToolConsole console) {
    this.options = options;
    this.console = console;
    this.namespaces = new Namespaces(options.all("nsInclude"), options.all("nsExclude"));
    this.collections = new CollectionRestore(client, options, console);
  }

  public static void main(String[] arguments) {
    ToolConsole.run(
        console -> {
          Set<String> withValue = new HashSet<>(ToolServer.OPTIONS);
          withValue.addAll(WITH_VALUE);
          ToolOptions options = ToolOptions.read(arguments, withValue, WITHOUT_VALUE);
          ToolServer server = ToolServer.of(options);
          Path source = source(options);
          try (MongoClient client = server.connect()) {
            new MongoRestore(client, options, console).restore(source);
          }
        });
  }

  private static Path source(ToolOptions options) {
    Optional<String> dir = options.one("dir");
    List<String> rest = options.rest();
    if (rest.size() > 1 || (dir.isPresent() && !rest.isEmpty())) {
      throw new ToolFailure("name one folder to restore from, as --dir or without an option");
    }
    Path source = Path.of(rest.isEmpty() ? dir.orElse("dump") : rest.get(0));
    if (!Files.exists(source)) {
      throw new ToolFailure("mongorestore target '" + source + "' invalid: it does not exist");
    }
    return source;
  }

  private void restore(Path source) throws IOException {
    Optional<String> database = options.one("db");
    Optional<String> collection = options.one("collection");
    if (Files.isRegularFile(source)) {
      restoreFile(source, database, collection);
    } else if (collection.isPresent()) {
      throw new ToolFailure(
          "--collection is for a .bson file; use --nsInclude="
              + database.orElse("DATABASE")
              + "."
              + collection.get());
    } else if (database.isPresent()) {
      restoreDatabase(database.get(), new DumpFolder(source, options.has("gzip")));
    } else {
      restoreAll(source);
    }
    console.say(
        "%d document(s) restored successfully. %d document(s) failed to restore."
            .formatted(restored, refused));
    if (!failures.isEmpty()) {
      throw new ToolFailure(String.join("; ", failures));
    }
  }

  private void restoreFile(Path file, Optional<String> database, Optional<String> collection)
      throws IOException {
    if (database.isEmpty() || collection.isEmpty()) {
      throw new ToolFailure("to restore from one file, say --db and --collection");
    }
    Path folder = file.toAbsolutePath().getParent();
    DumpFolder dump = new DumpFolder(folder, options.has("gzip"));
    restore(
        new CollectionRestore.Source(
            database.get(), collection.get(), dump, file, dump.metadataOf(file)));
  }

  private void restoreAll(Path dump) throws IOException {
    console.say("preparing collections to restore from");
    List<Path> folders;
    try (Stream<Path> entries = Files.list(dump)) {
      folders = entries.sorted().toList();
    }
    for (Path folder : folders) {
      String name = folder.getFileName().toString();
      if (name.startsWith(".")) {
        continue;
      }
      if (Files.isDirectory(folder)) {
        restoreDatabase(name, new DumpFolder(folder, options.has("gzip")));
      } else {
        console.say("don't know what to do with file \"" + folder + "\", skipping...");
      }
    }
  }

  private void restoreDatabase(String database, DumpFolder folder) throws IOException {
    for (Path stranger : folder.strangers()) {
      console.say("don't know what to do with \"" + stranger + "\", skipping...");
    }
    for (String collection : folder.collections()) {
      if (!collection.startsWith("system.") && namespaces.include(database, collection)) {
        restore(
            new CollectionRestore.Source(
                database,
                collection,
                folder,
                folder.documents(collection),
                folder.metadata(collection)));
      }
    }
  }

  private void restore(CollectionRestore.Source source) throws IOException {
    CollectionRestore.Result result = collections.restore(source);
    restored += result.restored();
    refused += result.refused();
    result.failure().ifPresent(failures::add);
    if (options.has("stopOnError") && result.failure().isPresent()) {
      throw new ToolFailure(result.failure().get());
    }
  }
}
