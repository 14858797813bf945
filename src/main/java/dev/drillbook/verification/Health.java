package dev.drillbook.verification;

import dev.drillbook.site.App;
import dev.drillbook.timeline.Finding;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** The app says that it is well, on its own health address. */
public record Health(App app) implements Check {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  public static Check health(App app) {
    return new Health(app);
  }

  @Override
  public String name() {
    return "health of " + app.name();
  }

  @Override
  public Examined examine(Evidence evidence) throws InterruptedException {
    String found;
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(app.health()).timeout(PATIENCE).build(),
                  HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        return new Examined("GET " + app.health().getPath(), 1, List.of());
      }
      found = "status " + answer.statusCode() + ": " + answer.body();
    } catch (IOException e) {
      found = "no answer: " + e;
    }
    Finding unwell =
        Finding.fail(
            name(),
            "GET " + app.health().getPath() + " answers 200",
            found,
            "read the app's log: was it started, and with the right settings?");
    return new Examined("GET " + app.health().getPath(), 1, List.of(unwell));
  }
}
