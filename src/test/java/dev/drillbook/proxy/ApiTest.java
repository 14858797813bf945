package dev.drillbook.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drillbook.proxy.ApiClient.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {
  private FaultProxy faults;
  private ApiClient api;

  @BeforeEach
  void start() {
    faults = FaultProxy.start();
    api = new ApiClient(faults.api());
    create("db");
  }

  @AfterEach
  void stop() {
    faults.close();
  }

  @Test
  void theApiIsOnLoopbackOnly() {
    assertThat(faults.api().getAddress().isLoopbackAddress()).isTrue();
  }

  @Test
  void aNewProxyIsAnsweredWithItsActualPort() {
    Answer answer = create("cache");
    assertThat(answer.status()).isEqualTo(201);
    JsonNode proxy = answer.json();
    assertThat(proxy.path("name").asText()).isEqualTo("cache");
    assertThat(proxy.path("listen").asText()).matches("127\\.0\\.0\\.1:[1-9][0-9]*");
    assertThat(proxy.path("upstream").asText()).isEqualTo("127.0.0.1:1");
    assertThat(proxy.path("enabled").asBoolean()).isTrue();
    assertThat(proxy.path("toxics").isArray()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                                   | bad request body: ",
        "{\"name\":                                           | bad request body: ",
        "[]                                                   | bad request body: ",
        "{\"name\": 1, \"upstream\": \"a:1\"}                 | bad request body: name must be",
        "{\"name\": \"a\", \"upstream\": \"a:1\", \"enabled\": \"yes\"} | bad request body: enabled",
        "{}                                                   | missing required field: name",
        "null                                                 | missing required field: name",
        "{\"name\": \"a\"}                                    | missing required field: upstream",
      })
  void aBadProxyIsRefused(String body, String error) {
    Answer answer = api.send("POST", "/proxies", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("status").asInt()).isEqualTo(400);
    assertThat(answer.error()).startsWith(error.strip());
  }

  @Test
  void aSecondProxyOfTheSameNameIsRefused() {
    Answer answer = create("db");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.error()).isEqualTo("proxy already exists");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2", "127.0.0.1:x", "127.0.0.1:70000", "::1:1", "256.1.1.1:0"})
  void aPlaceWhereNobodyCanListenIsAnError(String listen) {
    Answer answer =
        api.send("POST", "/proxies", proxy("bad", listen).replace("127.0.0.1:1\"", "a:1\""));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.error()).isNotEmpty();
    assertThat(api.send("GET", "/proxies/bad", "").status()).isEqualTo(404);
  }

  @Test
  void aTakenPortIsAnErrorAndLeavesNoProxyBehind() {
    String taken = api.send("GET", "/proxies/db", "").json().path("listen").asText();
    assertThat(api.send("POST", "/proxies", proxy("second", taken)).status()).isEqualTo(500);
    assertThat(api.send("GET", "/proxies", "").json().has("second")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /proxies/none, 404, proxy not found",
    "POST, /proxies/none, 404, proxy not found",
    "DELETE, /proxies/none, 404, proxy not found",
    "GET, /proxies/none/toxics, 404, proxy not found",
    "POST, /proxies/none/toxics, 404, proxy not found",
    "GET, /proxies/db/toxics/none, 404, toxic not found",
    "POST, /proxies/db/toxics/none, 404, toxic not found",
    "DELETE, /proxies/db/toxics/none, 404, toxic not found",
    "DELETE, /proxies/none/toxics/none, 404, proxy not found",
  })
  void whatDoesNotExistIsNotFound(String method, String path, int status, String error) {
    Answer answer = api.send(method, path, "{}");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.error()).isEqualTo(error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\": \"latency\", \"stream\": \"sideways\"} | 400 | stream was invalid, can be either",
        "{\"type\": \"earthquake\"}                        | 400 | invalid toxic type",
        "{}                                                | 400 | invalid toxic type",
        "{\"type\": \"latency\", \"toxicity\": \"all\"}    | 400 | bad request body: toxicity must be",
        "{\"type\": \"latency\", \"attributes\": 5}        | 400 | bad request body: attributes must",
        "{\"type\": \"latency\", \"attributes\": {\"latency\": \"5\"}} | 400 | bad request body: lat",
        "{\"type\": \"latency\", \"attributes\": {\"latency\": 5.5}}   | 400 | bad request body: lat",
        "{\"type\": \"timeout\", \"name\": \"there\"}      | 409 | toxic already exists",
        "{                                                 | 400 | bad request body: ",
      })
  void aBadToxicIsRefused(String body, int status, String error) {
    api.send("POST", "/proxies/db/toxics", "{\"type\": \"latency\", \"name\": \"there\"}");
    Answer answer = api.send("POST", "/proxies/db/toxics", body);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.error()).startsWith(error.strip());
    assertThat(api.send("GET", "/proxies/db/toxics", "").json()).hasSize(1);
  }

  @Test
  void aToxicHasDefaults() {
    Answer answer = api.send("POST", "/proxies/db/toxics", "{\"type\": \"slicer\"}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"attributes\":{\"average_size\":0,\"size_variation\":0,\"delay\":0},"
                + "\"name\":\"slicer_downstream\",\"type\":\"slicer\",\"stream\":\"downstream\","
                + "\"toxicity\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH"})
  void aToxicIsChangedInPart(String method) {
    api.send(
        "POST",
        "/proxies/db/toxics",
        "{\"type\": \"latency\", \"attributes\": {\"latency\": 5, \"jitter\": 1}}");
    Answer answer =
        api.send(
            method,
            "/proxies/db/toxics/latency_downstream",
            "{\"name\": \"other\", \"toxicity\": 0.5, \"attributes\": {\"jitter\": 2}}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"attributes\":{\"latency\":5,\"jitter\":2},\"name\":\"latency_downstream\","
                + "\"type\":\"latency\",\"stream\":\"downstream\",\"toxicity\":0.5}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH"})
  void aProxyIsChangedInPart(String method) {
    String before = api.send("GET", "/proxies/db", "").json().path("listen").asText();
    JsonNode after = api.send(method, "/proxies/db", "{\"enabled\": false}").json();
    assertThat(after.path("enabled").asBoolean()).isFalse();
    assertThat(after.path("listen").asText()).isEqualTo(before);
  }

  @Test
  void aChangeToABadAddressChangesNothing() {
    JsonNode before = api.send("GET", "/proxies/db", "").json();
    assertThat(api.send("POST", "/proxies/db", "{\"listen\": \"1.2\"}").status()).isEqualTo(500);
    assertThat(api.send("GET", "/proxies/db", "").json()).isEqualTo(before);
  }

  @Test
  void toxicsOfTheUpstreamDirectionAreListedFirst() {
    for (String stream : List.of("downstream", "upstream")) {
      api.send(
          "POST", "/proxies/db/toxics", "{\"type\": \"latency\", \"stream\": \"" + stream + "\"}");
    }
    assertThat(api.send("GET", "/proxies/db", "").json().path("toxics").findValuesAsText("stream"))
        .containsExactly("upstream", "downstream");
  }

  @Test
  void populateCreatesReplacesAndLeavesAlone() {
    api.send("POST", "/proxies/db/toxics", "{\"type\": \"latency\"}");
    String listen = api.send("GET", "/proxies/db", "").json().path("listen").asText();
    Answer same =
        api.send("POST", "/populate", "[" + proxy("db", listen) + "," + proxy("two") + "]");
    assertThat(same.status()).isEqualTo(201);
    assertThat(same.json().path("proxies").findValuesAsText("name"))
        .containsExactly("db", "latency_downstream", "two");

    Answer replaced =
        api.send("POST", "/populate", "[" + proxy("db", listen).replace(":1\"", ":2\"") + "]");
    assertThat(replaced.json().at("/proxies/0/upstream").asText()).isEqualTo("127.0.0.1:2");
    assertThat(replaced.json().at("/proxies/0/toxics")).isEmpty();
    assertThat(api.send("GET", "/proxies", "").json()).hasSize(2);
  }

  @Test
  void populateChecksAllBeforeItCreatesAny() {
    Answer answer = api.send("POST", "/populate", "[" + proxy("two") + ", {\"name\": \"x\"}]");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("missing required field: upstream at proxy 2");
    assertThat(answer.json().has("proxies")).isTrue();
    assertThat(api.send("GET", "/proxies", "").json()).hasSize(1);
  }

  @Test
  void populateTellsWhichItCreatedBeforeOneFailed() {
    Answer answer =
        api.send("POST", "/populate", "[" + proxy("two") + "," + proxy("three", "1.2") + "]");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.json().path("proxies").findValuesAsText("name")).containsExactly("two");
  }

  @Test
  void deletingAnswersWithoutABody() {
    Answer answer = api.send("DELETE", "/proxies/db", "");
    assertThat(answer).isEqualTo(new Answer(204, ""));
  }

  @Test
  void resetAnswersWithoutABody() {
    assertThat(api.send("POST", "/reset", "")).isEqualTo(new Answer(204, ""));
  }

  @Test
  void theVersionHasTheFormThatClientsKnow() {
    assertThat(api.send("GET", "/version", "").body()).isEqualTo("{\"version\": \"2.12.0\"}\n");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, 404",
    "GET, /nothing, 404",
    "GET, /version/more, 404",
    "GET, /proxies/, 404",
    "GET, /proxies/db/other, 404",
    "GET, /proxies/db/toxics/a/b, 404",
    "PUT, /proxies, 405",
    "PUT, /proxies/db, 405",
    "PUT, /proxies/db/toxics, 405",
    "PUT, /proxies/db/toxics/a, 405",
    "POST, /version, 405",
    "GET, /reset, 405",
    "GET, /populate, 405",
  })
  void noSuchPageOrMethod(String method, String path, int status) {
    assertThat(api.send(method, path, "").status()).isEqualTo(status);
  }

  @Test
  void browsersAreRefused() {
    Answer answer = api.send("POST", "/reset", "", "Mozilla/5.0 (X11; Linux x86_64)");
    assertThat(answer).isEqualTo(new Answer(403, "User agent not allowed\n"));
  }

  private Answer create(String name) {
    return api.send("POST", "/proxies", proxy(name));
  }

  private static String proxy(String name) {
    return proxy(name, "127.0.0.1:0");
  }

  private static String proxy(String name, String listen) {
    return "{\"name\": \""
        + name
        + "\", \"listen\": \""
        + listen
        + "\", \"upstream\": \"127.0.0.1:1\"}";
  }
}
