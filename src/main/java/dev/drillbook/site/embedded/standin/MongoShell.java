package dev.drillbook.site.embedded.standin;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Evaluates the few expressions with which runbooks look at a database, as {@code mongosh --eval}
 * does, for scripts on a machine that lacks it.
 *
 * @see <a href="https://www.mongodb.com/docs/mongodb-shell/reference/options/">mongosh</a>
 */
public final class MongoShell {
  private MongoShell() {}

  public static void main(String[] arguments) {
    int exitCode = 1;
    try {
      System.out.println(answer(arguments));
      exitCode = 0;
    } catch (ToolFailure e) {
      System.err.println("Error: " + e.getMessage());
    } catch (MongoCommandException e) {
      System.err.println("MongoServerError[" + e.getErrorCodeName() + "]: " + e.getErrorMessage());
    } catch (MongoException e) {
      System.err.println("MongoNetworkError: " + e.getMessage());
    } finally {
      System.exit(exitCode);
    }
  }

  private static String answer(String[] arguments) {
    ToolOptions options =
        ToolOptions.read(arguments, Set.of("eval", "host", "port"), Set.of("norc"));
    String expression =
        options
            .one("eval")
            .orElseThrow(
                () ->
                    new ToolFailure(
                        "Drillbook's own mongosh has --eval alone: " + ShellExpression.KNOWN));
    ShellExpression parsed = ShellExpression.parse(expression);
    ToolServer server = server(options);
    try (MongoClient client = server.connect()) {
      return ShellText.of(parsed.evaluate(client.getDatabase(server.database().orElse("test"))));
    }
  }

  /** Named as a URI, as HOST/DATABASE or as a database on this machine. */
  private static ToolServer server(ToolOptions options) {
    List<String> rest = options.rest();
    if (rest.size() > 1) {
      throw new ToolFailure("what is " + String.join(" ", rest) + "? name one server");
    }
    Optional<String> named = rest.stream().findFirst();
    if (named.isEmpty()) {
      return ToolServer.of(options);
    }
    String address = named.get();
    if (!address.contains("://")) {
      boolean isHost = address.contains("/") || address.contains(":") || address.contains(".");
      address = "mongodb://" + (isHost ? address : "localhost/" + address);
    }
    return ToolServer.of(
        ToolOptions.read(new String[] {"--uri", address}, ToolServer.OPTIONS, Set.of()));
  }
}
