package dev.drillbook.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drillbook.timeline.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * No store that a test can start has locks. So the answers are written down here, as the S3 API
 * reference of GetObjectRetention and GetObjectLegalHold has them.
 */
class LocksTest {
  private static final Instant NOW = Instant.parse("2026-11-05T06:00:00Z");

  /** What is answered to {@code key?retention} and {@code key?legal-hold}: a status and a body. */
  private final Map<String, String> answers = new ConcurrentHashMap<>();

  private HttpServer server;
  private BackupSource source;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    source =
        BackupSources.open(
            "s3://vault",
            Map.of(
                "AWS_ENDPOINT_URL",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "AWS_ACCESS_KEY_ID",
                "key",
                "AWS_SECRET_ACCESS_KEY",
                "secret"));
  }

  @AfterEach
  void stop() {
    source.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String asked = exchange.getRequestURI().toString().replaceFirst("^/vault/", "");
    String answer = answers.getOrDefault(asked, error(404, "NoSuchObjectLockConfiguration"));
    byte[] body = answer.substring(4).getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String error(int status, String code) {
    return status + " <Error><Code>" + code + "</Code><Message>said</Message></Error>";
  }

  private void retained(String key, String mode, String until) {
    answers.put(
        key + "?retention",
        "200 <Retention><Mode>%s</Mode><RetainUntilDate>%s</RetainUntilDate></Retention>"
            .formatted(mode, until));
  }

  private void held(String key, String status) {
    answers.put(
        key + "?legal-hold", "200 <LegalHold><Status>%s</Status></LegalHold>".formatted(status));
  }

  /** One a night, called a, b, c, the newest first, that shall be locked for a week. */
  private Judgement judge(int count) {
    List<StoredBackup> backups = new ArrayList<>();
    for (int night = 0; night < count; night++) {
      Instant at = Instant.parse("2026-11-05T02:00:00Z").minus(Duration.ofDays(night));
      StoredFile file = new StoredFile(String.valueOf((char) ('a' + night)), 1, at);
      StoredBackup backup = Checks.backup(at, 1);
      backups.add(
          new StoredBackup(
              file.name(),
              at,
              List.of(file),
              backup.globals(),
              backup.checksum(),
              backup.manifest(),
              1));
    }
    return Locks.judge(source, backups, Checks.check("files: '*', locked: 7d"), NOW);
  }

  @Test
  void whatIsRetainedForTheRestOfTheTimePasses() {
    retained("a", "COMPLIANCE", "2026-11-12T02:00:00.000Z");
    retained("b", "COMPLIANCE", "2026-11-11T01:59:30Z"); // Clocks differ.
    assertThat(judge(2)).isEqualTo(Judgement.none());
  }

  @Test
  void whatIsReleasedTooEarlyOrNotLockedAtAllFails() {
    retained("a", "COMPLIANCE", "2026-11-12T01:58:00Z");
    answers.put("c?retention", error(400, "InvalidRequest"));
    answers.put("c?legal-hold", error(400, "InvalidRequest"));
    held("d", "OFF");
    Judgement judgement = judge(8); // The eighth is a week old: it need not be locked any more.
    assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(judgement.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.subject()).isEqualTo("dump: deletability");
              assertThat(finding.found()).isEqualTo("7 of 7 can be deleted earlier");
              assertThat(finding.examples())
                  .startsWith(
                      "a, locked until 2026-11-12T01:58:00Z instead of 2026-11-12T02:00:00Z",
                      "b, not locked at all",
                      "c, not locked at all",
                      "d, not locked at all");
            });
  }

  @Test
  void aLegalHoldIsALockAndWhatCanBeLiftedIsNoted() {
    held("a", "ON");
    retained("b", "GOVERNANCE", "2027-01-01T00:00:00Z");
    retained("c", "COMPLIANCE", "2027-01-01T00:00:00Z");
    Judgement judgement = judge(3);
    assertThat(judgement.findings()).isEmpty();
    assertThat(judgement.notes())
        .singleElement()
        .asString()
        .startsWith("2 of 3 locks can be lifted");
  }

  @Test
  void whatTheStoreDoesNotTellIsUnknown() {
    answers.put("a?retention", error(403, "AccessDenied"));
    answers.put("b?retention", error(501, "NotImplemented"));
    retained("c", "COMPLIANCE", "2026-11-06T00:00:00Z"); // Too short, but it may be held.
    answers.put("c?legal-hold", error(403, "AccessDenied"));
    Judgement judgement = judge(3);
    assertThat(judgement.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(judgement.findings().get(0).examples())
        .satisfiesExactly(
            a -> assertThat(a).startsWith("a: s3://vault/ at http").endsWith("403 AccessDenied"),
            b -> assertThat(b).endsWith("501 NotImplemented"),
            c -> assertThat(c).startsWith("c: ").endsWith("403 AccessDenied"));
  }

  @Test
  void aPlanThatWantsNoLockIsNotJudged() {
    assertThat(Locks.judge(source, List.of(), Checks.check("files: '*'"), NOW))
        .isEqualTo(Judgement.none());
  }
}
