package omnify;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import com.sun.net.httpserver.HttpExchange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bson.Document;
import web.Answer;
import web.Endpoint;
import web.Refused;

/**
 * {@code GET /api/consistency}: how many documents are wrong, by what is wrong with them. 200 if
 * none is, else 409. What MongoDB's own {@code validate} looks at is the storage, not this.
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
    Map<Object, Integer> audited = new HashMap<>();
    for (String referring : new String[] {Documents.EVENTS, Documents.AUDIT}) {
      for (Document each :
          database.getCollection(referring).find().projection(Projections.include("campaign"))) {
        audited.merge(each.get("campaign"), 1, Integer::sum);
      }
    }
    Set<Object> campaigns = new HashSet<>();
    Map<Object, Integer> owners = new HashMap<>();
    for (Document campaign : database.getCollection(Documents.CAMPAIGNS).find()) {
      campaigns.add(campaign.get("_id"));
      owners.merge(campaign.get("owner"), 1, Integer::sum);
      Number budget = campaign.get("budgetCents", Number.class);
      if (budget == null || budget.longValue() <= 0) {
        wrong.merge("campaignsWithoutBudget", 1, Integer::sum);
      }
      if (!STATES.contains(String.valueOf(campaign.get("status")))) {
        wrong.merge("campaignsInNoState", 1, Integer::sum);
      }
    }
    audited.keySet().removeAll(campaigns);
    audited.forEach((campaign, times) -> wrong.merge("withoutCampaign", times, Integer::sum));
    for (Document user :
        database.getCollection(Documents.USERS).find().projection(Projections.include("_id"))) {
      owners.remove(user.get("_id"));
    }
    owners.forEach((owner, times) -> wrong.merge("campaignsWithoutOwner", times, Integer::sum));
    return wrong;
  }
}
