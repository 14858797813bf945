package omnify;

import com.mongodb.client.model.Projections;
import java.io.IOException;
import org.bson.Document;
import web.Refused;
import web.Service;

/**
 * The server: an HTTP API over a MongoDB database, a process of its own.
 *
 * <p>Environment: {@code MONGO_URL} with the database in it (or, for another component than {@code
 * MONGO}, the one that {@code STORE} names), {@code PORT}; optionally {@code BIND_ADDRESS}
 * (127.0.0.1).
 */
public final class Server {

  private Server() {}

  public static void main(String[] args) throws IOException {
    Service.run(
        "omnify",
        (service, environment) -> {
          String url = environment.required(environment.optional("STORE", "MONGO") + "_URL");
          environment.requireValid();
          Documents documents = new Documents(url);
          service.closeAtStop(documents);
          service.route("/api/campaigns", new CampaignsEndpoint(documents));
          service.route("/api/consistency", new ConsistencyEndpoint(documents));
          service.health(() -> touch(documents));
        });
  }

  /** A database that answers and holds nobody is not OmniFy's. */
  private static void touch(Documents documents) throws Refused {
    Document user =
        documents
            .database()
            .getCollection(Documents.USERS)
            .find()
            .projection(Projections.include("_id"))
            .first();
    if (user == null) {
      throw new Refused(404, "there is no user in the database");
    }
  }
}
