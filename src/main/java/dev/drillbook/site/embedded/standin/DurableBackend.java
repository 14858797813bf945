package dev.drillbook.site.embedded.standin;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.util.Set;
import org.h2.mvstore.MVStore;

/**
 * The library's backend in a file, with what it lacks to stand for a database with a journal: it
 * acknowledges no write before the write is on disk.
 */
final class DurableBackend extends H2Backend {

  /** Commands that change nothing, in lower case. All others are taken for writes. */
  private static final Set<String> READS =
      Set.of(
          "buildinfo",
          "collstats",
          "count",
          "dbstats",
          "distinct",
          "endsessions",
          "find",
          "getmore",
          "hello",
          "ismaster",
          "killcursors",
          "listcollections",
          "listdatabases",
          "listindexes",
          "ping",
          "serverstatus",
          "validate",
          "whatsmyuri");

  private final GroupCommit commits;

  /**
   * @param store opened with its commits left to us
   */
  DurableBackend(MVStore store) {
    super(store);
    this.commits = new GroupCommit(store);
  }

  @Override
  protected MongoDatabase openOrCreateDatabase(String databaseName) {
    return new DurableDatabase(databaseName, getMvStore(), getCursorRegistry());
  }

  @Override
  public Document handleCommand(
      Channel channel, String databaseName, String command, Document query) {
    if (READS.contains(command.toLowerCase(java.util.Locale.ROOT))) {
      return super.handleCommand(channel, databaseName, command, query);
    }
    return commits.perform(() -> super.handleCommand(channel, databaseName, command, query));
  }
}
