package onetouch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drillbook.site.App;
import dev.drillbook.site.Postgres;
import dev.drillbook.timeline.Finding;
import dev.drillbook.verification.Check;
import dev.drillbook.verification.Evidence;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import web.ApiClient;

/**
 * No e-mail was handed to the mail service twice: not one that the restore brought back as pending,
 * although it had been sent since the backup. UNKNOWN if there was none of those.
 */
record Quiet(App mail, Postgres database) implements Check {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  static Check quiet(App mail, Postgres database) {
    return new Quiet(mail, database);
  }

  @Override
  public String name() {
    return "quiet outbox";
  }

  @Override
  public Examined examine(Evidence evidence) throws IOException, SQLException {
    JsonNode given = timesGiven();
    List<String> twice = new ArrayList<>();
    given.properties().forEach(e -> note(e.getKey(), e.getValue().asInt(), twice));
    long atStake = pending().stream().filter(given::has).count();
    List<Finding> findings = new ArrayList<>();
    if (!twice.isEmpty()) {
      findings.add(
          Finding.fail(
                  name(),
                  "no e-mail is sent twice",
                  twice.size() + " of " + given.size() + " were sent more than once",
                  "hold the outbox before the application starts on restored data")
              .withExamples(twice));
    } else if (atStake == 0) {
      findings.add(
          Finding.unknown(
              name(),
              "the restore brings back e-mails as pending that have been sent",
              "none of those that are pending was ever sent",
              "was the outbox empty when the backup was taken, or the mail service down?"));
    }
    return new Examined(
        "%d e-mails sent, %d of them restored as pending".formatted(given.size(), atStake),
        given.size(),
        findings);
  }

  private static void note(String id, int times, List<String> twice) {
    if (times > 1) {
      twice.add(id + ": " + times + " times");
    }
  }

  private JsonNode timesGiven() throws IOException {
    HttpResponse<String> answer = new ApiClient(mail::address).get("/messages", PATIENCE);
    if (answer.statusCode() != 200) {
      throw new IOException("the mail service answers " + answer.statusCode());
    }
    return new ObjectMapper().readTree(answer.body());
  }

  private List<String> pending() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select \"id\" from \"Email\" where \"status\" = 'pending'")) {
      List<String> ids = new ArrayList<>();
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
      return ids;
    }
  }
}
