package dev.drillbook.site;

import com.mongodb.client.MongoClient;

/**
 * A MongoDB server with the one database that the plan declares. Scripts find MONGO_URI, with the
 * database in it, and MONGO_DATABASE.
 */
public interface Mongo extends Store {

  /**
   * A client that goes straight to the server, and that retries nothing: what failed is seen to
   * fail. Whoever asked for it closes it.
   */
  MongoClient connect();

  /** The name of the database. */
  String database();
}
