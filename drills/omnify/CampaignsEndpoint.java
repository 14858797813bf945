package omnify;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Pattern;
import org.bson.BsonInvalidOperationException;
import org.bson.Document;
import org.bson.json.JsonParseException;
import web.Answer;
import web.Endpoint;
import web.Refused;

/**
 * {@code POST /api/campaigns}, {@code GET /api/campaigns/{ref}} and {@code POST
 * /api/campaigns/{ref}/launch}. Each change is acknowledged once the campaign and its entry in the
 * audit trail are stored, in this order: an entry's campaign is always there.
 */
final class CampaignsEndpoint implements Endpoint {
  private static final String PATH = "/api/campaigns";
  private static final String LAUNCH = "/launch";
  private static final Pattern REF = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final int LARGEST_BODY_BYTES = 16 * 1024;

  private final Documents documents;

  CampaignsEndpoint(Documents documents) {
    this.documents = documents;
  }

  @Override
  public Answer answer(HttpExchange exchange) throws IOException, Refused {
    String method = exchange.getRequestMethod();
    String below = exchange.getRequestURI().getPath().substring(PATH.length());
    if (below.isEmpty()) {
      require("POST", method);
      Document campaign = parse(exchange.getRequestBody().readNBytes(LARGEST_BODY_BYTES + 1));
      return documents.change(database -> create(database, campaign));
    }
    if (below.endsWith(LAUNCH)) {
      require("POST", method);
      String ref = ref(below.substring(0, below.length() - LAUNCH.length()));
      return documents.change(database -> launch(database, ref));
    }
    require("GET", method);
    String ref = ref(below);
    return documents.read(database -> answer(200, find(database, ref)));
  }

  private static Answer create(MongoDatabase database, Document campaign) throws Refused {
    Integer owner = campaign.getInteger("owner");
    if (database.getCollection(Documents.USERS).find(eq("_id", owner)).first() == null) {
      throw new Refused(422, "unknown owner: " + owner);
    }
    try {
      database.getCollection(Documents.CAMPAIGNS).insertOne(campaign);
    } catch (MongoWriteException e) {
      if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
        throw new Refused(409, "a campaign with this ref exists: " + campaign.getString("_id"));
      }
      throw e;
    }
    audit(database, campaign, "created");
    return answer(201, campaign);
  }

  private static Answer launch(MongoDatabase database, String ref) throws Refused {
    Document launched =
        database
            .getCollection(Documents.CAMPAIGNS)
            .findOneAndUpdate(
                new Document("_id", ref).append("status", "draft"),
                Updates.combine(Updates.set("status", "active"), Updates.inc("version", 1)),
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
    if (launched == null) {
      Document other = find(database, ref);
      throw new Refused(409, ref + " is " + other.getString("status") + ", not a draft");
    }
    database
        .getCollection(Documents.EVENTS)
        .insertOne(
            new Document("_id", ref + "#launch")
                .append("campaign", ref)
                .append("type", "launch")
                .append("count", 1)
                .append("at", Instant.now()));
    audit(database, launched, "launched");
    return answer(200, launched);
  }

  private static void audit(MongoDatabase database, Document campaign, String action) {
    database
        .getCollection(Documents.AUDIT)
        .insertOne(
            new Document("_id", campaign.getString("_id") + "#" + campaign.getInteger("version"))
                .append("campaign", campaign.getString("_id"))
                .append("action", action)
                .append("at", Instant.now()));
  }

  private static Document find(MongoDatabase database, String ref) throws Refused {
    Document campaign = database.getCollection(Documents.CAMPAIGNS).find(eq("_id", ref)).first();
    if (campaign == null) {
      throw new Refused(404, "no campaign with ref " + ref);
    }
    return campaign;
  }

  private static Document parse(byte[] body) throws Refused {
    if (body.length > LARGEST_BODY_BYTES) {
      throw new Refused(413, "a campaign is at most " + LARGEST_BODY_BYTES + " bytes");
    }
    try {
      Document request = Document.parse(new String(body, StandardCharsets.UTF_8));
      String ref = request.getString("ref");
      Integer owner = request.getInteger("owner");
      Integer budgetCents = request.getInteger("budgetCents");
      if (ref == null || !REF.matcher(ref).matches()) {
        throw new Refused(400, "ref must match " + REF);
      }
      if (owner == null || budgetCents == null || budgetCents <= 0) {
        throw new Refused(400, "owner must be given, and budgetCents, above 0");
      }
      return new Document("_id", ref)
          .append("owner", owner)
          .append("name", "Campaign " + ref)
          .append("status", "draft")
          .append("budgetCents", budgetCents.longValue())
          .append("version", 1)
          .append("createdAt", Instant.now());
    } catch (JsonParseException | BsonInvalidOperationException | ClassCastException e) {
      throw new Refused(400, "not a campaign: " + e.getMessage());
    }
  }

  private static void require(String wanted, String method) throws Refused {
    if (!method.equals(wanted)) {
      throw new Refused(405, "only " + wanted);
    }
  }

  private static String ref(String segment) throws Refused {
    if (segment.startsWith("/") && REF.matcher(segment.substring(1)).matches()) {
      return segment.substring(1);
    }
    throw new Refused(404, "no such page");
  }

  private static Answer answer(int status, Document stored) {
    Campaign campaign =
        new Campaign(
            stored.getString("_id"),
            stored.getString("status"),
            stored.get("budgetCents", Number.class).longValue(),
            stored.getInteger("version"));
    return new Answer(
        status,
        json -> {
          json.writeStartObject();
          json.writeStringField("ref", campaign.ref());
          json.writeStringField("status", campaign.status());
          json.writeNumberField("budgetCents", campaign.budgetCents());
          json.writeNumberField("version", campaign.version());
          json.writeEndObject();
        });
  }
}
