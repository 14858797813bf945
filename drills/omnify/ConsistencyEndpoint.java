package omnify;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import com.sun.net.httpserver.HttpExchange;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bson.Document;
import web.Answer;
import web.Endpoint;
import web.Refused;

/**
 * {@code GET /api/consistency}: what is wrong with the documents, and how often. 200 if none is,
 * else 409. What MongoDB's own {@code validate} looks at is the storage, not this.
 */
final class ConsistencyEndpoint implements Endpoint {
  private static final Set<String> STATES = Set.of("draft", "active", "ended");

  private final Documents documents;

  ConsistencyEndpoint(Documents documents) {
    this.documents = documents;
  }

  @Override
  public Answer answer(HttpExchange exchange) throws Refused {
    return documents.read(
        database -> {
          Map<String, Integer> wrong = wrong(database);
          return new Answer(
              wrong.isEmpty() ? 200 : 409,
              json -> {
                json.writeStartObject();
                json.writeStringField("data", wrong.isEmpty() ? "consistent" : "inconsistent");
                for (Map.Entry<String, Integer> each : wrong.entrySet()) {
                  json.writeNumberField(each.getKey(), each.getValue());
                }
                json.writeEndObject();
              });
        });
  }

  /**
   * What is wrong, and how often. What refers is read before what it refers to: a campaign that is
   * being created meanwhile is no orphan.
   */
  static Map<String, Integer> wrong(MongoDatabase database) {
    Map<String, Integer> wrong = new TreeMap<>();
    Set<String> referred = new HashSet<>();
    for (String referring : List.of(Documents.EVENTS, Documents.AUDIT)) {
      database.getCollection(referring).distinct("campaign", String.class).into(referred);
    }
    Set<Integer> users = new HashSet<>();
    Set<Integer> owners = new HashSet<>();
    for (Document campaign :
        database
            .getCollection(Documents.CAMPAIGNS)
            .find()
            .projection(Projections.include("owner", "status", "budgetCents"))) {
      referred.remove(campaign.getString("_id"));
      owners.add(campaign.getInteger("owner"));
      Number budget = campaign.get("budgetCents", Number.class);
      if (budget == null || budget.longValue() <= 0) {
        wrong.merge("campaignsWithoutBudget", 1, Integer::sum);
      }
      if (!STATES.contains(String.valueOf(campaign.get("status")))) {
        wrong.merge("campaignsInNoState", 1, Integer::sum);
      }
    }
    database.getCollection(Documents.USERS).distinct("_id", Integer.class).into(users);
    owners.removeAll(users);
    if (!referred.isEmpty()) {
      wrong.put("missingCampaigns", referred.size());
    }
    if (!owners.isEmpty()) {
      wrong.put("missingOwners", owners.size());
    }
    return wrong;
  }
}
