package dev.drillbook.site.embedded.standin;

import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.json.JsonParseException;

/** One of the expressions of MongoDB's shell that we know, on the database {@code db}. */
final class ShellExpression {
  static final String KNOWN =
      "db.adminCommand('ping'), db.runCommand({validate: 'x'}), db.x.validate(),"
          + " db.x.countDocuments(), db.stats(), db.dropDatabase(), db.getCollectionNames(), and"
          + " .field of what they give";

  private static final Pattern CALL =
      Pattern.compile(
          "db(?:\\.getCollection\\(\\s*(['\"])(?<quoted>[^'\"]+)\\1\\s*\\)|\\.(?<collection>[\\w.]+?))?"
              + "\\.(?<method>\\w+)\\((?<argument>[^()]*)\\)(?<fields>(?:\\.\\w+)*)");
  private static final Pattern TEXT = Pattern.compile("(['\"])(\\w+)\\1");

  private final String written;
  private final String collection;
  private final String method;
  private final BsonDocument argument;
  private final List<String> fields;

  private ShellExpression(String written, Matcher call) {
    this.written = written;
    this.collection =
        call.group("quoted") != null ? call.group("quoted") : call.group("collection");
    this.method = call.group("method");
    this.argument = argument(call.group("argument").strip());
    String path = call.group("fields");
    this.fields = path.isEmpty() ? List.of() : List.of(path.substring(1).split("\\.", -1));
    requireKnown();
  }

  /**
   * Reads one.
   *
   * @throws ToolFailure if it is none that we know
   */
  static ShellExpression parse(String written) {
    String bare = written.strip();
    Matcher call =
        CALL.matcher(bare.endsWith(";") ? bare.substring(0, bare.length() - 1).strip() : bare);
    if (!call.matches()) {
      throw unknown(written);
    }
    return new ShellExpression(written, call);
  }

  private static ToolFailure unknown(String written) {
    return new ToolFailure(
        written
            + " is not among the expressions that Drillbook's own mongosh has ("
            + KNOWN
            + "); install MongoDB's for it");
  }

  private BsonDocument argument(String text) {
    Matcher quoted = TEXT.matcher(text);
    if (quoted.matches()) {
      return new BsonDocument(quoted.group(2), new BsonInt32(1));
    }
    try {
      return text.isEmpty() ? new BsonDocument() : BsonDocument.parse(text);
    } catch (JsonParseException e) {
      throw unknown(written);
    }
  }

  private void requireKnown() {
    boolean isKnown =
        collection == null
            ? switch (method) {
              case "adminCommand", "runCommand" ->
                  !argument.isEmpty()
                      && List.of("ping", "validate").contains(argument.getFirstKey());
              case "stats", "dropDatabase", "getCollectionNames" -> argument.isEmpty();
              default -> false;
            }
            : switch (method) {
              case "countDocuments" -> true;
              case "validate" -> List.of("", "full").contains(String.join(",", argument.keySet()));
              default -> false;
            };
    if (!isKnown) {
      throw unknown(written);
    }
  }

  /** What it gives; undefined where it gives no such field. */
  BsonValue evaluate(MongoDatabase database) {
    BsonValue value = call(database);
    for (String field : fields) {
      value =
          value.isDocument()
              ? value.asDocument().get(field, new BsonUndefined())
              : new BsonUndefined();
    }
    return value;
  }

  private BsonValue call(MongoDatabase database) {
    return switch (method) {
      case "countDocuments" ->
          new BsonInt64(database.getCollection(collection).countDocuments(argument));
      case "validate" -> {
        BsonDocument command = new BsonDocument("validate", new BsonString(collection));
        command.putAll(argument);
        yield run(database, command);
      }
      case "stats" -> run(database, new BsonDocument("dbStats", new BsonInt32(1)));
      case "dropDatabase" -> run(database, new BsonDocument("dropDatabase", new BsonInt32(1)));
      case "getCollectionNames" -> {
        List<BsonValue> names = new ArrayList<>();
        database.listCollectionNames().map(BsonString::new).into(names);
        names.sort((one, other) -> one.asString().compareTo(other.asString()));
        yield new BsonArray(names);
      }
      default -> run(database, argument);
    };
  }

  private static BsonDocument run(MongoDatabase database, BsonDocument command) {
    return database.runCommand(command).toBsonDocument(Document.class, database.getCodecRegistry());
  }
}
