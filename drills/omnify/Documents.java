package omnify;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import web.Answer;
import web.Refused;

/** The database, and what its failures mean for somebody who asked for a change. */
final class Documents implements AutoCloseable {
  static final String USERS = "users";
  static final String CAMPAIGNS = "campaigns";
  static final String EVENTS = "events";
  static final String AUDIT = "audit";

  private static final int LONGEST_MILLIS = 1_000;

  private final MongoClient client;
  private final MongoDatabase database;

  /** Work on the database that ends in an answer. */
  interface Work {
    Answer on(MongoDatabase database) throws Refused;
  }

  /**
   * @param url with the database in it
   */
  Documents(String url) {
    ConnectionString address = new ConnectionString(url);
    client =
        MongoClients.create(
            MongoClientSettings.builder()
                .applyConnectionString(address)
                .applicationName("omnify-server")
                // A write that was sent twice would be answered as a conflict with itself.
                .retryWrites(false)
                .retryReads(false)
                .applyToClusterSettings(
                    cluster -> cluster.serverSelectionTimeout(LONGEST_MILLIS, MILLISECONDS))
                .applyToServerSettings(
                    server ->
                        server
                            .heartbeatFrequency(500, MILLISECONDS)
                            .minHeartbeatFrequency(50, MILLISECONDS))
                .applyToSocketSettings(
                    socket ->
                        socket
                            .connectTimeout(LONGEST_MILLIS, MILLISECONDS)
                            .readTimeout(2 * LONGEST_MILLIS, MILLISECONDS))
                .build());
    database = client.getDatabase(address.getDatabase());
  }

  /** For work that changes nothing. */
  Answer read(Work work) throws Refused {
    try {
      return work.on(database);
    } catch (MongoException e) {
      return unavailable(e);
    }
  }

  /**
   * For work whose first change may be followed by others: there are no transactions, so after a
   * failure nobody knows how far it came, unless no server was reached at all.
   */
  Answer change(Work work) throws Refused {
    try {
      return work.on(database);
    } catch (MongoTimeoutException | MongoSocketOpenException e) {
      return unavailable(e);
    } catch (MongoException e) {
      return Answer.error(504, "outcome unknown, look it up later", e.getMessage());
    }
  }

  private static Answer unavailable(MongoException e) {
    return Answer.error(503, "database unavailable, nothing was changed", e.getMessage());
  }

  MongoDatabase database() {
    return database;
  }

  @Override
  public void close() {
    client.close();
  }
}
