package processpilot;

import dev.drillbook.timeline.Finding;
import dev.drillbook.verification.Check;
import dev.drillbook.verification.Evidence;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import web.ApiClient;

/** The backend knows who has the clients' token, and nobody who has none or a stolen one. */
final class Authentication implements Check {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Supplier<URI> api;
  private final ApiToken token;
  private final List<String> stolen;

  private Authentication(Supplier<URI> api, ApiToken token, List<String> stolen) {
    this.api = api;
    this.token = token;
    this.stolen = stolen;
  }

  static Check authentication(Supplier<URI> api, ApiToken token, String... stolen) {
    return new Authentication(api, token, List.of(stolen));
  }

  @Override
  public String name() {
    return "authentication";
  }

  @Override
  public Examined examine(Evidence evidence) throws IOException {
    List<Finding> findings = new ArrayList<>();
    expect(200, Map.of("Authorization", "Bearer " + token.current()), "a valid token", findings);
    expect(401, Map.of(), "no token", findings);
    for (String one : stolen) {
      expect(401, Map.of("Authorization", "Bearer " + one), "a stolen token", findings);
    }
    int tried = 2 + stolen.size();
    return new Examined(tried + " requests", tried, findings);
  }

  private void expect(int status, Map<String, String> headers, String with, List<Finding> findings)
      throws IOException {
    int answered = new ApiClient(api, () -> headers).get("/api/auth/status", PATIENCE).statusCode();
    if (answered != status) {
      findings.add(
          Finding.fail(
              name(),
              "a request with " + with + " is answered with " + status,
              "it is answered with " + answered,
              "which tokens are valid in the database that serves users? a restore brings back those of its backup"));
    }
  }
}
