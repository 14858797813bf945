package dev.drillbook.site.embedded.standin;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** Restores one collection: its options, its documents, and then its indexes. */
final class CollectionRestore {
  private static final int BATCH_DOCUMENTS = 1_000;
  private static final int BATCH_BYTES = 8 << 20;
  private static final int SHOWN_ERRORS = 5;
  private static final BsonDocument NO_METADATA = new BsonDocument("indexes", new BsonArray());

  /**
   * Where a collection comes from and goes to.
   *
   * @param metadata need not exist
   */
  record Source(
      String database, String collection, DumpFolder folder, Path documents, Path metadata) {
    String name() {
      return database + "." + collection;
    }
  }

  /**
   * What became of it.
   *
   * @param failure why it is not whole
   */
  record Result(long restored, long refused, Optional<String> failure) {}

  private final MongoClient client;
  private final ToolOptions options;
  private final ToolConsole console;

  CollectionRestore(MongoClient client, ToolOptions options, ToolConsole console) {
    this.client = client;
    this.options = options;
    this.console = console;
  }

  Result restore(Source source) throws IOException {
    Tally tally = new Tally();
    try {
      BsonDocument metadata = metadata(source);
      MongoDatabase database = client.getDatabase(source.database());
      if (options.has("drop")) {
        database.getCollection(source.collection()).drop();
      }
      create(database, source, metadata);
      if (Files.exists(source.documents())) {
        insertAll(database, source, tally);
      }
      createIndexes(database, source, metadata);
    } catch (ToolFailure | MongoException e) {
      tally.fail(source.name() + ": " + e.getMessage());
    }
    console.say(
        "finished restoring %s (%d documents, %d failures)"
            .formatted(source.name(), tally.restored, tally.refused));
    return new Result(tally.restored, tally.refused, Optional.ofNullable(tally.failure));
  }

  private BsonDocument metadata(Source source) throws IOException {
    if (!Files.exists(source.metadata())) {
      return NO_METADATA;
    }
    console.say("reading metadata for " + source.name() + " from " + source.metadata());
    try (InputStream in = source.folder().read(source.metadata())) {
      return BsonDocument.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (org.bson.json.JsonParseException | java.io.EOFException e) {
      throw new ToolFailure(source.metadata() + " is damaged: " + e.getMessage(), e);
    }
  }

  private void create(MongoDatabase database, Source source, BsonDocument metadata) {
    for (String existing : database.listCollectionNames()) {
      if (existing.equals(source.collection())) {
        return;
      }
    }
    BsonDocument command = new BsonDocument("create", new BsonString(source.collection()));
    if (!options.has("noOptionsRestore")) {
      command.putAll(metadata.getDocument("options", new BsonDocument()));
    }
    database.runCommand(command);
  }

  private void insertAll(MongoDatabase database, Source source, Tally tally) throws IOException {
    console.say("restoring " + source.name() + " from " + source.documents());
    MongoCollection<RawBsonDocument> collection =
        database.getCollection(source.collection(), RawBsonDocument.class);
    try (BsonFile file =
        new BsonFile(source.documents(), source.folder().read(source.documents()))) {
      List<RawBsonDocument> batch = new ArrayList<>();
      long bytes = 0;
      for (var next = file.next(); next.isPresent(); next = file.next()) {
        batch.add(next.get());
        bytes += next.get().getByteBuffer().remaining();
        if (batch.size() == BATCH_DOCUMENTS || bytes >= BATCH_BYTES) {
          insert(collection, batch, tally);
          batch.clear();
          bytes = 0;
        }
      }
      insert(collection, batch, tally);
    }
  }

  private void insert(
      MongoCollection<RawBsonDocument> collection, List<RawBsonDocument> batch, Tally tally) {
    if (batch.isEmpty()) {
      return;
    }
    boolean ordered = options.has("stopOnError") || options.has("maintainInsertionOrder");
    try {
      collection.insertMany(batch, new InsertManyOptions().ordered(ordered));
      tally.restored += batch.size();
    } catch (MongoBulkWriteException e) {
      // In order, nothing is tried after the first error; else everything is.
      int refused =
          ordered ? batch.size() - e.getWriteErrors().get(0).getIndex() : e.getWriteErrors().size();
      tally.restored += batch.size() - refused;
      tally.refused += refused;
      for (BulkWriteError error : e.getWriteErrors()) {
        if (tally.shown++ < SHOWN_ERRORS) {
          console.say("continuing through error: " + error.getMessage());
        }
      }
      tally.fail(collection.getNamespace() + ": the server refused documents");
      if (options.has("stopOnError")) {
        throw e;
      }
    }
  }

  private void createIndexes(MongoDatabase database, Source source, BsonDocument metadata) {
    BsonArray indexes = new BsonArray();
    for (BsonValue each : metadata.getArray("indexes", new BsonArray())) {
      BsonDocument index = each.asDocument();
      // That one comes with the collection; and the namespace is where it was dumped.
      if (!index.getString("name", new BsonString("")).getValue().equals("_id_")) {
        index.remove("ns");
        indexes.add(index);
      }
    }
    if (indexes.isEmpty() || options.has("noIndexRestore")) {
      console.say("no indexes to restore for collection " + source.name());
      return;
    }
    console.say("restoring indexes for collection " + source.name() + " from metadata");
    try {
      database.runCommand(
          new BsonDocument("createIndexes", new BsonString(source.collection()))
              .append("indexes", indexes));
    } catch (MongoCommandException e) {
      throw new ToolFailure("its indexes could not be made: " + e.getErrorMessage(), e);
    }
  }

  /** Counts while it goes on, and keeps the first thing that went wrong. */
  private static final class Tally {
    private long restored;
    private long refused;
    private int shown;
    private String failure;

    void fail(String why) {
      failure = failure == null ? why : failure;
    }
  }
}
